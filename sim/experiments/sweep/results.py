"""Results of a sweep, finished or interrupted."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from sim.enums import Word
from sim.errors import UsageError, did_you_mean, whole_within
from sim.experiments.prepared import PreparedScenario
from sim.experiments.storage.files import existing_folder
from sim.experiments.storage.folder_state import read_manifest, require_sweep
from sim.experiments.storage.manifest import warn_of_altered
from sim.experiments.sweep.folder import plan_in_manifest
from sim.experiments.sweep.parts import (
    PointTally,
    SweepParts,
    check_numbers,
    points_table,
    rounds,
)
from sim.experiments.sweep.plan import Plan
from sim.experiments.sweep.provenance import Provenance
from sim.experiments.sweep.summary import sentence, summary
from sim.formatting import plural
from sim.results import AVERAGED, WORDED, categorical_words
from sim.scenario.scenario import Scenario
from sim.statistics import mean, not_below_zero
from sim.study_result import StudyResult
from sim.tables import with_interval


@dataclass(frozen=True, repr=False, eq=False)
class SweepResults(StudyResult):
    """The results of the ``parts`` in ``folder``.

    ``done`` is false for an interrupted sweep. ``made`` is the provenance; its rules need not be
    the current ones.
    """

    # A sweep is its folder, and what is computed from one is remembered.
    __eq__, __hash__ = object.__eq__, object.__hash__

    folder: Path
    plan: Plan
    tally: PointTally
    done: bool
    made: Provenance
    parts: SweepParts

    @property
    def label(self) -> str:
        """Name, points, runs and seed."""
        points, runs = plural(len(self.plan.design), "point"), plural(self.runs, "run")
        return f"{self.plan.name}, {points}, {runs}, seed {self.plan.seed}"

    @property
    def sentence(self) -> str:
        """The range of the watched outcome over the points."""
        return sentence(self)

    def to_dict(self) -> dict[str, Any]:
        """The sweep as plain data, as ``thinline sweep --json`` prints it."""
        return summary(self)

    def rows(self) -> list[dict[str, Any]]:
        """A row for each point: its values, runs, and the share of the watched outcome."""
        shares, runs = self.tally.estimates(self.plan.watch), self.tally.runs.tolist()
        return [
            {
                "point": point,
                **self.plan.design.values_at(point),
                "runs": runs[point],
                **with_interval(self.plan.watch, shares[point]),
            }
            for point in range(len(self.plan.design))
        ]

    @property
    def files(self) -> list[Path]:
        """The finished parts, in order."""
        return self.parts.paths

    @property
    def failed(self) -> int:
        """The number of failed points."""
        return int((self.tally.failed > 0).sum())

    @property
    def runs(self) -> int:
        """The number of finished runs."""
        return int(self.tally.runs.sum())

    def points(self, means: str | Sequence[str] = ()) -> Any:
        """A pandas frame with a row a point.

        Its columns are the factors, the number of runs, and every share with its interval.

        Parameters
        ----------
        means
            One or more recorded numbers, such as ``strikes``: their means per run are added, with
            intervals.

        Raises
        ------
        sim.errors.UsageError
            For a mean of anything that is not a recorded number.
        """
        frame = categorical_words(points_table(self.plan, self.tally).to_pandas(), self._words)
        return frame.assign(
            **{key: each for name in _names(means) for key, each in self._mean(name)}
        )

    def _mean(self, name: str) -> Iterator[tuple[str, list[float]]]:
        """The columns of the mean of a recorded number at each point."""
        if name not in AVERAGED:
            raise UsageError(f"'{name}' has no mean", did_you_mean(name, AVERAGED))
        sums, squares = np.zeros((2, len(self.plan.design)))
        for number in self.parts.numbers:
            table = self.parts.read(number, ("point", "error", name))
            kept = table["error"].is_null().to_numpy()
            point, values = (table[each].to_numpy()[kept] for each in ("point", name))
            np.add.at(sums, point, values.astype(np.float64))
            np.add.at(squares, point, values.astype(np.float64) ** 2)
        counted = zip(sums.tolist(), squares.tolist(), self.tally.runs.tolist(), strict=True)
        found = [not_below_zero(mean(*each)) for each in counted]
        for suffix, numbers in zip(("", "_low", "_high"), zip(*found, strict=True), strict=True):
            yield f"{name}{suffix}", list(numbers)

    def to_frame(self, columns: str | Sequence[str] | None = None) -> Any:
        """A pandas frame with a row a run; words are ordered categoricals.

        Parameters
        ----------
        columns
            One or more columns to read, by default all; choose some if there are many runs.

        Raises
        ------
        sim.errors.UsageError
            For an unknown column, and if no part is finished.
        """
        if not self.files:
            message = f"no part of the sweep in {self.folder} is finished"
            raise UsageError(message, "continue the sweep first")
        chosen = None if columns is None else _names(columns)
        names = self.parts.columns
        if unknown := [name for name in chosen or () if name not in names]:
            raise UsageError(f"no column '{unknown[0]}'", did_you_mean(unknown[0], names))
        table = self.parts.read_all(chosen)
        return categorical_words(table.to_pandas(), WORDED | self._words)

    @property
    def _words(self) -> dict[str, type[Word]]:
        factors = self.plan.design.factors
        return {factor.path: factor.parameter.words for factor in factors if factor.parameter.words}

    def scenario_at(self, point: int) -> Scenario:
        """The resolved scenario of a point, counted from 0.

        Raises :class:`sim.errors.UsageError` for a number out of range and for a failed point.
        """
        point = whole_within("point", point, 0, len(self.plan.design) - 1)
        values = zip(self.plan.design.paths, self.plan.design.points[point].tolist(), strict=True)
        moved = {path: value for path, value in values if not math.isnan(value)}
        return PreparedScenario(self.plan.scenario, tuple(moved)).at(list(moved.values()))


def _names(given: str | Sequence[str]) -> list[str]:
    return [given] if isinstance(given, str) else list(given)


def load_sweep(folder: str | Path) -> SweepResults:
    """The sweep in ``folder``, finished or interrupted.

    Raises :class:`sim.errors.UsageError` for a folder without a sweep, and for a sweep of another
    version of thinline, and :class:`sim.experiments.storage.files.DamagedResults` for a folder in
    which anything was altered, or is missing.
    """
    folder = existing_folder(folder)
    require_sweep(folder)
    document = read_manifest(folder)
    plan = plan_in_manifest(document)
    if plan is None:
        remedy = "run it again, or read it with the version that made it"
        raise UsageError(f"the sweep in {folder} is of another version of thinline", remedy)
    warn_of_altered(folder, document, read="")
    parts = SweepParts(folder, plan, document["lineage"])
    tally = _tally(parts, document["done"])
    made = Provenance.from_manifest(document)
    return SweepResults(folder, plan, tally, document["done"], made, parts)


def _tally(parts: SweepParts, done: bool) -> PointTally:
    """The totals of the finished parts; raises as :func:`check_numbers` for wrong ones."""
    tally, expected = PointTally(len(parts.plan.design)), []
    for several in rounds(parts.plan, tally):
        expected += [part.number for part in several]
        there = [part for part in several if parts.has(part.number)]
        for part in there:
            tally.add(parts.read_counted(part))
        # Which parts the next round has is known once this one is complete.
        if len(there) < len(several):
            break
    if not done:
        # Once a run has broken off, other ranges of points may be ahead of it by some passes.
        per_pass = parts.plan.ranges
        expected += range((max(expected) // per_pass + 1) * per_pass, parts.plan.passes * per_pass)
    check_numbers(parts, expected, done)
    return tally
