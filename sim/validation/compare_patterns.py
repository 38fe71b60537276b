"""Comparison of the model with the historical record and with a naive baseline.

The baseline is a weighted mean of positions. On 351 issues before the European Union, a well-known
model of bargaining had a larger mean error than this baseline (26.8 against 23.0 on a scale of 100;
Thomson et al. 2006).
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np

from sim.enums import Participation, Role
from sim.results import Results
from sim.scenario.scenario import Scenario
from sim.statistics import Estimate
from sim.validation.historical_record import Recorded
from sim.validation.patterns import PATTERNS, Pattern


class Guess(NamedTuple):
    """Value of the baseline for a scenario, and the model's share of runs without war."""

    scenario: str
    naive: float
    model: Estimate


def weighted_mean(scenario: Scenario) -> float:
    """Mean position from 0 (challenger) to 1 (protégé), weighted by capability times resolve.

    The challenger's resolve is its ambition. A guarantor's position is its pledge as a share of the
    ladder. Partners have no position.
    """
    positions, weights = zip(*_positions(scenario), strict=True)
    return float(np.average(positions, weights=weights)) if sum(weights) > 0 else 0.5


def _positions(scenario: Scenario) -> list[tuple[float, float]]:
    """Position and weight of each state."""
    found = []
    for state in scenario.states:
        role, at = scenario.role(state), f"states.{state}."
        weight = scenario[at + "capability"].mean
        if role is Role.CHALLENGER:
            found.append((0.0, weight * scenario[at + "ambition"].mean))
        elif role is Role.PROTEGE:
            found.append((1.0, weight * scenario[at + "resolve"].mean))
        elif role is Role.GUARANTOR:
            pledge = scenario[at + "pledge"].mean / Participation.GROUND
            found.append((pledge, weight * scenario[at + "resolve"].mean))
    return found


def guess(results: Results) -> Guess:
    """Baseline and model for one scenario."""
    war = results.measures["war"]
    peace = Estimate(1.0 - war.value, 1.0 - war.high, 1.0 - war.low)
    return Guess(results.scenario.name, weighted_mean(results.scenario), peace)


def parting(guesses: list[Guess]) -> list[str]:
    """The scenarios by the difference between their ranks, the largest first."""
    from scipy.stats import rankdata

    naive = rankdata([one.naive for one in guesses])
    model = rankdata([one.model.value for one in guesses])
    return [guesses[k].scenario for k in np.argsort(-np.abs(naive - model), kind="stable")]


def rank_correlation(guesses: list[Guess]) -> float:
    """Spearman's rank correlation of baseline and model over scenarios."""
    from scipy.stats import spearmanr

    columns: Any = [(one.naive, one.model.value) for one in guesses]
    return float(spearmanr(columns).statistic)


class Figure(NamedTuple):
    """A figure of the model."""

    what: str
    estimate: Estimate


class PatternRow(NamedTuple):
    """One pattern: the record, the model's figures, their relation, and why they may differ.

    ``band`` has the figures of the record that the model's first figure is compared with.
    """

    question: str
    record: tuple[Recorded, ...]
    band: tuple[Recorded, ...]
    model: tuple[Figure, ...]
    stands: str
    why: str


INSIDE = "within the historical range"
NOTHING = "nothing to compare"


def pattern_rows(results: Results) -> list[PatternRow]:
    """The record and the results, for every pattern that needs one scenario only; undefined
    figures are left out."""
    return [line(each, results) for each in PATTERNS if not each.signs and not each.cut]


def line(pattern: Pattern, results: Results) -> PatternRow:
    """One pattern for one scenario."""
    found = [Figure(measure.what, measure.of(results)) for measure in pattern.measures]
    shown = tuple(figure for figure in found if not math.isnan(figure.estimate.value))
    stands = position(found[0].estimate, pattern.band) if found else NOTHING
    why = " ".join(pattern.why.split())
    return PatternRow(pattern.question, pattern.recorded, pattern.band, shown, stands, why)


def position(estimate: Estimate, band: tuple[Recorded, ...]) -> str:
    """Position of an interval relative to the band of the record."""
    low, high = band_range(band)
    if math.isnan(estimate.value):
        return NOTHING
    if estimate.high < low:
        return "below the historical range"
    if estimate.low > high:
        return "above the historical range"
    inside = low <= estimate.low and estimate.high <= high
    return INSIDE if inside else "at an end of the historical range"


def band_range(band: tuple[Recorded, ...]) -> tuple[float, float]:
    """Lowest and highest bound of the figures of a band."""
    lows = [one.value if one.low is None else one.low for one in band]
    highs = [one.value if one.high is None else one.high for one in band]
    return min(lows), max(highs)
