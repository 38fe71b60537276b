"""A threat month by month: when it is felt, how it fades, and when it is empty."""

from __future__ import annotations

from typing import Any

import pytest

from sim.engines.mesa_model import ThinLineModel
from sim.enums import Challenge
from sim.model.build import build
from sim.model.rules.learning import remembered
from sim.scenario.load import load
from tests.scenarios import DATA

RUNS = 40
EAGER = ("constants.challenger_review=0.3", "constants.incidental_fire=0", "setting.talks=0")


def months(*overrides: str) -> list[tuple[Any, Any]]:
    """The world before and after each month of some runs."""
    setup = build(load(str(DATA / "mechanisms.yaml"), (*EAGER, *overrides)))
    seen = []
    for run in range(RUNS):
        model = ThinLineModel(setup, run)
        while model.running:
            before = model.world.copy()
            model.step()
            seen.append((before, model.world.copy()))
    return seen


@pytest.fixture(scope="module")
def played():
    return months()


def test_it_is_felt_from_the_next_month_on_and_fades_by_half(played):
    threats = [(before, after) for before, after in played if after["threatens"]]
    silent = [(before, after) for before, after in played if not after["threatens"]]
    assert all(after["threat_remembered"] == 1.0 for _, after in threats)
    assert all(
        after["threat_remembered"] == pytest.approx(before["threat_remembered"] * remembered(6.0))
        for before, after in silent
    )
    assert {before["threat_remembered"] < 1.0 for before, _ in threats} == {True, False}


def test_it_is_made_at_reviews_only_and_counted(played):
    for before, after in played:
        assert after["reviewed"] or not after["threatens"]
        assert after["threats"] == before["threats"] + after["threatens"]


def test_called_and_not_acted_on_at_the_next_review_it_is_empty(played):
    kinds = set()
    for before, after in played:
        acted = after["action"] >= Challenge.STRIKE
        judged = before["open_threat"] and (after["reviewed"] or acted)
        empty = bool(judged and after["called"] and not acted)
        assert after["empty_threats"] - before["empty_threats"] == empty
        assert after["open_threat"] == (
            1 if after["threatens"] else before["open_threat"] and not judged
        )
        kinds.add((bool(judged), empty))
    assert kinds == {(True, True), (True, False), (False, False)}


def test_only_a_force_that_crosses_its_lines_calls_it(played):
    for _, after in played:
        assert after["called"] == (after["grievance_declared"] > 0.0)
    assert {bool(after["called"]) for _, after in played} == {True, False}


def test_an_open_threat_is_at_stake_as_far_as_it_is_believed(played):
    bond = 0.05
    staked = [(before, after) for before, after in played if after["credit_at_stake"] > 0.0]
    assert staked
    for before, after in staked:
        assert before["open_threat"]
        assert after["credit_at_stake"] == pytest.approx(bond * before["credit"][0])
    free = [
        after for before, after in played if before["open_threat"] and not after["credit_at_stake"]
    ]
    assert free
    assert not any(after["called"] and after["action"] == Challenge.HOLD for after in free)


def test_with_consent_nothing_is_crossed_and_nothing_is_at_stake():
    assert all(after["credit_at_stake"] == 0.0 for _, after in months("setting.consent=1"))


def test_without_a_declared_line_nobody_threatens():
    silent = months("states.challenger.red_lines.troops.severity=0")
    assert all(after["threats"] == 0 for _, after in silent)


def test_nothing_stays_at_stake_once_there_is_nothing_to_threaten_over():
    without = "states.challenger.red_lines.troops.severity=0"
    model = ThinLineModel(build(load(str(DATA / "mechanisms.yaml"), (without,))), 0)
    model.world["credit_at_stake"] = 0.5
    model.step()
    assert model.world["credit_at_stake"] == 0.0


def test_a_dictated_strike_carries_an_open_threat_out():
    setup = build(load(str(DATA / "mechanisms.yaml"), ("constants.challenger_review=0",)))
    model = ThinLineModel(setup, 0)
    model.world["open_threat"] = 1
    model.world["dictated_challenge"] = Challenge.STRIKE
    model.step()
    assert (model.world["open_threat"], model.world["empty_threats"]) == (0, 0)
