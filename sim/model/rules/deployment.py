"""Deployment: the time that a state takes to move to the rung that it decided on."""

from __future__ import annotations

from sim.jit import rule

ALL = 1_000


@rule
def rungs_covered(months: float, time: float) -> int:
    """Rungs that a state moves in ``months`` if each takes ``time`` months; the whole ladder at
    0."""
    return int(months / time) if time > 0.0 else ALL
