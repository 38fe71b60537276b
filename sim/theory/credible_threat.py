"""A credible threat: the deterrence game against a defender of unknown type.

A hard defender defies, a soft one concedes. The challenger knows only the probability of a hard
defender and plays a best response: it challenges if the threat is not credible enough.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.jit import kernel
from sim.model.rules.choice import UNAVAILABLE, choice_probability, choose
from sim.model.rules.deterrence import crisis_value
from sim.rng import DrawPurpose, stream_id, uniforms
from sim.scenario.parameter import share_parameter
from sim.theory import closed_form
from sim.theory.case import Answer, Case, shares
from sim.theory.closed_form import sharp
from sim.theory.deterrence_game import ENDS, ends_for, payoffs, worth
from sim.theory.inputs import Input, Values, inputs

NAME = "credible-threat"


@kernel
def play(
    seed: int,
    where: Any,
    precision: float,
    has_last_move: bool,
    belief: float,
    c: Any,
    challenged: Any,
) -> None:
    """Set ``challenged`` to 1 for each game in which the challenger moves; ``c`` holds its payoffs
    in the order of :data:`ENDS`."""
    presses = choice_probability(precision, c[3], c[2]) if has_last_move else 1.0
    challenging = crisis_value(belief, presses, c[1], c[3], c[2])
    for run in range(len(challenged)):
        u, _, _, _ = uniforms(seed, DrawPurpose.CHALLENGE, 0, where, run)
        challenged[run] = choose(u, precision, c[0], challenging, UNAVAILABLE, UNAVAILABLE)


def simulated(values: Values, runs: int, seed: int) -> dict[str, float]:
    """The share of games with a challenge."""
    c = worth(values, "challenger")
    has_last_move = values["challenger.backdown"] is not None
    at_stake = c if has_last_move else np.delete(c, ENDS.index("backdown"))
    challenged = np.zeros(runs, np.int64)
    where = stream_id(f"theory {NAME}")
    play(seed, where, sharp(*at_stake), has_last_move, values["belief"], c, challenged)
    return {"challenge": float(challenged.mean())}


def answers(values: Values, seed: int) -> dict[str, Answer]:
    """The share of challenges: 1, 0 or one half as the belief is below, above or at the
    threshold."""
    chosen = closed_form.credible_threat(payoffs(values, "challenger"), values["belief"])
    return shares({"challenge": chosen})


CASE = Case(
    NAME,
    "A credible threat against a challenger that plays a best response",
    inputs(
        *ends_for("challenger", 0.0, 1.0, -0.2),
        Input(share_parameter("belief", 0.5, "the challenger's belief in a hard defender"), 0.8),
    ),
    "belief=0.85",
    simulated,
    answers,
)
