"""A public good: each contributes what the others leave worth adding.

The rule gives what one more unit adds to the public good, and to what a state keeps for itself. A
state stops contributing where the second is worth more. With a small half value the rule is a
utility with constant shares of the budget, so that the textbook's demand follows.
"""

from __future__ import annotations

from collections.abc import Callable

from sim.model.rules.public_good import added_deterrence
from sim.scenario.parameter import real_parameter, share_parameter
from sim.theory import closed_form
from sim.theory.case import Answer, Case, Result
from sim.theory.inputs import Input, Values, inputs

# The half value and a unit of the good, relative to the greatest income.
SMALL = 1e-15


def simulated(values: Values, runs: int, seed: int) -> dict[str, Result]:
    """Each state contributes what it has above what all keep for themselves at the same total."""
    incomes, share = values["incomes"], values["share"]
    unit = SMALL * (max(incomes, default=0.0) or 1.0)
    public, private = share * share * unit, (1.0 - share) * (1.0 - share) * unit

    def kept(total: float) -> float:
        """What a state keeps for itself where another unit for the public good adds as much."""
        gain = added_deterrence(total, unit, public)
        most = max(incomes, default=0.0)
        return _crossing(lambda own: added_deterrence(own, unit, private) - gain, most)

    def contributions(total: float) -> tuple[float, ...]:
        own = kept(total)
        return tuple(max(0.0, income - own) for income in incomes)

    total = _crossing(lambda total: sum(contributions(total)) - total, sum(incomes))
    return {"total": total, "contributions": contributions(total)}


def _crossing(excess: Callable[[float], float], most: float) -> float:
    """Where a falling function is 0, between 0 and ``most``, or the nearer end."""
    low, high = 0.0, most
    if excess(high) >= 0.0:
        return high
    while low < (middle := 0.5 * (low + high)) < high:
        if excess(middle) > 0.0:
            low = middle
        else:
            high = middle
    return high


def answers(values: Values, seed: int) -> dict[str, Answer]:
    """The equilibrium with constant shares of the budget."""
    given = closed_form.public_good(values["incomes"], values["share"])
    return {"total": Answer(sum(given)), "contributions": Answer(given)}


CASE = Case(
    "public-good",
    "A public good: the largest state pays, and the others ride free",
    inputs(
        Input(
            real_parameter("incomes", 1, 0, 1e4, "", "income of each state"),
            (3.0, 1.0, 1.0),
            many=True,
        ),
        Input(
            share_parameter(
                "share", 0.3, "share of its means that a state alone gives", low=0.001, high=0.999
            ),
            0.3,
        ),
    ),
    "incomes=1,1,1,1,1",
    simulated,
    answers,
    once=True,
)
