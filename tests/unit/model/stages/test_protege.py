"""When the protégé answers, and what follows."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from sim.engines.ensemble import play
from sim.engines.mesa_model import ThinLineModel
from sim.model.build import Setup, build
from tests.first_edition import plain

TEXT = """\
scenario: violations
title: A violation every month
months: 12
setting: {verification: 0, retaliation: 1}
constants:
  {challenger_review: 10, review: 0, precision: 400, misattribution: 1, retaliation_risk: 0}
ladders:
  challenge: {probe: {cost: 0, contested: 0, gain: 0.5, slip: 0}, strike: {cost: 1},
              mobilisation: {cost: 1}}
states:
  challenger: {role: challenger, capability: 1, ambition: 0.5}
  guarantor: {capability: 0.4, resolve: 0.8, pledge: ground, start: ground}
  protege: {role: protege, capability: 0.4, resolve: 1}
"""


@cache
def laid_out(*overrides: str) -> Setup:
    return build(plain(TEXT, *overrides))


def records(*overrides: str, runs: int = 60) -> Any:
    return play(laid_out(*overrides), 3, 0, runs).records


def test_it_answers_what_nobody_answers():
    seen = records()
    assert (seen["probes"] >= 11).all()
    assert (seen["retaliations"] == seen["probes"]).all()
    assert (seen["wrong_blames"] == seen["retaliations"]).all()


def test_it_leaves_to_the_coalition_what_the_coalition_answers():
    seen = records("setting.verification=1", "states.guarantor.casualty_aversion=0")
    assert seen["answered"].sum() > 0
    assert (seen["retaliations"] == seen["probes"] - seen["answered"]).all()
    assert seen["wrong_blames"].sum() == 0


def test_where_no_ceasefire_holds_there_is_none_to_violate():
    assert records("setting.ceasefire=false")["retaliations"].sum() == 0


def test_it_complains_where_the_risk_exceeds_the_stake():
    assert records("constants.retaliation_risk=3")["retaliations"].sum() == 0


def test_a_promise_of_help_emboldens_it():
    risky = ("constants.retaliation_risk=0.4", "setting.backstop=0.9")
    alone, promised = (
        records(*risky, f"constants.emboldenment={weight}")["retaliations"].mean()
        for weight in (0, 4)
    )
    assert promised > alone + 1


def test_half_as_free_it_answers_about_half_as_often():
    seen = records("setting.retaliation=0.5")
    assert seen["retaliations"].sum() == pytest.approx(seen["probes"].sum() / 2, rel=0.15)


def test_an_answer_raises_the_tension_as_pressing_on_does():
    quiet, answered = (
        records(f"setting.retaliation={free}", "months=1")["tension"] for free in (0, 1)
    )
    assert answered - quiet == pytest.approx(0.3)


def test_each_wrong_blame_costs_support():
    model = ThinLineModel(laid_out("constants.blame_cost=0.25"), 0)
    while model.running:
        model.step()
    blamed = int(model.world["wrong_blames"])
    assert blamed >= 11
    assert model.world["sympathy"] == pytest.approx(0.75**blamed)


def test_it_is_not_blamed_where_all_know_who_began():
    seen = records("ladders.challenge.probe.attribution=1")
    assert seen["retaliations"].sum() > 0
    assert seen["wrong_blames"].sum() == 0


def test_who_is_blamed_is_defended_less():
    """With half of the probes attributed, those that were not bring blame, and then the attributed
    ones are answered less."""
    often = ("setting.verification=0.5", "constants.blame_cost=0.6")
    free, tied = (records(*often, f"setting.retaliation={each}", runs=3_000) for each in (1, 0))
    assert free["answered"].sum() < tied["answered"].sum() / 3
