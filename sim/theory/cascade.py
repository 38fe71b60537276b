"""A cascade: each state joins once enough others have joined.

Guarantors that would all take part, except that they require the participation of others, review
month by month (stages ``observe_ladder``, ``review_all`` and ``deploy``) until none
moves. A coalition too large for one world is spread over several worlds, which count each other's
members.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from sim.enums import Role
from sim.errors import UsageError
from sim.jit import kernel
from sim.model.stages.ladder import observe_ladder
from sim.model.stages.participate import deploy, follows, review_all
from sim.model.state import rows
from sim.rng import DrawPurpose, stream_id, uniforms
from sim.scenario.parameter import Kind, Parameter, real_parameter
from sim.scenario.schema import MAX_STATES
from sim.theory import closed_form
from sim.theory.case import Answer, Case
from sim.theory.inputs import Input, Values, inputs
from sim.theory.testbed import bench

NAME = "cascade"
A_WORLD = MAX_STATES - 2
NEVER = 1e9
HUNDRED = tuple(float(k) for k in range(100))

# Defaults for drawn thresholds.
DRAWN = {"mean": 0.25, "sd": 0.12, "n": 10_000.0}

# With these settings every state moves up as soon as its conditions are met.
SETTINGS = {
    "constants.precision": 1e6,
    "constants.review": 1.0,
    "setting.fatigue": 0.0,
    "ladders.participation.monitoring.power": 1.0,
}


@kernel
def spread(worlds: Any, parameters: Any) -> None:
    """Review month by month, seeing last month's ladder, until no state moves."""
    moving = True
    while moving:
        others = 0.0
        for k in range(len(worlds)):
            observe_ladder(worlds[k])
            others += worlds[k].others
        moving = False
        for k in range(len(worlds)):
            w = worlds[k]
            w.month += 1
            w.others = others
            review_all(w, parameters[k])
            for i in range(parameters[k].n_states):
                if follows(i, w):
                    deploy(i, w, parameters[k])
            moving = moving or w.moved > 0


@kernel
def draw(seed: int, where: Any, us: Any) -> None:
    """Fill ``us`` with uniforms."""
    for i in range(len(us)):
        us[i], _, _, _ = uniforms(seed, DrawPurpose.DRAWN, 0, where, i)


def simulated(values: Values, runs: int, seed: int) -> dict[str, float]:
    """The number that have joined in the end; a share for drawn thresholds."""
    wanted = thresholds(values, seed)
    world, parameters = bench(seed, SETTINGS, A_WORLD)
    worlds = np.repeat(world, max(1, math.ceil(len(wanted) / A_WORLD)))
    coalitions = np.repeat(parameters, len(worlds))
    required = np.full((len(worlds), A_WORLD), NEVER)
    required.flat[: len(wanted)] = wanted
    guarantors = parameters["role"][0, :MAX_STATES] == Role.GUARANTOR
    coalitions["requires_others"][:, guarantors] = required
    spread(rows(worlds), rows(coalitions))
    return {"joined": _joined(worlds["others"][0], values)}


def answers(values: Values, seed: int) -> dict[str, Answer]:
    """The fixed point for the same thresholds."""
    return {"joined": Answer(_joined(closed_form.cascade(thresholds(values, seed)), values))}


def _joined(joined: float, values: Values) -> float:
    return float(joined) / values["n"] if is_drawn(values) else float(joined)


def is_drawn(values: Values) -> bool:
    """Whether thresholds are drawn, not given as a list."""
    return values["thresholds"] is None


def thresholds(values: Values, seed: int) -> list[float]:
    """The threshold of each state: as given, or drawn from a normal distribution."""
    if not is_drawn(values):
        return list(values["thresholds"])
    from scipy.special import ndtri

    us = np.zeros(int(values["n"]))
    draw(seed, stream_id(f"theory {NAME}"), us)
    # Truncated at ten standard deviations, so that no draw is infinite.
    drawn = values["mean"] + values["sd"] * np.clip(ndtri(us), -10.0, 10.0)
    return [float(t) for t in drawn * values["n"]]


def complete(values: Values) -> Values:
    """The values; raises ``UsageError`` for both given and drawn thresholds."""
    given = [name for name in DRAWN if values[name] is not None]
    if not given and values["thresholds"] is None:
        return {**values, "thresholds": HUNDRED}
    if not given:
        return values
    if values["thresholds"] is not None:
        raise UsageError(
            f"both thresholds and {given[0]}", "give thresholds, or how to draw them, not both"
        )
    return {**values} | {name: DRAWN[name] for name in DRAWN if name not in given}


CASE = Case(
    NAME,
    "A cascade: each joins once enough others have (default thresholds 0..99)",
    inputs(
        Input(
            Parameter("thresholds", Kind.COUNT, 0, "others that each requires", "others", 0, 10**6),
            None,
            many=True,
        ),
        Input(
            real_parameter("mean", 0.25, -10, 10, "shares of n", "mean of drawn thresholds"), None
        ),
        Input(real_parameter("sd", 0.12, 0, 10, "shares of n", "their standard deviation"), None),
        Input(Parameter("n", Kind.COUNT, 10_000, "how many are drawn", "states", 1, 10**5), None),
    ),
    "thresholds=0,2,2..99",
    simulated,
    answers,
    complete,
    once=True,
)
