"""Provocation: how far a presence crosses red lines, and the grievance over it."""

from __future__ import annotations

from sim.jit import rule


@rule
def crossing(observed: float, threshold: float, reach: float) -> float:
    """How far a red line is crossed: 0 up to the threshold, 1 from the reach on."""
    if observed <= threshold:
        return 0.0
    if observed >= reach:
        return 1.0
    return (observed - threshold) / (reach - threshold)


@rule
def at_the_front(forwardness: float, effect: float) -> float:
    """Factor for the deployment of a force, from the rear to the front; 1 half-way."""
    return 1.0 + effect * (forwardness - 0.5)


@rule
def grievance(severity: float, crossed: float, excused: float) -> float:
    """Grievance over a crossed line: severity x crossing x (1 - consent given)."""
    return severity * crossed * (1.0 - excused)
