"""The volunteer's dilemma: one answer suffices, and each would rather leave it to another.

The rules give a state's chance of defying if each of the others defies with some chance. The
equilibrium is the fixed point of this chance.
"""

from __future__ import annotations

from sim.model.rules.choice import choice_probability, expected_utility
from sim.model.rules.pivotality import utility_of_riding_free
from sim.model.rules.response import utility_of_conceding, utility_of_defying
from sim.scenario.parameter import Kind, Parameter, real_parameter
from sim.theory import closed_form
from sim.theory.case import Answer, Case
from sim.theory.inputs import Input, Values, inputs


def chance_of_acting(others_act: float, values: Values) -> float:
    """Chance that a state defies a challenger that backs down if anyone does, where each of the
    others defies with the chance ``others_act``."""
    value = values["value"]
    answered = 1.0 - (1.0 - others_act) ** (int(values["n"]) - 1)
    defying = utility_of_defying(value, 1.0, 0.0, values["cost"], 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    conceding = expected_utility(
        answered,
        utility_of_riding_free(value, 1.0, 0.0, 0.0, 0.0),
        utility_of_conceding(value, 1.0, 0.0, 0.0, 0.0),
    )
    return choice_probability(values["precision"], defying, conceding)


def simulated(values: Values, runs: int, seed: int) -> dict[str, float]:
    """The fixed point of the chance of acting. It is found by bisection, because the chance falls
    with that of the others."""
    low, high = 0.0, 1.0
    while low < (middle := 0.5 * (low + high)) < high:
        if chance_of_acting(middle, values) > middle:
            low = middle
        else:
            high = middle
    return {"act": middle}


def answers(values: Values, seed: int) -> dict[str, Answer]:
    """The logit equilibrium."""
    act = closed_form.volunteers(
        int(values["n"]), values["cost"], values["value"], values["precision"]
    )
    return {"act": Answer(act)}


CASE = Case(
    "volunteers",
    "Volunteers: one answer suffices, and each would rather leave it to another",
    inputs(
        Input(Parameter("n", Kind.COUNT, 5, "how many could act", "states", 1, 1000), 5.0),
        Input(real_parameter("cost", 0.4, 0, 100, "utility", "cost of acting"), 0.4),
        Input(real_parameter("value", 1, 0, 100, "utility", "loss if nobody acts"), 1.0),
        Input(real_parameter("precision", 12, 0, 1e9, "per utility", "precision of choice"), 12.0),
    ),
    "n=10",
    simulated,
    answers,
    once=True,
)
