"""Marking a student's answers with reasons, and measuring the distance of predictions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sim.browser.assets import built, module_sources_digest
from sim.errors import is_number, json_head
from sim.experiments.measures import Measure
from sim.formatting import format_fixed
from sim.lessons.answers import Answers
from sim.lessons.key import Key
from sim.lessons.lesson import Lesson
from sim.lessons.observed import Observed
from sim.lessons.prediction import Prediction
from sim.lessons.questions.question import Question
from sim.lessons.questions.verdict import AnswerVerdict, MarkedAnswer


@dataclass(frozen=True, slots=True)
class Checked:
    """The marks of all questions by name, and a sentence on each prediction."""

    lesson: Lesson
    answers: Answers
    marks: dict[str, MarkedAnswer]
    distances: dict[str, str]

    @property
    def of_changed_rules(self) -> bool:
        """Whether this installation's rules are not the shipped ones, so that its key may differ
        from the shipped key and from what the shipped explorer shows."""
        return bool(built()["sources"] != module_sources_digest())

    def to_dict(self) -> dict[str, Any]:
        """The marks as plain data."""
        marks = {
            name: {"verdict": m.verdict.value, "reason": m.reason} for name, m in self.marks.items()
        }
        return {
            **json_head("lesson_check", runs=self.answers.count, seed=self.answers.seed),
            "lesson": self.lesson.name,
            "changed_rules": self.of_changed_rules,
            "predictions": self.distances,
            "answers": marks,
        }


def check(lesson: Lesson, answers: Answers) -> Checked:
    """Mark the answers by the runs of the student's own number and seed, and by the key's.

    Questions of steps that the student's plan lacks are marked if they are answered.
    """
    key = Key.of(lesson)
    own = Observed(lesson.runs, answers.count, answers.seed)
    steps = lesson.steps_of(lesson.plans[answers.length])
    planned = [question for step in steps for question in step.questions]
    marks = {
        question.name: _mark(question, answers.given.get(question.name), own, key)
        for question in lesson.questions
        if question.name in answers.given or question in planned
    }
    distances = {
        each.name: distance(each, answers.predictions[each.name], own)
        for each in lesson.predict
        if each.name in answers.predictions
    }
    return Checked(lesson, answers, marks, distances)


def _mark(question: Question, given: Any, own: Observed, key: Key) -> MarkedAnswer:
    """The mark of one answer; for a known misreading it has the reply that explains it."""
    mark = question.mark(given, own, key.observed)
    if mark.verdict is not AnswerVerdict.WRONG:
        return mark
    parsed = question.parse(given)
    for each in key.lesson.misreadings:
        if each.question == question.name and question.shows(parsed, each.answer, own):
            return MarkedAnswer(AnswerVerdict.WRONG, f"{key.said(each.say)} ({mark.reason})")
    return mark


def distance(prediction: Prediction, given: Any, own: Observed) -> str:
    """The distance of a prediction from the student's own runs, without a verdict."""
    wanted = len(prediction.of)
    if not given:
        return f"missing: write a list of {wanted} numbers, such as {[10] * wanted}"
    if not isinstance(given, list) or len(given) != wanted:
        return f"found {given!r:.60}: write a list of {wanted} numbers, such as {[10] * wanted}"
    for item, (cell, number) in enumerate(zip(prediction.of, given, strict=True), start=1):
        if not is_number(number):
            return f"item {item}, for '{own.label(cell)}', is {number!r:.40}: write a number"
        if Measure(cell.measure).is_share and not 0 <= number <= 100:
            return f"item {item}, for '{own.label(cell)}', is {number:g}: write 0 to 100 per cent"
    gaps = {}
    for cell, number in zip(prediction.of, given, strict=True):
        gaps[cell] = number - Measure(cell.measure).scale * own.estimate(cell).value
    mean = sum(map(abs, gaps.values())) / wanted
    farthest = max(gaps, key=lambda cell: abs(gaps[cell]))
    places = 1 if Measure(farthest.measure).is_share else 2
    side = "too high" if gaps[farthest] > 0 else "too low"
    return (
        f"on average {format_fixed(mean, places)} away; farthest for '{own.label(farthest)}', "
        f"{format_fixed(abs(gaps[farthest]), places)} {side}. Why was that?"
    )
