"""Each mechanism: off it has no part, and on it has its sign at three precisions of choice."""

from __future__ import annotations

import json
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
WORDS = ("constants.threat_bond=0",)
ALONE = ("setting.backstop=0",)
BACKED = ("states.fourth.backs=true",)
# It seeks security, so that no run ends early with an offensive.
SEEKER = ("states.challenger.ambition=0.2", "states.challenger.fear=0.9")
# Guarantors that had better concede, and such as had better defy.
DREAD = ("constants.guarantor_war_cost=8", "setting.quorum=0.2")
STALWART = (
    *(f"states.{state}.resolve=0.95" for state in ("first", "second", "third", "fourth", "fifth")),
    *(f"constants.{cost}=0" for cost in ("guarantor_war_cost", "answer_cost", "mobilise")),
)
# A quick protégé, under few eyes.
BLAMED = (
    "states.protege.resolve=0.9",
    "setting.verification=0.1",
    "constants.misattribution=1",
    "constants.blame_cost=0.5",
)


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
    # One that decides on offensives with care does not mobilise only in order to call it off.
    "who can call a mobilisation off mobilises more": Sign(
        "constants.call_off",
        True,
        "mobilisations",
        True,
        (
            "setting.quorum=0.95",
            "setting.sanctions=1",
            "states.challenger.ambition=0.3",
            "constants.offensive_precision=1",
        ),
    ),
    "hasty answers are more where conceding is the better one": Sign(
        "constants.answer_precision", 0.25, "answered", True, DREAD
    ),
    "and fewer where defying is": Sign(
        "constants.answer_precision", 0.25, "answered", False, STALWART
    ),
    "who decides on offensives with care mobilises less for nothing": Sign(
        "constants.offensive_precision", 2, "mobilisations_below_holding", False
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
    "a threat drives some out of the force": Sign("constants.threat", 2, "force", False, WORDS),
    "talks bring a truce": Sign("setting.talks", 1, "truce", True, FIGHTING),
    "a fragile truce breaks": Sign("constants.truce_fragility", 0.3, "truce_broken", True),
    "a force under a truce that breaks comes under fire": Sign(
        "constants.truce_fragility", 0.3, "casualties", True
    ),
    "who has something to lose attacks before a force has come": Sign(
        "constants.leverage",
        0.8,
        "failure",
        True,
        (*LATE, "constants.deployment_time=24", "months=24"),
    ),
    "who learns whom it faces misjudges it less": Sign(
        "constants.learning", 1, "misjudgement", False
    ),
    "and who learns that it is resolute answers it less": Sign(
        "constants.learning", 1, "answered", False, ("states.challenger.ambition=0.7",)
    ),
    "a protégé that is free to retaliates": Sign("setting.retaliation", 1, "retaliations", True),
    "which raises the tension": Sign("setting.retaliation", 1, "peak_tension", True),
    "a protégé that is blamed for it loses support": Sign(
        "setting.retaliation", 1, "force", False, BLAMED
    ),
    "and deterrence of a resolute challenger fails more often": Sign(
        "setting.retaliation", 1, "failure", True, (*BLAMED, "states.challenger.ambition=0.7")
    ),
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
        Measure(sign.measure).of(records(*world, f"{sign.mechanism}={json.dumps(value)}"))
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
    "constants.threat": (
        "constants.threat_half_life=60",
        "constants.threat_bond=2",
        "constants.later_threats=50",
    ),
    "setting.talks": ("constants.attrition=1", "constants.ceded=1"),
    "constants.leverage": ("constants.discount=0.1",),
    "setting.retaliation": (
        "constants.retaliation_risk=0",
        "constants.emboldenment=3",
        "constants.misattribution=1",
        "constants.blame_cost=1",
    ),
}


@pytest.mark.parametrize("mechanism", DETAILS)
def test_off_its_other_parameters_have_no_part(mechanism):
    off = [f"{mechanism}={OFF[mechanism]}"]
    if mechanism == "setting.talks":
        off = [*off, *FIGHTING]
    if mechanism == "constants.leverage":
        off = [*off, "setting.talks=0"]
    assert records(*off).tobytes() == records(*off, *DETAILS[mechanism]).tobytes()


def test_under_a_ceasefire_there_is_no_incidental_fire():
    holds = "constants.truce_fragility=0"
    none, much = (records(holds, f"constants.incidental_fire={value}") for value in (0, 5))
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


BLUFF = ("states.challenger.red_lines.troops.backed=false",)


@pytest.mark.parametrize("times", [0.5, 1.0, 2.5])
class TestThreats:
    """What becomes of a challenger that threatens, and of one that bluffs."""

    @pytest.fixture
    def world(self, times):
        return (*SEEKER, f"constants.precision={PRECISION * times}", "constants.threat=1")

    def test_a_bluff_is_found_out(self, world):
        meant, bluffed = records(*world), records(*world, *BLUFF)
        silent = records(*world, *BLUFF, "constants.threat=0")
        assert paired_difference(silent["credit"], bluffed["credit"]).low > 0
        assert paired_difference(meant["credit"], bluffed["credit"]).low > 0
        assert (bluffed["empty_threats"] <= bluffed["threats"]).all()
        assert paired_difference(bluffed["empty_threats"], meant["empty_threats"]).low > 0

    def test_one_that_means_it_acts_on_it(self, world):
        free = records(*world, *WORDS)
        assert paired_difference(records(*world)["strikes"], free["strikes"]).low > 0

    def test_the_more_later_threats_count_the_fewer_are_bluffed(self, times):
        world = (f"constants.precision={PRECISION * times}", "constants.threat=1", *BLUFF)
        hasty, patient = (
            records(*world, "constants.threat_bond=0.2", f"constants.later_threats={later}")
            for later in (0, 10)
        )
        assert paired_difference(hasty["threats"], patient["threats"]).low > 0

    def test_one_that_nobody_believes_changes_nothing(self, world):
        silent, spoken = (
            records(*world, "constants.line_belief=0", f"constants.threat={value}")
            for value in (0, 1)
        )
        words = {"threats", "empty_threats"}
        assert spoken["threats"].sum() > 0
        for name in set(silent.dtype.names) - words:
            assert np.array_equal(silent[name], spoken[name]), name
