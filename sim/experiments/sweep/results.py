"""A finished sweep, or as much of one as there is."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.enums import Word
from sim.errors import UsageError, check_within, did_you_mean
from sim.experiments.storage.files import arrow_path, check_there
from sim.experiments.storage.manifest import PARTS, read_manifest, require_sweep
from sim.experiments.storage.parquet import read_rows
from sim.experiments.sweep.folder import plan_there
from sim.experiments.sweep.parts import Tally, points_table
from sim.experiments.sweep.plan import Plan
from sim.experiments.sweep.provenance import Provenance, by_manifest
from sim.presentation import Presentation, with_interval
from sim.results import WORDED, categorical_words
from sim.scenario.scenario import Scenario
from sim.text import plural

if TYPE_CHECKING:
    from sim.experiments.sweep.paired import MinMax


@dataclass(frozen=True, eq=False, repr=False)
class SweepResults(Presentation):
    """What the parts in ``folder`` came to; ``done`` says whether they are all there, ``made`` by
    which rules they were played, which need not be today's."""

    folder: Path
    plan: Plan
    tally: Tally
    done: bool
    made: Provenance

    @property
    def label(self) -> str:
        """Name, points, runs and seed."""
        points, runs = plural(len(self.plan.design), "point"), plural(self.runs, "run")
        return f"{self.plan.name}, {points}, {runs}, seed {self.plan.seed}"

    @property
    def sentence(self) -> str:
        """The range of the watched outcome over the points."""
        from sim.experiments.sweep.summary import sentence

        return sentence(self)

    def to_dict(self) -> dict[str, Any]:
        """The sweep as plain data, as ``thinline sweep --json`` prints it."""
        from sim.experiments.sweep.summary import summary

        return summary(self)

    def rows(self) -> list[dict[str, Any]]:
        """A row for each point: its values, runs, and the share of the watched outcome."""
        shares = self.tally.estimates(self.plan.watch)
        return [
            {
                "point": point,
                **self.plan.design.said(point),
                "runs": int(self.tally.runs[point]),
                **with_interval(self.plan.watch, shares[point]),
            }
            for point in range(len(self.plan.design))
        ]

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

    @cached_property
    def extremes(self) -> MinMax | None:
        """The points with the least and the most of what is watched, compared run by run; ``None``
        where none was played. The parts are read again for it."""
        from sim.experiments.sweep.paired import extremes_of

        return extremes_of(self)

    def points(self) -> Any:
        """A pandas frame, a row a point: its values, its runs, every share with its interval."""
        return categorical_words(points_table(self.plan, self.tally).to_pandas(), self._words)

    def to_frame(self, columns: Sequence[str] | None = None) -> Any:
        """A pandas frame, a row a run, words as words in their order; name the ``columns`` you
        need where there are many rows. Raises :class:`sim.errors.UsageError` for one that there is
        not, and for a sweep of which no part is finished."""
        from pyarrow import concat_tables

        chosen = None if columns is None else list(columns)
        self._check_columns(chosen or ())
        tables = concat_tables(read_rows(file, chosen) for file in self.files)
        return categorical_words(tables.to_pandas(), WORDED | self._words)

    def _check_columns(self, chosen: Sequence[str]) -> None:
        from pyarrow.parquet import read_schema

        if not self.files:
            raise UsageError(f"no part of the sweep in {self.folder} is finished", "go on with it")
        names = read_schema(arrow_path(self.files[0])).names
        if unknown := [name for name in chosen if name not in names]:
            raise UsageError(f"no column '{unknown[0]}'", did_you_mean(unknown[0], names))

    @property
    def _words(self) -> dict[str, type[Word]]:
        """What is varied that is a word."""
        axes = self.plan.design.axes
        return {axis.path: axis.parameter.words for axis in axes if axis.parameter.words}

    def scenario_at(self, point: int) -> Scenario:
        """The scenario played at a point, counted from 0; raises
        :class:`sim.errors.UsageError` for one that there is not, or that cannot be set."""
        from sim.experiments.prepared import PreparedScenario

        check_within("point", point, 0, len(self.plan.design) - 1)
        values = zip(self.plan.design.paths, self.plan.design.points[point].tolist(), strict=True)
        moved = {path: value for path, value in values if not math.isnan(value)}
        return PreparedScenario(self.plan.scenario, tuple(moved)).at(list(moved.values()))

    def rerun(self, folder: str | Path, **how: Any) -> SweepResults:
        """The same sweep played anew into another folder: :func:`sim.experiments.sweep.run.sweep`
        with ``how``."""
        from sim.experiments.sweep.run import sweep

        return sweep(self.plan, folder, **how)


def load_sweep(folder: str | Path) -> SweepResults:
    """The sweep in ``folder``, also one that was stopped; raises
    :class:`sim.errors.UsageError` for a folder that holds none."""
    check_there(Path(folder))
    require_sweep(Path(folder))
    document = read_manifest(Path(folder))
    plan = plan_there(document)
    if plan is None:
        remedy = "make it again, or read it with the version that made it"
        raise UsageError(f"the sweep in {folder} is of another version of thinline", remedy)
    tally, made = Tally(len(plan.design)), by_manifest(document, plan)
    found = SweepResults(Path(folder), plan, tally, bool(document["done"]), made)
    for file in found.files:
        found.tally.add(file)
    return found
