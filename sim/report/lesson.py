"""The pages of a lesson, to print: student sheet, teacher's notes, answer key, role cards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sim.evidence.claims import claim
from sim.lessons.cell import PRINTED_TERMS, measure_label
from sim.lessons.debrief import ROUNDS
from sim.lessons.explorer import ExplorerLink, set_by_hand
from sim.lessons.key import Key
from sim.lessons.lesson import Lesson
from sim.lessons.plan import DEBRIEF, EXIT, PREDICT, READ, LessonPlan
from sim.lessons.role_card import RoleCard
from sim.report.page import sheet_style, write_page
from sim.scenario.scenario import Scenario

TITLES = {
    READ: ("Read", "Say what the subject is, and that roles are optional."),
    PREDICT: ("Predict", "Nobody runs anything yet. Ask two pairs for their reason."),
    DEBRIEF: ("Talk about it", "Four rounds, in their order; you ask, the class answers."),
    EXIT: ("Exit note", "Collect the slips; read them by the rubric."),
}

# A page that stands without an explorer beside it.
NO_LINKS: Mapping[str, ExplorerLink] = {}


@dataclass(frozen=True, slots=True)
class TimetableRow:
    """A line of a timetable: the minute at which a part starts, its length, who does what."""

    start: int
    minutes: int
    title: str
    teacher: str


def write_student(
    lesson: Lesson,
    plan: LessonPlan,
    path: str | Path,
    links: Mapping[str, ExplorerLink] = NO_LINKS,
) -> Path:
    """Write the student sheet of a plan to ``path`` and return it.

    ``links`` lead, by the names of runs, to the explorer beside it.
    """
    return _write(
        path,
        "lesson_student.html",
        lesson=lesson,
        plan=plan,
        rounds=ROUNDS,
        links=links,
        measure_label=measure_label,
        printed_terms=PRINTED_TERMS,
        by_hand=set_by_hand(lesson),
    )


def write_teacher(
    key: Key, plan: LessonPlan, path: str | Path, links: Mapping[str, ExplorerLink] = NO_LINKS
) -> Path:
    """Write the teacher's notes of a plan to ``path`` and return it; ``links`` as on the sheet."""
    lesson = key.lesson
    asked = {question.name for step in lesson.steps_of(plan) for question in step.questions}
    return _write(
        path,
        "lesson_teacher.html",
        key=key,
        lesson=lesson,
        plan=plan,
        rounds=ROUNDS,
        links=links,
        timetable=list(timetable(lesson, plan)),
        misreadings=[each for each in lesson.misreadings if each.question in asked],
        claims=[claim(name) for name in lesson.sources],
    )


def write_key(key: Key, path: str | Path) -> Path:
    """Write the answer key to ``path`` and return it."""
    return _write(path, "lesson_key.html", lesson=key.lesson, key=key)


def write_role_cards(scenario: Scenario, cards: Sequence[RoleCard], path: str | Path) -> Path:
    """Write role cards of a scenario to ``path``, a page each, and return it."""
    return _write(path, "role_cards.html", scenario=scenario, cards=cards)


def timetable(lesson: Lesson, plan: LessonPlan) -> Iterator[TimetableRow]:
    """The parts of a plan with the minute at which each starts."""
    steps = {step.name: step for step in lesson.steps}
    start = 0
    for part in lesson.parts:
        if plan.has(part):
            title, teacher = TITLES.get(part) or (steps[part].title, _help(lesson, part))
            yield TimetableRow(start, plan.minutes[part], title, teacher)
            start += plan.minutes[part]


def _help(lesson: Lesson, part: str) -> str:
    """What the teacher does during a step."""
    if not next(step for step in lesson.steps if step.name == part).show:
        return "Go round."
    return f"Go round, or run `{lesson.run_command} {part}` on the screen."


def _write(path: str | Path, template: str, **context: object) -> Path:
    return write_page(path, template, sheet_style=sheet_style(), **context)
