"""Postures against types as a page: the outcome, and the regrets."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.analysis.robustness.criteria import LOSS, REGRET, regret
from sim.figures import postures as dots
from sim.figures import regrets
from sim.figures.sheet import Sheet
from sim.figures.theme import Note
from sim.report.page import write_panels
from sim.report.panels import Panel, panel
from sim.report.reproduce import Origin, page_provenance
from sim.text import Interval, parameter_name

if TYPE_CHECKING:
    from sim.analysis.robustness.robustness import Robustness

# The postures with the smallest worst cases are drawn, beside those that are best for something.
SHOWN = 10
NAMES = {LOSS: "the worst case", REGRET: "regret"}
NOTES = (
    "Regret against a type is what a posture loses beyond the one that would have been best, had "
    "one known the type.",
    "Of many postures some look good by luck alone. So the intervals hold for every posture "
    "against every type at once, whichever is picked.",
    "A choice is made on the same runs that are shown, which flatters it a little: the summary "
    "says what it comes to on fresh runs, in how many resamples it is the best, and how many "
    "postures cannot be told from it.",
)


def write_robustness(found: Robustness, path: str | Path, origin: Origin | None = None) -> Path:
    """Write the page to ``path`` and return it; the folder must exist."""
    how = page_provenance(origin, found.scenario, _note(found).counted, found.seed)
    panels = [("Posture by posture", dots_panel(found)), ("Regret", regret_panel(found))]
    name = "Not knowing whom one faces"
    return write_panels(path, name, how, found.sentence, panels, notes(found))


def notes(found: Robustness) -> list[str]:
    """How to read the page."""
    many = f"The {len(found.types)} types are some out of many"
    return [*NOTES, f"It is no advice. {many}, and the weights are invented."]


def dots_panel(found: Robustness) -> Panel:
    """The outcome of the best postures against each type."""
    frame, rows = _frame(found), _rows(found, _drawn(found))
    figure = dots.figure(rows, frame, _note(found))
    return panel("postures", figure, _sheet(found, frame), 12, dots.key(frame))


def regret_panel(found: Robustness) -> Panel:
    """Their regrets."""
    frame, rows = _frame(found), _rows(found, _drawn(found))
    figure = regrets.figure(rows, frame, _note(found))
    return panel("regrets", figure, _sheet(found, frame), 52)


def _sheet(found: Robustness, frame: dots.Frame) -> Sheet:
    """Every posture there is, those that are not drawn too."""
    return dots.sheet(_rows(found, range(len(found.grid))), frame)


def _note(found: Robustness) -> Note:
    each = f"{found.runs:,} model runs of a posture against a type"
    return Note(found.runs * len(found.grid) * len(found.types), found.seed, each)


def _frame(found: Robustness) -> dots.Frame:
    levers = tuple(parameter_name(path) for path in found.levers)
    measure = found.measure
    units = measure.label, measure.level_unit, measure.unit
    best = _best(found, LOSS), _best(found, REGRET)
    return dots.Frame(levers, tuple(found.types), *units, *best, len(found.grid), measure.kind)


def _best(found: Robustness, criterion: str) -> dots.Best:
    value = found.measure.scale * found.choices[criterion].value.value
    return dots.Best(
        found.describe_best(criterion), value, found.describe_indistinguishable(criterion)
    )


def _worst(found: Robustness) -> Any:
    """Each posture's worst case, free of the last digits, so that equals come in their order."""
    return found.losses.max(axis=1).round(9)


def _drawn(found: Robustness) -> set[int]:
    """The postures with the smallest worst cases, and those that are best for something."""
    least = _worst(found).argsort(kind="stable")[:SHOWN].tolist()
    return {*least, *(choice.posture for choice in found.choices.values())}


def _rows(found: Robustness, shown: Iterable[int]) -> list[dots.Posture]:
    """These postures, the smallest worst case first."""
    scale, late = found.measure.scale, regret(found.losses)
    worst = _worst(found)
    return [
        dots.Posture(
            found.grid[k],
            tuple(_scaled(found, k, type_) for type_ in range(len(found.types))),
            tuple((scale * late[k]).tolist()),
            tuple(NAMES.get(name, name) for name, each in found.choices.items() if k in each.ties),
        )
        for k in sorted(shown, key=lambda k: (worst[k], k))
    ]


def _scaled(found: Robustness, posture: int, type_: int) -> Interval:
    value, low, high = (found.measure.scale * x for x in found.loss(posture, type_))
    return value, low, high
