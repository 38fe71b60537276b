"""What is dictated to a state is what it does, whatever the model would have decided."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from sim.engines.mesa_model import ThinLineModel
from sim.enums import Challenge, Decision, Participation
from sim.model.build import build
from sim.model.rules.backstop import LEVELS, backstop_level
from sim.model.stages.decisions import dictate
from sim.model.state import plain_rows
from sim.scenario.load import load
from tests.small_world import MECHANISMS, SCENARIO

RUNS, MONTHS = 4, 6
# Everyone knows who did it, and nothing happens by accident.
PLAIN = ("setting.verification=1", "setting.retaliation=1", "constants.accident=0", "events=[]")
FIGHTING = ("setting.ceasefire=false", "constants.truce_fragility=0")
YES_AND_NO = pytest.mark.parametrize("option", [0, 1])


def months(told: Mapping[Decision, int], *overrides: str) -> Iterator[Any]:
    """The world after each month in which all states are told what to do."""
    setup = build(load(str(SCENARIO), (*MECHANISMS, *PLAIN, *overrides)))
    for run in range(RUNS):
        model = ThinLineModel(setup, run)
        # Compiled or not, the stage is called as plain Python.
        worlds = plain_rows(model.worlds)
        for _ in range(MONTHS):
            for decision, option in told.items():
                for i in range(len(setup.states)):
                    dictate(decision, i, option, worlds[0])
            model.step()
            yield model.world


@pytest.mark.parametrize("action", Challenge)
def test_the_challenger_does_what_it_is_told(action):
    assert {int(w["action"]) for w in months({Decision.CHALLENGE: action})} == {action}


@YES_AND_NO
def test_and_threatens_or_stays_silent(option):
    seen = list(months({Decision.THREAT: option, Decision.CHALLENGE: Challenge.HOLD}))
    assert {int(w["threatens"]) for w in seen} == {option}


@YES_AND_NO
def test_guarantors_defy_or_concede(option):
    told = {Decision.CHALLENGE: Challenge.PROBE, Decision.ANSWER: option}
    seen = [w for w in months(told) if w["power"] > 0.0]
    assert {int(w["answered"]) for w in seen} == {option}


@YES_AND_NO
def test_an_offensive_is_carried_out_or_called_off(option):
    told = {Decision.CHALLENGE: Challenge.MOBILISATION, Decision.PRESS: option}
    for answer in (0, 1):
        seen = months({**told, Decision.ANSWER: answer})
        assert {int(w["carried_out"]) for w in seen} == {option}


@YES_AND_NO
def test_the_protege_retaliates_or_complains(option):
    told = {Decision.CHALLENGE: Challenge.PROBE, Decision.ANSWER: 0, Decision.RETALIATION: option}
    assert {int(w["retaliates"]) for w in months(told)} == {option}


@pytest.mark.parametrize("level", range(LEVELS))
def test_the_backer_gives_the_backstop_it_is_told_to(level):
    seen = {float(w["backstop"]) for w in months({Decision.BACKSTOP: level})}
    assert seen == {backstop_level(level)}


def test_guarantors_decide_on_the_rung_they_are_told():
    for rung in (Participation.NONE, Participation.LOGISTICS):
        seen = list(months({Decision.TARGET: rung, Decision.CHALLENGE: Challenge.HOLD}))
        assert {int(target) for w in seen for target in w["target"]} <= {0, rung}
        assert any(rung in w["target"] for w in seen)


@pytest.mark.parametrize(
    ("offer", "acceptance", "happens"),
    [(0, 1, "refused_by_challenger"), (1, 0, "refused_by_protege"), (1, 1, "truce")],
)
def test_a_truce_takes_both_sides(offer, acceptance, happens):
    told = {Decision.TRUCE: offer, Decision.ACCEPTANCE: acceptance}
    *_, last = months({**told, Decision.CHALLENGE: Challenge.HOLD}, *FIGHTING)
    counted = {name: bool(last[name]) for name in ("refused_by_challenger", "refused_by_protege")}
    counted["truce"] = bool(last["truce"])
    assert counted == {name: name == happens for name in counted}
