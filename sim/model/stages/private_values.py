"""Private values of states, and the sums of their red lines."""

from __future__ import annotations

from typing import Any

from sim.enums import Challenge, Effect, Role, Watch
from sim.jit import stage
from sim.model.rules.private_information import private_ceiling, private_value
from sim.model.rules.provocation import at_the_front, crossing
from sim.model.stages.challenger_types import update_believed_ambition
from sim.model.stages.footprint import shown_on
from sim.model.state import ACTIONS, RUNGS


@stage
def draw_private_values(w: Any, p: Any, surface: Any) -> None:
    """Draw private values from public means and each state's uniforms; sum red lines by owner."""
    w.ambition = private_value(p.ambition[p.challenger], w.u_ambition, surface)
    w.sanctions_relief = 0.0
    w.threat = 0.0
    w.sincerity = 0.0
    near = p.force_size * at_the_front(p.forwardness, p.forward_power)
    for i in range(p.n_states):
        w.strength[i] = near * p.capability[i] if p.role[i] == Role.GUARANTOR else 0.0
        w.resolve[i] = private_value(p.resolve[i], w.u_resolve[i], surface)
        w.ceiling[i] = private_ceiling(int(p.pledge[i]), p.candour[i], w.u_candour[i])
        w.combat_declared[i] = 0.0
        w.combat_felt[i] = 0.0
        if p.role[i] == Role.PARTNER:
            w.sanctions_relief += p.sanctions_relief[i]
        for a in range(ACTIONS):
            w.line_declared[i, a] = 0.0
            w.line_felt[i, a] = 0.0
        for rung in range(RUNGS):
            w.rung_restraint[i, rung] = 0.0
    for line in range(p.n_lines):
        draw_line_values(line, w, p)
    w.sincerity = w.sincerity / w.threat if w.threat > 0.0 else 0.0
    w.threat = min(1.0, w.threat)
    update_believed_ambition(w, p)


@stage
def draw_line_values(line: int, w: Any, p: Any) -> None:
    """Add one red line to its owner's sums. A bluff is declared and expected, but not felt."""
    owner = p.line_owner[line]
    effect = p.line_effect[line]
    watches = p.line_watches[line]
    felt = p.line_severity[line] if p.line_backed[line] else 0.0
    if effect == Effect.PROVOKES:
        if watches != Watch.LONG_RANGE_ARMS:
            w.threat += p.line_severity[line]
            w.sincerity += felt
    elif watches == Watch.DIRECT_COMBAT:
        crossed = crossing(1.0, p.line_threshold[line], p.line_reach[line])
        w.combat_declared[owner] += p.line_severity[line] * crossed
        w.combat_felt[owner] += felt * crossed
    elif watches == Watch.FOOTPRINT or watches == Watch.GROUND_FOOTPRINT:
        for rung in range(RUNGS):
            seen = shown_on(rung, line, p)
            crossed = crossing(seen, p.line_threshold[line], p.line_reach[line])
            w.rung_restraint[owner, rung] += felt * crossed
    else:
        for a in range(1, ACTIONS):
            crossed = crossing(watched(watches, a, p), p.line_threshold[line], p.line_reach[line])
            w.line_declared[owner, a] += p.line_severity[line] * crossed
            w.line_felt[owner, a] += felt * crossed


@stage
def watched(watches: int, action: int, p: Any) -> float:
    """How much an action crosses what a line watches; zero for lines on anything but strikes and
    offensives."""
    if watches == Watch.STRIKE_ON_FORCE:
        return float(p.crosses[action])
    return 1.0 if watches == Watch.OFFENSIVE and action == Challenge.MOBILISATION else 0.0
