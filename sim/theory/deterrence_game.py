"""The deterrence game: hold or challenge, concede or defy, back down or press on.

Every move is a logit choice by the rules of the model: ``choose``, ``choice_probability`` and, for
the expected utility, ``crisis_value``.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from sim.errors import UsageError
from sim.jit import kernel
from sim.model.rules.choice import UNAVAILABLE, choice_probability, choose
from sim.model.rules.deterrence import crisis_value
from sim.rng import DrawPurpose, stream_id, uniforms
from sim.scenario.constants import CONSTANTS
from sim.theory import closed_form
from sim.theory.case import Answer, Case, shares
from sim.theory.inputs import Input, Values, inputs, payoff

NAME = "deterrence-game"
ENDS = ("status_quo", "concession", "backdown", "conflict")
SIDES = ("challenger", "defender")

PRECISION = replace(CONSTANTS["precision"], high=1e9)


@kernel
def play(
    seed: int,
    where: Any,
    runs: int,
    precision: float,
    has_last_move: bool,
    c: Any,
    d: Any,
    ends: Any,
) -> None:
    """Count in ``ends`` the ends of ``runs`` games; ``c`` and ``d`` hold the payoffs of challenger
    and defender in the order of :data:`ENDS`."""
    presses = choice_probability(precision, c[3], c[2]) if has_last_move else 1.0
    standing_firm = crisis_value(1.0, presses, d[1], d[3], d[2])
    defies = choice_probability(precision, standing_firm, d[1])
    challenging = crisis_value(defies, presses, c[1], c[3], c[2])
    for run in range(runs):
        u, answer, last, _ = uniforms(seed, DrawPurpose.CHALLENGE, 0, where, run)
        if choose(u, precision, c[0], challenging, UNAVAILABLE, UNAVAILABLE) == 0:
            ends[0] += 1
        elif answer >= defies:
            ends[1] += 1
        elif last >= presses:
            ends[2] += 1
        else:
            ends[3] += 1


def simulated(values: Values, runs: int, seed: int) -> dict[str, float]:
    """Shares of the four ends."""
    counts = np.zeros(len(ENDS), np.int64)
    c, d = (worth(values, side) for side in SIDES)
    where = stream_id(f"theory {NAME}")
    play(seed, where, runs, values["precision"], has_last_move(values), c, d, counts)
    return {end: int(count) / runs for end, count in zip(ENDS, counts, strict=True)}


def answers(values: Values, seed: int) -> dict[str, Answer]:
    """The agent logit equilibrium."""
    challenger, defender = (payoffs(values, side) for side in SIDES)
    return shares(closed_form.deterrence_game(challenger, defender, values["precision"]))


def has_last_move(values: Values) -> bool:
    """Whether the challenger can back down after defiance."""
    return values["challenger.backdown"] is not None


def payoffs(values: Values, side: str) -> closed_form.Payoffs:
    """The payoffs of one side."""
    return closed_form.Payoffs(
        **{end: values[f"{side}.{end}"] for end in closed_form.Payoffs._fields}
    )


def complete(values: Values) -> Values:
    """The values; raises ``UsageError`` if only one side has a payoff for backing down."""
    given = [values[f"{side}.backdown"] is not None for side in SIDES]
    if any(given) and not all(given):
        missing = SIDES[given.index(False)]
        raise UsageError(
            f"{missing}.backdown is missing", "set it for both, or for neither: no last move"
        )
    return values


def worth(values: Values, side: str) -> Any:
    """The payoffs of one side in the order of :data:`ENDS`."""
    return np.array([values[f"{side}.{end}"] or 0.0 for end in ENDS])


def ends_for(side: str, status_quo: float, concession: float, conflict: float) -> list[Input]:
    """Inputs for the payoffs of one side."""
    return [
        payoff(f"{side}.status_quo", status_quo, f"payoff of the {side} without a challenge"),
        payoff(
            f"{side}.concession", concession, f"payoff of the {side} if the challenge is conceded"
        ),
        payoff(f"{side}.backdown", None, f"payoff of the {side} if the challenger backs down"),
        payoff(f"{side}.conflict", conflict, f"payoff of the {side} if the challenger presses on"),
    ]


CASE = Case(
    NAME,
    "Deterrence as a game of two or three moves with logit choice",
    inputs(
        *ends_for("challenger", 0.0, 1.0, -0.5),
        *ends_for("defender", 0.0, -1.0, -0.8),
        Input(PRECISION, 3.0),
    ),
    "precision=10",
    simulated,
    answers,
    complete,
)
