"""A step of a lesson: runs to make, and the questions on them."""

from __future__ import annotations

from dataclasses import dataclass

from sim.lessons.questions.order import OrderQuestion
from sim.lessons.questions.question import Question


@dataclass(frozen=True, slots=True)
class LessonStep:
    """What a class does: ``show`` names the runs, and ``measures`` the numbers to read from
    each."""

    name: str
    title: str
    do: str
    show: tuple[str, ...]
    measures: tuple[str, ...]
    questions: tuple[Question, ...]

    @property
    def ordered(self) -> frozenset[str]:
        """The names of the runs that an answer writes: those in a question for an order of runs."""
        asked = (each for each in self.questions if isinstance(each, OrderQuestion))
        pairs = ((cell, each.options) for each in asked for cell in each.of)
        return frozenset(cell.run for cell, said in pairs if {cell.run, str(cell)} & {*said})
