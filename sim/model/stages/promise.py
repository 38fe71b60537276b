"""The promised force: the force if every state reached the rung that its pledge and its conditions
allow."""

from __future__ import annotations

from typing import Any

from sim.enums import Effect, Participation, Role
from sim.jit import stage
from sim.model.rules.provocation import at_the_front
from sim.model.rules.success import remaining
from sim.model.stages.footprint import footprint_of, line_grievance, seen_by
from sim.model.stages.participate import allowed_rung


@stage
def joins(i: int, p: Any) -> float:
    """1 if state ``i`` pledged to take part with people of its own, otherwise 0."""
    is_guarantor = p.role[i] == Role.GUARANTOR
    return 1.0 if is_guarantor and int(p.pledge[i]) >= Participation.MONITORING else 0.0


@stage
def promise(ceasefire: float, w: Any, p: Any) -> None:
    """Sum the footprint and the fighting power of the force promised with or without a
    ceasefire."""
    joining = 0.0
    for i in range(p.n_states):
        joining += joins(i, p)
    w.promised_footprint = 0.0
    w.promised_ground = 0.0
    w.promised_power = 0.0
    seen = p.force_size * at_the_front(p.forwardness, p.forward_footprint)
    for i in range(p.n_states):
        if p.role[i] == Role.GUARANTOR:
            others = joining - joins(i, p)
            rung = allowed_rung(i, int(p.pledge[i]), ceasefire, others, w, p)
            footprint = seen * p.capability[i] * footprint_of(rung, p)
            w.promised_footprint += footprint
            if rung == Participation.GROUND:
                w.promised_ground += footprint
            if p.fights[rung]:
                w.promised_power += w.strength[i] * p.power[rung]


@stage
def promised_grievance(w: Any, p: Any) -> float:
    """The challenger's grievance if the promised force stood, arms included."""
    total = 0.0
    for line in range(p.n_lines):
        if p.line_effect[line] == Effect.PROVOKES and p.line_backed[line]:
            seen = seen_by(line, w.promised_footprint, w.promised_ground, p)
            total += line_grievance(line, seen, w, p)
    return remaining(total, w.relieved)
