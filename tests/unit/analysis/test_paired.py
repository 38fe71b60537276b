"""What changed between two scenarios, run beside run: counted by hand, and against whole arrays."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.analysis.paired import EXAMPLES, WHAT, Pairing, Sums, run_flags, widest
from sim.enums import Outcome, Trigger, War
from sim.experiments.simulate import simulate
from sim.model.outcomes import SHARES, flags
from sim.model.state import RECORD
from sim.results import averaged, with_outcome
from sim.scenario.load import load
from sim.statistics import mean, paired_difference
from tests.scenarios import tiny

QUIET, DURABLE = Outcome.NEVER_A_FORCE, Outcome.UNTESTED_FORCE
OFFENSIVE, LIMITED = Outcome.RENEWED_OFFENSIVE, Outcome.LIMITED_WAR


def records(*endings: Outcome, first: int = 0) -> Any:
    """Runs that ended so: limited wars grew from strikes, those unopposed from offensives."""
    made = np.zeros(len(endings), RECORD)
    made["replication"] = first + np.arange(len(endings))
    for run, ending in zip(made, endings, strict=True):
        if ending is OFFENSIVE:
            run["war"], run["trigger"] = War.UNOPPOSED, Trigger.OFFENSIVE
        elif ending is LIMITED:
            run["war"], run["trigger"] = War.LIMITED, Trigger.STRIKE
        run["stands"] = run["stood"] = ending is DURABLE
    return with_outcome(made)


@pytest.fixture
def paired() -> Pairing:
    before = records(DURABLE, DURABLE, DURABLE, LIMITED, LIMITED, QUIET)
    after = records(DURABLE, LIMITED, LIMITED, OFFENSIVE, DURABLE, QUIET)
    pairing = Pairing()
    pairing.add(before, after)
    return pairing


class TestByHand:
    def test_which_ending_became_which(self, paired):
        wanted = np.zeros((7, 7), int)
        wanted[DURABLE, DURABLE] = wanted[QUIET, QUIET] = 1
        wanted[DURABLE, LIMITED] = 2
        wanted[LIMITED, OFFENSIVE] = wanted[LIMITED, DURABLE] = 1
        assert (paired.endings == wanted).all()
        assert paired.runs == 6

    def test_the_commonest_change_comes_first_with_runs_to_look_at(self, paired):
        moves = paired.moves()
        assert moves[0] == (DURABLE, LIMITED, 2, (1, 2))
        assert {move[:3] for move in moves[1:]} == {(LIMITED, OFFENSIVE, 1), (LIMITED, DURABLE, 1)}

    def test_what_was_gained_and_lost(self, paired):
        found = paired.differences()
        counted = {what: (each.gained, each.lost) for what, each in found.items() if each.gained}
        assert counted == {
            "untested_force": (1, 2),
            "renewed_offensive": (1, 0),
            "limited_war": (2, 2),
            "failure": (1, 0),
            "escalation": (2, 2),
            "war": (2, 1),
        }
        assert list(found) == list(WHAT)
        assert found["war"].share.value == pytest.approx(1 / 6)

    def test_a_clear_difference_leaves_zero_out(self):
        pairing = Pairing()
        pairing.add(records(*[DURABLE] * 60), records(*[LIMITED] * 30, *[DURABLE] * 30))
        found = pairing.differences()
        assert found["war"].excludes_zero
        assert found["untested_force"].excludes_zero
        assert not found["failure"].excludes_zero

    def test_one_picked_out_of_many_has_a_wider_interval(self, paired):
        war = paired.differences()["war"]
        assert war.among(1) == war
        assert war.among(30).share.low < war.share.low < war.share.high < war.among(30).share.high
        assert paired.differences(30)["war"] == war.among(30)

    def test_the_widest(self, paired):
        found = paired.differences()
        assert widest(found) == max(each.share.high - each.share.low for each in found.values())

    def test_a_few_examples_are_enough(self):
        pairing = Pairing()
        for first in (0, 50):
            pairing.add(records(*[QUIET] * 50, first=first), records(*[LIMITED] * 50, first=first))
        assert pairing.moves() == [(QUIET, LIMITED, 100, tuple(range(EXAMPLES)))]


def test_flags_without_records_are_those_of_the_records():
    scenario = tiny()
    for runs in (10, 1200):
        found = run_flags(scenario, runs, 5)
        wanted = flags(simulate(scenario, runs, 5).first["trigger"])
        assert found.keys() == wanted.keys()
        assert all((found[name] == wanted[name]).all() for name in wanted)


def test_sums_add_up():
    assert Sums(1.0, 2.0, 3.0).plus(10.0, 20.0, 30.0) == Sums(11.0, 22.0, 33.0)


def test_sums_up_to_the_rounding_error_are_zero():
    assert Sums(1.0, 0.5, 1e9).rounded(2) == (0.0, 0.0)
    assert Sums(2.0, 3.0, 1e9).rounded(2) == (2.0, 3.0)


@pytest.fixture(scope="module")
def kept() -> tuple[Any, Any]:
    both = (load("reassurance_force"), load("during_fighting"))
    before, after = (simulate(scenario, 1500, 3).records for scenario in both)
    return before, after


class TestAgainstRecordsKept:
    def test_differences_are_paired_differences(self, kept):
        pairing = Pairing()
        pairing.add(*kept)
        found = pairing.differences()
        first, last = (flags(records["trigger"]) for records in kept)
        for outcome in Outcome:
            first[outcome.word], last[outcome.word] = (r["outcome"] == outcome for r in kept)
        for what in WHAT:
            assert found[what].share == paired_difference(last[what], first[what]), what

    def test_means_are_means_of_differences(self, kept):
        pairing = Pairing()
        pairing.add(*kept)
        wanted = {name: last - dict(averaged(kept[0]))[name] for name, last in averaged(kept[1])}
        for name, more in wanted.items():
            expected = mean(float(more.sum()), float((more * more).sum()), len(more))
            assert pairing.measures()[name] == expected

    def test_the_size_of_a_sum_is_that_of_its_parts(self, kept):
        pairing = Pairing()
        pairing.add(*kept)
        for (name, one), (_, other) in zip(*map(averaged, kept), strict=True):
            wanted = float(np.abs(one).sum() + np.abs(other).sum())
            assert pairing.sums[name].size == pytest.approx(wanted), name

    def test_the_variance_reduction_is_the_ratio_of_the_variances(self, kept):
        pairing = Pairing()
        pairing.add(*kept)
        first, last = (flags(records["trigger"]) for records in kept)
        for name in SHARES:
            paired = np.var(last[name].astype(float) - first[name])
            apart = np.var(last[name]) + np.var(first[name])
            found = pairing.differences()[name].variance_reduction
            assert found == pytest.approx(apart / paired)
        assert (pairing.differences()["war"].variance_reduction or 0) > 1

    @given(cuts=st.lists(st.integers(0, 1500), max_size=4).map(sorted))
    def test_counts_do_not_depend_on_how_the_runs_arrive(self, kept, cuts):
        whole, parts = Pairing(), Pairing()
        whole.add(*kept)
        for first, last in zip([0, *cuts], [*cuts, 1500], strict=True):
            parts.add(kept[0][first:last], kept[1][first:last])
        assert parts.differences() == whole.differences()
        assert parts.moves() == whole.moves()


def test_a_scenario_beside_itself_changes_nothing():
    runs = simulate(tiny(), 200).records
    pairing = Pairing()
    pairing.add(runs, runs)
    assert pairing.moves() == []
    assert all(each.share.value == 0 for each in pairing.differences().values())
    assert all(each.variance_reduction is None for each in pairing.differences().values())
    assert all(each.value == 0 for each in pairing.measures().values())
