"""Salami tactics: slices too small to be answered.

A guarantor whose answer has a fixed cost concedes every slice whose loss is smaller. The rules give
the fewest slices that take the whole without an answer.
"""

from __future__ import annotations

from dataclasses import replace

from sim.errors import UsageError
from sim.jit import kernel
from sim.model.rules.choice import choice_probability
from sim.model.rules.response import utility_of_conceding, utility_of_defying
from sim.scenario.constants import CONSTANTS
from sim.scenario.parameter import share_parameter
from sim.theory import closed_form
from sim.theory.case import Answer, Case
from sim.theory.closed_form import sharp
from sim.theory.inputs import Input, Values, inputs

# The smallest fixed cost other than 0, and more slices than it needs.
LEAST = 1e-6
MOST = 2**21


@kernel
def answer_chance(slices: int, fixed: float, resolve: float, precision: float) -> float:
    """Chance that the guarantor answers one of so many equal slices, against a challenger that
    backs down if answered."""
    loss = 1.0 / slices
    conceding = utility_of_conceding(resolve, loss, 0.0, 0.0, 0.0)
    defying = utility_of_defying(resolve, loss, 0.0, fixed, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    return choice_probability(precision, defying, conceding)


def simulated(values: Values, runs: int, seed: int) -> dict[str, float]:
    """The fewest slices of which none is answered; one if every slice is answered."""
    fixed, resolve = values["fixed"], values["resolve"]

    def is_answered(slices: int) -> bool:
        # Indifferent guarantors concede; rounding decides nothing.
        return answer_chance(slices, fixed, resolve, sharp(0.0, fixed or LEAST)) > 0.75

    if is_answered(MOST) or not is_answered(1):
        return {"slices": 1.0}
    answered, conceded = 1, MOST
    while conceded - answered > 1:
        middle = (answered + conceded) // 2
        if is_answered(middle):
            answered = middle
        else:
            conceded = middle
    return {"slices": float(conceded)}


def answers(values: Values, seed: int) -> dict[str, Answer]:
    """Resolve over fixed cost, rounded up."""
    return {"slices": Answer(float(closed_form.salami(values["fixed"], values["resolve"])))}


def complete(values: Values) -> Values:
    """The values; raises ``UsageError`` for a fixed cost that is neither 0 nor large enough."""
    if 0 < values["fixed"] < LEAST:
        raise UsageError(f"fixed: {values['fixed']:g} is too small", f"0, or {LEAST:g} to 5")
    return values


CASE = Case(
    "salami",
    "Salami tactics: slices too small to be answered",
    inputs(
        Input(replace(CONSTANTS["answer_cost"], name="fixed"), 0.1),
        Input(share_parameter("resolve", 0.6, "loss if the whole is taken"), 0.6),
    ),
    "fixed=0.25",
    simulated,
    answers,
    complete,
    once=True,
)
