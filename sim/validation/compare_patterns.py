"""The naive baseline: one line of arithmetic, to see how much the model adds to it.

On 351 issues before the European Union a famous model of bargaining under challenge missed the
outcome by more, on average, than a weighted mean of positions did (26.8 against 23.0 on a scale of
100; Thomson et al. 2006). So a weighted mean belongs beside any such model.
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
    """What the baseline says of a scenario, beside the model's share of runs without war."""

    scenario: str
    naive: float
    model: Estimate


def weighted_mean(scenario: Scenario) -> float:
    """How far the coalition gets its way, 0 to 1: positions weighted by capability x resolve.

    The challenger stands at 0, with its ambition for resolve; the protégé at 1; a guarantor as
    far up the ladder as it pledges. Partners have no position.
    """
    positions, weights = zip(*_stands(scenario), strict=True)
    return float(np.average(positions, weights=weights)) if sum(weights) > 0 else 0.5


def _stands(scenario: Scenario) -> list[tuple[float, float]]:
    stands = []
    for state in scenario.states:
        role, at = scenario.role(state), f"states.{state}."
        weight = scenario[at + "capability"].mean
        if role is Role.CHALLENGER:
            stands.append((0.0, weight * scenario[at + "ambition"].mean))
        elif role is Role.PROTEGE:
            stands.append((1.0, weight * scenario[at + "resolve"].mean))
        elif role is Role.GUARANTOR:
            pledge = scenario[at + "pledge"].mean / Participation.GROUND
            stands.append((pledge, weight * scenario[at + "resolve"].mean))
    return stands


def guess(results: Results) -> Guess:
    """Baseline and model for one scenario."""
    war = results.measures["war"]
    peace = Estimate(1.0 - war.value, 1.0 - war.high, 1.0 - war.low)
    return Guess(results.scenario.name, weighted_mean(results.scenario), peace)


def parting(guesses: list[Guess]) -> list[str]:
    """The scenarios, those first that the two place furthest apart in their order."""
    from scipy.stats import rankdata

    naive = rankdata([one.naive for one in guesses])
    model = rankdata([one.model.value for one in guesses])
    return [guesses[k].scenario for k in np.argsort(-np.abs(naive - model), kind="stable")]


def rank_correlation(guesses: list[Guess]) -> float:
    """Spearman's correlation of the two over scenarios: 1 where they order them alike."""
    from scipy.stats import spearmanr

    columns: Any = [(one.naive, one.model.value) for one in guesses]
    return float(spearmanr(columns).statistic)


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
    stands = position(found[0].estimate, pattern.band) if found else NOTHING
    why = " ".join(pattern.why.split())
    return Line(pattern.question, pattern.recorded, pattern.band, shown, stands, why)


def position(estimate: Estimate, band: tuple[Recorded, ...]) -> str:
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
