"""Play a sweep, or go on with one that was stopped."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import closing
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np

from sim.engines.threads import map_ordered
from sim.errors import ThinlineError
from sim.experiments.prepared import PreparedScenario
from sim.experiments.simulate import Progress, processors
from sim.experiments.sweep.folder import SweepStore, opened
from sim.experiments.sweep.parse import plan_from, read_sweep
from sim.experiments.sweep.parts import Tally, as_bytes, blank, part_table
from sim.experiments.sweep.plan import Part, Plan
from sim.experiments.sweep.provenance import by_this
from sim.experiments.sweep.results import SweepResults
from sim.presentation import native

# Whoever plays parts: the bytes of each, in order.
Backend = Callable[[Plan, Iterable[Part]], Generator[bytes, None, None]]


def threads(jobs: int | None = None) -> Backend:
    """Parts played by threads of this process, by default one a processor."""

    def play(plan: Plan, parts: Iterable[Part]) -> Generator[bytes, None, None]:
        yield from map_ordered(PartRunner(plan).play, parts, jobs or processors())

    return play


def sweep(
    plan: Plan | Mapping[str, Any] | str | Path,
    folder: str | Path,
    backend: Backend | None = None,
    progress: Progress | None = None,
    force: bool = False,
) -> SweepResults:
    """Play ``plan`` into ``folder``, and return what it came to.

    A plan may be the name of a sweep file, or what would stand in one, as plain data.

    Where the folder holds finished parts of the same plan, only the others are played; the result
    is the same, byte by byte. A point that cannot be played is a failed row, and the sweep goes on.
    ``progress`` is told the runs done and their number at most. Raises
    :class:`sim.experiments.storage.files.CannotStore` for a folder that holds something else, unless
    ``force`` says to remove it.
    """
    if not isinstance(plan, Plan):
        plan = plan_from(native(plan)) if isinstance(plan, Mapping) else read_sweep(plan)
    with opened(Path(folder), plan, force) as store:
        tally = _played(store, backend or threads(), progress)
        store.finish(tally)
    return SweepResults(Path(folder), plan, tally, done=True, made=by_this(plan))


def _played(store: SweepStore, backend: Backend, progress: Progress | None) -> Tally:
    plan, tally, done = store.plan, Tally(len(store.plan.design)), 0
    for parts in rounds(plan, tally):
        missing = [part for part in parts if not store.has(part.number)]
        with closing(backend(plan, iter(missing))) as fresh:
            for part in parts:
                if not store.has(part.number):
                    store.keep(part.number, next(fresh))
                tally.add(store.part(part.number))
                done += part.runs
                if progress:
                    progress(done, plan.runs)
    return tally


def rounds(plan: Plan, tally: Tally) -> Iterator[list[Part]]:
    """Parts that can be played at the same time, round after round.

    All of them are one round, but with a stopping rule each pass is a round: which points go on is
    decided from the finished parts alone, so that a sweep which was stopped decides alike.
    """
    everywhere = np.ones(len(plan.design), bool)
    if plan.until_ci is None:
        yield list(chain.from_iterable(plan.parts(k, everywhere) for k in range(plan.passes)))
        return
    for k in range(plan.passes):
        wide = tally.wide(plan.watch, plan.until_ci) if k else everywhere
        yield list(plan.parts(k, wide))


class PartRunner:
    """Plays the parts of a plan."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._variation = lru_cache(maxsize=256)(self._varying)

    def __reduce__(self) -> Any:
        # Another process builds its own arrays: they are larger than the plan they are made from.
        return PartRunner, (self.plan,)

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

    def _varying(self, moved: tuple[int, ...]) -> PreparedScenario:
        paths = self.plan.design.paths
        return PreparedScenario(self.plan.scenario, tuple(paths[k] for k in moved))
