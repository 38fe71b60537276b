"""Decisions and how forces follow them: any rung, at a pace, and sooner out than in."""

from __future__ import annotations

import pytest

from sim.engines.mesa_model import ThinLineModel
from sim.enums import Participation
from sim.model.build import build
from tests.first_edition import plain

TEXT = """\
scenario: deployment
title: One state that wants to be on the ground
months: 24
setting: {fatigue: 0}
constants: {challenger_review: 0, accident: 0, review: 1, precision: 1000000}
states:
  challenger: {role: challenger, capability: 1}
  protege: {role: protege, capability: 0.4}
  willing: {capability: 0.4, resolve: 1, pledge: ground, start: political, solidarity: 0}
events:
  - {month: 15, set: {states.willing.requires.consent: 0.5}, why: leave is asked for}
"""
WILLING = 2
# Rungs from political support to the ground.
CLIMB = Participation.GROUND - Participation.POLITICAL


def rungs(*overrides: str) -> list[int]:
    model = ThinLineModel(build(plain(TEXT, *overrides)), run=0)
    seen = []
    while model.running:
        model.step()
        seen.append(int(model.world["rung"][WILLING]))
    return seen


def test_without_times_and_leap_it_climbs_one_rung_a_review():
    assert rungs("ladders.participation.monitoring.power=0.2")[:5] == [2, 3, 4, 5, 5]


def test_with_leap_it_is_there_at_once():
    assert rungs("constants.leap=4")[0] == Participation.GROUND


@pytest.mark.parametrize("time", [0.5, 1.0, 1.5, 2.0, 3.0])
def test_a_pledge_stands_after_its_time(time):
    seen = rungs("constants.leap=4", f"constants.deployment_time={time}")
    months = -(-CLIMB * time // 1)
    assert seen.index(Participation.GROUND) + 1 == months
    assert seen == sorted(seen[:14]) + seen[14:]


@pytest.mark.parametrize(("time", "months"), [(0.0, 1), (0.5, 2), (1.0, 4)])
def test_it_leaves_in_its_time(time, months):
    seen = rungs("constants.leap=4", f"constants.withdrawal_time={time}")
    assert seen[13] == Participation.GROUND
    assert seen.index(Participation.POLITICAL, 13) - 13 == months


def test_a_changed_decision_starts_anew():
    model = ThinLineModel(build(plain(TEXT, "constants.leap=4")), run=0)
    model.parameters["deployment_time"] = 2.0
    model.step()
    assert (model.world["rung"][WILLING], model.world["under_way"][WILLING]) == (1, 1.0)
    model.parameters["requires_consent"][0, WILLING] = 0.5
    model.step()
    assert model.world["target"][WILLING] == Participation.POLITICAL
    assert model.world["under_way"][WILLING] == 0.0
    assert model.world["changes"] == 2


def test_a_cost_of_changing_keeps_it_where_it_decided_to_be():
    seen = rungs("constants.leap=4", "constants.switching_cost=0.8")
    assert set(seen) == {Participation.POLITICAL}
