"""How a war begins, what it grew from, and which lines it crosses."""

from __future__ import annotations

from functools import cache

import pytest

from sim.engines.mesa_model import ThinLineModel
from sim.enums import Challenge, Trigger, War
from sim.model.build import Setup, build
from tests.first_edition import plain

TEXT = """\
scenario: war
title: A war at once
months: 12
setting: {verification: 1}
constants: {challenger_review: 10, precision: 0, review: 0, general_war: 0.5}
ladders: {challenge: {probe: {slip: 1}, strike: {slip: 1}, mobilisation: {slip: 1}}}
states:
  challenger:
    role: challenger
    capability: 1
    red_lines:
      at_once: {watches: direct_combat, effect: restrains, reach: 2}
      late: {watches: direct_combat, effect: restrains, threshold: 1, reach: 2}
      later: {watches: direct_combat, effect: restrains, threshold: 1.5, reach: 2}
  guarantor: {capability: 0.4, pledge: ground, start: ground, candour: 1}
  protege: {role: protege, capability: 0.4}
"""
RUNS = 60
GREW_FROM = {
    Challenge.PROBE: Trigger.PROBE,
    Challenge.STRIKE: Trigger.STRIKE,
    Challenge.MOBILISATION: Trigger.OFFENSIVE,
}


@cache
def laid_out(*overrides: str) -> Setup:
    return build(plain(TEXT, *overrides))


@cache
def wars(*overrides: str) -> list[ThinLineModel]:
    """The runs that are at war within a month."""
    runs = [ThinLineModel(laid_out(*overrides), run) for run in range(RUNS)]
    for run in runs:
        run.step()
    return [run for run in runs if run.world["war"]]


def test_combat_crosses_the_lines_that_lie_below_it():
    fought = [run for run in wars() if run.world["war"] != War.UNOPPOSED]
    assert fought
    for run in fought:
        assert list(run.world["crossed"][:3]) == [1, 0, 0]


def test_a_war_that_no_one_fights_crosses_none():
    unopposed = [run for run in wars() if run.world["war"] == War.UNOPPOSED]
    assert unopposed
    for run in unopposed:
        assert list(run.world["crossed"][:3]) == [0, 0, 0]


def test_it_grows_from_what_was_done():
    seen = set()
    for run in wars():
        assert run.world["over"] == 1
        assert run.world["trigger"] == GREW_FROM[Challenge(int(run.world["action"]))]
        seen.add(int(run.world["war"]))
    assert seen == {War.UNOPPOSED, War.LIMITED, War.GENERAL}


def test_what_nobody_ordered_is_an_accident():
    accidents = wars("constants.challenger_review=0", "constants.accident=1")
    assert accidents
    for run in accidents:
        assert run.world["trigger"] == Trigger.ACCIDENT
        assert (run.world["accidents"], run.world["probes"]) == (1, 0)


@pytest.mark.parametrize("action", GREW_FROM)
def test_losses_are_of_those_exposed_where_they_were_the_target(action):
    p = laid_out().base[0]
    lost = p["violence"][action] * 0.4 * p["targets_force"][action]
    fought = [run.world for run in wars() if run.world["action"] == action]
    assert fought
    for world in fought:
        assert world["exposed"] == pytest.approx(0.4)
        assert world["casualties"] == pytest.approx(lost)


def test_one_without_means_never_begins_anything():
    weak = laid_out("states.challenger.capability=0")
    for number in range(RUNS):
        run = ThinLineModel(weak, number)
        run.step()
        assert run.world["action"] == Challenge.HOLD


def test_there_is_no_strike_on_a_force_that_is_not_there():
    actions = {int(run.world["action"]) for run in wars("states.guarantor.start=political")}
    assert Challenge.MOBILISATION in actions
    assert Challenge.STRIKE not in actions
