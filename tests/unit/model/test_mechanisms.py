"""Each mechanism: off it has no part, and on it has its sign at three precisions of choice."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

import numpy as np
import pytest

from sim.engines.ensemble import play
from sim.experiments.measures import Measure
from sim.model.build import build
from sim.results import with_outcome
from sim.scenario.load import load
from sim.scenario.schema import OFF
from sim.statistics import paired_difference
from tests.scenarios import DATA

RUNS, SEED, PRECISION = 500, 11, 40.0
FIGHTING = ("setting.ceasefire=false",)
LATE = tuple(f"states.{state}.start=political" for state in ("first", "second", "third", "fifth"))
ALONE = ("setting.backstop=0",)
BACKED = ("states.fourth.backs=true",)
# It seeks security, so that no run ends early with an offensive.
SEEKER = ("states.challenger.ambition=0.2", "states.challenger.fear=0.9")


class Sign(NamedTuple):
    """With the mechanism ``on`` instead of off, ``measure`` is larger, or smaller, in ``world``."""

    mechanism: str
    on: float
    measure: str
    larger: bool
    world: tuple[str, ...] = ()


SIGNS = {
    "guarantors that fear the slip answer less": Sign(
        "constants.guarantor_war_cost", 6, "answered", False, ALONE
    ),
    "and fewer wars grow from small crises": Sign(
        "constants.guarantor_war_cost", 6, "escalation", False, ALONE
    ),
    "while a challenger that fears the force strikes more": Sign(
        "constants.guarantor_war_cost", 6, "strikes", True, (*ALONE, *SEEKER)
    ),
    "what is small is not worth a fixed cost of answering": Sign(
        "constants.answer_cost", 0.08, "answered", False
    ),
    "successes add up to a position": Sign("constants.gain_delivered", 0.5, "position", True),
    "and leave the protégé a weaker army": Sign("constants.gain_delivered", 0.5, "protege", False),
    "a success that relieves the grievance makes strikes rarer": Sign(
        "constants.relief_delivered", 1, "strikes", False
    ),
    "losses wear support down": Sign("constants.toll", 0.3, "force", False),
    "incidental fire hurts while fighting goes on": Sign(
        "constants.incidental_fire", 0.3, "casualties", True, FIGHTING
    ),
    "and wears support down": Sign("constants.incidental_fire", 0.3, "force", False, FIGHTING),
    "a force takes time to come": Sign(
        "constants.deployment_time", 4, "months_under_force", False, LATE
    ),
    "an attack comes before it": Sign("constants.deployment_time", 4, "failure", True, LATE),
    "and takes time to go": Sign(
        "constants.withdrawal_time", 6, "force", True, ("setting.fatigue=0.1",)
    ),
    "who may decide on any rung is there sooner": Sign(
        "constants.leap", 4, "months_under_force", True, LATE
    ),
    "changing a decision has its cost": Sign("constants.switching_cost", 0.05, "changes", False),
    "aircraft outside the country are not seen in it": Sign(
        "setting.based_outside", 1, "footprint", False
    ),
    "nor exposed": Sign(
        "setting.based_outside", 1, "casualties", False, ("states.fourth.capability=0.3", *FIGHTING)
    ),
    "who decides on the backstop gives more of it to those that bring what it asks": Sign(
        "constants.effort_weight", 1, "backstop", True, (*BACKED, "setting.effort_asked=0.05")
    ),
    "and none to those that bring too little": Sign(
        "constants.effort_weight", 1, "backstop", False, (*BACKED, "setting.effort_asked=2")
    ),
    "deterrence as a public good is a reason to take part": Sign(
        "constants.public_good", 1.5, "force", True, ("setting.fatigue=0.1",)
    ),
    "who counts on the others answers less": Sign("constants.pivotality", 1, "answered", False),
    "a hollow force does not count as one": Sign("constants.hollow_share", 0.6, "stands", False),
}


@cache
def records(*overrides: str) -> Any:
    setup = build(load(str(DATA / "mechanisms.yaml"), overrides))
    return with_outcome(play(setup, SEED, 0, RUNS).records)


@pytest.mark.parametrize("times", [0.5, 1.0, 2.5])
@pytest.mark.parametrize("name", SIGNS)
def test_it_has_its_sign_however_precise_choice_is(name, times):
    sign = SIGNS[name]
    world = (*sign.world, f"constants.precision={PRECISION * times}")
    off, on = (
        Measure(sign.measure).of(records(*world, f"{sign.mechanism}={value}"))
        for value in (OFF[sign.mechanism], sign.on)
    )
    difference = paired_difference(on, off)
    assert difference.low > 0 if sign.larger else difference.high < 0


# Parameters that matter only while the mechanism is on.
DETAILS = {
    "constants.toll": ("constants.losses=500", "constants.toll_half_life=1"),
    "constants.rally": ("constants.rally_half_life=40",),
    "constants.effort_weight": (
        *BACKED,
        "constants.entrapment=50",
        "setting.effort_asked=3",
    ),
}


@pytest.mark.parametrize("mechanism", DETAILS)
def test_off_its_other_parameters_have_no_part(mechanism):
    off = f"{mechanism}={OFF[mechanism]}"
    assert records(off).tobytes() == records(off, *DETAILS[mechanism]).tobytes()


def test_under_a_ceasefire_there_is_no_incidental_fire():
    none, much = (records(f"constants.incidental_fire={value}") for value in (0, 5))
    assert none.tobytes() == much.tobytes()


def test_an_offensive_that_is_carried_out_ends_the_run_and_one_called_off_does_not():
    drawn_in = records("ladders.challenge.mobilisation.slip=0.5")
    for seen in (records(), drawn_in):
        carried_out = seen["offensives"] > 0
        assert (seen["offensives"] <= 1).all()
        assert (seen["offensives"] + seen["called_off"] == seen["mobilisations"]).all()
        assert (carried_out == (seen["trigger"] == 1)).all()
        assert (seen["war"][carried_out] > 0).all()
        assert (seen["called_off"] > 0).any()
    # Only with a slip short of certainty does an offensive that is answered pass the coalition by.
    assert (drawn_in["war"] == 1).mean() > (records()["war"] == 1).mean()


def test_valued_below_holding_is_rarer_the_sharper_the_choice():
    shares = []
    for precision in (5, 40, 1000):
        seen = records(f"constants.precision={precision}")
        shares.append(seen["strikes_below_holding"].sum() / seen["strikes"].sum())
    assert np.all(np.diff(shares) < 0)
    assert shares[-1] < 0.05
