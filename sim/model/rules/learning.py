"""Learning from a month: reputation, tension, memory, belief in red lines, and withdrawal."""

from __future__ import annotations

from sim.arithmetic import exp, log
from sim.jit import rule


@rule
def reputation(prior: float, weight: float, answered: float, conceded: float) -> float:
    """The coalition's reputation for answering: the mean of a Beta updated by its record."""
    return (prior * weight + answered) / (weight + answered + conceded)


@rule
def remembered(half_life: float) -> float:
    """The share that remains after a month if half remains after ``half_life`` months."""
    return exp(-log(2.0) / half_life) if half_life > 0.0 else 0.0


@rule
def tension_after(
    tension: float,
    memory: float,
    rung: int,
    per_rung: float,
    pressed: bool,
    per_press: float,
    cap: float,
) -> float:
    """Tension next month: the remembered part plus this month's challenge, capped. ``pressed`` is
    true if the challenger pressed on or the protégé retaliated."""
    added = per_rung * rung + (per_press if pressed else 0.0)
    return min(cap, tension * memory + added)


@rule
def belief_after(belief: float, if_meant: float, if_bluff: float) -> float:
    """Belief that a state means its declared lines, after one of its choices.

    Bayes: belief x if_meant / (belief x if_meant + (1 - belief) x if_bluff). The choice had chance
    ``if_meant`` for a state that means its lines, ``if_bluff`` for one that does not (Sartori 2002
    on reputations for honesty).
    """
    meant = belief * if_meant
    either = meant + (1.0 - belief) * if_bluff
    return meant / either if either > 0.0 else belief


@rule
def leaving_chance(shock: float, aversion: float) -> float:
    """Chance that a state exposed to a conceded strike moves down a rung: shock x aversion."""
    return shock * aversion
