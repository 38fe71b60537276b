"""A lesson: everything that its sheets, its key and its explorer are made from."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sim.formatting import join_and
from sim.lessons.cell import LessonCell
from sim.lessons.debrief import Debrief
from sim.lessons.exit_note import ExitNote
from sim.lessons.lesson_run import LessonRun
from sim.lessons.misreading import Misreading
from sim.lessons.plan import DEBRIEF, EXIT, PREDICT, READ, LessonPlan
from sim.lessons.prediction import Prediction
from sim.lessons.questions.question import Question
from sim.lessons.step import LessonStep
from sim.lessons.step_text import StepText


@dataclass(frozen=True, slots=True)
class Lesson:
    """A lesson of one goal.

    ``argument`` is what commands take: the name of a shipped lesson, else the path of its file.
    ``place`` is its position in a course; ``runs`` are by name and ``plans`` by length in minutes;
    ``levers`` are the parameters that a class varies; ``later`` are the questions of a quiz weeks
    after; ``notes`` are for the teacher alone, and may be empty; ``sources`` are claims,
    ``reading`` is literature.
    """

    name: str
    argument: str
    place: int
    title: str
    goal: StepText
    level: str
    materials: tuple[str, ...]
    scenario: str
    count: int
    seed: int
    runs: dict[str, LessonRun]
    levers: tuple[str, ...]
    read: str
    predict: tuple[Prediction, ...]
    steps: tuple[LessonStep, ...]
    misreadings: tuple[Misreading, ...]
    debrief: Debrief
    exit: ExitNote
    later: tuple[Question, ...]
    limits: str
    care: str
    notes: str
    sources: tuple[str, ...]
    reading: tuple[str, ...]
    plans: dict[int, LessonPlan]

    @property
    def run_command(self) -> str:
        """The command for the lesson's runs; with the name of a step after it, for that step."""
        return shlex.join(["thinline", "lesson", "run", self.argument])

    def check_command(self, plan: LessonPlan) -> str:
        """The command that marks answers to a plan of it."""
        own = [] if self.argument == self.name else ["--lesson", self.argument]
        return shlex.join(["thinline", "lesson", "check", plan.answers_file, *own])

    @property
    def questions(self) -> tuple[Question, ...]:
        """The questions of all steps, in order."""
        return tuple(question for step in self.steps for question in step.questions)

    @property
    def parts(self) -> tuple[str, ...]:
        """The names of all parts, in order."""
        return (READ, PREDICT, *(step.name for step in self.steps), DEBRIEF, EXIT)

    def question(self, name: str) -> Question:
        """The question, of a step or of the later quiz, with a name; raises ``KeyError``."""
        return {each.name: each for each in (*self.questions, *self.later)}[name]

    def steps_of(self, plan: LessonPlan) -> tuple[LessonStep, ...]:
        """The steps that a plan has."""
        return tuple(step for step in self.steps if plan.has(step.name))

    def predictions_of(self, plan: LessonPlan) -> tuple[Prediction, ...]:
        """The predictions whose runs a plan shows."""
        return tuple(each for each in self.predict if self._shows(plan, each.of))

    def later_of(self, plan: LessonPlan) -> tuple[Question, ...]:
        """The questions of the later quiz whose runs, and whose step, a plan has."""
        return tuple(
            each
            for each in self.later
            if self._shows(plan, each.of) and (not each.step or plan.has(each.step))
        )

    def debrief_of(self, plan: LessonPlan) -> dict[str, tuple[str, ...]]:
        """The questions of each round of the debrief, without those about a step that a plan
        lacks."""
        return {
            name: tuple(filter(None, (each.of(plan) for each in asked)))
            for name, asked in self.debrief.rounds.items()
        }

    def minutes_without(self, text: StepText) -> str:
        """The lengths of the plans that lack the step of a text: ``20 minutes``; may be empty."""
        lengths = [str(each) for each, plan in self.plans.items() if text.of(plan) != text.text]
        return f"{join_and(lengths)} minutes" if lengths else ""

    def _shows(self, plan: LessonPlan, cells: Iterable[LessonCell]) -> bool:
        """Whether the steps of a plan show every run of the cells that any step shows."""
        shown = {run for step in self.steps_of(plan) for run in step.show}
        elsewhere = {run for step in self.steps for run in step.show} - shown
        return not elsewhere & {cell.run for cell in cells}

    def texts(self) -> Iterator[str]:
        """Every text that may speak of a cell."""
        yield from (self.read, self.limits, self.care, self.notes)
        yield from (each.why for each in (*self.questions, *self.later))
        yield from (each.say for each in self.misreadings)
        for questions in self.debrief.rounds.values():
            yield from map(str, questions)
