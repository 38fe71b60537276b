"""Postures against types as a page: the outcome, and the regrets."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sim.experiments.posture.choice import LOSS, REGRET, regret
from sim.figures import postures as dots
from sim.figures import regrets
from sim.figures.theme import Note
from sim.figures.wording import Interval, lever_name
from sim.report.pages import write_panels
from sim.report.panels import Panel, panel

if TYPE_CHECKING:
    from sim.experiments.posture.postures import Postures

# The postures with the smallest worst cases are drawn, beside those that are best for something.
SHOWN = 10
NAMES = {LOSS: "the worst case", REGRET: "regret"}
NOTES = (
    "Regret against a type is what a posture loses beyond the one that would have been best, had "
    "one known the type.",
    "A choice is made on the same runs that are shown, which flatters it a little: the summary "
    "says what it comes to on fresh runs, in how many resamples it is the best, and how many "
    "postures cannot be told from it.",
    "It is no advice. The types are three out of many, and the weights are invented.",
)


def write_posture(found: Postures, path: str | Path) -> Path:
    """Write the page to ``path`` and return it; the folder must exist."""
    panels = [("Posture by posture", dots_panel(found)), ("Regret", regret_panel(found))]
    name = "Not knowing whom one faces"
    return write_panels(path, name, found.scenario, found.sentence, panels, NOTES)


def dots_panel(found: Postures) -> Panel:
    """The outcome of the best postures against each type."""
    frame, rows = _frame(found), _rows(found)
    figure = dots.figure(rows, frame, _note(found))
    return panel("postures", figure, dots.sheet(rows, frame), 12, dots.key(frame))


def regret_panel(found: Postures) -> Panel:
    """Their regrets."""
    frame, rows = _frame(found), _rows(found)
    figure = regrets.figure(rows, frame, _note(found))
    return panel("regrets", figure, regrets.sheet(rows, frame), 52)


def _note(found: Postures) -> Note:
    return Note(found.runs, found.seed)


def _frame(found: Postures) -> dots.Frame:
    levers = tuple(lever_name(path) for path in found.levers)
    measure = found.measure
    units = measure.label, measure.level_unit, measure.unit
    return dots.Frame(levers, tuple(found.types), *units, _best(found, LOSS), _best(found, REGRET))


def _best(found: Postures, criterion: str) -> dots.Best:
    value = found.measure.scale * found.choices[criterion].value.value
    return dots.Best(found.best_said(criterion), value, found.alike_said(criterion))


def _rows(found: Postures) -> list[dots.Posture]:
    scale, late = found.measure.scale, regret(found.losses)
    worst = found.losses.max(axis=1).round(9)
    chosen = {choice.posture for choice in found.choices.values()}
    shown = sorted(
        {*worst.argsort(kind="stable")[:SHOWN].tolist(), *chosen}, key=lambda k: (worst[k], k)
    )
    return [
        dots.Posture(
            found.grid[k],
            tuple(_scaled(found, k, type_) for type_ in range(len(found.types))),
            tuple((scale * late[k]).tolist()),
            tuple(NAMES.get(name, name) for name, each in found.choices.items() if k in each.tied),
        )
        for k in shown
    ]


def _scaled(found: Postures, posture: int, type_: int) -> Interval:
    value, low, high = (found.measure.scale * x for x in found.loss(posture, type_))
    return value, low, high
