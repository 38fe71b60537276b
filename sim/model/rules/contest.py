"""The chance of winning a fight: relative strength, and how decisive it is."""

from __future__ import annotations

from sim.arithmetic import log
from sim.jit import rule
from sim.model.rules.choice import logistic

MOST = 100.0


@rule
def challenger_wins(defence: float, challenger: float, decisiveness: float) -> float:
    """Chance that the challenger wins: 1 / (1 + (defence / challenger)^decisiveness).

    One half at parity and at 0 against 0. A ratio contest (Tullock 1980; Hirshleifer 1989), as a
    logistic of log strengths so that nothing overflows.
    """
    if defence == challenger:
        return 0.5
    if challenger <= 0.0:
        return 0.0
    if defence <= 0.0:
        return 1.0
    return logistic(decisiveness * (log(challenger) - log(defence)))


@rule
def relative_defence(defence: float, challenger: float) -> float:
    """Defence per unit of challenger, at most 100, so that a challenger of 0 stays a number."""
    if defence <= 0.0:
        return 0.0
    if challenger * MOST <= defence:
        return MOST
    return defence / challenger
