"""One part of a sweep played: whoever plays it, wherever, gets the same bytes."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np

from sim.errors import ThinlineError
from sim.experiments.sweep.plan import Part, Plan
from sim.experiments.sweep.table import as_bytes, blank, part_table
from sim.experiments.variation import Variation


class Player:
    """Plays the parts of a plan."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._variation = lru_cache(maxsize=256)(self._varying)

    def __reduce__(self) -> Any:
        # Another process builds its own arrays: they are larger than the plan they are made from.
        return Player, (self.plan,)

    def play(self, part: Part) -> bytes:
        """The Parquet file of ``part``; a point that cannot be played gives one row with why."""
        played = [self._point(point, part) for point in part.points]
        records, errors = [rows for rows, _ in played], [error for _, error in played]
        return as_bytes(part_table(self.plan, part.points, records, errors))

    def _point(self, point: int, part: Part) -> tuple[Any, str | None]:
        seed = self.plan.seed
        try:
            return self.records(point, part.first, part.replications), None
        except (MemoryError, OSError):
            raise
        except ThinlineError as error:
            return blank(part.first, seed), str(error)
        except Exception as error:
            # One point that breaks the model is a finding about it, and no reason to lose the rest.
            return blank(part.first, seed), f"the run broke off: {error!r}"

    def records(self, point: int, first: int, count: int) -> Any:
        """The records of ``count`` runs at a point, from number ``first`` on.

        Raises :class:`sim.errors.UsageError` where the point cannot be set.
        """
        values = self.plan.design.points[point]
        moved = tuple(np.flatnonzero(~np.isnan(values)).tolist())
        variation = self._variation(moved)
        return variation.play(tuple(values[list(moved)].tolist()), self.plan.seed, first, count)

    def _varying(self, moved: tuple[int, ...]) -> Variation:
        paths = self.plan.design.paths
        return Variation(self.plan.scenario, tuple(paths[k] for k in moved))
