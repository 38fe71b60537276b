"""Trust: whether to cooperate with someone who may or may not want to.

A trustworthy side prefers mutual cooperation to exploiting the other, but fears being exploited. It
cooperates if it believes strongly enough that the other side will.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.errors import UsageError
from sim.jit import kernel
from sim.model.rules.choice import UNAVAILABLE, choose, expected_utility
from sim.rng import DrawPurpose, stream_id, uniforms
from sim.scenario.parameter import share_parameter
from sim.theory import closed_form
from sim.theory.case import Answer, Case, simulated_share
from sim.theory.closed_form import sharp
from sim.theory.inputs import Input, Values, inputs, payoff

NAME = "trust"
PAYOFFS = ("reward", "temptation", "punishment", "sucker")


@kernel
def gain(belief: float, payoffs: Any) -> float:
    """Utility of cooperating less that of not, if the other side cooperates with this
    probability; ``payoffs`` are in the order of :data:`PAYOFFS`."""
    cooperating = expected_utility(belief, payoffs[0], payoffs[3])
    return cooperating - expected_utility(belief, payoffs[1], payoffs[2])


@kernel
def play(seed: int, where: Any, precision: float, worth: float, cooperated: Any) -> None:
    """Set ``cooperated`` to 1 for each game in which the side cooperates, given what it gains."""
    for run in range(len(cooperated)):
        u, _, _, _ = uniforms(seed, DrawPurpose.RESPONSE, 0, where, run)
        cooperated[run] = choose(u, precision, 0.0, worth, UNAVAILABLE, UNAVAILABLE)


def simulated(values: Values, runs: int, seed: int) -> dict[str, float]:
    """The share of games in which it cooperates, and the belief at which it is indifferent."""
    payoffs = np.array([values[name] for name in PAYOFFS])
    cooperated = np.zeros(runs, np.int64)
    where = stream_id(f"theory {NAME}")
    play(seed, where, sharp(*payoffs), gain(values["belief"], payoffs), cooperated)
    never, always = gain(0.0, payoffs), gain(1.0, payoffs)
    return {"cooperate": float(cooperated.mean()), "threshold": never / (never - always)}


def answers(values: Values, seed: int) -> dict[str, Answer]:
    """The share of cooperation, 1 if the belief exceeds the threshold, and the threshold."""
    payoffs = [values[name] for name in PAYOFFS]
    cooperates = closed_form.trust(values["belief"], *payoffs)
    return {
        "cooperate": simulated_share(cooperates),
        "threshold": Answer(closed_form.trust_threshold(*payoffs)),
    }


def complete(values: Values) -> Values:
    """The values; raises ``UsageError`` for payoffs of a side that is not trustworthy."""
    for better, worse in (("reward", "temptation"), ("punishment", "sucker")):
        if values[better] <= values[worse]:
            raise UsageError(
                f"{better} {values[better]:g} is not above {worse} {values[worse]:g}",
                f"a trustworthy side prefers {better} to {worse}",
            )
    return values


CASE = Case(
    NAME,
    "Trust: whether to cooperate with someone who may not",
    inputs(
        Input(share_parameter("belief", 0.5, "belief that the other side cooperates"), 0.7),
        payoff("reward", 1.0, "payoff if both cooperate"),
        payoff("temptation", 0.8, "payoff if only the other side cooperates"),
        payoff("punishment", 0.3, "payoff if neither cooperates"),
        payoff("sucker", 0.0, "payoff if only this side cooperates"),
    ),
    "belief=0.5",
    simulated,
    answers,
    complete,
)
