"""What the explorer of a lesson shows: its levers with ranges, and a question for each run."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from sim.browser.package import can_be_set
from sim.errors import is_number
from sim.experiments.factors import parameter_of
from sim.experiments.measures import FLAGS
from sim.formatting import capitalise, format_value, join_and, parameter_name
from sim.lessons.cell import LABELS
from sim.lessons.lesson import Lesson
from sim.lessons.lesson_run import LessonRun
from sim.scenario.load import load
from sim.scenario.scenario import Scenario

ASK = "Of 100 runs, how many end in each of these ways?"
ASK_MEASURE = "In how many of 100 runs is it true that {}?"
NOTHING_CHANGES = "Nothing is changed in the scenario"


class ExplorerLink(NamedTuple):
    """Where an explorer shows a run: a settings code to type, and the address of the page."""

    code: str
    address: str


def explorer_levers(lesson: Lesson) -> tuple[str, ...]:
    """The levers, as ``PATH`` or ``PATH=LOW:HIGH``: those that the lesson moves, then those that a
    run sets."""
    scenario = load(lesson.scenario)
    set_by_runs = (path for run in _shown(lesson) for path in run.values)
    paths = dict.fromkeys((*lesson.levers, *set_by_runs))
    return tuple(_lever(path, lesson, scenario) for path in paths)


def explorer_steps(lesson: Lesson) -> dict[str, Any]:
    """The questions as ``thinline explore --lesson`` reads them: one for each run.

    They ask for the measure that the sheet asks for if it is a flag of a run, and for outcomes
    otherwise.
    """
    measure = _predicted_flag(lesson)
    asked = ASK_MEASURE.format(LABELS[measure]) if measure else ASK
    steps = [
        {"ask": f"{capitalise(run.label)}. {_change(run)} {asked}", "set": dict(run.values)}
        for run in _shown(lesson)
    ]
    head = {"title": lesson.title, "about": lesson.read, "runs": lesson.count}
    return {**head, **({"measure": measure} if measure else {}), "steps": steps}


def set_by_hand(lesson: Lesson) -> dict[str, str]:
    """By name of a run that an explorer can show, what to set there; empty if nothing."""
    return {run.name: _settings(run, " to ") for run in _shown(lesson)}


def _predicted_flag(lesson: Lesson) -> str:
    """The only measure that the sheet predicts if it is a flag such as a truce, else empty."""
    measures = {cell.measure for each in lesson.predict for cell in each.of}
    return measures.pop() if len(measures) == 1 and measures <= FLAGS.keys() else ""


def _shown(lesson: Lesson) -> Iterator[LessonRun]:
    """The runs that an explorer can show: those of the lesson's scenario and sample whose values
    can be set in it."""
    scenario = load(lesson.scenario)
    for run in lesson.runs.values():
        is_here = run.scenario == lesson.scenario and not run.is_own_sample
        if is_here and all(can_be_set(path, parameter_of(path, scenario)) for path in run.values):
            yield run


def _change(run: LessonRun) -> str:
    """What a run changes in the scenario, in words."""
    changes = _settings(run)
    many = "Only this changes" if len(run.values) == 1 else "These change"
    return f"{many}: {changes}." if changes else f"{NOTHING_CHANGES}."


def _settings(run: LessonRun, link: str = " ") -> str:
    """The values of a run behind the names of their parameters, with ``link`` between."""
    return join_and(
        [f"{parameter_name(path)}{link}{format_value(v)}" for path, v in run.values.items()]
    )


def _lever(path: str, lesson: Lesson, scenario: Scenario) -> str:
    """A lever, with a range that holds every value of a run and the scenario's own.

    A word has no range, and the members of a group may have values of their own.
    """
    values = [run.values[path] for run in lesson.runs.values() if path in run.values]
    if not values or not all(map(is_number, values)) or path not in scenario.values:
        return path
    ends = [*values, scenario[path].mean]
    return path if len(set(ends)) == 1 else f"{path}={min(ends):.6g}:{max(ends):.6g}"
