"""Escalation without a decision: accidents, the slip into war, and general war."""

from __future__ import annotations

from sim.arithmetic import exp
from sim.jit import rule


@rule
def slip_chance(slip: float, tension: float) -> float:
    """Chance that a pressed crisis becomes direct war: min(1, slip (1 + tension))."""
    return min(1.0, slip * (1.0 + tension))


@rule
def general_war_chance(base: float, per_tension: float, tension: float) -> float:
    """Chance that direct war becomes general: min(1, base (1 + per_tension x tension))."""
    return min(1.0, base * (1.0 + per_tension * tension))


@rule
def accident_hazard(
    rate: float,
    contact: float,
    tension: float,
    tension_pace: float,
    verification: float,
    prevented: float,
) -> float:
    """Expected accidental clashes a month: rate x contact (1 + pace x tension)(1 - prevented x
    verification)."""
    return rate * contact * (1.0 + tension_pace * tension) * (1.0 - prevented * verification)


@rule
def chance_of(hazard: float) -> float:
    """Chance of an occurrence in a month, from its hazard: 1 - exp(-hazard)."""
    return 1.0 - exp(-hazard)
