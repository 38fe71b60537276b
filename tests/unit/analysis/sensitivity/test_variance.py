"""The variance of single runs, split into luck and levers, where the answer is known."""

from __future__ import annotations

import math

import numpy as np
import pytest

from sim.analysis.sensitivity.variance import variance_shares

RNG = np.random.default_rng(14)
BLOCKS, POINTS, RUNS = 100, 4, 64
WHERE = RNG.random((BLOCKS, POINTS, 1))
SHARED = RNG.random((1, 1, RUNS))
OWN = RNG.random((BLOCKS, POINTS, RUNS))


def test_luck_alone_is_all_of_it():
    found = variance_shares(np.broadcast_to(SHARED < 0.3, (BLOCKS, POINTS, RUNS)))
    assert (found.share.value, found.share.high) == (1.0, 1.0)
    assert found.levers == pytest.approx(0)


def test_a_few_runs_that_no_lever_changed_leave_a_doubt():
    few, many = (
        variance_shares(np.broadcast_to((np.arange(runs) % 4 == 0)[None, None], (16, 5, runs)))
        for runs in (8, 800)
    )
    assert (few.share.value, many.share.value) == (1.0, 1.0)
    assert 0.7 < few.share.low < 0.95
    assert many.share.low > 0.9999


def test_noise_larger_than_the_spread_does_not_make_it_sure():
    """What the levers do came out below nothing, and was cut off there in every part alike."""
    rng = np.random.default_rng(5)
    values = rng.random((16, 5, 8)) < 0.2
    found = next(
        each
        for each in (variance_shares(rng.permuted(values, axis=0)) for _ in range(100))
        if each.share.value == 1.0
    )
    assert found.share.low < 0.99


def test_without_luck_it_is_none_of_it():
    found = variance_shares(np.broadcast_to(WHERE, (BLOCKS, POINTS, RUNS)))
    assert found.share == pytest.approx((0, 0, 0), abs=1e-9)
    assert found.levers == pytest.approx(WHERE.var(ddof=1))
    assert found.noise == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("luck", [SHARED, OWN], ids=["shared", "own"])
def test_a_sum_of_both_is_split_as_it_was_put_together(luck):
    found = variance_shares(WHERE + 2 * luck)
    assert found.share.low <= 0.8 <= found.share.high
    assert found.levers == pytest.approx(1 / 12, rel=0.2)
    assert found.stochastic == pytest.approx(4 / 12, rel=0.2)


def test_what_runs_of_their_own_add_to_the_spread_of_means_is_taken_off():
    found = variance_shares(OWN)
    assert found.noise > 0.8
    assert found.levers < 0.2 * OWN.mean(axis=2).var(ddof=1)
    assert found.share.high == 1.0


def test_shared_luck_that_moves_all_alike_is_no_noise():
    assert variance_shares(WHERE + 2 * SHARED).noise == pytest.approx(0, abs=1e-9)


def test_the_interval_covers_what_is_true():
    rng = np.random.default_rng(3)
    covered = 0
    for _ in range(100):
        where, luck = rng.normal(size=(64, 3, 1)), rng.normal(size=(64, 3, 32))
        shared = rng.normal(size=(1, 1, 32))
        found = variance_shares(where + luck + shared)
        covered += found.share.low <= 2 / 3 <= found.share.high
    assert covered >= 88


def test_what_never_varies_has_no_share():
    found = variance_shares(np.ones((10, 2, 8)))
    assert math.isnan(found.share.value)
    assert found.to_dict()["stochastic_share"] is None


def test_one_run_a_point_is_refused():
    with pytest.raises(ValueError, match="at least two runs"):
        variance_shares(np.ones((10, 2, 1)))
