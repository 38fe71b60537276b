"""What was found of a thin line: its points, its minimum and its verdict."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sim.errors import json_head
from sim.experiments.factors import make_factor
from sim.statistics import Estimate
from sim.text import describe_change, format_number, join_and, plural


class Verdict(StrEnum):
    """What the curve says; :mod:`sim.analysis.thin_line.compute` has the rules."""

    INTERIOR = "interior"
    MORE_IS_BETTER = "more_is_better"
    MORE_IS_WORSE = "more_is_worse"
    NO_DIFFERENCE = "no_difference"
    UNDECIDED = "undecided"

    @property
    def short(self) -> str:
        """The same for a table."""
        return SHORT[self]


SHORT = {
    Verdict.INTERIOR: "a line between the ends",
    Verdict.MORE_IS_BETTER: "least at the upper end",
    Verdict.MORE_IS_WORSE: "least at the lower end",
    Verdict.NO_DIFFERENCE: "no difference of a point",
    Verdict.UNDECIDED: "too few runs to tell",
}


@dataclass(frozen=True, slots=True)
class Point:
    """Shares of model runs at one size: failure, escalation, and war, which is both."""

    size: float
    failure: Estimate
    escalation: Estimate
    war: Estimate


@dataclass(frozen=True, slots=True)
class Minimum:
    """The size with least war, the smallest and the largest that may be least for all the runs can
    tell (95 %), and the war there."""

    size: float
    low: float
    high: float
    war: Estimate


@dataclass(frozen=True, slots=True)
class Difference:
    """War at the position ``less`` less that at ``more``, run by run, picked among all pairs of
    sizes: the interval is one of ``n_comparisons`` that all hold."""

    less: int
    more: int
    war: Estimate
    n_comparisons: int


@dataclass(frozen=True, slots=True)
class ThinLine:
    """A scenario's curve of failure, escalation and war, its minimum and its window.

    ``among`` are the sizes that may be least for all the runs can tell; ``window`` is the range of
    sizes around the minimum at which war is within a percentage point in these runs.
    """

    scenario: str
    runs: int
    seed: int
    points: tuple[Point, ...]
    minimum: Minimum
    among: tuple[float, ...]
    difference: Difference
    window: tuple[float, float]
    verdict: Verdict

    @property
    def least(self) -> tuple[float, ...]:
        """The size with least war in these runs, and those that tie with it."""
        low = self.minimum.war.value
        return tuple(point.size for point in self.points if point.war.value == low)

    @property
    def sentence(self) -> str:
        """What the curve says, in words."""
        return line_sentence(self)

    def to_dict(self) -> dict[str, Any]:
        """The line as plain data, as ``thinline thin-line --json`` prints it."""
        return {
            **json_head("thin_line", self.scenario, self.runs, self.seed),
            "points": [_point(point) for point in self.points],
            "minimum": {
                "size": self.minimum.size,
                "low": self.minimum.low,
                "high": self.minimum.high,
                "war": self.minimum.war.value,
                "tied": list(self.least),
                "may_be_least": list(self.among),
            },
            "difference": self._difference(),
            "window": list(self.window),
            "verdict": self.verdict.value,
            "sentence": self.sentence,
        }

    def _difference(self) -> dict[str, Any]:
        apart = self.difference
        return {
            "size": self.points[apart.less].size,
            "less_size": self.points[apart.more].size,
            "difference": apart.war.value,
            "low": apart.war.low,
            "high": apart.war.high,
            "significant": apart.war.excludes_zero,
            "n_comparisons": apart.n_comparisons,
        }


def _point(point: Point) -> dict[str, Any]:
    shares = {name: getattr(point, name) for name in ("failure", "escalation", "war")}
    return {
        "size": point.size,
        **{name: {"share": e.value, "low": e.low, "high": e.high} for name, e in shares.items()},
    }


# Sizes that are listed one by one.
MOST_SIZES = 3

SENTENCES = {
    Verdict.INTERIOR: "there is a line: war is least at {least} times the pledged force{luck}, in "
    "{war} of model runs; {window}",
    Verdict.MORE_IS_BETTER: "no line between the ends: war is least {shelf}, the upper end of the "
    "sizes tried, in {shares}{level}",
    Verdict.MORE_IS_WORSE: "no line between the ends: war is least {shelf}, the lower end of the "
    "sizes tried, in {shares}{level}",
    Verdict.NO_DIFFERENCE: "no line to be seen: at no two of the sizes tried does war differ by a "
    "percentage point",
    Verdict.UNDECIDED: "too few runs to tell: {runs} cannot say whether war is least at {among} "
    "times the pledged force; {difference}",
}


def line_sentence(line: ThinLine) -> str:
    """What the curve says, in words."""
    return SENTENCES[line.verdict].format(
        least=join_and([format_number(size) for size in line.least]),
        luck=_luck(line),
        war=_percent(line.minimum.war),
        window=_within(line),
        shelf=_shelf(line),
        shares=_shares(line),
        level="" if len(line.among) == 1 else ": no difference of a percentage point",
        runs=plural(line.runs, "run"),
        among=_among(line),
        difference=_apart(line),
    )


def _percent(share: Estimate) -> str:
    """A share in per cent, as the table has it."""
    return f"{100 * share.value:.1f} %"


def span(low: float, high: float) -> str:
    """``0.5 to 1``, or one number where both are the same."""
    return format_number(low) if low == high else f"{format_number(low)} to {format_number(high)}"


def _luck(line: ThinLine) -> str:
    low, high = line.minimum.low, line.minimum.high
    if low == high:
        return ""
    return f" ({span(low, high)} for all that {plural(line.runs, 'run')} can tell)"


def _within(line: ThinLine) -> str:
    """Which sizes next to the minimum come close to it in these runs."""
    first, last = line.window
    if first == last:
        return "no size beside it comes within a percentage point"
    return f"sizes from {span(first, last)} come within a percentage point"


def _edges(line: ThinLine) -> tuple[float, float]:
    """The innermost size that may be least, and the end of the sizes."""
    low, high = line.minimum.low, line.minimum.high
    return (high, low) if line.verdict is Verdict.MORE_IS_WORSE else (low, high)


def _shelf(line: ThinLine) -> str:
    inner, end = _edges(line)
    return f"at {format_number(end)}" if inner == end else f"from {span(inner, end)}"


def _shares(line: ThinLine) -> str:
    wars = {point.size: _percent(point.war) for point in line.points}
    first, *rest = dict.fromkeys(_edges(line))
    told = [f"{wars[first]} of model runs at {format_number(first)}"]
    return join_and([*told, *(f"{wars[size]} at {format_number(size)}" for size in rest)])


def _among(line: ThinLine) -> str:
    """The sizes that may be least: one by one, or the first and the last of them."""
    sizes = [format_number(size) for size in line.among]
    if len(sizes) > MOST_SIZES:
        return f"{sizes[0]}, {sizes[-1]} or a size between them"
    return " or ".join([", ".join(sizes[:-1]), sizes[-1]])


def _apart(line: ThinLine) -> str:
    """The difference that is clear, or the largest, with what it was picked from."""
    apart, count = line.difference, len(line.points)
    if not apart.war.value:
        return "in these war is as common at every size"
    less, more = (format_number(line.points[k].size) for k in (apart.less, apart.more))
    lead = (
        "they do show" if apart.war.excludes_zero else "no difference is clear, the largest being"
    )
    return (
        f"{lead} war in {describe_change(apart.war, ' of model runs')} at {less} than at {more}, "
        f"allowing for two sizes picked out of {count}"
    )


# Values that are listed one by one.
MOST_VALUES = 6

FOUND = {
    Verdict.INTERIOR: "there is a line: war is least at {sizes} times the pledged force ({reach} "
    "for all that {runs} a size can tell)",
    Verdict.MORE_IS_BETTER: "war is least at the upper end of the sizes tried",
    Verdict.MORE_IS_WORSE: "war is least at the lower end of the sizes tried",
    Verdict.NO_DIFFERENCE: "the size makes no difference of a percentage point",
    Verdict.UNDECIDED: "there are too few runs to tell",
}


@dataclass(frozen=True, slots=True)
class Valley:
    """The thin line at each of several values of a second lever, all on the same luck."""

    lever: str
    values: tuple[float, ...]
    lines: tuple[ThinLine, ...]

    def say(self, value: float) -> str:
        """A value as a reader sees it: a number, or the word of that rank."""
        return make_factor(self.lever).format(value)

    @property
    def sentence(self) -> str:
        """At which values there is a line, and what is said of the others."""
        told = [self._found(verdict) for verdict in Verdict if self._having(verdict)]
        return f"with {self.lever} {'; '.join(told)}"

    def _having(self, verdict: Verdict) -> list[int]:
        return [k for k, line in enumerate(self.lines) if line.verdict is verdict]

    def _found(self, verdict: Verdict) -> str:
        having = self._having(verdict)
        lines = [self.lines[k] for k in having]
        sizes = [size for line in lines for size in line.least]
        ends = [end for line in lines for end in (line.minimum.low, line.minimum.high)]
        told = FOUND[verdict].format(
            sizes=span(min(sizes), max(sizes)),
            reach=span(min(ends), max(ends)),
            runs=plural(lines[0].runs, "run"),
        )
        return f"at {self._listed(having)}, {told}"

    def _listed(self, having: list[int]) -> str:
        if len(having) > MOST_VALUES:
            return f"{len(having):,} of {plural(len(self.values), 'value')}"
        return join_and([self.say(self.values[k]) for k in having])

    def to_dict(self) -> dict[str, Any]:
        """The valley as plain data."""
        first = self.lines[0]
        lines = [
            {"value": value, **line.to_dict()}
            for value, line in zip(self.values, self.lines, strict=True)
        ]
        return {
            **json_head("valley", first.scenario, first.runs, first.seed),
            "against": self.lever,
            "lines": lines,
            "sentence": self.sentence,
        }
