"""Lock-in: audience costs that grow until nobody can back down.

Backing down costs more with each round of a public crisis. From the round in which it costs more
than war, the side is locked in. The rules give that round.
"""

from __future__ import annotations

from sim.jit import kernel
from sim.model.rules.choice import choice_probability
from sim.model.rules.response import (
    cost_of_backing_down,
    feared_war,
    utility_of_conceding,
    utility_of_defying,
)
from sim.scenario.parameter import real_parameter
from sim.theory import closed_form
from sim.theory.case import Answer, Case
from sim.theory.inputs import Input, Values, inputs

NAME = "lock-in"


@kernel
def backs_down(rounds: float, audience: float, war: float) -> bool:
    """Whether a side that may back down or fight does the former after so many rounds."""
    declared = cost_of_backing_down(audience, 1.0, rounds)
    backing_down = utility_of_conceding(0.0, 0.0, 0.0, 0.0, declared)
    fear = feared_war(1.0, war, 0.0, 0.0)
    fighting = utility_of_defying(0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 1.0, 0.0, fear, 0.0)
    return choice_probability(1.0, backing_down, fighting) > 0.5


def simulated(values: Values, runs: int, seed: int) -> dict[str, float]:
    """The rounds after which it no longer backs down, by bisection."""
    audience, war = values["audience"], values["war"]
    free, locked = 0.0, 1.0
    while backs_down(locked, audience, war):
        free, locked = locked, 2.0 * locked
    while free < (middle := 0.5 * (free + locked)) < locked:
        if backs_down(middle, audience, war):
            free = middle
        else:
            locked = middle
    return {"rounds": locked}


def answers(values: Values, seed: int) -> dict[str, Answer]:
    """Cost of war over the audience cost of a round."""
    return {"rounds": Answer(closed_form.lock_in(values["audience"], values["war"]))}


CASE = Case(
    NAME,
    "Lock-in: audience costs that grow until nobody can back down",
    inputs(
        Input(
            real_parameter("audience", 0.1, 0.001, 1000, "utility a round", "audience cost"), 0.1
        ),
        Input(real_parameter("war", 0.8, 0, 1000, "utility", "cost of war"), 0.8),
    ),
    "audience=0.2",
    simulated,
    answers,
    once=True,
)
