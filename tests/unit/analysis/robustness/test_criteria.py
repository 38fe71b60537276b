"""The worst case and regret, where the answer can be worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from sim.analysis.robustness.criteria import LOSS, REGRET, choices, regret, worst_regret

TYPES = ("dove", "hawk")


def runs_of(shares, runs=400):
    """Flags a run, on the same luck, with these shares: ``(postures, types, runs)``."""
    u = (np.arange(runs) + 0.5) / runs
    return (u < np.asarray(shares)[..., None]).astype(float)


# Light does best against the dove, heavy against the hawk; middling is never best, nor ever bad.
SHARES = [[0.05, 0.60], [0.20, 0.30], [0.45, 0.10]]


def test_regret_is_what_is_lost_beyond_the_best_for_the_type():
    losses = np.array(SHARES)
    assert regret(losses) == pytest.approx(np.array([[0, 0.5], [0.15, 0.2], [0.4, 0]]))
    assert regret(np.stack([losses, losses]))[1] == pytest.approx(regret(losses))


def test_each_criterion_has_its_posture():
    found = choices(runs_of(SHARES), TYPES, seed=1)
    assert {name: choice.posture for name, choice in found.items()} == {
        LOSS: 1,
        REGRET: 1,
        "dove": 0,
        "hawk": 2,
    }
    assert found[LOSS].value.value == pytest.approx(0.3)
    assert found[REGRET].value.value == pytest.approx(0.2)
    assert found[LOSS].value.low < 0.3 < found[LOSS].value.high


def test_worst_case_and_regret_may_part():
    parting = runs_of([[0.1, 0.5], [0.45, 0.45]])
    found = choices(parting, TYPES, seed=1)
    assert (found[LOSS].posture, found[REGRET].posture) == (1, 0)


def test_a_clear_winner_is_alone_and_nearly_always_the_best():
    found = choices(runs_of(SHARES), TYPES, seed=1)["hawk"]
    assert found.selection_frequency > 0.999
    assert found.indistinguishable == (2,)


def test_twins_share_the_win_and_cannot_be_told_apart():
    found = choices(runs_of([[0.1, 0.1], [0.1, 0.1], [0.6, 0.6]]), TYPES, seed=1)[LOSS]
    assert found.selection_frequency == pytest.approx(0.5)
    assert found.indistinguishable == (0, 1)


def test_ties_are_named_in_the_order_of_the_grid_and_the_first_stands_for_them():
    found = choices(runs_of([[0.6, 0.6], [0.1, 0.2], [0.2, 0.1]]), TYPES, seed=1)
    assert (found[LOSS].posture, found[LOSS].ties) == (1, (1, 2))
    assert (found[REGRET].ties, found["dove"].ties) == ((1, 2), (1,))
    assert set(found[LOSS].ties) <= set(found[LOSS].indistinguishable)


def test_postures_that_never_differ_are_tied_and_the_regret_is_not_known_to_be_nothing():
    few, many = (choices(runs_of([[0.1, 0.1]] * 4, runs), TYPES, 1) for runs in (20, 4000))
    for found in (few, many):
        assert found[REGRET].value.value == 0
        assert found[REGRET].indistinguishable == (0, 1, 2, 3)
    assert few[REGRET].value.high > 0.05
    assert 0 < many[REGRET].value.high < 0.002


def test_no_war_in_twenty_runs_is_not_known_to_be_none():
    found = choices(runs_of([[0.0, 0.0], [0.5, 0.5]], 20), TYPES, seed=1)[LOSS]
    assert (found.value.value, found.value.low) == (0, 0)
    assert found.value.high > 0.1


def test_of_many_that_are_equal_hardly_one_is_called_worse():
    """Each on luck of its own, so that the best is the luckiest."""
    rng = np.random.default_rng(7)
    values = ((rng.random((30, 1, 200)) < 0.2).astype(float) for _ in range(40))
    worse = sum(len(choices(each, ["one"], 1)["one"].indistinguishable) < 30 for each in values)
    assert worse <= 4


def met(losses, runs, rng):
    """Flags a run with these shares, half of the luck shared: ``(postures, types, runs)``."""
    apart, u = rng.random((2, *losses.shape, runs))
    return (np.where(apart < 0.5, rng.random(runs), u) < losses[..., None]).astype(float)


def test_what_was_picked_out_of_many_is_no_better_than_its_interval_says():
    """The dove is the worst case of every posture, and all of them do alike."""
    rng, losses = np.random.default_rng(3), np.repeat([[0.3, 0.05]], 30, axis=0)
    truths, missed = {LOSS: 0.3, REGRET: 0.0, "dove": 0.3, "hawk": 0.05}, 0
    for trial in range(25):
        found = choices(met(losses, 100, rng), TYPES, trial)
        assert found.keys() == truths.keys()
        ends = {name: choice.value for name, choice in found.items()}
        missed += any(
            not ends[name].low <= truth <= ends[name].high for name, truth in truths.items()
        )
    assert missed <= 3


def test_a_regret_picked_out_of_many_is_no_less_than_its_interval_says():
    """Two postures are each the best against a type, and very bad against the other."""
    rng, missed = np.random.default_rng(3), 0
    losses = np.array([[0.0, 0.9], [0.9, 0.0], *[[0.3, 0.15]] * 28])
    for _ in range(60):
        values = met(losses, 200, rng)
        picked = int(regret(values.mean(axis=2)).max(axis=1).argmin())
        found = worst_regret(values, picked)
        missed += not found.low <= 0.3 <= found.high
    assert missed <= 3


def test_in_a_handful_of_runs_of_many_equals_none_is_called_worse():
    rng = np.random.default_rng(7)
    values = ((rng.random((200, 1, 20)) < 0.5).astype(float) for _ in range(15))
    assert (
        sum(len(choices(each, ["one"], 1)["one"].indistinguishable) < 200 for each in values) <= 2
    )


def test_few_runs_leave_more_postures_alike():
    rng = np.random.default_rng(2)
    shares = np.linspace(0.2, 0.3, 6)[:, None, None]
    few, many = (
        choices((rng.random((6, 2, runs)) < shares).astype(float), TYPES, 1)[LOSS]
        for runs in (50, 5000)
    )
    assert len(few.indistinguishable) > len(many.indistinguishable)
    assert few.value.width > many.value.width


def test_a_seed_decides_the_resamples():
    values = runs_of([[0.2, 0.25], [0.22, 0.24]])
    assert choices(values, TYPES, 1) == choices(values, TYPES, 1)
    assert choices(values, TYPES, 1) != choices(values, TYPES, 2)
