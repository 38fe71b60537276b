"""Indices as rows of words, for a terminal and for a page alike."""

from __future__ import annotations

from sim.experiments.measure import Measure
from sim.experiments.sensitivity.morris import Effect
from sim.experiments.sensitivity.sobol import Index
from sim.experiments.sensitivity.words import INDISTINCT, plain
from sim.figures.wording import INDEX, figures

HEADINGS = {
    "sobol": ("lever", "alone (first order)", "with others (total order)", "of it noise"),
    "morris": ("lever", "size of effect (mu*)", "its spread (sigma)", "mu* of mere noise"),
}


def told(measure: Measure, index: Index | Effect) -> list[str]:
    """A lever's name and its three figures; what may be nothing says so, and what a lever does
    alone is not known where it may be nothing with all others."""
    if isinstance(index, Index):
        total = plain(index.total) if index.is_clear else INDISTINCT
        alone = index.is_clear and index.first.low > 0
        first = plain(index.first) if alone else INDISTINCT
        return [index.path, first, total, figures(index.noise, INDEX)]
    size = measure.cell(index.size, signed=False) if index.is_clear else INDISTINCT
    apart = measure.cell(index.spread, signed=False)
    return [index.path, size, apart, measure.short(index.floor)]
