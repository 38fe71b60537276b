"""The patterns that one scenario's results can speak to, as rows for its report."""

from __future__ import annotations

import math
from typing import NamedTuple

from sim.patterns.patterns import PATTERNS, Pattern
from sim.patterns.record import Recorded
from sim.results import Results
from sim.statistics import Estimate


class Figure(NamedTuple):
    """A figure of the model."""

    what: str
    estimate: Estimate


class Line(NamedTuple):
    """One pattern: the record beside the results, where the two stand, and why they may differ.

    ``band`` are the figures of the record that the first of the model's is held against.
    """

    question: str
    record: tuple[Recorded, ...]
    band: tuple[Recorded, ...]
    model: tuple[Figure, ...]
    stands: str
    why: str


INSIDE = "within the record"
NOTHING = "nothing to compare"


def table(results: Results) -> list[Line]:
    """The record beside the results, for every pattern that takes no more than one scenario.

    A figure of which there is no instance is left out.
    """
    return [line(each, results) for each in PATTERNS if not each.signs and not each.cut]


def line(pattern: Pattern, results: Results) -> Line:
    """One pattern for one scenario."""
    found = [Figure(measure.what, measure.of(results)) for measure in pattern.measures]
    shown = tuple(figure for figure in found if not math.isnan(figure.estimate.value))
    stands = stand(found[0].estimate, pattern.band) if found else NOTHING
    why = " ".join(pattern.why.split())
    return Line(pattern.question, pattern.recorded, pattern.band, shown, stands, why)


def stand(estimate: Estimate, band: tuple[Recorded, ...]) -> str:
    """Where a figure lies: below the record's band, within it, above it, or across its edge."""
    low, high = span(band)
    if math.isnan(estimate.value):
        return NOTHING
    if estimate.high < low:
        return "below the record"
    if estimate.low > high:
        return "above the record"
    inside = low <= estimate.low and estimate.high <= high
    return INSIDE if inside else "across its edge"


def span(band: tuple[Recorded, ...]) -> tuple[float, float]:
    """From the lowest bound of the figures of a band to the highest."""
    lows = [one.value if one.low is None else one.low for one in band]
    highs = [one.value if one.high is None else one.high for one in band]
    return min(lows), max(highs)
