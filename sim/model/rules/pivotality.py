"""Pivotal answers: what a state's own defiance adds to the answer of the coalition."""

from __future__ import annotations

from sim.jit import rule


@rule
def believed_answer(pivotality: float, expected: float, alone: float) -> float:
    """Chance of the coalition's answer that a state decides by: pivotality x expected + (1 -
    pivotality) x alone.

    ``alone`` is the answer if only its own decision counted: 1 if it defies, 0 if it concedes.
    """
    return pivotality * expected + (1.0 - pivotality) * alone


@rule
def utility_of_riding_free(
    resolve: float, loss: float, presses: float, win: float, declared: float
) -> float:
    """Utility of conceding while the others answer: minus the stake if the challenger presses and
    wins, and minus the cost of backing down from a declared line."""
    return -resolve * loss * presses * win - declared


@rule
def utility_of_defying_in_vain(
    resolve: float,
    loss: float,
    targets: float,
    exposure: float,
    mobilise: float,
    answer_cost: float,
) -> float:
    """Utility of defying while the coalition does not answer: minus the cost of answering, and
    minus the stake, more if its own people were the target."""
    return -(answer_cost + mobilise * loss) - resolve * loss * (1.0 + targets * exposure)
