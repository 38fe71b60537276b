"""Intervals cover, and comparisons of equals find nothing, as often as they claim.

The runs are the model's own. The true value is that of many more runs with other seeds. The bounds
are four and a half standard errors around what is claimed.
"""

from __future__ import annotations

import math
from functools import cache, lru_cache
from typing import Any

import numpy as np
import pytest

from sim.engines import ensemble
from sim.enums import War
from sim.model.build import build
from sim.statistics import Estimate, mean, paired_difference_of_proportions, proportion
from tests.scenarios import TINY, scenario_of

REPLICATIONS, RUNS, MANY = 2000, 400, 400_000
SIGMAS = 4.5


@cache
def setup(text: str) -> Any:
    return build(scenario_of(text))


@lru_cache(maxsize=4)
def records(text: str, runs: int, seed: int) -> Any:
    return ensemble.play(setup(text), seed, 0, runs).records


def seeds() -> range:
    """The seeds of the replications; seed 0 has the many runs."""
    return range(1, REPLICATIONS + 1)


def covered(estimates: list[Estimate], truth: float) -> float:
    return float(np.mean([each.low <= truth <= each.high for each in estimates]))


def spread(chance: float) -> float:
    return SIGMAS * math.sqrt(chance * (1 - chance) / REPLICATIONS)


def mean_of(values: Any) -> Estimate:
    return mean(float(values.sum()), float((values * values).sum()), len(values))


@pytest.mark.deep
def test_the_interval_of_a_share_covers_it() -> None:
    truth = float((records(TINY, MANY, 0)["war"] != War.NONE).mean())
    assert 0.05 < truth < 0.95
    counts = [int((records(TINY, RUNS, seed)["war"] != War.NONE).sum()) for seed in seeds()]
    share = covered([proportion(count, RUNS) for count in counts], truth)
    # A count is whole, so that its coverage is not exactly the claimed one.
    assert 0.94 - spread(0.95) < share < 0.965 + spread(0.95)


@pytest.mark.deep
@pytest.mark.parametrize("name", ["peak_tension", "strikes", "force"])
def test_the_interval_of_a_mean_covers_it(name: str) -> None:
    truth = float(records(TINY, MANY, 0)[name].mean())
    found = [mean_of(records(TINY, RUNS, seed)[name].astype(float)) for seed in seeds()]
    assert 0.935 - spread(0.95) < covered(found, truth) < 0.96 + spread(0.95)


@pytest.mark.deep
def test_a_comparison_of_equals_differs_as_rarely_as_claimed() -> None:
    """A state of another name has other random numbers, and everything else is the same."""
    renamed = TINY.replace("poland:", "estonia:")
    assert renamed != TINY
    found = []
    for seed in seeds():
        one, other = (records(text, RUNS, seed)["war"] != War.NONE for text in (TINY, renamed))
        gained, lost = int((other & ~one).sum()), int((one & ~other).sum())
        found.append(paired_difference_of_proportions(gained, lost, RUNS).excludes_zero)
    assert 0 < np.mean(found) < 0.05 + spread(0.05)


@pytest.mark.deep
def test_a_state_of_another_name_changes_nothing_but_random_numbers() -> None:
    one = records(TINY, MANY, 0)
    other = records(TINY.replace("poland:", "estonia:"), MANY, 0)
    for name in ("peak_tension", "strikes", "force", "month"):
        first, second = (mean_of(each[name].astype(float)) for each in (one, other))
        standard = math.hypot(first.width, second.width) / (2 * 1.96)
        assert abs(first.value - second.value) < SIGMAS * standard, name


@pytest.mark.deep
def test_the_order_of_the_states_changes_nothing_but_rounding() -> None:
    lines = [f"  {name}: {{capability: 0.1, pledge: ground}}\n" for name in ("estonia", "italy")]
    one, other = (records(TINY + "".join(each), 20_000, 3) for each in (lines, lines[::-1]))
    # Sums over states are added in another order, which may tip a decision very rarely.
    for name in ("month", "war", "strikes", "changes"):
        assert np.mean(one[name] == other[name]) > 0.999, name
    for name in ("force", "tension", "casualties"):
        assert np.mean(np.isclose(one[name], other[name])) > 0.999, name
