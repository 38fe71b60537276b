"""Known answers, through the same path that a scenario takes."""

from __future__ import annotations

import numpy as np
import pytest

from sim.analysis.sensitivity import salib
from sim.analysis.sensitivity.global_indices import global_sensitivity
from sim.analysis.sensitivity.one_at_a_time import tornado
from sim.analysis.sensitivity.salib import evaluate_blocks
from sim.errors import MissingExtra, RunFailed, UsageError
from sim.experiments.measures import Measure
from tests.unit.experiments.fake_runs import (
    FIRST_ORDER,
    OUTCOME,
    TOTAL_ORDER,
    between,
    evaluator_of,
    ishigami,
)

PI = between(-np.pi, np.pi, "a", "b", "c")


def straight(x, _):
    return 3 * x["a"] - 2 * x["b"] + 0 * x["c"]


UNIT = between(0, 2, "a", "b", "c")
STRAIGHT = evaluator_of(straight, a=1, b=1, c=1)


def by_path(found):
    return {index.path: index for index in found.indices}


@pytest.fixture(scope="module")
def found():
    """Ishigami's function, as a model without luck."""
    return global_sensitivity("sobol", evaluator_of(ishigami), PI, OUTCOME, 1024, 8, seed=4)


class TestSobol:
    def test_ishigami_has_the_indices_that_are_known_of_it(self, found):
        for path, index in by_path(found).items():
            assert index.first.low <= FIRST_ORDER[path] <= index.first.high
            assert index.total.low <= TOTAL_ORDER[path] <= index.total.high
            assert index.total.width < 0.25

    def test_the_heaviest_comes_first(self, found):
        assert [index.path for index in found.indices] == ["a", "b", "c"]

    def test_without_luck_there_is_neither_noise_nor_a_share_of_it(self, found):
        assert found.split.share == pytest.approx((0, 0, 0), abs=1e-9)
        assert all(index.noise == 0 for index in found.indices)

    def test_it_is_worked_out_from_a_quarter_a_half_and_all(self, found):
        assert [stage.blocks for stage in found.stages] == [256, 512, 1024]
        assert [stage.runs for stage in found.stages] == [256 * 40, 512 * 40, 1024 * 40]
        widths = [np.mean([i.total.width for i in stage.indices]) for stage in found.stages]
        assert widths[0] > widths[1] > widths[2]

    def test_another_seed_draws_another_sample_and_the_same_seed_the_same(self, found):
        again = global_sensitivity("sobol", evaluator_of(ishigami), PI, OUTCOME, 1024, 8, seed=4)
        other = global_sensitivity("sobol", evaluator_of(ishigami), PI, OUTCOME, 1024, 8, seed=0)
        assert again == found
        assert other.indices != found.indices

    def test_a_lever_that_does_nothing_is_not_distinguishable(self):
        found = by_path(global_sensitivity("sobol", STRAIGHT, UNIT, OUTCOME, 256, 8, seed=1))
        assert not found["c"].excludes_zero
        assert found["c"].total.value == pytest.approx(0)
        assert found["a"].excludes_zero
        assert found["a"].first.value == pytest.approx(9 / 13, abs=0.05)

    def test_a_lever_that_only_shuffles_the_luck_is_not_either(self):
        def shuffling(x, u):
            return ((u + 10 * x["c"]) % 1 < 0.3) + 0.0 * x["a"]

        found = by_path(
            global_sensitivity("sobol", evaluator_of(shuffling), UNIT, OUTCOME, 128, 16, seed=1)
        )
        assert found["c"].total.value > 0.5, "the raw index is taken in by noise"
        assert not found["c"].excludes_zero


class TestMorris:
    def test_of_a_straight_line_it_gives_the_slopes_and_no_spread(self):
        found = by_path(global_sensitivity("morris", STRAIGHT, UNIT, OUTCOME, 16, 8, seed=2))
        for path, slope in (("a", 6), ("b", -4), ("c", 0)):
            assert found[path].mean == pytest.approx(slope)
            assert found[path].size == pytest.approx((abs(slope),) * 3)
            assert found[path].spread == pytest.approx((0, 0, 0), abs=1e-6)
        assert [found[path].excludes_zero for path in "abc"] == [True, True, False]

    def test_a_curve_has_spread(self):
        found = by_path(
            global_sensitivity("morris", evaluator_of(ishigami), PI, OUTCOME, 64, 8, seed=2)
        )
        assert found["b"].spread.low > 1
        assert abs(found["b"].mean) < found["b"].size.value / 2

    def test_spread_is_that_of_salib(self):
        from SALib.analyze import morris as theirs

        from sim.analysis.sensitivity import morris

        where, size = morris.sample(PI, 32, 3), morris.size(PI)
        blocks = evaluate_blocks(evaluator_of(ishigami), PI, where, size, OUTCOME, 8)
        known = theirs.analyze(
            salib.problem(PI) | {"groups": None}, where, blocks.means.ravel(), seed=1
        )
        sigma = [effect.spread.value for effect in morris.analyse(blocks, PI, 3)]
        assert sigma == pytest.approx(known["sigma"].tolist())

    def test_noise_is_not_taken_for_an_effect(self):
        def noise(x, u):
            return (u + 10 * x["c"] + 7 * x["a"]) % 1 < 0.3

        found = global_sensitivity("morris", evaluator_of(noise), UNIT, OUTCOME, 64, 16, seed=1)
        assert by_path(found)["c"].size.low > 0
        assert [index.path for index in found.indices if index.excludes_zero] == []

    def test_rare_flags_that_are_noise_are_not_taken_for_an_effect_by_many_trajectories(self):
        """At each point one run in twenty is drawn anew, where the levers stand or not."""
        rng = np.random.default_rng(0)

        def noise(x, u):
            return np.where(rng.random(len(u)) < 0.05, rng.random(len(u)), u) < 0.3

        found = global_sensitivity("morris", evaluator_of(noise), UNIT, OUTCOME, 1024, 8, seed=1)
        assert by_path(found)["c"].size.low > 0
        assert [index.path for index in found.indices if index.excludes_zero] == []

    def test_among_such_noise_a_lever_that_does_something_stays_clear(self):
        rng = np.random.default_rng(0)

        def noise(x, u):
            return np.where(rng.random(len(u)) < 0.05, rng.random(len(u)), u) < 0.2 + 0.2 * x["c"]

        found = global_sensitivity("morris", evaluator_of(noise), UNIT, OUTCOME, 256, 16, seed=1)
        assert [index.path for index in found.indices if index.excludes_zero] == ["c"]


class TestTornado:
    def test_of_a_straight_line_it_gives_both_halves(self):
        found = tornado(STRAIGHT, UNIT, OUTCOME, 10)
        assert [bar.lever.path for bar in found.bars] == ["a", "b", "c"]
        a, b, c = found.bars
        assert (a.low.value, a.high.value, a.swing.value) == (-3, 3, 6)
        assert (b.low.value, b.high.value, b.swing.value) == (2, -2, -4)
        assert (a.excludes_zero, c.excludes_zero) == (True, False)
        assert found.baseline.value == 1

    def test_intervals_hold_for_all_levers_at_once(self):
        """As many levers as there are, and none does anything but shuffle the luck."""
        rng = np.random.default_rng(1)

        def shuffled(x, u):
            return rng.random(len(u)) < 0.3

        levers = between(0, 2, *"abcdefghij")
        model = evaluator_of(shuffled, **dict.fromkeys("abcdefghij", 1))
        clear = sum(tornado(model, levers, OUTCOME, 100).bars[0].excludes_zero for _ in range(30))
        assert clear <= 4

    def test_intervals_of_flags_are_those_of_paired_runs(self):
        from sim.statistics import paired_difference

        def flag(x, u):
            return u < 0.1 + 0.1 * x["a"]

        found = tornado(evaluator_of(flag, a=1), between(0, 2, "a"), OUTCOME, 500)
        u = np.random.default_rng(5).random(500).astype(np.float64)
        assert found.bars[0].swing == paired_difference(u < 0.3, u < 0.1)

    def test_progress_counts_every_run_once(self):
        heard = []
        tornado(STRAIGHT, UNIT, OUTCOME, 10, progress=lambda *told: heard.append(told))
        assert heard == [(10 * k, 70) for k in range(1, 8)]

    def test_an_end_that_cannot_be_played_is_named_and_not_drawn(self):
        def broken(x, _):
            return 1 / float(x["a"] - 2) + x["b"]

        found = tornado(evaluator_of(broken, a=1, b=1), UNIT[:2], OUTCOME, 5)
        assert [bar.lever.path for bar in found.bars] == ["b"]
        assert "a (float division by zero)" in found.missing
        with pytest.raises(RunFailed, match="no factor could be varied"):
            tornado(evaluator_of(broken, a=1, b=1), UNIT[:1], OUTCOME, 5)


class TestMissingPoints:
    @staticmethod
    def holed(x, _):
        if 0.3 < x["a"] < 0.4:
            raise ValueError("a hole")
        return x["a"] + x["b"]

    @pytest.mark.parametrize("method", ["sobol", "morris"])
    def test_the_whole_block_goes_and_it_is_said(self, method):
        n = 64
        found = global_sensitivity(method, evaluator_of(self.holed), UNIT, OUTCOME, n, 8, seed=1)
        if method == "morris":  # its four levels miss the hole
            assert found.missing == ""
            return
        assert "a hole" in found.missing
        assert f"of {n} blocks" in found.missing
        assert found.stages[-1].blocks < n

    def test_too_few_blocks_are_refused(self):
        def nearly(x, _):
            return 1 / 0 if x["a"] < 1.9 else 1.0

        with pytest.raises(RunFailed, match="too few complete blocks"):
            global_sensitivity("sobol", evaluator_of(nearly), UNIT, OUTCOME, 16, 8, seed=1)


@pytest.mark.parametrize("method", ["sobol", "morris"])
def test_an_outcome_that_never_varies_has_no_index_and_no_share_of_luck(method):
    found = global_sensitivity(method, evaluator_of(lambda x, u: 1.0), UNIT, OUTCOME, 16, 8, seed=1)
    assert not any(index.excludes_zero for index in found.indices)
    assert np.isnan(found.split.share.value)
    assert found.to_dict(Measure("war"))["variance"]["stochastic_share"] is None


@pytest.mark.parametrize("method", ["sobol", "morris"])
def test_an_outcome_that_is_all_luck_is_said_to_be(method):
    found = global_sensitivity(
        method, evaluator_of(lambda x, u: u < 0.4), UNIT, OUTCOME, 16, 32, seed=1
    )
    assert (found.split.share.value, found.split.share.high) == (1, 1)
    assert 0.95 < found.split.share.low < 1
    assert not any(index.excludes_zero for index in found.indices)


class TestUsage:
    @pytest.mark.parametrize(("n", "near"), [(100, "128"), (3, "16"), (0, "16"), (2**20, "65536")])
    def test_the_sample_is_a_power_of_two(self, n, near):
        with pytest.raises(UsageError, match=near):
            global_sensitivity("sobol", STRAIGHT, UNIT, OUTCOME, n, 8, seed=1)

    def test_one_lever_and_too_few_replications_are_refused(self):
        with pytest.raises(UsageError, match="two factors"):
            global_sensitivity("morris", STRAIGHT, UNIT[:1], OUTCOME, 16, 8, seed=1)
        with pytest.raises(UsageError, match="at least 8"):
            global_sensitivity("morris", STRAIGHT, UNIT, OUTCOME, 16, 1, seed=1)

    def test_one_run_an_end_says_nothing(self):
        with pytest.raises(UsageError, match="at least 2"):
            tornado(STRAIGHT, UNIT, OUTCOME, 1)

    def test_without_salib_the_extra_is_named(self, monkeypatch):
        monkeypatch.setitem(__import__("sys").modules, "SALib.sample.sobol", None)
        with pytest.raises(MissingExtra, match="sensitivity"):
            global_sensitivity("sobol", STRAIGHT, UNIT, OUTCOME, 16, 8, seed=1)

    def test_a_seed_of_nothing_is_never_handed_on(self):
        assert all(seed > 0 for k in range(50) for seed in salib.seeds(k))
