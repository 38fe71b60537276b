"""A question for text, which is never marked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from sim.lessons.observed import Observed
from sim.lessons.questions.question import Question
from sim.lessons.questions.verdict import AnswerVerdict, MarkedAnswer


@dataclass(frozen=True, slots=True)
class OpenQuestion(Question):
    """A question for a text; ``expect`` is the rubric by which a teacher reads it."""

    kind: ClassVar[str] = "open"
    cells: ClassVar[str] = "none"

    @property
    def how(self) -> str:
        """How an answer is written."""
        return "a sentence or two"

    def fault(self) -> str:
        """What is wrong with the question's cells or claim; empty if nothing is."""
        if self.of:
            return f"{len(self.of)} cells"
        return "" if self.expect else "no rubric"

    def answer(self, key: Observed) -> str:
        """What to look for, as there is no single answer."""
        return "no single answer is right"

    def drift(self, key: Observed) -> str:
        """Empty, because the question makes no claim."""
        return ""

    def parse(self, given: Any) -> str:
        """The text."""
        return str(given)

    def mark_parsed(self, parsed: Any, own: Observed, key: Observed) -> MarkedAnswer:
        """Never marked; the reason is the rubric."""
        return MarkedAnswer(AnswerVerdict.OPEN, "look for: " + "; ".join(self.expect))
