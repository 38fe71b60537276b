"""What was found of a thin line: its points, minimum and verdict; and a valley of lines."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sim.errors import head
from sim.figures.wording import rounded
from sim.statistics import Estimate


class Verdict(StrEnum):
    """What the curve says."""

    INTERIOR = "interior"
    MORE_IS_BETTER = "more_is_better"
    MORE_IS_WORSE = "more_is_worse"
    NO_DIFFERENCE = "no_difference"
    UNDECIDED = "undecided"


SENTENCES = {
    Verdict.INTERIOR: "there is a line: war is least at {size:g} times the pledged force "
    "({low:g} to {high:g}), in {war} of model runs; {window}",
    Verdict.MORE_IS_BETTER: "no interior line here: war is least at the upper end of the sizes "
    "tried, where more is better ({war} of model runs at {size:g})",
    Verdict.MORE_IS_WORSE: "no interior line here: war is least at the lower end of the sizes "
    "tried, where more is worse ({war} of model runs at {size:g})",
    Verdict.UNDECIDED: "too few runs to tell: war is least somewhere from {low:g} to {high:g} "
    "times the pledged force, and {runs:,} runs cannot say whether that is between the ends",
    Verdict.NO_DIFFERENCE: "no line to be seen: the size of the force makes no difference that "
    "{runs:,} runs could show",
}

# Where the runs have least war beside the end that the verdict speaks of.
BESIDE = {
    Verdict.MORE_IS_BETTER: "no interior line here: more is better up to the upper end of the "
    "sizes tried, or nearly ({war:.1f} % of model runs end in war at {size:g}, {at_end:.1f} % at "
    "{end:g})",
    Verdict.MORE_IS_WORSE: "no interior line here: more is worse from the lower end of the sizes "
    "tried, or nearly ({at_end:.1f} % of model runs end in war at {end:g}, {war:.1f} % at "
    "{size:g})",
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
    """The size with least war, where luck of the draw could put it (95 %), and the war there."""

    size: float
    low: float
    high: float
    war: Estimate


@dataclass(frozen=True, slots=True)
class ThinLine:
    """A scenario's curve of failure, escalation and war, its minimum and its window.

    ``window`` is the range of sizes around the minimum at which war is within a percentage point.
    """

    scenario: str
    runs: int
    seed: int
    points: tuple[Point, ...]
    minimum: Minimum
    window: tuple[float, float]
    verdict: Verdict

    @property
    def sentence(self) -> str:
        """What the curve says, in words."""
        least, end = self.minimum, self._end
        is_beside = self.verdict in BESIDE and least.size != end.size
        return (BESIDE if is_beside else SENTENCES)[self.verdict].format(
            size=least.size,
            end=end.size,
            at_end=100 * end.war.value,
            low=least.low,
            high=least.high,
            war=rounded(least.war),
            window=self._within,
            runs=self.runs,
        )

    @property
    def _end(self) -> Point:
        """The largest size, where more is better; else the smallest."""
        return self.points[-1 if self.verdict is Verdict.MORE_IS_BETTER else 0]

    @property
    def _within(self) -> str:
        """Which sizes next to the minimum come close to it in these runs."""
        first, last = self.window
        if first == last:
            return "no size beside it comes within a percentage point"
        return f"sizes from {first:g} to {last:g} come within a percentage point"

    def document(self) -> dict[str, Any]:
        """The line as plain data, as ``thinline thin-line --json`` prints it."""
        return {
            **head("thin_line", self.scenario, self.runs, self.seed),
            "points": [_point(point) for point in self.points],
            "minimum": {
                "size": self.minimum.size,
                "low": self.minimum.low,
                "high": self.minimum.high,
                "war": self.minimum.war.value,
            },
            "window": list(self.window),
            "verdict": self.verdict.value,
            "sentence": self.sentence,
        }


def _point(point: Point) -> dict[str, Any]:
    shares = {name: getattr(point, name) for name in ("failure", "escalation", "war")}
    return {
        "size": point.size,
        **{name: {"share": e.value, "low": e.low, "high": e.high} for name, e in shares.items()},
    }


@dataclass(frozen=True, slots=True)
class Valley:
    """The thin line at each of several values of a second lever, all on the same luck."""

    lever: str
    values: tuple[float, ...]
    lines: tuple[ThinLine, ...]

    def document(self) -> dict[str, Any]:
        """The valley as plain data."""
        lines = [
            {"value": value, **line.document()}
            for value, line in zip(self.values, self.lines, strict=True)
        ]
        first = self.lines[0]
        begin = head("valley", first.scenario, first.runs, first.seed)
        return {**begin, "against": self.lever, "lines": lines}
