"""Boxes of a scenario: found on some points, checked on others, told in words."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

import sim
from sim.analysis.discovery.discover import Sample, balanced, discover, latin_hypercube, regions
from sim.analysis.discovery.prim import Fit, Limit
from sim.analysis.discovery.sentences import DiscoveryText, describe_limits, discovery_headline
from sim.errors import UsageError
from sim.experiments.factors import make_factor
from sim.experiments.measures import Measure
from sim.experiments.parse_factors import parse_factors
from sim.formatting import format_percent
from sim.report.discovery import trajectory_panel

OVER = [
    "states.russia.ambition=0.1:0.9",
    "setting.force_size=0.02:1",
    "setting.fatigue=0.01:0.03",
    "states.iceland.pledge",
]


@pytest.fixture(scope="module")
def scenario():
    return sim.load("reassurance_force")


@pytest.fixture(scope="module")
def found(scenario):
    return discover(scenario, parse_factors(scenario, OVER), "failure", points=256, replications=4)


def test_failure_needs_a_small_force_and_an_ambitious_challenger(found):
    limited = {(found.levers[each.lever].path, each.end) for each in found.regions[0].limits}
    assert ("setting.force_size", 1) in limited
    assert ("states.russia.ambition", 0) in limited
    assert not {path for path, _ in limited} & {"setting.fatigue", "states.iceland.pledge"}


def test_both_sets_of_points_are_shown_and_the_fresh_one_has_the_interval(found):
    region = found.regions[0]
    assert region.found.density > 2 * found.overall
    assert region.fresh.density > 1.5 * found.overall
    assert region.density.low < region.density.value < region.density.high
    assert region.density.value == pytest.approx(region.fresh.density)
    assert 0 < region.fresh.coverage < 1
    assert region.way[0].found.mass == 1
    assert region.way[0].fresh.coverage == pytest.approx(1)


def test_the_sentence_says_where_how_dense_and_how_much(found):
    assert "force size at most 0." in found.sentence
    assert "on fresh points" in found.sentence
    assert "of model runs" in found.sentence


def test_the_document_is_plain_and_whole(found):
    document = json.loads(json.dumps(found.to_dict(), allow_nan=False))
    region = document["regions"][0]
    assert {"path", "end", "value", "quasi_p"} == set(region["limits"][0])
    assert set(region["in_sample"]) == {"coverage", "density", "mass", "points"}
    assert len(region["trajectory"]) > region["chosen"]
    assert document["overall"] == pytest.approx(found.overall)


def test_the_same_seed_finds_the_same_whatever_the_threads(scenario, found):
    again = discover(
        scenario, parse_factors(scenario, OVER), "failure", points=256, replications=4, jobs=1
    )
    assert again.to_dict() == found.to_dict()


def test_with_a_threshold_points_are_counted(scenario):
    how: dict[str, Any] = {"points": 200, "replications": 4, "boxes": 1}
    told = discover(scenario, parse_factors(scenario, OVER), "failure", threshold=0.5, **how)
    assert 0 < told.overall < 1
    assert "failed deterrence above 50 % of model runs at " in told.sentence


def corner(chance, high, seed, points=200):
    """Points at which it happens as often as ``high`` where a is below .3, and as ``chance``
    elsewhere, known from four runs each."""
    rng = np.random.default_rng(seed)
    x = rng.random((points, 2))
    return Sample(x, rng.binomial(4, np.where(x[:, 0] < 0.3, high, chance)) / 4, "")


ANY = ("setting.clarity", "setting.consent", "setting.backstop", "setting.verification")
TWO, FOUR = ([make_factor(path, bounds=(0.0, 1.0)) for path in ANY[:n]] for n in (2, 4))


def said_of(found, fresh, boxes=1):
    """The regions, and the sentence on them."""
    there = regions(found, fresh, TWO, Measure("war"), None, boxes)
    sentences = [region.sentence for region in there]
    overall = float(fresh.y.mean())
    return there, discovery_headline(
        DiscoveryText(Measure("war")), overall, sentences, [r.excludes_zero for r in there]
    )


def test_a_box_that_is_there_is_borne_out_by_fresh_points():
    (region,), said = said_of(corner(0.1, 0.6, 1), corner(0.1, 0.6, 2))
    assert region.excludes_zero
    assert region.lift.value == pytest.approx(0.5, abs=0.12)
    assert said.startswith("on fresh points, war is more common than overall (")
    assert "not confirmed" not in said


def test_a_box_that_fresh_points_do_not_bear_out_is_not_called_denser():
    """Where it was sought it was common in the corner; in truth it is as common everywhere."""
    (region,), said = said_of(corner(0.1, 0.6, 1), corner(0.2, 0.2, 2))
    assert not region.excludes_zero
    assert said.startswith("fresh points do not confirm that war is more common than overall (")


def test_each_box_is_told_by_what_bears_it_out():
    said = discovery_headline(
        DiscoveryText(Measure("war")), 0.13, ["with a", "with b", "with c"], [True, False, True]
    )
    assert said == (
        "on fresh points, war is more common than overall (13.0 %) in box 1 with a; in box 3 with "
        "c; fresh points do not confirm that war is more common than overall (13.0 %) in box 2 "
        "with b"
    )


def test_the_overall_told_is_that_of_the_fresh_points(found):
    assert found.overall != found.overall_fresh
    assert f"than overall ({format_percent(found.overall_fresh)})" in found.sentence
    assert found.to_dict()["overall_held_out"] == found.overall_fresh


def test_coverage_and_density_are_those_on_fresh_points(found):
    region = found.regions[0]
    covered = format_percent(region.fresh.coverage)
    told = f" of the points and {covered} of all failed deterrence (in sample "
    assert told in region.sentence
    title = trajectory_panel(found, region, 1).title
    assert f"to {format_percent(region.fresh.density)} in the box, on fresh points" in title


def test_hardly_any_fresh_points_leave_a_doubt():
    (region,), _ = said_of(corner(0.0, 0.9, 1), corner(0.0, 0.0, 3, points=40))
    assert region.density.value == 0
    assert region.density.high > 0.05


def test_nothing_is_made_of_noise():
    rng = np.random.default_rng(6)
    old, new = (Sample(rng.random((400, 4)), rng.random(400), "") for _ in range(2))
    for region in regions(old, new, FOUR, Measure("war"), None, 2):
        assert region.fresh.density < new.y.mean() * 1.15


def test_a_second_box_is_sought_among_what_the_first_leaves():
    rng = np.random.default_rng(6)

    def sample():
        x = rng.random((1500, 2))
        a, b = x.T
        y = 0.9 * ((a < 0.3) & (b < 0.5)) + 0.6 * ((a > 0.8) & (b > 0.7))
        return Sample(x, y, "")

    first, second = regions(sample(), sample(), TWO, Measure("war"), None, 3)
    assert (first.fresh.density, second.fresh.density) == pytest.approx((0.9, 0.6), abs=0.1)
    assert first.fresh.coverage + second.fresh.coverage == pytest.approx(1, abs=0.1)


def test_the_chosen_step_balances_coverage_and_gain():
    way = [Fit(1, 0.2, 1, 100), Fit(0.8, 0.5, 0.3, 30), Fit(0.3, 0.6, 0.1, 10)]
    assert balanced(way) == 1
    assert balanced(way[:1]) == 0


def test_a_sample_has_a_point_in_every_slice_of_every_lever():
    x = latin_hypercube(50, 3, np.random.default_rng(1))
    for lever in range(3):
        assert sorted((x[:, lever] * 50).astype(int)) == list(range(50))


def test_limits_between_words_are_told_by_the_word_inside():
    pledge = make_factor("states.germany.pledge", bounds=(0, 5))
    clarity = make_factor("setting.clarity", bounds=(0, 1))
    told = [Limit(0, 0, 2.5, 0.01), Limit(1, 0, 0.25, 0.01), Limit(1, 1, 0.5, 0.01)]
    assert describe_limits(told, [pledge, clarity]) == (
        "Germany: pledge at least monitoring and clarity from 0.25 to 0.5"
    )
    assert describe_limits([Limit(0, 1, 2.5, 0.0)], [pledge]) == "Germany: pledge at most logistics"


def test_counts_are_told_as_counts():
    assert DiscoveryText(Measure("strikes"), 2.0).cases == "strikes above 2 a run"
    assert DiscoveryText(Measure("strikes")).short(1.234) == "1.23"


@pytest.mark.parametrize("how", [{"points": 10}, {"boxes": 0}, {"outcome": "peace"}])
def test_what_cannot_be_done_is_refused(scenario, how):
    with pytest.raises(UsageError):
        discover(scenario, parse_factors(scenario, OVER), **how)


FORCE = ["setting.force_size=0:2", "setting.clarity=0:1"]


@pytest.mark.parametrize(
    ("threshold", "remedy"),
    [(30, "write 0.3 for 30 %"), (1, "try 0.2"), (-0.1, "try 0.2"), (200.0, "try 0.2")],
)
def test_a_threshold_that_no_share_can_exceed_is_refused(threshold, remedy):
    scenario = sim.load("reassurance_force")
    with pytest.raises(UsageError, match="war is a share between 0 and 1") as raised:
        discover(scenario, FORCE, "war", threshold, points=128, replications=2)
    assert remedy in raised.value.remedy


def test_a_threshold_above_every_mean_is_refused_with_the_largest():
    scenario = sim.load("reassurance_force")
    with pytest.raises(UsageError, match="no point has more strikes than 300 a run") as raised:
        discover(scenario, FORCE, "strikes", 300, points=128, replications=2)
    assert "the largest mean is" in raised.value.remedy
