"""A question whether two shares could be distinguished with fewer runs."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, ClassVar

from sim.experiments.measures import Measure
from sim.formatting import format_fixed
from sim.lessons.observed import Observed
from sim.lessons.questions.question import Question
from sim.lessons.questions.verdict import AnswerVerdict, MarkedAnswer
from sim.statistics import Z95

CAN, CANNOT = "can", "cannot"

# A difference this near to what can be told, as a ratio, makes no clear question.
TOO_CLOSE = 1.25


@dataclass(frozen=True, slots=True)
class CannotTellQuestion(Question):
    """Could two shares be distinguished if each came from ``at`` independent runs?"""

    kind: ClassVar[str] = "cannot-tell"
    cells: ClassVar[str] = "two shares, such as [small.war, large.war]"

    at: int

    @property
    def how(self) -> str:
        """How an answer is written."""
        return f"one of: {', '.join(self.words)}"

    @property
    def words(self) -> tuple[str, ...]:
        """Both answers."""
        return CAN, CANNOT

    def fault(self) -> str:
        """What is wrong with the question's cells or claim; empty if nothing is."""
        if len(self.of) != 2:
            return f"{len(self.of)} cells"
        if not all(Measure(cell.measure).is_share for cell in self.of):
            return "a measure that is no share of model runs"
        return "" if self.expect in (CAN, CANNOT) else f"the claim {self.expect!r:.40}"

    def answer(self, key: Observed) -> str:
        """Whether the shares can be distinguished, with their difference and the width of its
        interval at that number of runs."""
        apart, half = self._apart(key)
        word = CAN if apart > half else CANNOT
        points, width = format_fixed(100 * apart), format_fixed(100 * half)
        return (
            f"{word}: they are {points} points apart, and the 95 % interval of a difference of two "
            f"times {self.at:,} runs reaches {width} points to either side"
        )

    def drift(self, key: Observed) -> str:
        """How the model contradicts the claim; empty if it does not."""
        apart, half = self._apart(key)
        if half / TOO_CLOSE < apart < half * TOO_CLOSE:
            return f"too close to ask: {self.answer(key)}"
        return "" if (apart > half) == (self.expect == CAN) else f"claimed: {self.expect}"

    def parse(self, given: Any) -> str | None:
        """The word; ``can tell`` and ``cannot tell`` are also accepted."""
        word = str(given).lower().removesuffix(" tell").replace("can not", CANNOT)
        return word if word in (CAN, CANNOT) else None

    def mark_parsed(self, parsed: Any, own: Observed, key: Observed) -> MarkedAnswer:
        """Right if it agrees with the key; the question itself gives the number of runs."""
        right = parsed == (CAN if self._is_apart(key) else CANNOT)
        return MarkedAnswer(AnswerVerdict.RIGHT if right else AnswerVerdict.WRONG, self.answer(key))

    def _is_apart(self, key: Observed) -> bool:
        apart, half = self._apart(key)
        return apart > half

    def _apart(self, key: Observed) -> tuple[float, float]:
        """The distance of the shares, and half the width of its interval at ``at`` runs."""
        one, other = (key.estimate(cell).value for cell in self.of)
        variance = (one * (1 - one) + other * (1 - other)) / self.at
        return abs(one - other), Z95 * math.sqrt(variance)
