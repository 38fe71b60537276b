"""How much hangs on a weight: both ends of a fifth, on the same luck."""

from __future__ import annotations

import pytest

from sim.analysis.sensitivity.one_at_a_time import (
    SIZE,
    WeightEffect,
    shift_parameter,
    weight_effect,
    weight_effects,
)
from sim.experiments.factors import WEIGHTS
from sim.scenario.load import load
from sim.scenario.paths import parameter_at
from sim.statistics import Estimate
from tests.scenarios import tiny


@pytest.mark.parametrize("path", [*WEIGHTS, SIZE])
def test_a_weight_is_moved_by_a_fifth_within_its_range(path):
    scenario, parameter = tiny(), parameter_at(path)
    here = scenario[path].mean
    up, down = (shift_parameter(scenario, path, share)[path].mean for share in (0.2, -0.2))
    assert up == pytest.approx(min(1.2 * here, parameter.high))
    assert down == pytest.approx(0.8 * here)
    assert parameter.low <= down < here < up <= parameter.high


def test_a_distribution_is_moved_as_a_whole():
    scenario = load("reassurance_force")
    law = shift_parameter(scenario, "setting.clarity", 0.2)["setting.clarity"]
    assert law.mean == pytest.approx(1.2 * scenario["setting.clarity"].mean, rel=1e-3)
    assert not law.is_fixed


def test_nothing_else_is_moved():
    scenario = tiny()
    there = shift_parameter(scenario, "constants.war_cost", 0.2)
    assert {p for p in scenario.values if scenario[p] != there[p]} == {"constants.war_cost"}


def test_several_are_those_of_each_in_their_order():
    scenario = load("no_force")
    found = weight_effects(scenario, WEIGHTS, 200, 3)
    assert [weight.path for weight in found] == list(WEIGHTS)
    assert found[3] == weight_effect(scenario, WEIGHTS[3], 200, 3, n_comparisons=len(WEIGHTS))
    assert found[3].war.width > weight_effect(scenario, WEIGHTS[3], 200, 3).war.width
    assert any(weight.war.value for weight in found)


def test_a_clear_difference_has_its_sign():
    calm = weight_effect(load("no_force"), "constants.challenger_review", 1500, 3)
    assert calm.excludes_zero
    assert calm.war.value > 0
    assert calm.low < calm.high


@pytest.mark.parametrize(
    ("war", "clear"),
    [
        (Estimate(0.02, 0.01, 0.03), True),
        (Estimate(-0.02, -0.03, -0.01), True),
        (Estimate(0.02, -0.01, 0.05), False),
        (Estimate(0.0, 0.0, 0.0), False),
    ],
)
def test_clear_is_clear_of_nothing(war, clear):
    assert WeightEffect("constants.war_cost", 0.6, 1.0, war).excludes_zero is clear
