"""Tripwire or balance of forces: which ambition a force deters from an offensive.

The challenger decides once, with the shipped constants, between doing nothing and an offensive that
all of the force resists. The smallest ambition that attacks is the threshold.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.enums import Challenge
from sim.jit import kernel
from sim.model.rules.choice import UNAVAILABLE, choose
from sim.model.stages.expectations import utility_if_pressed
from sim.model.state import rows
from sim.rng import DrawPurpose, uniforms
from sim.scenario.constants import CONSTANTS
from sim.scenario.parameter import real_parameter, share_parameter
from sim.scenario.schema import CHALLENGE_DEFAULTS
from sim.theory import closed_form
from sim.theory.case import Answer, Case, shares
from sim.theory.closed_form import Offensive, sharp
from sim.theory.inputs import Input, Values, inputs
from sim.theory.testbed import bench

CONSTANTS_USED = (
    "own_cost",
    "war_cost",
    "war_cost_alone",
    "war_cost_backed",
    "sanction_cost",
    "decisiveness",
)
OF_ACTION = ("gain", "cost", "contested", "slip")
LARGE = 1e6
# The shipped numbers of an offensive, the last action of the ladder.
SHIPPED = Offensive(
    **{name: float(CONSTANTS[name].default) for name in CONSTANTS_USED},
    **{name: CHALLENGE_DEFAULTS[name][-1] for name in OF_ACTION},
)


@kernel
def decide_attacks(worlds: Any, parameters: Any, force: float, attacks: Any) -> float:
    """Set ``attacks`` to 1 for each run with an offensive, and return its utility."""
    w = worlds[0]
    p = parameters[0]
    attacking = utility_if_pressed(Challenge.MOBILISATION, force, w, p)
    for run in range(len(attacks)):
        _, u, _, _ = uniforms(w.seed, DrawPurpose.CHALLENGE, 0, p.stream[p.challenger], run)
        option = choose(u, p.precision, 0.0, UNAVAILABLE, UNAVAILABLE, attacking)
        attacks[run] = option == Challenge.MOBILISATION
    return float(attacking)


def simulated(values: Values, runs: int, seed: int) -> dict[str, float]:
    """The share of attacks, and the ambition at which the rules make attacking worth 0."""
    world, parameters = bench(seed, {"setting.sanctions": 0.0})
    for name in ("army", "backstop"):
        world[name] = values[name]
    for name in ("risk_half", "sanctions"):
        parameters[name] = values[name]
    attacks, none = np.zeros(runs, np.int64), np.zeros(0, np.int64)

    def utility(ambition: float, counted: Any) -> float:
        world["ambition"] = ambition
        return decide_attacks(rows(world), rows(parameters), values["power"], counted)

    # Utility is linear in ambition: a large one gives the slope without loss of digits.
    cost, large = -utility(0.0, none), utility(LARGE, none)
    threshold = cost * LARGE / (large + cost)
    parameters["precision"] = sharp(0.0, cost, utility(1.0, none))
    utility(values["ambition"], attacks)
    return {"attack": float(attacks.mean()), "threshold": threshold}


def answers(values: Values, seed: int) -> dict[str, Answer]:
    """The share of attacks, 1 if ambition exceeds the threshold, and the threshold."""
    given = {name: value for name, value in values.items() if name != "ambition"}
    threshold = closed_form.tripwire(SHIPPED, **given)
    ambition = values["ambition"]
    attack = closed_form.best(ambition, threshold, max(ambition, threshold))
    return shares({"attack": attack}) | {"threshold": Answer(threshold)}


STRENGTHS = {"army": "strength of the attacked country's army", "power": "power of the force"}

CASE = Case(
    "tripwire",
    "Tripwire or balance of forces: what deters an offensive",
    inputs(
        Input(share_parameter("ambition", 0.5, "the challenger's ambition"), 0.4),
        *(
            Input(real_parameter(name, 0.1, 0, 10, "strength of the challenger", meaning), default)
            for (name, meaning), default in zip(STRENGTHS.items(), (0.4, 0.02), strict=True)
        ),
        Input(CONSTANTS["risk_half"], float(CONSTANTS["risk_half"].default)),
        Input(share_parameter("backstop", 0, "outside support of the force"), 0.0),
        Input(share_parameter("sanctions", 0, "sanctions after an attack"), 0.5),
    ),
    "risk_half=0.000001",
    simulated,
    answers,
)
