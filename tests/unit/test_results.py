"""Simulating: what is counted is what was recorded, however it is run and whatever is kept."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.enums import Outcome, Role, Trigger
from sim.errors import UsageError
from sim.experiments.simulate import LOOK, simulate
from sim.model.outcomes import SHARES, flags
from sim.scenario.load import load
from sim.statistics import proportion
from tests.scenarios import tiny

RUNS = 3000


@pytest.fixture(scope="module")
def scenario():
    return load("during_fighting")


@pytest.fixture(scope="module")
def results(scenario):
    return simulate(scenario, runs=RUNS, seed=11)


def test_shares_are_the_records_counted(results):
    ended = results.records["outcome"]
    for outcome, estimate in results.outcomes.items():
        assert estimate == proportion(int((ended == outcome).sum()), RUNS)
    assert sum(estimate.value for estimate in results.outcomes.values()) == pytest.approx(1)
    assert list(results.outcomes) == list(Outcome)


def test_measures_are_the_records_averaged(results):
    for name, marks in flags(results.records["trigger"]).items():
        assert results.measures[name] == proportion(int(marks.sum()), RUNS)
    for name in ("strikes", "force", "months_under_force", "casualties"):
        assert results.measures[name].value == pytest.approx(results.records[name].mean())
    chosen = sum(results.records[name] for name in ("probes", "strikes", "mobilisations"))
    assert results.measures["challenges"].value == pytest.approx(chosen.mean())


def test_war_is_failure_and_escalation_and_has_a_trigger(results):
    failure, escalation, war = (results.measures[name].value for name in SHARES)
    assert failure + escalation == pytest.approx(war)
    assert 1 - results.triggers[Trigger.NONE].value == pytest.approx(war)


def test_endings_and_participation_count_every_run(results, scenario):
    assert results.endings.sum() == RUNS
    counted = results.participation.sum(axis=2)
    for i, state in enumerate(scenario.states):
        assert counted[0, i] == RUNS, state
        at_peace = RUNS - results.endings[:, Outcome.RENEWED_OFFENSIVE :].cumsum(axis=0).sum(axis=1)
        assert np.array_equal(counted[:, i], at_peace)
        if scenario.role(state) is not Role.GUARANTOR:
            assert results.participation[:, i, 1:].sum() == 0


def test_what_is_kept_changes_no_number(results, scenario):
    blocks: list[Any] = []
    seen: list[tuple[int, int]] = []
    lean = simulate(
        scenario,
        runs=RUNS,
        seed=11,
        jobs=1,
        keep_records=False,
        sink=blocks.append,
        progress=lambda done, total: seen.append((done, total)),
    )
    assert lean.records is None
    assert lean.to_dict() == results.to_dict()
    assert np.concatenate(blocks).tobytes() == results.records.tobytes()
    assert seen[-1] == (RUNS, RUNS)
    with pytest.raises(UsageError, match="keep_records"):
        lean.to_frame()


def test_the_mesa_engine_gives_the_same_results(scenario):
    fast, slow = (simulate(scenario, runs=30, seed=3, engine=e) for e in ("ensemble", "mesa"))
    assert slow.records is not None
    assert fast.records is not None
    assert slow.records.tobytes() == fast.records.tobytes()
    assert np.array_equal(slow.participation, fast.participation)
    assert {**slow.to_dict(), "engine": ""} == {**fast.to_dict(), "engine": ""}


def test_it_stops_once_every_interval_is_narrow_enough(scenario):
    stopped = simulate(scenario, runs=10**6, until_ci=0.05, keep_records=False)
    assert stopped.runs % LOOK == 0
    assert stopped.share_width < 0.05
    before = simulate(scenario, runs=max(1, stopped.runs - LOOK), keep_records=False)
    assert stopped.runs == LOOK or before.share_width >= 0.05


def test_the_cap_holds_where_the_width_is_out_of_reach(scenario):
    capped = simulate(scenario, runs=500, until_ci=0.001, keep_records=False)
    assert capped.runs == 500
    assert capped.share_width > 0.001


def test_the_frame_has_a_row_a_run(results):
    frame = results.to_frame()
    assert len(frame) == RUNS
    assert list(frame["replication"]) == list(range(RUNS))
    assert set(frame["seed"]) == {11}


def test_one_month_and_one_run():
    results = simulate(tiny("months=1"), runs=1)
    assert results.endings.shape == (2, len(Outcome))
    assert results.endings.sum() == 1


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"engine": "steam"}, "unknown engine 'steam'"),
        ({"runs": 0}, "runs: 0"),
        ({"seed": -1}, "seed: -1"),
        ({"jobs": 0}, "jobs: 0"),
        ({"until_ci": 2.0}, "until-ci: 2.0"),
    ],
)
def test_nonsense_is_refused(asked, said):
    with pytest.raises(UsageError, match=said):
        simulate(tiny(), **asked)


def test_results_of_equal_runs_are_equal():
    one, same, other = (simulate(tiny(), runs=20, seed=seed) for seed in (1, 1, 2))
    assert one == same
    assert one != other
    assert one == simulate(tiny(), runs=20, seed=1, engine="mesa")
    assert one != simulate(tiny(), runs=20, seed=1, keep_records=False)


def test_a_document_has_what_was_changed_in_the_scenario():
    changed = tiny("setting.clarity=0.25")
    assert simulate(changed, runs=2).to_dict()["overrides"] == ["setting.clarity=0.25"]
    assert "overrides" not in simulate(tiny(), runs=2).to_dict()
