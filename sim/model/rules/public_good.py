"""Deterrence as a public good: what one state's force adds to that of the others."""

from __future__ import annotations

from sim.jit import rule


@rule
def added_deterrence(others: float, own: float, half: float) -> float:
    """What the power ``own`` adds to deterrence beside ``others``.

    D(others + own) - D(others) with D(power) = power / (power + half), written so that small forces
    are not lost to rounding. It falls with what the others bring, which invites free riding (Olson
    and Zeckhauser 1966).
    """
    base = others + half
    return own * half / (base * (base + own))


@rule
def utility_of_contributing(public_good: float, resolve: float, added: float) -> float:
    """Utility of what a state's own force adds to deterrence: public_good x resolve x added."""
    return public_good * resolve * added
