"""Points that share their luck are told apart run by run; ends picked out of many by more."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

import sim
from sim.enums import Outcome
from sim.experiments.backends import threads
from sim.experiments.sweep.paired import count_pairs, difference_between, min_max
from sim.experiments.sweep.slices import slices_of
from sim.experiments.sweep.summary import sentence, summary
from sim.figures.scales import Scale
from sim.figures.sweep_lines import SweepLines, level_shares
from sim.figures.sweep_maps import SweepHeatmap
from sim.report.sweep import end_to_end, range_difference
from sim.statistics import paired_difference, paired_difference_of_proportions
from tests.sweeps import THRESHOLD, made_up, plan

RUNS = 100


def nested(*shares, runs=RUNS):
    """Wars on the same luck: what a run with less of it has, one with more has too."""
    luck = np.random.default_rng(8).permutation((np.arange(runs) + 0.5) / runs)
    return luck < np.array(shares)[:, None]


def apart(*shares, runs=RUNS):
    """Wars on luck of their own."""
    return np.random.default_rng(9).random((len(shares), runs)) < np.array(shares)[:, None]


def ends_of(found):
    """The ends of a sweep that has some."""
    ends = min_max(found)
    assert ends is not None
    return ends


class TestEnds:
    def test_shared_luck_tells_apart_what_intervals_of_their_own_cannot(self, tmp_path):
        found = made_up(tmp_path, nested(0.20, 0.30))
        shares = found.tally.estimates("war")
        assert shares[0].high > shares[1].low, "their own intervals overlap"
        assert ends_of(found).apart == paired_difference_of_proportions(10, 0, RUNS)
        assert "their paired difference is +10.0 points (" in sentence(found)
        assert "for all pairs" not in sentence(found), "there is only one pair"

    def test_the_same_shares_on_luck_of_their_own_are_not(self, tmp_path):
        found = made_up(tmp_path, apart(0.20, 0.24))
        assert not ends_of(found).apart.excludes_zero
        assert "but its minimum and maximum do not differ significantly" in sentence(found)
        assert summary(found)["most_less_least"]["significant"] is False

    def test_the_ends_of_many_points_need_more_than_those_of_two(self, tmp_path):
        shares = [0.2, 0.26, *[0.23] * 28]
        few = made_up(tmp_path / "few", nested(*shares[:2]))
        many = made_up(tmp_path / "many", nested(*shares))
        assert ends_of(few).apart.value == ends_of(many).apart.value
        assert ends_of(few).apart.excludes_zero
        assert not ends_of(many).apart.excludes_zero
        assert ends_of(many).n_comparisons == 435
        assert "with an interval for all pairs of 30 points" in sentence(many)

    def test_nothing_but_luck_is_rarely_called_a_difference(self, tmp_path):
        wars = np.random.default_rng(12).random((20, 15, RUNS)) < 0.15
        clear = sum(
            ends_of(made_up(tmp_path / str(k), each)).apart.excludes_zero
            for k, each in enumerate(wars)
        )
        assert clear <= 2

    def test_those_that_are_as_good_are_counted_and_listed(self, tmp_path):
        found = made_up(tmp_path, nested(0.1, 0.11, 0.9, 0.5))
        assert (ends_of(found).like_least, ends_of(found).like_most) == ((1,), ())
        assert sentence(found).endswith("; 1 further point is indistinguishable from the minimum")
        document = summary(found)
        assert document["least"]["indistinguishable_points"] == [1]
        assert document["most"]["indistinguishable"] == 0
        assert json.loads(json.dumps(document, allow_nan=False)) == document

    def test_points_that_are_equal_to_an_end_are_counted_once(self, tmp_path):
        told = sentence(made_up(tmp_path, nested(0.1, 0.9, 0.9, 0.5, 0.9)))
        assert " and equally at 2 other points" in told
        assert "indistinguishable" not in told
        both = sentence(made_up(tmp_path / "both", nested(0.1, 0.9, 0.9, 0.89, 0.11)))
        assert both.endswith(
            "; 1 further point is indistinguishable from the minimum and 1 further point is "
            "indistinguishable from the maximum"
        )

    def test_others_may_be_clear_of_an_end_where_the_other_end_is_not(self, tmp_path):
        """The most is as unruly as it is high; the second is surely above the least."""
        run = np.arange(RUNS)
        found = made_up(tmp_path, np.array([run < 40, run < 52, run >= 46]))
        most = ends_of(found).most
        assert (most, ends_of(found).like_least) == (2, (2,))
        assert "its minimum and maximum do not differ significantly" in sentence(found)
        assert sentence(found).endswith("; significantly above the minimum: 1 of the other points")

    def test_one_point_alone_has_no_range(self, tmp_path):
        found = made_up(tmp_path, nested(0.2))
        start = "At setting.clarity = 0, the only point, war occurs in 20.0 % ("
        assert sentence(found).startswith(start)


class TestPairs:
    def test_a_played_sweep_is_paired_as_its_runs_are(self, tmp_path):
        found = sim.sweep(plan(), tmp_path, threads(1))
        frame = found.to_frame(["point", "replication", "trigger"])
        wars = frame.assign(war=frame.trigger != "none").pivot(
            index="replication", columns="point", values="war"
        )
        (beside,) = count_pairs(found, "war", [4])
        for point in range(6):
            assert beside.difference(point, 1) == paired_difference(wars[point], wars[4])

    def test_points_that_failed_are_in_no_pair(self, tmp_path):
        found = sim.sweep(plan(over={THRESHOLD: [0, 1, 2.5]}), tmp_path, threads(1))
        assert count_pairs(found, "war", [0])[0].pairs.tolist() == [60, 60, 0]
        assert ends_of(found).points == 2

    def test_only_runs_that_both_have_are_paired(self, tmp_path):
        rule: dict[str, Any] = {
            "until_ci": 0.14,
            "replications": 300,
            "over": {"states.russia.ambition": [0, 0.9]},
        }
        found = sim.sweep(plan(**rule), tmp_path, threads(1))
        assert len(set(found.tally.runs.tolist())) == 2
        assert ends_of(found).runs == found.tally.runs.min()

    def test_averages_are_compared_run_by_run(self, tmp_path):
        over = {"setting.clarity": [0, 1], "setting.force_size": [0, 1, 2]}
        wars = nested(0.1, 0.2, 0.3, 0.2, 0.3, 0.4)
        found = made_up(tmp_path, wars, over)
        (more,) = difference_between(found, ["war"], [0, 1, 2], [3, 4, 5])
        mean = wars[3:].mean(axis=0) - wars[:3].mean(axis=0)
        assert more.value == pytest.approx(mean.mean())
        assert more.low < 0.1 < more.high
        assert more.excludes_zero

    def test_a_point_is_not_held_beside_itself(self, tmp_path):
        found = made_up(tmp_path, nested(0.1, 0.2, 0.3))
        with pytest.raises(ValueError, match="compared with itself"):
            difference_between(found, ["war"], [0, 1], [1, 2])


class TestTitles:
    @pytest.fixture
    def averaged(self, tmp_path):
        """From 10 % to 25 % on average over three sizes, surely, as luck is shared."""
        over = {"setting.clarity": [0, 1], "setting.force_size": [0, 1, 2]}
        return made_up(tmp_path, nested(0.05, 0.1, 0.15, 0.2, 0.25, 0.3, runs=60), over)

    def test_a_change_that_is_clear_run_by_run_is_not_called_unclear(self, averaged):
        (shown,) = slices_of(averaged, ["setting.clarity"])
        first, last = shown.outcomes.values()
        war = Outcome.LIMITED_WAR
        assert first[war].high > last[war].low, "the bands overlap"
        rows = level_shares([0, 1], [first, last])
        title = SweepLines(rows, end_to_end(averaged, shown), Scale("setting.clarity")).title
        assert " to " in title
        assert "No detectable change" not in title

    def test_one_that_is_not_says_how_large_it_may_be(self, tmp_path):
        found = made_up(tmp_path, apart(0.2, 0.22))
        (shown,) = slices_of(found)
        rows = level_shares([0, 1], list(shown.outcomes.values()))
        title = SweepLines(rows, end_to_end(found, shown), Scale("setting.clarity")).title
        assert title.startswith("No detectable change of any ending: at most ")
        assert title.endswith(")")

    def test_the_heatmap_tells_its_ends_apart_as_the_sentence_does(self, averaged):
        (shown,) = slices_of(averaged)
        found = range_difference(averaged, shown)
        assert found is not None
        assert found == ends_of(averaged).apart
        shares = {(up, across): share for (across, up), share in shown.watched.items()}
        axes = Scale("setting.force_size"), Scale("setting.clarity")
        title = SweepHeatmap.of(shares, "war", found, *axes).title
        assert ("no detectable difference" in title) is (not found.excludes_zero)
