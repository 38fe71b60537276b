"""The page of a robustness study: outcomes and regrets of postures against types."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.analysis.robustness.criteria import LOSS, REGRET, regret
from sim.analysis.robustness.information import input_table
from sim.figures.robustness import InformationChart, LossChart, Posture, RegretChart
from sim.figures.theme import Note
from sim.formatting import Interval, capitalise
from sim.report.page import write_panels
from sim.report.panels import Panel, panel
from sim.report.reproduce import Origin, page_provenance

if TYPE_CHECKING:
    from sim.analysis.robustness.information import ValueOfInformation
    from sim.analysis.robustness.robustness import Robustness

# The number of postures drawn, besides those that are best by a criterion.
SHOWN = 10
NAMES = {LOSS: "the worst case", REGRET: "regret"}
NOTES = (
    "Regret against a type is the loss of a posture beyond that of the best posture for the type.",
    "Of many postures some look good by chance alone. The intervals are therefore simultaneous for "
    "all postures and types.",
    "The best posture is chosen on the runs that are shown, which favours it slightly: the summary "
    "has its result on fresh runs, its selection frequency over resamples, and the number of "
    "postures that are not distinguishable from it.",
)

INFORMATION_NOTE = (
    "The value of an input is that of better choices among these postures, under the scenario's "
    "own distributions. Other postures, outcomes or distributions give other values."
)
# The groups of inputs drawn.
SHOWN_INPUTS = 12


def write_robustness(found: Robustness, path: str | Path, origin: Origin | None = None) -> Path:
    """Write the page to ``path`` and return it; the folder must exist."""
    how = page_provenance(origin, found.scenario, _note(found).counted, found.seed)
    panels = [("By posture", losses_panel(found)), ("Regret", regret_panel(found))]
    if found.information is not None:
        panels.append(("Value of information", information_panel(found, found.information)))
    name = "Robustness to the type of challenger"
    return write_panels(path, name, how, describe_posture(found), panels, notes(found))


def describe_posture(found: Robustness) -> str:
    """The posture with the smallest worst case, and whether it also has the smallest regret."""
    best, late = (found.choices[criterion] for criterion in (LOSS, REGRET))
    is_both = best.posture == late.posture
    regret_of = "It" if is_both else f"With {found.describe(late.posture)} the posture"
    return (
        f"{found.measure.label} in the worst case is least with {found.describe(best.posture)}: "
        f"{found.measure.level(best.value)}; {found.describe_indistinguishable(LOSS)}. "
        f"{regret_of} has the smallest regret"
    )


def notes(found: Robustness) -> list[str]:
    """How to read the page, and all findings in full."""
    many = f"The {len(found.types)} types are a selection"
    known = [] if found.information is None else [INFORMATION_NOTE]
    in_full = [capitalise(each) for each in (found.sentence, found.information_sentence) if each]
    advice = f"This is not advice. {many}, and the weights are invented."
    return [*NOTES, *known, f"In full. {'. '.join(in_full)}.", advice]


def losses_panel(found: Robustness) -> Panel:
    """The outcome of the best postures against each type."""
    chart = LossChart(_rows(found, _drawn(found)), _rows(found, range(len(found.grid))), found)
    return panel("postures", chart, _note(found))


def regret_panel(found: Robustness) -> Panel:
    """Their regrets."""
    chart = RegretChart(_rows(found, _drawn(found)), _rows(found, range(len(found.grid))), found)
    return panel("regrets", chart, _note(found))


def information_panel(found: Robustness, known: ValueOfInformation) -> Panel:
    """The value of knowing inputs before a posture is chosen."""
    each = f"{known.runs:,} model runs of a posture"
    note = Note(known.runs * len(found.grid), found.seed, each)
    chart = InformationChart(
        known.inputs[:SHOWN_INPUTS], input_table(found.measure, known.inputs), found.measure
    )
    return panel("information", chart, note)


def _note(found: Robustness) -> Note:
    each = f"{found.runs:,} model runs of a posture against a type"
    return Note(found.runs * len(found.grid) * len(found.types), found.seed, each)


def _worst(found: Robustness) -> Any:
    """Each posture's worst case, rounded so that ties keep their order."""
    return found.losses.max(axis=1).round(9)


def _drawn(found: Robustness) -> set[int]:
    """The postures with the smallest worst cases, and those that are best by a criterion."""
    least = _worst(found).argsort(kind="stable")[:SHOWN].tolist()
    return {*least, *(choice.posture for choice in found.choices.values())}


def _rows(found: Robustness, shown: Iterable[int]) -> list[Posture]:
    """These postures, the smallest worst case first."""
    scale, late = found.measure.scale, regret(found.losses)
    worst = _worst(found)
    return [
        Posture(
            tuple(found.format_values(k)),
            tuple(_scaled(found, k, type_) for type_ in range(len(found.types))),
            tuple((scale * late[k]).tolist()),
            tuple(NAMES.get(name, name) for name, each in found.choices.items() if k in each.ties),
        )
        for k in sorted(shown, key=lambda k: (worst[k], k))
    ]


def _scaled(found: Robustness, posture: int, type_: int) -> Interval:
    value, low, high = (found.measure.scale * x for x in found.loss(posture, type_))
    return value, low, high
