"""Brinkmanship: a crisis over several rounds, each with its own risk of war.

In each round the stages open a crisis, the challenger presses on or backs down, and the crisis may
escalate. Pressing wins unless it slips into war; backing down concedes.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.enums import Challenge
from sim.jit import kernel
from sim.model.stages.challenge import open_crisis
from sim.model.stages.crisis import press, resolve_escalation
from sim.model.state import rows
from sim.scenario.parameter import Kind, Parameter, share_parameter
from sim.theory import closed_form
from sim.theory.case import Answer, Case, shares
from sim.theory.closed_form import sharp
from sim.theory.inputs import Input, Values, inputs, one_each, payoff
from sim.theory.testbed import bench

STAKES = ("win", "concede", "war")


@kernel
def hold_out(worlds: Any, parameters: Any, risks: Any, survived: Any) -> None:
    """Set ``survived`` to 1 for each run whose crisis ends without war; ``risks`` has the risk of
    each round."""
    w = worlds[0]
    p = parameters[0]
    for run in range(len(survived)):
        w.run = run
        w.over = 0
        w.pressed = 1
        w.month = 0
        while w.month < len(risks) and w.pressed and not w.over:
            p.slip[Challenge.PROBE] = risks[w.month]
            w.month += 1
            w.pressed = 0
            w.action = Challenge.PROBE
            open_crisis(0.0, w, p)
            w.defying = w.power
            press(w, p)
            resolve_escalation(w, p)
        survived[run] = 1 - w.over


def simulated(values: Values, runs: int, seed: int) -> dict[str, float]:
    """The share of crises that end without war."""
    world, parameters = bench(seed, {"setting.sanctions": 0.0})
    _pay(world[0], parameters[0], *(values[name] for name in STAKES))
    survived = np.zeros(runs, np.int64)
    hold_out(rows(world), rows(parameters), np.array(risks(values)), survived)
    return {"survival": float(survived.mean())}


def _pay(world: Any, parameters: Any, win: float, concede: float, war: float) -> None:
    """Make pressing on worth (1 - risk) win + risk x war, and backing down worth ``concede``."""
    probe = Challenge.PROBE
    parameters["precision"] = sharp(win, concede, war)
    parameters["back_down"][probe] = -concede
    world["ambition"], parameters["gain"][probe] = win, 1.0
    parameters["cost"][probe] = parameters["contested"][probe] = 0.0
    # The full expected cost of war, however small the defying power.
    parameters["war_cost"], parameters["war_cost_alone"] = win - war, 1.0
    parameters["war_cost_backed"] = parameters["risk_half"] = 0.0
    world["power"] = 1.0


def answers(values: Values, seed: int) -> dict[str, Answer]:
    """The share without war: the product of 1 - risk over the rounds before the first risk that
    exceeds the critical one."""
    stakes = (values[name] for name in STAKES)
    return shares({"survival": closed_form.brinkmanship(risks(values), *stakes)})


def risks(values: Values) -> tuple[float, ...]:
    """The risk of each round; raises ``UsageError``."""
    return one_each("risk", values, int(values["rounds"]), "rounds")


def complete(values: Values) -> Values:
    """The values; raises ``UsageError`` if there is neither one risk nor one a round."""
    risks(values)
    return values


ROUNDS = Parameter("rounds", Kind.COUNT, 5, "length of the crisis", "rounds", 1, 1000)

CASE = Case(
    "brinkmanship",
    "Brinkmanship: a crisis with a threat that leaves something to chance",
    inputs(
        Input(ROUNDS, 5.0),
        Input(share_parameter("risk", 0.1, "risk of war in a round"), (0.1,), many=True),
        payoff("win", 1.0, "payoff if the other side gives way"),
        payoff("concede", 0.0, "payoff of giving way"),
        payoff("war", -3.0, "payoff of war"),
    ),
    "risk=0.05,0.1,0.2,0.3,0.4",
    simulated,
    answers,
    complete,
)
