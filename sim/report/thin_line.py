"""Pages of the thin line and its valley."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sim.enums import word_label
from sim.experiments.factors import make_factor
from sim.figures.scales import Scale
from sim.figures.theme import Note
from sim.figures.thin_line import ThinLineChart, ValleyChart
from sim.formatting import parameter_name, plural
from sim.report.labels import in_words
from sim.report.page import write_panels
from sim.report.panels import Panel, panel
from sim.report.reproduce import Origin, PageProvenance, page_provenance

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
    sentence = in_words(valley.sentence, {valley.lever: parameter_name(valley.lever)})
    return _write(path, how, sentence, valley_panel(valley))


def line_panel(line: ThinLine) -> Panel:
    """The curves of one line."""
    return panel("thin-line", ThinLineChart(line), _note([line]))


def valley_panel(valley: Valley) -> Panel:
    """The heatmap of a valley."""
    words = {value: word_label(valley.say(value)) for value in valley.values}
    lever = Scale(valley.lever, words if make_factor(valley.lever).is_worded else None)
    chart = ValleyChart.of(valley.lines, valley.values, lever)
    return panel("valley", chart, _note(valley.lines))


def _note(lines: Sequence[ThinLine]) -> Note:
    """The number of runs per size and in total, and the seed."""
    first, places = lines[0], sum(len(line.points) for line in lines)
    return Note(places * first.runs, first.seed, f"{plural(first.runs, 'model run')} a size")


def _write(path: str | Path, how: PageProvenance, sentence: str, shown: Panel) -> Path:
    return write_panels(path, "The thin line", how, sentence, [("War against force size", shown)])
