"""Shifting power: a declining state attacks because the other cannot promise not to use its
later strength.

The declining state attacks now, or takes everything now and, from then on, what leaves the risen
state just unwilling to fight. The rules give its choice, and the later chance to win below which it
attacks.
"""

from __future__ import annotations

from dataclasses import replace

from sim.jit import kernel
from sim.model.rules.bargaining import costly_lottery, worth_of_waiting
from sim.model.rules.choice import choice_probability
from sim.scenario.constants import CONSTANTS
from sim.scenario.parameter import real_parameter, share_parameter
from sim.theory import closed_form
from sim.theory.case import Answer, Case
from sim.theory.closed_form import sharp
from sim.theory.inputs import Input, Values, inputs


@kernel
def attack_gain(
    discount: float, power_now: float, power_later: float, cost: float, cost_other: float
) -> float:
    """What the declining state gains by attacking instead of waiting."""
    later = 1.0 - costly_lottery(1.0 - power_later, 1.0, cost_other)
    waiting = worth_of_waiting(discount, 1.0, later)
    return costly_lottery(power_now, 1.0, cost) - waiting


@kernel
def attack_chance(precision: float, gain: float) -> float:
    """Chance that it attacks."""
    return choice_probability(precision, gain, 0.0)


def simulated(values: Values, runs: int, seed: int) -> dict[str, float]:
    """Whether the declining state attacks, and the later power at which it is indifferent."""
    discount, now = values["discount"], values["power_now"]
    costs = values["cost"], values["cost_other"]
    gain = attack_gain(discount, now, values["power_later"], *costs)
    # The gain is linear in the later power.
    powerless, certain = (attack_gain(discount, now, later, *costs) for later in (0.0, 1.0))
    return {
        "attack": attack_chance(sharp(0.0, 1.0 + sum(costs)), gain),
        "threshold": powerless / (powerless - certain),
    }


def answers(values: Values, seed: int) -> dict[str, Answer]:
    """The condition for a preventive war."""
    attack, threshold = closed_form.shifting_power(
        values["discount"],
        values["power_now"],
        values["power_later"],
        values["cost"],
        values["cost_other"],
    )
    return {"attack": Answer(attack), "threshold": Answer(threshold)}


def _cost(name: str, meaning: str) -> Input:
    return Input(real_parameter(name, 0.1, 0, 10, "utility", meaning), 0.1)


CASE = Case(
    "shifting-power",
    "Shifting power: attack before the balance turns",
    inputs(
        Input(replace(CONSTANTS["discount"], low=0.01), 0.9),
        Input(share_parameter("power_now", 0.8, "chance to win a war now"), 0.8),
        Input(share_parameter("power_later", 0.5, "chance to win a war later"), 0.5),
        _cost("cost", "cost of war to the declining state"),
        _cost("cost_other", "cost of war to the rising state"),
    ),
    "power_later=0.6",
    simulated,
    answers,
    once=True,
)
