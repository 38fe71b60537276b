"""The ladder: who stands on its rungs, how much of their capability, and how a state moves."""

from __future__ import annotations

from typing import Any

from sim.enums import Participation, Role
from sim.jit import stage
from sim.model.state import RUNGS


@stage
def sum_rungs(w: Any, p: Any) -> None:
    """Count the guarantors on each rung, and sum their capability."""
    for rung in range(RUNGS):
        w.standing[rung] = 0
        w.massed[rung] = 0.0
    for i in range(p.n_states):
        if p.role[i] == Role.GUARANTOR:
            arrive(i, w.rung[i], w, p)


@stage
def step(i: int, rung: int, w: Any, p: Any) -> None:
    """State ``i`` moves to ``rung``, and the counts with it."""
    left = w.rung[i]
    w.standing[left] -= 1
    # Of nobody there is exactly nothing, whatever rounding left of the sum.
    w.massed[left] = w.massed[left] - p.capability[i] if w.standing[left] else 0.0
    w.rung[i] = rung
    arrive(i, rung, w, p)
    w.mover[w.moved] = i
    w.moved += 1


@stage
def arrive(i: int, rung: int, w: Any, p: Any) -> None:
    """State ``i`` is counted on ``rung``."""
    w.standing[rung] += 1
    w.massed[rung] += p.capability[i]


@stage
def states_at(rung: int, w: Any) -> int:
    """How many guarantors are at ``rung`` or above."""
    count = 0
    for higher in range(rung, RUNGS):
        count += w.standing[higher]
    return count


@stage
def observe_ladder(w: Any) -> None:
    """What everyone reviewing this month sees: last month's ladder."""
    total = 0.0
    climbed = 0.0
    for rung in range(RUNGS):
        total += w.massed[rung]
        climbed += w.massed[rung] * rung
    w.norm = climbed / total if total > 0.0 else 0.0
    w.others = states_at(Participation.MONITORING, w)
    w.moved = 0
