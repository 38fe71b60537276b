"""Indices as rows of words, for a terminal and for a page alike."""

from __future__ import annotations

from sim.experiments.measure import Measure
from sim.experiments.sensitivity.morris import Effect
from sim.experiments.sensitivity.sobol import Index
from sim.experiments.sensitivity.words import INDISTINCT
from sim.figures.wording import spread
from sim.statistics import Estimate

HEADINGS = {
    "sobol": ("lever", "alone (first order)", "with others (total order)", "of it noise"),
    "morris": ("lever", "size of effect (mu*)", "its spread (sigma)", "mu* of mere noise"),
}


def told(measure: Measure, index: Index | Effect) -> list[str]:
    """A lever's name and its three figures; what may be nothing says so, and what a lever does
    alone is not known where it may be nothing with all others."""
    if isinstance(index, Index):
        total = _plain(index.total) if index.is_clear else INDISTINCT
        alone = index.is_clear and index.first.low > 0
        first = _plain(index.first) if alone else INDISTINCT
        return [index.path, first, total, f"{index.noise:.3f}"]
    size = _plain(index.size, measure.scale) if index.is_clear else INDISTINCT
    apart = _plain(index.spread, measure.scale)
    return [index.path, size, apart, f"{measure.scale * index.floor:.3g}"]


def _plain(estimate: Estimate, scale: float = 1.0) -> str:
    value, low, high = (scale * number for number in estimate)
    return spread((value, low, high))
