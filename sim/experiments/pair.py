"""What becomes of the baseline's runs in another scenario, and what can be said of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sim.experiments.pairing import Difference, Move, Pairing
from sim.figures.wording import plural, points, signed
from sim.statistics import Estimate
from sim.vocabulary import Outcome


@dataclass(frozen=True)
class Pair:
    """What becomes of the ``baseline``'s runs in another scenario, on the same luck.

    ``differences`` are in shares of the runs, by the words of :data:`WHAT`; ``measures`` are means
    of the differences run by run; ``endings`` counts, ``int64 (7, 7)``, the runs by their ending
    in the baseline (rows) and here; ``moves`` are those that changed, the commonest first. The
    intervals are of ``at_once`` that hold together, one for each scenario.
    """

    scenario: str
    baseline: str
    runs: int
    differences: Mapping[str, Difference]
    measures: Mapping[str, Estimate]
    endings: Any
    moves: Sequence[Move]
    at_once: int = 1

    @classmethod
    def of(cls, scenario: str, baseline: str, counted: Pairing, at_once: int = 1) -> Pair:
        """What the counts amount to; for ``at_once`` see :func:`sim.statistics.change`."""
        differences, measures = counted.differences(at_once), counted.measures(at_once)
        found = differences, measures, counted.endings, counted.moves()
        return cls(scenario, baseline, counted.runs, *found, at_once)

    @property
    def changed(self) -> int:
        """How many runs ended in another way."""
        return sum(move.runs for move in self.moves)

    @property
    def sentence(self) -> str:
        """What it does to war, as far as the numbers can tell."""
        return f"Compared with {self.baseline}, {self.scenario} {self._does()}."

    def _does(self) -> str:
        runs = plural(self.runs, "model run")
        war = self.differences["war"]
        if not self.changed:
            return f"ends not one of {runs} in another way"
        if war.is_clear:
            return f"has war in {points(war.share, f' of {runs}')}{self._roads()}"
        unclear = f"makes no difference to war that {runs} could show: "
        return unclear + signed(war.share, " points") + self._otherwise()

    def _roads(self) -> str:
        """The two roads to war, where one is clearly taken more often and the other less."""
        failure, escalation = (self.differences[road] for road in ("failure", "escalation"))
        opposed = failure.share.value * escalation.share.value < 0
        if not (opposed and failure.is_clear and escalation.is_clear):
            return ""
        failed, escalated = points(failure.share), points(escalation.share)
        return f": deterrence fails in {failed}, escalation comes in {escalated}"

    @property
    def stands_out(self) -> tuple[Outcome, ...]:
        """The endings whose change is clear even as the largest of seven, the largest first."""
        many = self.at_once * len(Outcome)
        clear = [o for o in Outcome if self.differences[o.word].among(many).is_clear]
        return tuple(sorted(clear, key=lambda o: -abs(self.differences[o.word].share.value)))

    def _otherwise(self) -> str:
        """The ending that changes most, of those that stand out."""
        if not self.stands_out:
            return ""
        most = self.stands_out[0]
        told = points(self.differences[most.word].share)
        return f"; {most.label} comes in {told}, which is clear even as the largest of seven"
