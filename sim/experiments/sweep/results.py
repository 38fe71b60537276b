"""A finished sweep, or as much of one as there is."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.errors import UsageError
from sim.experiments.files import located
from sim.experiments.sweep.plan import Plan, plan_of
from sim.experiments.sweep.store import PARTS, read_manifest
from sim.experiments.sweep.tally import Tally, points_table
from sim.experiments.vary import fixed_at
from sim.scenario.model import Scenario


@dataclass(frozen=True, eq=False)
class SweepResults:
    """What the parts in ``folder`` came to; ``done`` says whether they are all there."""

    folder: Path
    plan: Plan
    tally: Tally
    done: bool

    @property
    def files(self) -> list[Path]:
        """The finished parts, in order."""
        return sorted((self.folder / PARTS).glob("part-*.parquet"))

    @property
    def failed(self) -> int:
        """How many points failed."""
        return int((self.tally.failed > 0).sum())

    @property
    def runs(self) -> int:
        """How many runs there are."""
        return int(self.tally.runs.sum())

    def points(self) -> Any:
        """A pandas frame, a row a point: its values, its runs, every share with its interval."""
        return points_table(self.plan, self.tally).to_pandas()

    def frame(self, columns: Sequence[str] | None = None) -> Any:
        """A pandas frame, a row a run; name the ``columns`` you need where there are many rows."""
        from pyarrow import concat_tables
        from pyarrow.parquet import read_table

        chosen = None if columns is None else list(columns)
        tables = [
            read_table(located(file), columns=chosen, partitioning=None) for file in self.files
        ]
        return concat_tables(tables).to_pandas()

    def scenario_at(self, point: int) -> Scenario:
        """The scenario played at a point; raises :class:`sim.errors.UsageError` for one that
        cannot be set."""
        scenario, values = self.plan.scenario, self.plan.design.points[point].tolist()
        for path, value in zip(self.plan.design.paths, values, strict=True):
            if not math.isnan(value):
                scenario = fixed_at(scenario, path, value)
        return scenario

    def rerun(self, folder: str | Path, **how: Any) -> SweepResults:
        """The same sweep played anew into another folder: :func:`sim.experiments.sweep.run.sweep`
        with ``how``."""
        from sim.experiments.sweep.run import sweep

        return sweep(self.plan, folder, **how)


def load_sweep(folder: str | Path) -> SweepResults:
    """The sweep in ``folder``, also one that was stopped; raises
    :class:`sim.errors.UsageError` for a folder that holds none."""
    document = read_manifest(Path(folder))
    if document.get("kind") != "sweep":
        raise UsageError(f"{folder} holds no sweep", "name a folder that sweep has made")
    plan = plan_of(document)
    found = SweepResults(Path(folder), plan, Tally(len(plan.design)), bool(document["done"]))
    for file in found.files:
        found.tally.add(file)
    return found
