"""The thin line and its valley as pages that open from disk."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sim.figures import thin_line as curve
from sim.figures import valley as heat
from sim.figures.theme import Note
from sim.figures.wording import sentence
from sim.report.page import write_page
from sim.report.panels import Panel, panel

if TYPE_CHECKING:
    from sim.experiments.line import ThinLine, Valley


def write_line(line: ThinLine, path: str | Path) -> Path:
    """Write the page of one line to ``path`` and return it; the folder must exist."""
    return _write(line.scenario, f"{sentence(line.sentence)}.", line_panel(line), path)


def write_valley(valley: Valley, path: str | Path) -> Path:
    """Write the page of a valley to ``path`` and return it; the folder must exist."""
    first, last = valley.lines[0], valley.lines[-1]
    told = f"At {valley.lever} {valley.values[0]:g}, {first.sentence}; at {valley.values[-1]:g}, "
    return _write(first.scenario, f"{told}{last.sentence}.", valley_panel(valley), path)


def line_panel(line: ThinLine) -> Panel:
    """The curves of one line."""
    points = line.points
    rows = curve.table([p.size for p in points], [(p.failure, p.escalation, p.war) for p in points])
    drawn = curve.figure(rows, _least(line), Note(line.runs, line.seed))
    key = [(curve.NAMES[name], curve.COLOURS[name]) for name in curve.CURVES]
    return panel("thin-line", drawn, curve.sheet(rows), 12, key)


def _least(line: ThinLine) -> curve.Least:
    from sim.experiments.line import Verdict

    trends = {
        Verdict.MORE_IS_BETTER: "more force, less war",
        Verdict.MORE_IS_WORSE: "more force, more war",
    }
    low, is_interior = line.minimum, line.verdict is Verdict.INTERIOR
    trend = trends.get(line.verdict, "no clear minimum")
    return curve.Least(low.size, low.low, low.high, line.window, is_interior, trend)


def valley_panel(valley: Valley) -> Panel:
    """The heatmap of a valley."""
    first = valley.lines[0]
    rows = heat.table(
        valley.values,
        [point.size for point in first.points],
        [[point.war for point in line.points] for line in valley.lines],
    )
    drawn = heat.figure(rows, valley.lever, Note(first.runs, first.seed))
    return panel("valley", drawn, heat.sheet(rows), 12, heat.key(rows))


def _write(scenario: str, said: str, shown: Panel, path: str | Path) -> Path:
    return write_page(path, "line.html", scenario=scenario, sentence=said, panel=shown)
