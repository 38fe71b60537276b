"""The thin line and its valley as pages that open from disk."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sim.analysis.thin_line.result import Verdict
from sim.experiments.factors import make_factor
from sim.figures import thin_line as curve
from sim.figures import valley as heat
from sim.figures.scale import Scale
from sim.figures.theme import Note
from sim.report.page import write_panels
from sim.report.panels import Panel, panel
from sim.report.reproduce import Origin, PageProvenance, page_provenance
from sim.text import plural

if TYPE_CHECKING:
    from sim.analysis.thin_line.result import ThinLine, Valley


def write_line(line: ThinLine, path: str | Path, origin: Origin | None = None) -> Path:
    """Write the page of one line to ``path`` and return it; the folder must exist."""
    how = page_provenance(origin, line.scenario, _note([line]).counted, line.seed)
    return _write(path, how, line.sentence, line_panel(line))


def write_valley(valley: Valley, path: str | Path, origin: Origin | None = None) -> Path:
    """Write the page of a valley to ``path`` and return it; the folder must exist."""
    first = valley.lines[0]
    how = page_provenance(origin, first.scenario, _note(valley.lines).counted, first.seed)
    return _write(path, how, valley.sentence, valley_panel(valley))


def line_panel(line: ThinLine) -> Panel:
    """The curves of one line."""
    points = line.points
    rows = curve.table([p.size for p in points], [(p.failure, p.escalation, p.war) for p in points])
    low = line.minimum
    least = curve.Least(low.size, low.low, low.high, line.window, line.verdict)
    drawn = curve.figure(rows, least, _note([line]))
    key = [(curve.NAMES[name], curve.COLOURS[name]) for name in curve.CURVES]
    return panel("thin-line", drawn, curve.sheet(rows), 12, key)


def valley_panel(valley: Valley) -> Panel:
    """The heatmap of a valley."""
    first = valley.lines[0]
    rows = heat.table(
        valley.values,
        [point.size for point in first.points],
        [[point.war for point in line.points] for line in valley.lines],
        [line.verdict is Verdict.INTERIOR for line in valley.lines],
    )
    words = {value: valley.say(value) for value in valley.values}
    lever = Scale(valley.lever, words if make_factor(valley.lever).is_worded else None)
    drawn = heat.figure(rows, lever, _note(valley.lines))
    return panel("valley", drawn, heat.sheet(rows, lever), 12, heat.key(rows))


def _note(lines: Sequence[ThinLine]) -> Note:
    """Whose luck it was, and how many runs of it there are at a size and in all."""
    first, places = lines[0], sum(len(line.points) for line in lines)
    return Note(places * first.runs, first.seed, f"{plural(first.runs, 'model run')} a size")


def _write(path: str | Path, how: PageProvenance, said: str, shown: Panel) -> Path:
    return write_panels(path, "The thin line", how, said, [("War against force size", shown)])
