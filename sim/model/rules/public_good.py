"""Deterrence as a public good: what one state's force adds to that of the others."""

from __future__ import annotations

from sim.jit import rule


@rule
def left_to_add(others: float, own: float, half: float) -> float:
    """What a unit of the force ``own`` adds to deterrence beside ``others``, relative to the first
    unit of all.

    half / (others + half) x half / (others + own + half), the average slope of D(power) = power /
    (power + half) over ``own`` as a share of its slope at 0. It falls with what the others bring,
    which invites free riding (Olson and Zeckhauser 1966).
    """
    return half / (others + half) * (half / (others + own + half))


@rule
def added_deterrence(others: float, own: float, half: float) -> float:
    """What the force ``own`` adds to deterrence: D(others + own) - D(others)."""
    return own / half * left_to_add(others, own, half)


@rule
def utility_of_contributing(public_good: float, resolve: float, power: float, left: float) -> float:
    """Utility of what a state's own force adds to deterrence, per unit of its capability:
    public_good x resolve x power x left to add."""
    return public_good * resolve * power * left
