"""The model's own figures, as near to the record's as its runs can be read."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from sim.results import Results
from sim.statistics import Z95, Estimate, share


class Measure(NamedTuple):
    """A figure of the model, and how to read it off one scenario's results."""

    what: str
    of: Callable[[Results], Estimate]


def total(results: Results, *names: str) -> int:
    """How many of something there were over all runs."""
    return round(sum(results.measures[name].value for name in names) * results.runs)


def crises(results: Results) -> int:
    """Challenges and accidents over all runs: what the model has for crises."""
    return total(results, "challenges", "accidents")


def part(*names: str) -> Callable[[Results], Estimate]:
    """The share of all crises that are of these kinds."""
    return lambda results: share(total(results, *names), crises(results))


def kept(results: Results) -> Estimate:
    """The share of challenges to a standing force, traced to the challenger, that are answered."""
    answered = total(results, "answered")
    return share(answered, answered + total(results, "conceded"))


def deed(results: Results) -> Estimate:
    """The share of the pledged power that is there in the end."""
    value, low, high = results.measures["pledge_gap"]
    return Estimate(1.0 - value, 1.0 - high, 1.0 - low)


def ratio(part: Any, whole: Any) -> Estimate:
    """Sum over sum of two arrays of one number a run, with its interval by linearisation."""
    return _around(*_linear(part, whole))


def ratio_difference(here: tuple[Any, Any], there: tuple[Any, Any]) -> Estimate:
    """The difference of two such ratios over runs on the same luck, with its interval."""
    (one, here_residual), (other, there_residual) = _linear(*here), _linear(*there)
    return _around(one - other, here_residual - there_residual)


def _linear(part: Any, whole: Any) -> tuple[float, Any]:
    """A ratio of sums, and how far each run pulls it."""
    centre = float(np.sum(part) / np.sum(whole))
    residual = np.asarray(part, float) - centre * np.asarray(whole, float)
    return centre, residual / float(np.mean(whole))


def _around(centre: float, residual: Any) -> Estimate:
    half = Z95 * float(residual.std()) / math.sqrt(len(residual))
    return Estimate(centre, centre - half, centre + half)


WAR = Measure("crises that become wars", part("war"))
BY_KIND = (
    Measure("crises that are probes or accidents", part("probes", "accidents")),
    Measure("crises that are strikes on the force", part("strikes")),
    Measure("crises that are offensives, carried through or not", part("offensives")),
)
ANSWERED = Measure("challenges to a force that are answered", kept)
THERE = Measure("pledged power that is there in the end", deed)
