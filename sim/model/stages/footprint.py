"""Step 2. Footprint, fighting power, exposure and grievance from the present ladder."""

from __future__ import annotations

from typing import Any

from sim.enums import Effect, Participation, Watch
from sim.jit import stage
from sim.model.rules.provocation import at_the_front, crossing, grievance
from sim.model.rules.success import remaining
from sim.model.state import RUNGS


@stage
def fighting_power(i: int, w: Any, p: Any) -> float:
    """Fighting power of state ``i``: none on a rung that does not fight."""
    rung = w.rung[i]
    return w.strength[i] * p.power[rung] if p.fights[rung] else 0.0


@stage
def in_the_country(rung: int, p: Any) -> float:
    """The share of the forces on ``rung`` that is in the protégé's country."""
    return 1.0 - p.based_outside if rung == Participation.AIR_SEA else 1.0


@stage
def footprint_of(rung: int, p: Any) -> float:
    """Visible share of the capability on ``rung``."""
    return float(p.footprint[rung] * in_the_country(rung, p))


@stage
def exposure_of(rung: int, p: Any) -> float:
    """Exposure of the people on ``rung``."""
    return float(p.exposure[rung] * in_the_country(rung, p))


@stage
def update_footprint(w: Any, p: Any) -> None:
    """Sum footprint, fighting power, exposure and grievance over the ladder."""
    w.footprint = 0.0
    w.exposed = 0.0
    w.power = 0.0
    seen = p.force_size * at_the_front(p.forwardness, p.forward_footprint)
    near = p.force_size * at_the_front(p.forwardness, p.forward_power)
    for rung in range(RUNGS):
        w.footprint += seen * w.capability_on[rung] * footprint_of(rung, p)
        w.exposed += p.force_size * w.capability_on[rung] * exposure_of(rung, p)
        if p.fights[rung]:
            w.power += near * w.capability_on[rung] * p.power[rung]
    ground = Participation.GROUND
    w.ground_footprint = seen * w.capability_on[ground] * footprint_of(ground, p)
    w.grievance = 0.0
    w.grievance_declared = 0.0
    w.called = 0
    for line in range(p.n_lines):
        if p.line_effect[line] == Effect.PROVOKES:
            update_line(line, w, p)
        elif shown_on(w.rung[p.line_owner[line]], line, p) > p.line_threshold[line]:
            w.crossed[line] = 1
    w.grievance = remaining(w.grievance, w.relieved)
    w.grievance_declared = remaining(w.grievance_declared, w.relieved)


@stage
def army(w: Any, p: Any) -> float:
    """The protégé's army: the part that the challenger's position leaves, plus its growth."""
    return float(remaining(p.capability[p.protege], w.position) + w.grown)


@stage
def shown_on(rung: int, line: int, p: Any) -> float:
    """The footprint of a state on ``rung``, as far as its own red line watches it."""
    watches = p.line_watches[line]
    on_the_ground = watches == Watch.GROUND_FOOTPRINT and rung == Participation.GROUND
    return footprint_of(rung, p) if watches == Watch.FOOTPRINT or on_the_ground else 0.0


@stage
def update_line(line: int, w: Any, p: Any) -> None:
    """Add the grievance over one red line, and mark the line if it is crossed."""
    seen = seen_by(line, w.footprint, w.ground_footprint, p)
    if seen > p.line_threshold[line]:
        w.crossed[line] = 1
    reason = line_grievance(line, seen, w, p)
    w.grievance_declared += reason
    if reason > 0.0 and p.line_watches[line] != Watch.LONG_RANGE_ARMS:
        w.called = 1
    if p.line_backed[line]:
        w.grievance += reason


@stage
def seen_by(line: int, footprint: float, ground_footprint: float, p: Any) -> float:
    """The quantity that a provoking red line watches, for a force with this footprint."""
    if p.line_watches[line] == Watch.LONG_RANGE_ARMS:
        return float(p.long_range_arms)
    on_the_ground = p.line_watches[line] == Watch.GROUND_FOOTPRINT
    return float(ground_footprint if on_the_ground else footprint)


@stage
def line_grievance(line: int, seen: float, w: Any, p: Any) -> float:
    """Grievance over one red line that provokes. Consent reduces it for the force, not for the
    arms."""
    excused = 0.0 if p.line_watches[line] == Watch.LONG_RANGE_ARMS else w.consent
    crossed = crossing(seen, p.line_threshold[line], p.line_reach[line])
    return grievance(p.line_severity[line], crossed, excused)
