"""Attrition: both sides hold out under a shared risk of war, or concede.

In the symmetric equilibrium each side concedes in a round with the probability that leaves the
other indifferent. The rules give both probabilities: the challenger's utility of a crisis, and the
guarantor's utilities of defying and conceding.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from sim.jit import kernel
from sim.model.rules.deterrence import action_utility, crisis_value
from sim.model.rules.escalation import slip_chance
from sim.model.rules.response import feared_war, utility_of_conceding, utility_of_defying
from sim.rng import DrawPurpose, stream_id, uniforms
from sim.scenario.parameter import real_parameter
from sim.theory import closed_form
from sim.theory.case import Answer, Case, simulated_share
from sim.theory.inputs import Input, Values, inputs

NAME = "attrition"


@kernel
def challenger_gain(conceding: float, risk: float, war: float) -> float:
    """The challenger's utility of holding out for a round, less that of conceding, if the guarantor
    concedes with this probability."""
    held = action_utility(0.0, 1.0, 0.0, 0.0, 0.0, 0.0, slip_chance(risk, 0.0), war, 0.0)
    return crisis_value(1.0 - conceding, 1.0, 1.0, held, 0.0)


@kernel
def guarantor_gain(conceding: float, risk: float, war: float) -> float:
    """The same for the guarantor, if the challenger concedes with this probability."""
    fear = feared_war(slip_chance(risk, 0.0), war, 0.0, 0.0)
    defying = utility_of_defying(1.0, 1.0, 0.0, 0.0, 1.0 - conceding, 1.0, 1.0, 0.0, fear, 0.0)
    return defying - utility_of_conceding(1.0, 1.0, 0.0, 0.0, 0.0)


@kernel
def play(seed: int, where: Any, quits: Any, risk: float, warred: Any) -> None:
    """Set ``warred`` to 1 for each contest that ends in war; ``quits`` has the probability of
    conceding in a round, of the challenger and of the guarantor."""
    for run in range(len(warred)):
        month = 0
        playing = True
        while playing:
            one, other, slip, _ = uniforms(seed, DrawPurpose.CRISIS, month, where, run)
            month += 1
            if one < quits[0] or other < quits[1]:
                playing = False
            elif slip < slip_chance(risk, 0.0):
                warred[run] = 1
                playing = False


def simulated(values: Values, runs: int, seed: int) -> dict[str, float]:
    """The probability of conceding that the rules give, and the share of contests with a war."""
    risk, war = values["risk"], values["war"]
    # Each side's probability makes the other side indifferent.
    quits = np.array([_indifferent(gain, risk, war) for gain in (guarantor_gain, challenger_gain)])
    warred = np.zeros(runs, np.int64)
    play(seed, stream_id(f"theory {NAME}"), quits, risk, warred)
    return {"concede": float(quits.mean()), "war": float(warred.mean())}


def _indifferent(gain: Callable[[float, float, float], float], risk: float, war: float) -> float:
    """The probability of conceding at which the other side's gain, linear in it, is 0."""
    never, always = gain(0.0, risk, war), gain(1.0, risk, war)
    return never / (never - always)


def answers(values: Values, seed: int) -> dict[str, Answer]:
    """The mixed equilibrium of the war of attrition with a risk of war."""
    concede, war = closed_form.attrition(values["war"], values["risk"])
    return {"concede": Answer(concede), "war": simulated_share(war)}


CASE = Case(
    NAME,
    "Attrition: both sides hold out under a shared risk of war",
    inputs(
        Input(
            real_parameter("war", 3, 0, 1000, "prizes", "cost of war to each side, per prize"), 3.0
        ),
        Input(real_parameter("risk", 0.1, 0.001, 1, "", "risk of war in a round"), 0.1),
    ),
    "risk=0.01",
    simulated,
    answers,
)
