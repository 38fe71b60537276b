"""The protégé's answer to a violation that nobody else answers, and the blame for it."""

from __future__ import annotations

from sim.jit import rule


@rule
def support_relied_on(clarity: float, would_answer: float) -> float:
    """Chance of support that the protégé relies on: an unclear commitment promises nothing."""
    return clarity * would_answer


@rule
def utility_of_retaliating(
    resolve: float,
    loss: float,
    risk: float,
    alone: float,
    emboldenment: float,
    support: float,
    supported: float,
) -> float:
    """Utility of answering a violation, if complaining has utility 0.

    Resolve x loss - risk x alone + emboldenment x support x (alone - supported): the stake, less
    the risk that the challenger makes more of it and wins against the protégé ``alone``, plus the
    value of the promise that it would then fight ``supported``. If emboldenment equals risk, the
    promise counts at its expected value. If it is larger, the protégé takes risks at the expense of
    its allies (moral hazard: Snyder 1984; Fearon 1997).
    """
    return resolve * loss - risk * alone + emboldenment * support * (alone - supported)


@rule
def chance_of_retaliating(freedom: float, chooses: float) -> float:
    """Chance that the protégé retaliates: that it is free to, and chooses to."""
    return freedom * chooses


@rule
def stake_after_blame(resolve: float, sympathy: float) -> float:
    """The resolve with which a guarantor still stands by the protégé: resolve x sympathy."""
    return resolve * sympathy


@rule
def chance_of_wrong_blame(error: float, verification: float) -> float:
    """Chance that the protégé is blamed for beginning what it answered: error x
    (1 - verification)."""
    return error * (1.0 - verification)


@rule
def sympathy_after(sympathy: float, lost: float) -> float:
    """Share of their resolve with which others stand by the protégé, after a wrong blame."""
    return sympathy * (1.0 - lost)
