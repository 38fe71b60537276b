"""An honest threat: whether to bluff now, or to be believed later.

Two periods, and in each a threat that moves the other side as far as it is believed. A challenger
that would not act on it weighs the gain from a bluff now against the belief that is lost if the
bluff is called. The rules are those by which the challenger of a scenario decides to threaten.
"""

from __future__ import annotations

from sim.model.rules.choice import choice_probability
from sim.model.rules.learning import belief_after
from sim.model.rules.threat import utility_of_threatening, value_of_credit
from sim.scenario.parameter import real_parameter
from sim.theory import closed_form
from sim.theory.case import Answer, Case
from sim.theory.closed_form import sharp
from sim.theory.inputs import Input, Values, inputs


def simulated(values: Values, runs: int, seed: int) -> dict[str, float]:
    """Whether the challenger bluffs: 1 or 0. An indifferent one does not."""
    gain, value, belief = values["gain"], values["value"], values["belief"]
    # One that means its threat acts on it for certain, one that bluffs never does.
    caught = belief_after(belief, 0.0, 1.0)
    at_stake = value_of_credit(1.0, value, belief, caught)
    utility = utility_of_threatening(gain, belief, at_stake, 0.0)
    chance = choice_probability(sharp(0.0, belief * gain, belief * value), utility, 0.0)
    return {"bluff": 1.0 if chance > 0.75 else 0.0}


def answers(values: Values, seed: int) -> dict[str, Answer]:
    """Whether the gain exceeds the value of being believed times the chance of being called."""
    return {"bluff": Answer(float(closed_form.honest_threat(**values)))}


CASE = Case(
    "honest-threat",
    "An honest threat: to bluff now, or to be believed later",
    inputs(
        Input(
            real_parameter("gain", 1, 0, 1e6, "utility", "gain now if the threat is believed"), 0.6
        ),
        Input(real_parameter("value", 1, 0, 1e6, "utility", "value of being believed later"), 1.0),
        Input(real_parameter("belief", 1, 0.001, 1, "", "belief that the threat is meant"), 0.5),
    ),
    "belief=0.2",
    simulated,
    answers,
    once=True,
)
