"""What a month leaves behind: a name for answering, tension, and who has had enough."""

from __future__ import annotations

from sim.compiled import rule


@rule
def reputation(prior: float, weight: float, answered: float, conceded: float) -> float:
    """The coalition's name for answering: the mean of a Beta updated by what it did."""
    return (prior * weight + answered) / (weight + answered + conceded)


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
    """Tension next month: what lasts of it, and what this month's challenge added, capped."""
    added = per_rung * rung + (per_press if pressed else 0.0)
    return min(cap, tension * memory + added)


@rule
def credit_after(credit: float, lost: float, crossed: float) -> float:
    """How far a state is still believed after letting its declared line be crossed in vain.

    credit (1 - lost x crossed), the crossing counted up to 1. A bluff is called more often than a
    line that is felt, so it wears off sooner (Sartori 2002 on reputations for honesty).
    """
    return credit * (1.0 - lost * min(1.0, crossed))


@rule
def leaving_chance(shock: float, aversion: float) -> float:
    """Chance that a state exposed to a conceded strike goes down a rung: shock x aversion."""
    return shock * aversion
