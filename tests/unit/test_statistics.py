"""Intervals against published values, and what they must never do."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from scipy.stats import binom

from sim.statistics import (
    Estimate,
    best_subset,
    bounded_mean,
    commoner,
    critical_value,
    difference_independent,
    mean,
    n_pairs,
    not_below_zero,
    paired_difference,
    paired_difference_of_proportions,
    precise_enough,
    proportion,
    ratio,
    variance_reduction,
)


def test_an_interval_that_ends_at_zero_does_not_exclude_it():
    assert not Estimate(0.1, 0.0, 0.2).excludes_zero
    assert not Estimate(-0.1, -0.2, 0.0).excludes_zero


def test_the_mean_of_rare_counts_has_no_interval_below_zero():
    """Its coverage is that of Student's interval: the true mean is in both or in neither."""
    counts, truth = np.random.default_rng(7).poisson(0.02, (400, 60)), 0.02
    student = [mean(float(each.sum()), float(each @ each), 60) for each in counts]
    ended = [not_below_zero(each) for each in student]
    assert any(each.low < 0 for each in student)
    assert all(each.low >= 0 for each in ended)
    assert [each.value for each in ended] == [each.value for each in student]
    assert [each.low <= truth <= each.high for each in ended] == [
        each.low <= truth <= each.high for each in student
    ]


class TestShare:
    # Newcombe (1998), table I, method 3 (Wilson): count, total, low, high.
    @pytest.mark.parametrize(
        ("count", "total", "low", "high"),
        [
            (81, 263, 0.2553, 0.3662),
            (15, 148, 0.0624, 0.1605),
            (0, 20, 0.0, 0.1611),
            (1, 29, 0.0061, 0.1718),
        ],
    )
    def test_published(self, count, total, low, high):
        estimate = proportion(count, total)
        assert estimate.value == count / total
        assert estimate.low == pytest.approx(low, abs=5e-5)
        assert estimate.high == pytest.approx(high, abs=5e-5)

    @given(st.integers(1, 10**9).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
    def test_the_interval_holds_the_share_and_stays_a_share(self, counts):
        estimate = proportion(*counts)
        assert 0.0 <= estimate.low <= estimate.value <= estimate.high <= 1.0

    def test_nothing_seen_says_nothing(self):
        estimate = proportion(0, 0)
        assert math.isnan(estimate.value)
        assert (estimate.low, estimate.high) == (0.0, 1.0)


class TestMean:
    def test_against_numpy(self):
        values = np.array([1.0, 4.0, 2.0, 8.0])
        estimate = mean(values.sum(), (values * values).sum(), 4)
        half = 3.182446 * values.std(ddof=1) / 2  # Student's, three degrees of freedom
        assert estimate.value == 3.75
        assert estimate.high - estimate.value == pytest.approx(half, rel=2e-3)

    def test_two_values_have_an_interval(self):
        half = stats.t.ppf(0.975, 1) * np.std([1.0, 3.0], ddof=1) / math.sqrt(2)
        assert mean(4.0, 10.0, 2) == pytest.approx((2.0, 2.0 - half, 2.0 + half))

    def test_no_values_and_one(self):
        assert math.isnan(mean(0.0, 0.0, 0).value)
        assert mean(5.0, 25.0, 1) == Estimate(5.0, -math.inf, math.inf)


class TestRatio:
    @staticmethod
    def of(part, whole):
        squares = (sum(p * p for p in part), np.dot(part, whole), sum(w * w for w in whole))
        return ratio(sum(part), sum(whole), squares, len(part))

    def test_a_run_is_drawn_with_all_its_cases(self):
        found = self.of([0.0, 1.0, 2.0, 3.0], [1.0, 2.0, 4.0, 5.0])
        residuals = np.array([-0.5, 0.0, 0.0, 0.5])
        variance = residuals.var(ddof=1) / (4 * 3.0**2)
        assert found == pytest.approx(proportion(27, 54), rel=1e-6)
        assert variance == pytest.approx(0.25 / 54)

    def test_the_unit_of_the_sums_does_not_matter(self):
        part, whole = [0.0, 1.0, 2.0, 3.0], [1.0, 2.0, 4.0, 5.0]
        small = self.of([p / 100 for p in part], [w / 100 for w in whole])
        assert small == pytest.approx(self.of(part, whole))

    def test_two_runs_that_differ_in_all_say_little(self):
        _, low, high = self.of([0.0, 1.0], [1.0, 1.0])
        assert 0.0 < low < 0.1
        assert 0.9 < high < 1.0

    @pytest.mark.parametrize(("runs", "events", "share"), [(20, 2.0, 0.1), (100, 0.55, 0.667)])
    def test_its_interval_covers_with_few_events(self, runs, events, share):
        rng, covered = np.random.default_rng(5), 0
        for _ in range(1000):
            whole = rng.poisson(events, runs)
            part = rng.binomial(whole, share)
            _, low, high = self.of(part.astype(float), whole.astype(float))
            covered += low <= share <= high
        assert 0.92 < covered / 1000 < 0.98

    @pytest.mark.parametrize(
        ("part", "whole"), [([3.0], [6.0]), ([1.0] * 3, [2.0] * 3), ([0.0] * 2, [0.0] * 2)]
    )
    def test_without_variation_the_cases_count_alone(self, part, whole):
        expected = proportion(round(sum(part)), round(sum(whole)))
        assert self.of(part, whole) == pytest.approx(expected, nan_ok=True)


class TestReach:
    # Student's t from tables: two-sided 95 %, and 99.73 % (19 at once, to four digits).
    @pytest.mark.parametrize(
        ("n_comparisons", "degrees", "table"),
        [
            *((1, 1, 12.706), (1, 2, 4.303), (1, 3, 3.182), (1, 7, 2.365), (1, 30, 2.042)),
            *((19, 2, 19.2203), (19, 5, 5.5088), (19, 20, 3.4228), (1, 10**6, 1.95996)),
        ],
    )
    def test_published(self, n_comparisons, degrees, table):
        assert critical_value(n_comparisons, degrees) == pytest.approx(table, rel=2e-4)

    def test_two_at_once_need_more_than_one(self):
        assert critical_value(2) == pytest.approx(2.2365, abs=5e-5)

    def test_two_ends_are_picked_from_every_pair(self):
        assert [n_pairs(many) for many in (1, 2, 3, 15)] == [1, 1, 3, 105]

    def test_the_largest_of_many_nothings_is_rarely_clear(self):
        rng = np.random.default_rng(11)
        alone = together = 0
        for _ in range(300):
            counts = rng.binomial(400, 0.1, (20, 2)).tolist()
            alone += any(
                paired_difference_of_proportions(gained, lost, 800).excludes_zero
                for gained, lost in counts
            )
            together += any(
                paired_difference_of_proportions(gained, lost, 800, 20).excludes_zero
                for gained, lost in counts
            )
        assert alone > 120
        assert together < 27

    def test_two_of_many_points_picked_by_mere_luck_are_rarely_clear_in_a_handful_of_runs(self):
        rng = np.random.default_rng(1)
        clear = 0
        for _ in range(300):
            points = rng.random((400, 20)) < 0.5
            ranked = points.sum(axis=1).argsort()
            ends = points[ranked[-1]], points[ranked[0]]
            clear += paired_difference(*ends, n_comparisons=n_pairs(400)).excludes_zero
        assert clear <= 15

    def test_two_of_many_points_that_part_in_every_run_are_clear(self):
        assert paired_difference_of_proportions(30, 0, 30, n_pairs(400)).excludes_zero


class TestMeanBetween:
    def test_values_that_agree_leave_a_doubt(self):
        assert bounded_mean((0.0, 1.0), 0.0, 0.0, 2).high > 0.5
        assert bounded_mean((0.0, 1.0), 0.0, 0.0, 2000).high < 0.002

    def test_twice_the_values_have_twice_the_interval(self):
        single = bounded_mean((-1.0, 1.0), 2.0, 3.0, 5)
        double = bounded_mean((-2.0, 2.0), 4.0, 12.0, 5)
        assert double == pytest.approx(tuple(2 * number for number in single))

    def test_it_covers_what_is_true(self):
        rng = np.random.default_rng(4)
        covered = 0
        for _ in range(400):
            values = rng.random(12) < 0.15
            found = bounded_mean((0.0, 1.0), values.sum(), values.sum(), 12)
            covered += found.low <= 0.15 <= found.high
        assert covered >= 372


class TestCoverage:
    """The exact coverage of a share's interval, as ``docs/limits.md`` states it."""

    @pytest.mark.parametrize("n", [1000, 10_000])
    @pytest.mark.parametrize(
        ("cases", "least"), [((0.0, 1.0), 0.83), ((1.0, 50.0), 0.91), ((5.0, 50.0), 0.93)]
    )
    def test_rare_events_are_covered_less(self, n, cases, least):
        share = np.linspace(cases[0], cases[1], 5001)[1:] / n
        covered = np.zeros(len(share))
        for found in range(150):
            _, low, high = proportion(found, n)
            covered += np.where((low <= share) & (share <= high), binom.pmf(found, n, share), 0)
        assert least < covered.min() < least + 0.02
        if cases[0] == 0:
            assert share[covered.argmin()] * n == pytest.approx(0.176, abs=0.002)


class TestLess:
    # Newcombe (1998), paper on differences, table II, method 10: 56/70 less 48/80.
    def test_published(self):
        found = difference_independent(proportion(56, 70), proportion(48, 80))
        assert found == pytest.approx((0.2, 0.0524, 0.3339), abs=5e-5)

    def test_a_handful_says_little(self):
        assert not difference_independent(proportion(2, 2), proportion(1, 3)).excludes_zero


class TestPairedDifference:
    def test_the_same_numbers_differ_by_exactly_nothing(self):
        numbers = np.array([0.5, 2.0, 3.0])
        assert paired_difference(numbers, numbers) == Estimate(0.0, 0.0, 0.0)

    def test_runs_that_never_differ_leave_a_doubt(self):
        flags = np.arange(4000) % 2 == 0
        estimate = paired_difference(flags, flags)
        assert estimate.value == 0.0
        assert -0.001 < estimate.low < 0.0 < estimate.high < 0.001

    def test_four_runs_of_four_thousand_show_nothing(self):
        before = np.zeros(4000, bool)
        after = before.copy()
        after[:4] = True
        assert (
            paired_difference(after, before).low
            < 0.0
            < 0.001
            <= paired_difference(after, before).value
        )

    # Bonett and Price (2012), their formula by hand: 40 gained, 20 lost of 200.
    def test_flags_by_hand(self):
        difference = np.repeat([1, -1, 0], [40, 20, 140])
        estimate = paired_difference(difference == 1, difference == -1)
        assert estimate.value == pytest.approx(0.1)
        half = 1.959963984540054 * math.sqrt((62 / 202 - (20 / 202) ** 2) / 202)
        assert estimate.low == pytest.approx(20 / 202 - half)
        assert estimate.high == pytest.approx(20 / 202 + half)

    def test_counts_say_what_flags_say(self):
        difference = np.repeat([1, -1, 0], [40, 20, 140])
        assert paired_difference_of_proportions(40, 20, 200) == paired_difference(
            difference == 1, difference == -1
        )

    @given(
        st.integers(1, 5000).flatmap(lambda n: st.tuples(*[st.integers(0, n // 2)] * 2, st.just(n)))
    )
    def test_the_interval_of_a_change_stays_a_change(self, counts):
        estimate = paired_difference_of_proportions(*counts)
        assert -1.0 <= estimate.low <= estimate.high <= 1.0
        assert estimate.low < estimate.value or estimate.value == -1.0
        assert estimate.value < estimate.high or estimate.value == 1.0

    def test_flags_beside_numbers_are_numbers(self):
        flags, numbers = np.array([0.0, 1.0, 1.0, 0.0]), np.array([0.5, 0.25, 0.5, 0.75])
        for after, before in ((flags, numbers), (numbers, flags)):
            difference = after - before
            total, squares = float(difference.sum()), float((difference**2).sum())
            assert paired_difference(after, before) == mean(total, squares, 4)

    def test_no_pairs_say_nothing(self):
        assert math.isnan(paired_difference_of_proportions(0, 0, 0).value)

    # Šidák: each of 34 intervals is to miss in 1 - 0.95 ** (1 / 34) of cases; z from tables 3.17,
    # and so (3.17 / 1.96)² runs more at either end.
    def test_of_many_at_once_each_is_wider(self):
        among, added = (
            paired_difference_of_proportions(40, 20, 200, n_comparisons=34),
            (3.172 / 1.960) ** 2,
        )
        runs = 200 + 2 * added
        half = 3.172 * math.sqrt(((60 + 2 * added) / runs - (20 / runs) ** 2) / runs)
        assert among.value == paired_difference_of_proportions(40, 20, 200).value
        assert among == pytest.approx((0.1, 20 / runs - half, 20 / runs + half), abs=1e-4)

    def test_pairing_narrows_the_interval(self):
        rng = np.random.default_rng(5)
        before = rng.random(2000)
        after = before + 0.01 + 0.001 * rng.random(2000)
        paired = paired_difference(after, before)
        unpaired = paired_difference(after, rng.permutation(before))
        assert paired.low > 0.01
        assert paired.width < unpaired.width / 50

    def test_unequal_lengths_are_refused(self):
        with pytest.raises(ValueError, match="differ in number: 2 and 3"):
            paired_difference([1, 2], [1, 2, 3])


@pytest.mark.parametrize(
    ("one", "other", "is_so"), [(60, 20, True), (20, 60, False), (41, 39, False)]
)
def test_one_of_two_events_is_commoner_only_if_that_is_significant(one, other, is_so):
    first, second = (proportion(count, 200) for count in (one, other))
    assert commoner(first, second, 200) is is_so


class TestForemost:
    def test_what_cannot_be_told_from_the_largest_comes_with_it(self):
        changes = [
            Estimate(-0.05, -0.08, -0.02),
            Estimate(-0.3, -0.4, -0.2),
            Estimate(0.1, -0.1, 0.25),
            Estimate(0.22, 0.12, 0.3),
        ]
        assert best_subset(changes) == [1, 2, 3]
        assert best_subset(changes[:2]) == [1]

    def test_one_that_just_reaches_the_largest_comes_with_it(self):
        largest = Estimate(0.3, 0.25, 0.4)
        for other in (Estimate(0.1, -0.1, 0.25), Estimate(-0.1, -0.25, 0.1)):
            assert best_subset([largest, other]) == [0, 1]
        assert best_subset([largest, Estimate(0.1, -0.1, 0.2)]) == [0]

    def test_where_none_is_clear_there_is_none(self):
        assert best_subset([Estimate(0.2, -0.1, 0.5)]) == []
        assert best_subset([]) == []

    def test_the_largest_need_not_be_the_one_that_is_clear(self):
        assert best_subset([Estimate(0.2, -0.1, 0.5), Estimate(0.1, 0.05, 0.15)]) == [1, 0]


class TestVarianceReduction:
    # 100 of 400 had it before, 40 gain it, 20 lose it.
    def test_by_hand(self):
        found = variance_reduction(100, 40, 20, 400)
        assert found == pytest.approx((0.25 * 0.75 + 0.3 * 0.7) / (0.15 - 0.05**2))

    def test_separate_luck_saves_nothing(self):
        rng = np.random.default_rng(1)
        before, after = rng.random((2, 200_000)) < [[0.3], [0.4]]
        gained, lost = int((after & ~before).sum()), int((before & ~after).sum())
        found = variance_reduction(int(before.sum()), gained, lost, len(before))
        assert found == pytest.approx(1, abs=0.02)

    @pytest.mark.parametrize("counts", [(0, 0, 0, 0), (10, 0, 0, 20), (0, 20, 0, 20)])
    def test_without_a_variance_there_is_none(self, counts):
        assert variance_reduction(*counts) is None


def test_stopping_looks_at_the_widest():
    narrow, wide = Estimate(0.5, 0.49, 0.51), Estimate(0.5, 0.4, 0.6)
    assert precise_enough([narrow, narrow], 0.03)
    assert not precise_enough([narrow, wide], 0.03)
    assert not precise_enough([Estimate(0.5, 0.25, 0.75)], 0.5)
