"""What an outcome hangs on, as a page: tornado, indices, luck, convergence."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from sim.figures import convergence, indices, luck_bar, tornado
from sim.figures.theme import Note
from sim.report.page import write_panels
from sim.report.panels import Panel, panel
from sim.report.reproduce import Origin, page_provenance
from sim.statistics import Estimate
from sim.text import INDEX, Interval, plural

if TYPE_CHECKING:
    from sim.analysis.sensitivity.global_indices import GlobalSensitivity
    from sim.analysis.sensitivity.one_at_a_time import Swing, Tornado
    from sim.analysis.sensitivity.study import Sensitivity

NOTES = (
    "Every figure depends on the ends that each lever was moved between: they are in the tables, "
    "and they are assumptions. A lever that was moved further matters more.",
    "An interval is about the luck of the draw alone. It says nothing of how wrong the model is.",
)


def write_sensitivity(found: Sensitivity, path: str | Path, origin: Origin | None = None) -> Path:
    """Write the page to ``path`` and return it; the folder must exist."""
    name = f"What {found.measure.label} hangs on"
    shown, said = list(_panels(found)), found.sentence
    how = page_provenance(origin, found.scenario, _counted(found), found.seed)
    return write_panels(path, name, how, said, shown, NOTES, found.missing)


def _counted(found: Sensitivity) -> str:
    """How many runs each method took."""
    notes = {each.method: _note(found, each) for each in found.together}
    if found.tornado:
        notes = {"tornado": _tornado_note(found, found.tornado), **notes}
    return "; ".join(f"{method}: {note.counted}" for method, note in notes.items())


def _tornado_note(found: Sensitivity, drawn: Tornado) -> Note:
    """The runs of the tornado: at either end of each lever, and of the scenario as it is."""
    return Note(drawn.played, found.seed, f"{drawn.runs:,} model runs at each end")


def _note(found: Sensitivity, each: GlobalSensitivity) -> Note:
    return Note(each.runs, found.seed, f"{each.replications:,} model runs a point")


def _panels(found: Sensitivity) -> Iterator[tuple[str, Panel]]:
    if found.tornado:
        yield "One lever at a time", tornado_panel(found, found.tornado)
    for each in found.together:
        yield f"All levers at once: {each.method.capitalize()}", index_panel(found, each)
        yield "Has it settled?", convergence_panel(found, each)
    if found.together and not math.isnan(found.together[-1].split.share.value):
        yield "How much is luck?", luck_panel(found, found.together[-1])


def tornado_panel(found: Sensitivity, drawn: Tornado) -> Panel:
    """The bars of the tornado."""
    measure = found.measure
    unit = tornado.Unit(measure.label, measure.unit, measure.kind)
    rows = [_swing(bar, measure.scale) for bar in drawn.bars]
    figure = tornado.figure(rows, unit, _tornado_note(found, drawn))
    return panel("tornado", figure, tornado.sheet(rows, unit), 12, tornado.key())


def _swing(bar: Swing, scale: float) -> tornado.Swing:
    lever = bar.lever
    ends = lever.format(lever.low), lever.format(lever.high)
    low, high, swing = (_scaled(each, scale) for each in (bar.low, bar.high, bar.swing))
    return tornado.Swing(lever.path, ends, low, high, swing, bar.excludes_zero)


def _scaled(estimate: Estimate, scale: float = 1.0) -> Interval:
    value, low, high = (scale * number for number in estimate)
    return value, low, high


def index_panel(found: Sensitivity, each: GlobalSensitivity) -> Panel:
    """The indices of one method."""
    kind, rows = _kind(found, each), _rows(found, each)
    figure = indices.figure(rows, kind, _note(found, each))
    return panel(each.method, figure, indices.sheet(rows, kind), 12, indices.key(kind))


def _rows(found: Sensitivity, each: GlobalSensitivity) -> list[indices.Index]:
    from sim.analysis.sensitivity.sobol import Index

    scale = found.measure.scale
    return [
        indices.Index(i.path, _scaled(i.total), _scaled(i.first), i.noise, i.excludes_zero)
        if isinstance(i, Index)
        else indices.Index(
            i.path,
            _scaled(i.size, scale),
            _scaled(i.spread, scale),
            scale * i.floor,
            i.excludes_zero,
        )
        for i in each.indices
    ]


def _kind(found: Sensitivity, each: GlobalSensitivity) -> indices.Kind:
    label, where = (
        found.measure.label,
        f"{plural(each.replications, 'run')} at each of {plural(each.points, 'point')}, bootstrap "
        "intervals for all levers at once",
    )
    if each.method == "sobol":
        return indices.Kind(
            "with others (total order)",
            "alone (first order)",
            "share of the variance between points",
            f"Part of what the levers do to {label}; {where}.",
            "{lever} has the largest part in " + label + ": {value} of the variance between points",
            INDEX,
        )
    return indices.Kind(
        "size of effect (mu*)",
        "its spread (sigma)",
        f"over the whole way, {found.measure.unit}",
        f"Mean size of elementary effects on {label}; {where}.",
        f"{label} answers most to " + "{lever}: {value} " + found.measure.unit,
        found.measure.kind,
    )


def convergence_panel(found: Sensitivity, each: GlobalSensitivity) -> Panel:
    """The indices from a quarter, a half and the whole of the sample."""
    from sim.analysis.sensitivity.sobol import Index

    is_sobol, measure = each.method == "sobol", found.measure
    scale, kind = (1.0, INDEX) if is_sobol else (measure.scale, measure.kind)
    runs = tuple(stage.runs for stage in each.stages)
    stages = [{index.path: index for index in stage.indices} for stage in each.stages]
    rows = []
    for top in each.indices:
        here = [stage[top.path] for stage in stages]
        leading = [i.total if isinstance(i, Index) else i.size for i in here]
        moved = tuple(_scaled(one, scale) for one in leading)
        rows.append(convergence.Settling(top.path, runs, moved, top.excludes_zero, kind))
    named = "total order" if is_sobol else "mu*"
    figure = convergence.figure(rows, named, _note(found, each))
    shown = convergence.sheet(rows)
    return panel(f"{each.method}-settling", figure, shown, 12, convergence.key(rows))


def luck_panel(found: Sensitivity, each: GlobalSensitivity) -> Panel:
    """The split of the variance of single runs."""
    rows = luck_bar.table(each.split.share)
    figure = luck_bar.figure(rows, _note(found, each))
    return panel("luck", figure, luck_bar.sheet(rows), 12, luck_bar.key())
