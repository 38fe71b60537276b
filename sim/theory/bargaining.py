"""Bargaining with private information: why rational states fight although fighting is costly.

One side demands a share of what is in dispute, and the other, whose cost of war is known only to
itself, accepts or fights. The rules give the best demand and the share of games that end in war.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.jit import kernel
from sim.model.rules.bargaining import costly_lottery
from sim.model.rules.choice import choice_probability, expected_utility
from sim.rng import DrawPurpose, stream_id, uniforms
from sim.scenario.parameter import real_parameter, share_parameter
from sim.theory import closed_form
from sim.theory.case import Answer, Case, simulated_share
from sim.theory.closed_form import sharp
from sim.theory.inputs import Input, Values, inputs

NAME = "bargaining"


@kernel
def accepting_gain(demand: float, power: float, cost: float) -> float:
    """What the other side, with this cost of war, gains by accepting a demand instead of
    fighting."""
    return 1.0 - demand - costly_lottery(1.0 - power, 1.0, cost)


@kernel
def demand_utility(demand: float, power: float, cost: float, cost_max: float) -> float:
    """Expected utility of a demand to the side that makes it, against costs spread evenly from 0 to
    ``cost_max``."""
    free = accepting_gain(demand, power, 0.0)
    # The gain is linear in the cost: below this cost of war the other side fights.
    indifferent = free / (free - accepting_gain(demand, power, 1.0))
    accepted = 1.0 - indifferent / cost_max
    return expected_utility(accepted, demand, costly_lottery(power, 1.0, cost))


@kernel
def play(
    seed: int,
    where: Any,
    demand: float,
    power: float,
    cost_max: float,
    precision: float,
    warred: Any,
) -> None:
    """Set ``warred`` to 1 for each game in which the other side fights."""
    for run in range(len(warred)):
        cost, choice, _, _ = uniforms(seed, DrawPurpose.CRISIS, 0, where, run)
        fighting = costly_lottery(1.0 - power, 1.0, cost * cost_max)
        if choice >= choice_probability(precision, 1.0 - demand, fighting):
            warred[run] = 1


def simulated(values: Values, runs: int, seed: int) -> dict[str, float]:
    """The best demand by the rules, and the share of games with a war after it."""
    power, cost, cost_max = values["power"], values["cost"], values["cost_max"]
    demand = best_demand(power, cost, cost_max)
    warred = np.zeros(runs, np.int64)
    where = stream_id(f"theory {NAME}")
    play(seed, where, demand, power, cost_max, sharp(0.0, 1.0 + cost_max), warred)
    return {"demand": demand, "war": float(warred.mean())}


def best_demand(power: float, cost: float, cost_max: float) -> float:
    """The demand of highest utility. Between the demands that every opponent accepts and that none
    accepts, utility is a parabola, which three points determine."""
    step = cost_max / 2.0
    low, middle, high = (demand_utility(power + k * step, power, cost, cost_max) for k in range(3))
    vertex = power + step * (3.0 * low - 4.0 * middle + high) / (2.0 * (low - 2.0 * middle + high))
    return min(1.0, max(power, vertex))


def answers(values: Values, seed: int) -> dict[str, Answer]:
    """The demand and the risk of war in equilibrium."""
    demand, war = closed_form.bargaining(values["cost_max"], values["cost"], values["power"])
    return {"demand": Answer(demand), "war": simulated_share(war)}


CASE = Case(
    NAME,
    "Bargaining with a private cost of war",
    inputs(
        Input(
            real_parameter(
                "cost_max", 0.4, 0.001, 10, "utility", "highest cost of war of the other side"
            ),
            0.4,
        ),
        Input(
            real_parameter(
                "cost", 0.1, 0, 10, "utility", "cost of war to the side that makes the demand"
            ),
            0.1,
        ),
        Input(share_parameter("power", 0.5, "its chance to win a war"), 0.5),
    ),
    "cost=0.3",
    simulated,
    answers,
)
