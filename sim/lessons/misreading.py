"""A known misreading: the wrong answer that it leads to, and what helps."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Misreading:
    """The answer to a question that shows a misreading, as written in an answers file, and a reply.

    For a number ``answer`` is the cell that was read instead.
    """

    question: str
    answer: object
    say: str

    @property
    def answered(self) -> str:
        """The wrong answer as a reader sees it."""
        return " < ".join(self.answer) if isinstance(self.answer, list) else str(self.answer)
