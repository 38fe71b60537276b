"""Each state leaves in turn: what that means, and what it shows."""

from __future__ import annotations

import json

import pytest

from sim.analysis.compare import compare
from sim.analysis.pivotal import Pivotal, pivotal
from sim.enums import Participation
from sim.errors import UsageError
from sim.experiments.variants import participants, without_state
from sim.model.outcomes import SHARES
from sim.scenario.load import load
from sim.scenario.scenario import Scenario
from tests.scenarios import scenario_of

RUNS = 400

COALITION = {
    "scenario": "coalition",
    "months": 36,
    "runs": RUNS,
    "seed": 5,
    "states": {
        "russia": {"role": "challenger", "capability": 1, "ambition": 0.7},
        "ukraine": {"role": "protege", "capability": 0.3},
        "large": {"capability": 0.8, "resolve": 0.8, "pledge": "ground", "start": "ground"},
        "empty": {"capability": 0, "resolve": 0.8, "pledge": "ground", "start": "ground"},
        "absent": {"capability": 0.5, "resolve": 0.8},
        "late": {"capability": 0.1, "resolve": 0.8},
    },
    "events": [{"month": 6, "set": {"states.late.pledge": "ground"}, "why": "it joins"}],
}


@pytest.fixture(scope="module")
def coalition() -> Scenario:
    return scenario_of(COALITION)


@pytest.fixture(scope="module")
def found(coalition: Scenario) -> Pivotal:
    return pivotal(coalition)


class TestLeaving:
    def test_it_pledges_and_starts_with_nothing_and_all_else_stays(self, coalition):
        without = without_state(coalition, "large")
        changed = {p for p in coalition.values if coalition[p] != without[p]}
        assert changed == {"states.large.pledge", "states.large.start"}
        assert without["states.large.pledge"].numbers == (Participation.NONE,)
        assert without.events == coalition.events

    def test_no_event_brings_it_back(self, coalition):
        without = without_state(coalition, "late")
        assert dict(without.events[0].set)["states.late.pledge"].distribution.numbers == (0.0,)
        assert coalition.events[0].set != without.events[0].set

    def test_who_takes_part(self, coalition):
        assert participants(coalition) == ["empty", "large", "late"]

    @pytest.mark.parametrize("state", ["large", "late"])
    def test_it_is_what_one_could_write(self, coalition, state):
        paths = f"states.{state}.pledge", f"states.{state}.start"
        data = {**COALITION, "events": [] if state == "late" else COALITION["events"]}
        written = scenario_of(data, *(f"{path}=none" for path in paths))
        two = compare({"left": without_state(coalition, state), "never there": written}, runs=200)
        assert two.pairs[0].changed == 0


class TestFound:
    def test_a_state_without_capability_changes_nothing(self, found):
        empty = next(leaver for leaver in found.leavers if leaver.state == "empty")
        assert empty.pair.changed == 0
        assert all(each.share.value == 0 for each in empty.differences.values())

    def test_the_weightiest_comes_first(self, found):
        assert found.leavers[0].state == "large"
        sizes = [abs(leaver.war.share.value) for leaver in found.leavers]
        assert sizes == sorted(sizes, reverse=True)
        assert [leaver.state for leaver in found.first] == ["large"]
        assert "the pivotal state is Large: without it, war occurs " in found.sentence
        assert found.sentence.endswith(f" in {RUNS} model runs.")

    def test_it_is_a_comparison_with_intervals_for_all_at_once(self, coalition, found):
        alone = compare({"whole": coalition, "without": without_state(coalition, "large")})
        here, there = found.leavers[0].war, alone.pairs[0].differences["war"]
        assert here == there.among(3)
        assert here.share.width > there.share.width

    def test_the_document_has_every_state(self, found):
        document = json.loads(json.dumps(found.to_dict(), allow_nan=False))
        assert document["baseline"] == "coalition"
        assert [each["outcome"] for each in document["differences"]] == list(SHARES) * 3
        assert document["runs"] == RUNS
        assert "pledges nothing" in document["leaving"]
        assert (document["n_comparisons"], document["idle"]) == (3, False)
        assert document["pivotal"] == ["large"]
        assert [each["significant"] for each in document["differences"][:3]].count(True) >= 1

    def test_threads_change_no_number(self, coalition, found):
        assert pivotal(coalition, jobs=1).to_dict() == found.to_dict()


def test_where_no_state_matters_none_is_named():
    found = pivotal(load("reassurance_force"), runs=60)
    assert found.first == []
    assert "no single state's leaving changes war significantly in 60 model runs" in (
        found.sentence
    )


def test_where_no_estimate_differs_from_zero_no_state_is_the_largest():
    found = pivotal(load("reassurance_force"), runs=20)
    assert not found.idle
    assert not any(leaver.war.share.value for leaver in found.leavers)
    assert found.sentence == (
        "In reassurance_force no state's leaving changes the share of war in 20 model runs."
    )


def test_where_nobody_sends_anything_it_is_said_and_no_state_is_named():
    found = pivotal(load("no_force"), runs=30)
    assert found.idle
    assert found.sentence == (
        "In no_force no state is pivotal: in 30 model runs no state goes beyond political "
        "support, and no outcome changes if a state leaves."
    )
    assert (found.to_dict()["idle"], found.to_dict()["pivotal"]) == (True, [])


def test_without_a_coalition_there_is_nobody_to_leave():
    nobody = scenario_of(
        {**COALITION, "events": []},
        "states.large.pledge=none",
        "states.large.start=none",
        "states.empty.pledge=none",
        "states.empty.start=none",
    )
    with pytest.raises(UsageError, match="nobody takes part in coalition"):
        pivotal(nobody)
