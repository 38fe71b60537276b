"""The page of a sensitivity study: tornado, indices, convergence and variance shares."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from sim.choices import TORNADO
from sim.figures.sensitivity import (
    Convergence,
    ConvergenceChart,
    IndexKind,
    IndicesChart,
    TornadoChart,
    VarianceChart,
)
from sim.figures.theme import Note
from sim.formatting import INDEX, parameter_name, plural
from sim.report.labels import in_words
from sim.report.page import write_panels
from sim.report.panels import Panel, panel
from sim.report.reproduce import Origin, page_provenance

if TYPE_CHECKING:
    from sim.analysis.sensitivity.global_indices import GlobalSensitivity
    from sim.analysis.sensitivity.one_at_a_time import Tornado
    from sim.analysis.sensitivity.study import Sensitivity

NOTES = (
    "All results depend on the range of each lever. The ranges are in the tables, and they are "
    "assumptions: a wider range makes a lever matter more.",
    "Intervals cover Monte-Carlo error alone, not errors of the model.",
)


def write_sensitivity(found: Sensitivity, path: str | Path, origin: Origin | None = None) -> Path:
    """Write the page to ``path`` and return it; the folder must exist."""
    name = f"What {found.measure.label} depends on"
    shown = list(_panels(found))
    how = page_provenance(origin, found.scenario, _counted(found), found.seed)
    names = {lever.path: parameter_name(lever.path) for lever in found.levers}
    first, *others = (in_words(finding, names) for finding in found.findings)
    notes = [*NOTES, *([f"Also: {'; '.join(others)}."] if others else [])]
    return write_panels(path, name, how, first, shown, notes, found.missing)


def _counted(found: Sensitivity) -> str:
    """The number of runs of each method."""
    notes = {each.method: _note(found, each) for each in found.together}
    if found.tornado:
        notes = {"tornado": _tornado_note(found, found.tornado), **notes}
    return "; ".join(f"{method.capitalize()}: {note.counted}" for method, note in notes.items())


def _tornado_note(found: Sensitivity, drawn: Tornado) -> Note:
    """The runs of the tornado: at both ends of each lever, and of the baseline."""
    return Note(drawn.played, found.seed, f"{drawn.runs:,} model runs at each end")


def _note(found: Sensitivity, each: GlobalSensitivity) -> Note:
    return Note(each.runs, found.seed, f"{each.replications:,} model runs a point")


def _panels(found: Sensitivity) -> Iterator[tuple[str, Panel]]:
    if found.tornado:
        yield "One lever at a time", tornado_panel(found, found.tornado)
    for each in found.together:
        yield f"All levers at once: {each.method.capitalize()}", index_panel(found, each)
        yield "Has it converged?", convergence_panel(found, each)
    if found.together and not math.isnan(found.together[-1].split.share.value):
        yield "How much is chance?", variance_panel(found, found.together[-1])


def tornado_panel(found: Sensitivity, drawn: Tornado) -> Panel:
    """The bars of the tornado."""
    chart = TornadoChart(found.tables[TORNADO], found.measure)
    return panel("tornado", chart, _tornado_note(found, drawn))


def index_panel(found: Sensitivity, each: GlobalSensitivity) -> Panel:
    """The indices of one method."""
    chart = IndicesChart(found.tables[each.method], _kind(found, each))
    return panel(each.method, chart, _note(found, each))


def _kind(found: Sensitivity, each: GlobalSensitivity) -> IndexKind:
    label, where = (
        found.measure.label,
        f"{plural(each.replications, 'run')} at each of {plural(each.points, 'point')}, bootstrap "
        "intervals, simultaneous for all levers",
    )
    if each.method == "sobol":
        return IndexKind(
            "total",
            "first",
            "share of the variance between points",
            f"Shares of the levers in the variance of {label}; {where}.",
            "{lever} has the {largest} share in "
            + label
            + ": {value} of the variance between points",
            INDEX,
        )
    return IndexKind(
        "mu_star",
        "sigma",
        f"over the whole range, {found.measure.unit}",
        f"Mean size of elementary effects on {label}; {where}.",
        f"{{lever}} has the {{largest}} mean effect on {label}: {{value}} {found.measure.unit}",
        found.measure.kind,
        found.measure.scale,
    )


def convergence_panel(found: Sensitivity, each: GlobalSensitivity) -> Panel:
    """The indices from a quarter, a half and the whole of the sample."""
    kind, runs = _kind(found, each), tuple(stage.runs for stage in each.stages)
    stages = [{index.path: index.leading for index in stage.indices} for stage in each.stages]
    rows = []
    for top in each.indices:
        shown = tuple(kind.scaled(stage[top.path]) for stage in stages)
        rows.append(Convergence(top.path, runs, shown, top.excludes_zero, kind.kind))
    chart = ConvergenceChart(rows, "total order" if each.method == "sobol" else "mu*")
    return panel(f"{each.method}-settling", chart, _note(found, each))


def variance_panel(found: Sensitivity, each: GlobalSensitivity) -> Panel:
    """The shares of the variance of single runs."""
    return panel("variance", VarianceChart.of(each.split.share), _note(found, each))
