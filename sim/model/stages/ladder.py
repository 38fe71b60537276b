"""The ladder: the states and the capability on each rung, and moves between rungs."""

from __future__ import annotations

from typing import Any

from sim.enums import Participation, Role
from sim.jit import stage
from sim.model.state import RUNGS


@stage
def sum_rungs(w: Any, p: Any) -> None:
    """Count the guarantors on each rung, and sum their capability."""
    for rung in range(RUNGS):
        w.states_on[rung] = 0
        w.capability_on[rung] = 0.0
    for i in range(p.n_states):
        if p.role[i] == Role.GUARANTOR:
            arrive(i, w.rung[i], w, p)


@stage
def step(i: int, rung: int, w: Any, p: Any) -> None:
    """Move state ``i`` to ``rung`` and update the counts."""
    left = w.rung[i]
    w.states_on[left] -= 1
    # An empty rung has exactly zero capability, whatever rounding left of the sum.
    w.capability_on[left] = w.capability_on[left] - p.capability[i] if w.states_on[left] else 0.0
    w.rung[i] = rung
    arrive(i, rung, w, p)
    w.mover[w.moved] = i
    w.moved += 1


@stage
def arrive(i: int, rung: int, w: Any, p: Any) -> None:
    """Count state ``i`` on ``rung``."""
    w.states_on[rung] += 1
    w.capability_on[rung] += p.capability[i]


@stage
def states_at(rung: int, w: Any) -> int:
    """Number of guarantors at ``rung`` or above."""
    count = 0
    for higher in range(rung, RUNGS):
        count += w.states_on[higher]
    return count


@stage
def observe_ladder(w: Any) -> None:
    """Update what states observe when they review: the ladder of last month."""
    total = 0.0
    climbed = 0.0
    for rung in range(RUNGS):
        total += w.capability_on[rung]
        climbed += w.capability_on[rung] * rung
    w.norm = climbed / total if total > 0.0 else 0.0
    w.others = states_at(Participation.MONITORING, w)
    w.moved = 0
