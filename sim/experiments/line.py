"""What was found of a thin line: its points, its minimum and its verdict."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sim.errors import head
from sim.experiments.line_words import sentence
from sim.experiments.verdict import Verdict
from sim.statistics import Estimate


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
    sizes: the interval is one of ``at_once`` that all hold."""

    less: int
    more: int
    war: Estimate
    at_once: int


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
        return sentence(self)

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
            "clear": apart.war.is_clear,
            "at_once": apart.at_once,
        }


def _point(point: Point) -> dict[str, Any]:
    shares = {name: getattr(point, name) for name in ("failure", "escalation", "war")}
    return {
        "size": point.size,
        **{name: {"share": e.value, "low": e.low, "high": e.high} for name, e in shares.items()},
    }
