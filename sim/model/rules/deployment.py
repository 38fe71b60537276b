"""Deployment: how far a state follows its decision in the time it has had."""

from __future__ import annotations

from sim.jit import rule

ALL = 1_000


@rule
def rungs_covered(months: float, time: float) -> int:
    """Rungs covered in ``months`` at ``time`` months a rung; all of them if that is 0."""
    return int(months / time) if time > 0.0 else ALL
