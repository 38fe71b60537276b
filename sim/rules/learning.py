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
def leaving_chance(shock: float, aversion: float) -> float:
    """Chance that a state exposed to a conceded strike goes down a rung: shock x aversion."""
    return shock * aversion
