"""Reviews: the time to the first challenge, if each review leads to one with a given probability.

The stage ``challenge`` is simulated month by month in a world in which only a probe has an effect;
its utility is set so that it is chosen with the given probability.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from sim.enums import Challenge
from sim.jit import kernel
from sim.model.stages.challenge import challenge
from sim.model.stages.challenger_review import review_options
from sim.model.state import rows
from sim.scenario.parameter import real_parameter, share_parameter
from sim.theory import closed_form
from sim.theory.case import Answer, Case
from sim.theory.inputs import Input, Values, inputs
from sim.theory.testbed import bench

# Precision of the challenger's choice: a mobilisation of utility -1 is never chosen.
PRECISION = 50.0


@kernel
def wait(worlds: Any, parameters: Any, months: Any) -> None:
    """Set ``months`` to the month of the first challenge in each run."""
    w = worlds[0]
    for run in range(len(months)):
        w.run = run
        w.month = 0
        w.action = Challenge.HOLD
        while w.action == Challenge.HOLD:
            w.month += 1
            review_options(w, parameters[0])
            challenge(w, parameters[0])
        months[run] = w.month


def simulated(values: Values, runs: int, seed: int) -> dict[str, float]:
    """Mean months to the first challenge."""
    world, parameters = bench(seed, settings(values["rate"], values["choice"]))
    months = np.zeros(runs, np.int64)
    wait(rows(world), rows(parameters), months)
    return {"mean_months": float(months.mean())}


def settings(rate: float, choice: float) -> dict[str, float]:
    """A world in which the challenger reviews at ``rate`` and then probes with ``choice``."""
    worth = max(-1.0, min(1.0, _log_odds(choice) / PRECISION))
    probe, mobilisation = "ladders.challenge.probe", "ladders.challenge.mobilisation"
    return {
        "constants.challenger_review": rate,
        "constants.precision": PRECISION,
        "constants.own_cost": 1.0,
        "setting.sanctions": 0.0,
        f"{probe}.contested": 0.0,
        f"{probe}.gain": max(worth, 0.0),
        f"{probe}.cost": max(-worth, 0.0),
        f"{mobilisation}.contested": 0.0,
        f"{mobilisation}.gain": 0.0,
        f"{mobilisation}.cost": 1.0,
    }


def _log_odds(share: float) -> float:
    return math.inf if share == 1.0 else math.log(share / (1.0 - share))


def answers(values: Values, seed: int) -> dict[str, Answer]:
    """The mean of a geometric distribution."""
    return {"mean_months": Answer(*closed_form.first_challenge(values["rate"], values["choice"]))}


CASE = Case(
    "reviews",
    "Time to the first challenge",
    inputs(
        Input(
            real_parameter("rate", 1 / 9, 0.01, 10, "a month", "the challenger's reviews"), 1 / 9
        ),
        Input(
            share_parameter("choice", 0.5, "share of reviews that end in a challenge", low=0.01),
            0.25,
        ),
    ),
    "choice=0.75",
    simulated,
    answers,
)
