"""Thin line and valley as data: points, minimum, window and verdict."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from operator import attrgetter
from typing import Any

from sim.analysis.thin_line.sentences import line_sentence, valley_sentence
from sim.categories import CAUSES
from sim.errors import json_head
from sim.experiments.factors import make_factor
from sim.formatting import format_number, format_share_ci, plural
from sim.scenario.paths import parameter_at
from sim.statistics import Estimate
from sim.study_result import StudyResult, TabledResult
from sim.tables import Column, ResultTable, estimate_to_dict


class Verdict(StrEnum):
    """Where war is least; :mod:`sim.analysis.thin_line.compute` has the rules."""

    INTERIOR = "interior"
    MORE_IS_BETTER = "more_is_better"
    MORE_IS_WORSE = "more_is_worse"
    NO_DIFFERENCE = "no_difference"
    UNDECIDED = "undecided"

    @property
    def short(self) -> str:
        """The verdict as text for a table."""
        return SHORT[self]


SHORT = {
    Verdict.INTERIOR: "a line between the ends",
    Verdict.MORE_IS_BETTER: "least at the upper end",
    Verdict.MORE_IS_WORSE: "least at the lower end",
    Verdict.NO_DIFFERENCE: "no difference of a point",
    Verdict.UNDECIDED: "undecided: too few runs",
}


@dataclass(frozen=True, slots=True)
class Point:
    """Shares of model runs at one force size: failure, escalation, and war, which is their sum."""

    size: float
    failure: Estimate
    escalation: Estimate
    war: Estimate


COLUMNS: tuple[Column[Point], ...] = (
    Column("size", "times the pledge", attrgetter("size"), format_number),
    *(
        Column(word, cause.label, attrgetter(word), format_share_ci)
        for word, cause in CAUSES.items()
    ),
)

# The largest size that a scenario may have.
LARGEST = parameter_at("setting.force_size").high


@dataclass(frozen=True, slots=True)
class Minimum:
    """The force size with least war in these runs, the ends of the range of sizes that are not
    distinguishable from it, and the share of runs with war at that size."""

    size: float
    low: float
    high: float
    war: Estimate


@dataclass(frozen=True, slots=True)
class SizeDifference:
    """Paired difference of war between two sizes: at position ``less`` minus at position ``more``.

    The pair is chosen among all pairs of sizes, so the interval is simultaneous for
    ``n_comparisons``.
    """

    less: int
    more: int
    war: Estimate
    n_comparisons: int


@dataclass(frozen=True, repr=False, eq=False)
class ThinLine(TabledResult):
    """Failure, escalation and war against force size, with minimum and window.

    Attributes
    ----------
    scenario : str
        Name of the scenario.
    runs, seed : int
        Runs at each size, and the random seed that all sizes share.
    points : tuple of Point
        Shares of model runs at each size, ascending; sizes are multiples of the pledged force.
    minimum : Minimum
        The size with least war.
    among : tuple of float
        Sizes that may be the minimum: none has significantly less war.
    difference : SizeDifference
        The largest significant difference between two sizes, or the largest if none is.
    window : tuple of float
        First and last size around the minimum with war within one percentage point of it.
    verdict : Verdict
        Whether the minimum lies between the ends.
    is_level : bool
        Whether the same runs end in war at every size, of so many that it is hardly chance.
    """

    scenario: str
    runs: int
    seed: int
    points: tuple[Point, ...]
    minimum: Minimum
    among: tuple[float, ...]
    difference: SizeDifference
    window: tuple[float, float]
    verdict: Verdict
    is_level: bool = False

    @property
    def least(self) -> tuple[float, ...]:
        """Sizes with least war in these runs, ties included."""
        low = self.minimum.war.value
        return tuple(point.size for point in self.points if point.war.value == low)

    @property
    def may_go_on(self) -> bool:
        """Whether the largest size may be the minimum, and the smallest may not: then a larger one,
        which was not tried, may have less war."""
        first, last = self.points[0].size, self.points[-1].size
        is_open = self.among[-1] == last < LARGEST and self.among[0] != first
        return self.verdict is Verdict.UNDECIDED and is_open

    @property
    def label(self) -> str:
        """Scenario, sizes, runs and seed."""
        sizes, runs = plural(len(self.points), "size"), plural(self.runs, "run")
        return f"{self.scenario}, {sizes}, {runs} each, seed {self.seed}"

    @property
    def sentence(self) -> str:
        """The verdict in a sentence."""
        return line_sentence(self)

    @property
    def result_table(self) -> ResultTable[Point]:
        """A row for each size: failure, escalation and war."""
        return ResultTable(COLUMNS, self.points)

    def to_dict(self) -> dict[str, Any]:
        """The line as plain data, as ``thinline thin-line --json`` prints it."""
        between = self.difference
        return {
            **json_head("thin_line", self.scenario, self.runs, self.seed),
            "points": self.result_table.to_dicts(partial(estimate_to_dict, "share")),
            "minimum": {
                "size": self.minimum.size,
                "low": self.minimum.low,
                "high": self.minimum.high,
                "war": self.minimum.war.value,
                "ties": list(self.least),
                "may_be_least": list(self.among),
            },
            "difference": {
                "size": self.points[between.less].size,
                "less_size": self.points[between.more].size,
                "difference": between.war.value,
                "low": between.war.low,
                "high": between.war.high,
                "significant": between.war.excludes_zero,
                "n_comparisons": between.n_comparisons,
            },
            "window": list(self.window),
            "verdict": self.verdict.value,
            "sentence": self.sentence,
        }


@dataclass(frozen=True, repr=False, eq=False)
class Valley(StudyResult):
    """Thin lines at several values of a second factor, on common random numbers.

    Attributes
    ----------
    lever : str
        Path of the second factor.
    values : tuple of float
        Its values.
    lines : tuple of ThinLine
        The thin line at each value.
    """

    lever: str
    values: tuple[float, ...]
    lines: tuple[ThinLine, ...]

    @property
    def label(self) -> str:
        """Scenario, factor, values and runs."""
        return f"{self.lever} at {plural(len(self.values), 'value')}; {self.lines[0].label}"

    def say(self, value: float) -> str:
        """A value of the factor as text: a number, or the word of that rank."""
        return make_factor(self.lever).format(value)

    @property
    def plain_values(self) -> list[Any]:
        """The values of the factor as plain data: words as words."""
        return [make_factor(self.lever).to_plain(value) for value in self.values]

    @property
    def sentence(self) -> str:
        """The verdicts by value of the factor."""
        return valley_sentence(self)

    def to_dict(self) -> dict[str, Any]:
        """The valley as plain data."""
        first = self.lines[0]
        lines = [
            {"value": value, **line.to_dict()}
            for value, line in zip(self.plain_values, self.lines, strict=True)
        ]
        return {
            **json_head("valley", first.scenario, first.runs, first.seed),
            "against": self.lever,
            "lines": lines,
            "sentence": self.sentence,
        }

    def rows(self) -> list[dict[str, Any]]:
        """A row for each value and size: failure, escalation and war."""
        return [
            {self.lever: value, **row}
            for value, line in zip(self.plain_values, self.lines, strict=True)
            for row in line.rows()
        ]
