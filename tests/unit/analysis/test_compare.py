"""Scenarios on the same luck: the same numbers as alone, whatever the threads, and honest words."""

from __future__ import annotations

import json

import numpy as np
import pytest

import sim
from sim.analysis.compare import MOST, Comparison, compare
from sim.analysis.paired import WHAT, Pair, Pairing
from sim.enums import Outcome
from sim.errors import UsageError
from sim.experiments.simulate import LOOK, simulate
from sim.formatting import describe_change
from sim.scenario.load import load
from sim.statistics import paired_difference_of_proportions
from tests.scenarios import TINY, scenario_of, tiny
from tests.unit.analysis.test_paired import DURABLE, LIMITED, OFFENSIVE, QUIET, records

RUNS = 2500


@pytest.fixture(scope="module")
def three() -> list[sim.scenario.scenario.Scenario]:
    return [load(name) for name in ("reassurance_force", "no_force", "korean_armistice")]


@pytest.fixture(scope="module")
def found(three) -> Comparison:
    return compare(three, runs=RUNS)


class TestNumbers:
    def test_each_scenario_is_what_a_run_of_it_gives(self, three, found):
        for scenario in three:
            alone = simulate(scenario, RUNS, three[0].seed, keep_records=False)
            here = found.results[scenario.name]
            assert here.to_dict() == alone.to_dict()
            assert (here.participation == alone.participation).all()
            assert here.records is None

    def test_the_first_is_the_baseline(self, found):
        assert found.baseline == "reassurance_force"
        assert [pair.scenario for pair in found.pairs] == ["no_force", "korean_armistice"]

    def test_intervals_hold_for_all_scenarios_at_once(self, three, found):
        """One interval a number: in the sentence, the table, the page and the document."""
        pair = found.pairs[0]
        war, alone = (each.differences["war"] for each in (pair, compare(three[:2], RUNS).pairs[0]))
        assert war.share == paired_difference_of_proportions(war.gained, war.lost, RUNS, 2)
        assert alone.share == paired_difference_of_proportions(war.gained, war.lost, RUNS)
        assert describe_change(war.share) in pair.sentence

    def test_differences_are_differences_of_shares(self, found):
        for pair in found.pairs:
            for what in WHAT:
                here, there = (found.shares[n][what] for n in (pair.scenario, pair.baseline))
                share = pair.differences[what].share
                assert share.value == pytest.approx(here.value - there.value)
                assert share.low <= share.value <= share.high

    def test_what_became_of_the_runs_adds_up(self, found):
        for pair in found.pairs:
            assert pair.endings.sum() == RUNS
            counts = found.results[pair.baseline].endings.sum(axis=0)
            assert (pair.endings.sum(axis=1) == counts).all()
            assert pair.changed == RUNS - np.trace(pair.endings)

    def test_an_example_is_such_a_run(self, three, found):
        move = found.pairs[0].moves[0]
        for scenario, outcome in ((three[0], move.before), (three[1], move.after)):
            runs = simulate(scenario, move.examples[-1] + 1, three[0].seed).to_frame()
            assert runs.outcome.iloc[-1] == outcome.word

    @pytest.mark.parametrize("jobs", [1, 2, 5])
    def test_threads_change_no_number(self, three, found, jobs):
        assert compare(three, runs=RUNS, jobs=jobs).to_dict() == found.to_dict()

    def test_a_state_more_shifts_nobody_elses_luck(self):
        beside = scenario_of(TINY + "  bystander: {capability: 0}\n")
        found = compare({"three states": tiny(), "four": beside}, runs=300)
        assert found.pairs[0].changed == 0
        assert {len(each.scenario.states) for each in found.results.values()} == {3, 4}


class TestStopping:
    def test_it_stops_when_every_difference_is_known_so_well(self, three):
        done: list[tuple[int, int]] = []
        found = compare(
            three[:2], runs=40_000, until_ci=0.05, progress=lambda *now: done.append(now)
        )
        assert found.width < 0.05
        assert found.runs % LOOK == 0
        assert done[-1] == (found.runs, 40_000)
        if found.runs > LOOK:
            assert compare(three[:2], runs=found.runs - LOOK).width >= 0.05

    def test_where_it_stops_it_says_what_as_many_runs_say(self, three):
        stopped = compare(three[:2], runs=40_000, until_ci=0.05, jobs=1)
        assert stopped.to_dict() == compare(three[:2], runs=stopped.runs, jobs=2).to_dict()

    def test_the_cap_holds(self, three):
        found = compare(three[:2], runs=300, until_ci=0.0001)
        assert found.runs == 300
        assert found.width > 0.0001


class TestRefused:
    @pytest.mark.parametrize("many", [0, 1, MOST + 1])
    def test_too_few_and_too_many(self, many):
        versions = {f"version {k}": tiny() for k in range(many)}
        with pytest.raises(UsageError, match=f"takes 2 to 6 scenarios, not {many}"):
            compare(versions, runs=10)

    def test_two_of_one_name(self):
        with pytest.raises(UsageError, match="two scenarios are called tiny"):
            compare([tiny(), tiny()], runs=10)

    @pytest.mark.parametrize("wrong", [{"runs": 0}, {"seed": -1}, {"jobs": 0}, {"until_ci": 2.0}])
    def test_numbers_out_of_range(self, wrong):
        with pytest.raises(UsageError):
            compare({"a": tiny(), "b": tiny()}, **wrong)


class TestDocument:
    def test_it_is_plain_data_with_what_was_promised(self, found):
        document = json.loads(json.dumps(found.to_dict(), allow_nan=False))
        assert document["schema_version"] == 1
        assert document["baseline"] == "reassurance_force"
        assert [(d["scenario"], d["outcome"]) for d in document["differences"]] == [
            (pair.scenario, what) for pair in found.pairs for what in WHAT
        ]
        assert all(
            set(each) == {"scenario", "outcome", "difference", "low", "high", "significant"}
            and each["significant"] is (each["low"] > 0 or each["high"] < 0)
            for each in document["differences"]
        )
        assert document["n_comparisons"] == 2
        assert "never_a_force" in document["stands_out"]["no_force"]
        assert document["runs"] == RUNS

    def test_one_run_of_each_is_a_document_too(self):
        two = {"before": tiny(), "after": tiny("setting.force_size=0")}
        document = json.loads(json.dumps(compare(two, runs=1).to_dict(), allow_nan=False))
        assert document["changes"] == {
            "after": [{"path": "setting.force_size", "before": 1, "after": 0}]
        }

    def test_horizons_that_differ_are_noted(self, found, three):
        assert found.notes == [
            "the horizons differ (60 months in reassurance_force and no_force; "
            "240 months in korean_armistice): more can happen in a longer one"
        ]
        assert compare(three[:2], runs=10).notes == []

    def test_the_frame_has_a_row_for_each_scenario_and_outcome(self, found):
        frame = found.to_frame()
        assert len(frame) == 3 * len(WHAT)
        baseline = frame[frame.scenario == found.baseline]
        assert baseline.difference.isna().all()
        war = frame[(frame.scenario == "no_force") & (frame.outcome == "war")].iloc[0]
        assert war.difference == found.pairs[0].differences["war"].share.value

    def test_it_is_part_of_the_public_api(self):
        assert sim.compare is compare
        assert sim.Comparison is Comparison


def pair(before: list[Outcome], after: list[Outcome]) -> Pair:
    pairing = Pairing()
    pairing.add(records(*before), records(*after))
    return Pair.of("there", "here", pairing)


class TestSentence:
    """Chosen endings, and what may be said of them."""

    def test_clearly_more_war(self):
        said = pair([DURABLE] * 200, [LIMITED] * 100 + [DURABLE] * 100).sentence
        assert said.startswith("Compared with here, war occurs 50.0 percentage points more often (")

    def test_clearly_less_war(self):
        said = pair([LIMITED] * 100 + [DURABLE] * 100, [DURABLE] * 200).sentence
        assert "war occurs 50.0 percentage points less often (" in said
        assert said.endswith(") in 200 model runs of there.")

    def test_roads_that_go_opposite_ways_are_told(self):
        said = pair([LIMITED] * 40 + [QUIET] * 160, [OFFENSIVE] * 200).sentence
        assert "; deterrence fails 100.0 percentage points more often" in said
        assert "escalation occurs 20.0 percentage points less often" in said

    @pytest.mark.parametrize(
        ("before", "after"),
        [
            # One road is not significant or the same, or both lead the same way.
            ([QUIET] * 200, [OFFENSIVE] * 80 + [QUIET] * 120),
            ([LIMITED] * 2 + [QUIET] * 198, [OFFENSIVE] * 200),
            ([LIMITED] * 198 + [OFFENSIVE] * 2, [QUIET] * 200),
            ([QUIET] * 200, [OFFENSIVE] * 80 + [LIMITED] * 80 + [QUIET] * 40),
        ],
    )
    def test_roads_that_do_not_clearly_go_opposite_ways_are_not(self, before, after):
        assert "deterrence fails" not in pair(before, after).sentence

    def test_too_few_runs_to_tell(self):
        said = pair([DURABLE] * 20, [LIMITED, *[DURABLE] * 19]).sentence
        assert "no significant difference in war in there: +5.0 points in 20 model runs (" in said
        assert said.endswith(").")

    def test_no_more_war_but_another_peace(self):
        said = pair([DURABLE] * 200, [QUIET] * 100 + [DURABLE] * 100).sentence
        assert "no significant difference in war" in said
        assert "untested force occurs 50.0 percentage points less often" in said
        assert said.endswith(", significant after correcting for seven outcomes.")

    def test_the_interval_of_another_peace_is_that_of_the_table(self):
        told = pair([DURABLE] * 200, [QUIET] * 100 + [DURABLE] * 100)
        assert describe_change(told.differences[DURABLE.word].share) in told.sentence
        assert told.stands_out == (DURABLE, QUIET)

    def test_the_largest_change_stands_out_first(self):
        after = [QUIET] * 60 + [LIMITED] * 100 + [DURABLE] * 40
        assert pair([DURABLE] * 200, after).stands_out == (DURABLE, LIMITED, QUIET)

    def test_a_peace_that_luck_may_have_made_is_not_told(self):
        told = pair([DURABLE] * 200, [QUIET] * 8 + [DURABLE] * 192)
        assert told.differences[QUIET.word].excludes_zero
        assert told.stands_out == ()
        assert QUIET.label not in told.sentence

    def test_nothing_at_all(self):
        said = pair([DURABLE] * 20, [DURABLE] * 20).sentence
        assert (
            said == "Compared with here, there has the same outcome in every one of 20 model runs."
        )
