"""A told run holds the facts of the replayed run. Here the kernels are plain Python."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from sim.browser.layout import CAUSES, OUTCOME, STORY
from sim.browser.runs import play_runs
from sim.engines import ensemble
from sim.enums import Challenge
from sim.model.build import build
from sim.model.outcomes import flags, outcomes
from sim.model.state import RECORD, WORLD, plain_rows
from sim.scenario.load import load
from sim.trace.events import Cause
from sim.trace.replay import replay
from tests.scenarios import ALIVE
from tests.strategies import scenarios
from tests.unit.browser.plain_story import RUNS, SEED, Facts, told

NAMES = ("reassurance_force", "moscow_threatens", "kyiv_retaliates", "truce_in_doubt")


@pytest.fixture(scope="module")
def told_runs():
    return {run: told(load(ALIVE), SEED, run) for run in RUNS}


@pytest.mark.parametrize("name", NAMES)
def test_a_told_run_is_the_replayed_run(name):
    scenario = load(name)
    Facts(told(scenario, 3, 0), replay(scenario, 0, 3)).hold()


def test_told_runs_in_which_everything_happens_are_the_replayed_runs(told_runs):
    for run, months in told_runs.items():
        Facts(months, replay(load(ALIVE), run, SEED)).hold()


@settings(max_examples=10)
@given(scenario=scenarios())
def test_on_any_scenario(scenario):
    Facts(told(scenario, 1, 4), replay(scenario, 4, 1)).hold()


def test_everything_that_is_told_happens_somewhere(told_runs):
    months = [month for run in told_runs.values() for month in run]
    for name in STORY.names or ():
        if name not in ("general", "blamed", "protege_fighting"):
            assert any(np.any(month[name]) for month in months), name
    assert {month["action"] for month in months} == set(Challenge)
    causes = {CAUSES[cause] for month in months for cause in month["cause"]}
    assert causes == {"none", "choice", "condition"}


def test_causes_are_those_of_a_trace():
    assert set(CAUSES) == {"none", *(cause.value for cause in Cause if cause is not Cause.STRIKE)}


def played(seed, first, records, brief):
    """Play runs as plain Python into ``records`` and ``brief``; returns their powers by month."""
    setup = build(load(ALIVE))
    world, parameters = np.zeros(1, WORLD), setup.base.copy()
    values, base = parameters.view(np.float64), setup.base.view(np.float64)
    inputs = values, base, plain_rows(setup.draws), setup.nodes, setup.surface
    powers = np.full((len(records), setup.months + 1), -1.0)
    rows = plain_rows(world)[0], plain_rows(parameters)[0]
    play_runs(seed, first, *rows, *inputs, plain_rows(records), plain_rows(brief), powers)
    return powers


def test_a_run_in_brief_is_its_record():
    runs = 4
    records, brief = np.zeros(runs, RECORD), np.zeros(runs, OUTCOME)
    played(3, 7, records, brief)
    native = ensemble.play(build(load(ALIVE)), 3, 7, runs).records
    assert records.tobytes() == native.tobytes()
    assert (brief["ending"] == outcomes(records)).all()
    assert (brief["failed"] == flags(records["trigger"])["failure"]).all()
    assert (brief["escalated"] == flags(records["trigger"])["escalation"]).all()
    assert (brief["trigger"] == records["trigger"]).all()
    assert (brief["month"] == records["month"]).all()


def test_a_course_is_the_power_of_the_told_run(told_runs):
    for run, months in told_runs.items():
        brief = np.zeros(1, OUTCOME)
        powers = played(SEED, run, np.zeros(1, RECORD), brief)
        assert brief["month"].tolist() == [len(months) - 1]
        course = [month["power"] for month in months]
        assert powers[0].tolist() == course + [-1.0] * (powers.shape[1] - len(course))
