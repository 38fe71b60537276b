"""The key of a lesson: every answer and every number, computed from the model."""

from __future__ import annotations

from dataclasses import dataclass

from sim.lessons.cell import LessonCell, measure_label
from sim.lessons.lesson import Lesson
from sim.lessons.misreading import Misreading
from sim.lessons.observed import Observed
from sim.lessons.questions.number import NumberQuestion
from sim.lessons.questions.question import Question
from sim.lessons.read_lesson import with_numbers
from sim.lessons.step import LessonStep


@dataclass(frozen=True, slots=True)
class KeyTable:
    """The table of a step: a row a run, with a text a measure."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Key:
    """The answers of a lesson, from the runs of its own number and seed."""

    lesson: Lesson
    observed: Observed

    @classmethod
    def of(cls, lesson: Lesson, seed: int | None = None) -> Key:
        """The key; with ``seed``, from other random numbers."""
        return cls(lesson, Observed(lesson.runs, None, seed))

    def table(self, step: LessonStep) -> KeyTable:
        """The numbers of the runs of a step."""
        headings = ("run", *map(measure_label, step.measures))
        rows = tuple(
            (
                self.lesson.runs[name].label,
                *(self.observed.level(LessonCell(name, measure)) for measure in step.measures),
            )
            for name in step.show
        )
        return KeyTable(headings, rows)

    def answer(self, question: Question) -> str:
        """The answer to a question."""
        return question.answer(self.observed)

    def said(self, text: str) -> str:
        """A text with its numbers filled in."""
        return with_numbers(text, self.observed.text)

    def answered(self, misreading: Misreading) -> str:
        """A wrong answer as a reader sees it: of a number, the value that was read instead."""
        asked = next(q for q in self.lesson.questions if q.name == misreading.question)
        if isinstance(asked, NumberQuestion):
            return self.said(f"{{{misreading.answer}}}")
        return misreading.answered

    @property
    def drift(self) -> list[str]:
        """Every claim of the lesson that the model contradicts."""
        every = (*self.lesson.questions, *self.lesson.later)
        found = ((question, question.drift(self.observed)) for question in every)
        return [
            f"{self.lesson.name}.{question.name}: {drift}" for question, drift in found if drift
        ]
