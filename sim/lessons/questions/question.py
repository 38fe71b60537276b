"""What all kinds of question have in common."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import Any, ClassVar

from sim.lessons.cell import LessonCell
from sim.lessons.observed import Observed
from sim.lessons.questions.verdict import AnswerVerdict, MarkedAnswer


@dataclass(frozen=True, slots=True)
class Question(ABC):
    """A question on some cells.

    ``expect`` is the claim that the lesson's own text relies on, in the form of an answer; a test
    holds it against the model. ``why`` is said in the key. A question of the later quiz may name
    the ``step`` that it is about.
    """

    kind: ClassVar[str]
    cells: ClassVar[str]

    name: str
    ask: str
    of: tuple[LessonCell, ...]
    expect: Any
    why: str
    step: str = field(default="", kw_only=True)

    @property
    @abstractmethod
    def how(self) -> str:
        """How an answer is written."""

    @abstractmethod
    def fault(self) -> str:
        """What is wrong with the question's cells or claim; empty if nothing is."""

    @abstractmethod
    def answer(self, key: Observed) -> str:
        """The answer of the model, in words with its numbers."""

    @abstractmethod
    def drift(self, key: Observed) -> str:
        """How the model contradicts the claim; empty if it does not."""

    @abstractmethod
    def parse(self, given: Any) -> Any:
        """An answer in the form of a claim; ``None`` if it cannot be read."""

    @abstractmethod
    def mark_parsed(self, parsed: Any, own: Observed, key: Observed) -> MarkedAnswer:
        """Mark a parsed answer by a student's ``own`` runs and by the key's."""

    def mark(self, given: Any, own: Observed, key: Observed) -> MarkedAnswer:
        """Mark an answer as it stands in a file."""
        if given is None or given == "":
            return MarkedAnswer(AnswerVerdict.MISSING, f"write {self.how}")
        parsed = self.parse(given)
        if parsed is None:
            return MarkedAnswer(AnswerVerdict.UNREADABLE, f"found {given!r:.60}; write {self.how}")
        return self.mark_parsed(parsed, own, key)

    def shows(self, parsed: Any, misread: Any, own: Observed) -> bool:
        """Whether an answer is the one that a misreading leads to."""
        return bool(parsed == self.parse(misread))

    @property
    def words(self) -> tuple[str, ...]:
        """The words among which an answer is chosen; empty if there is no such list."""
        return ()

    @property
    def options(self) -> tuple[str, ...]:
        """The words in which an answer names the cells."""
        return names_of(self.of)


def names_of(cells: tuple[LessonCell, ...]) -> tuple[str, ...]:
    """Short and different names of cells: of the runs, of the measures, or both."""
    if len({cell.measure for cell in cells}) == 1:
        return tuple(cell.run for cell in cells)
    if len({cell.run for cell in cells}) == 1:
        return tuple(cell.measure for cell in cells)
    return tuple(map(str, cells))
