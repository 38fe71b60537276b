"""Step 0. Due events apply, and all states observe last month's ladder."""

from __future__ import annotations

from typing import Any

from sim.enums import Challenge, Occasion
from sim.jit import stage
from sim.model.stages.footprint import army, update_footprint
from sim.model.stages.ladder import observe_ladder, states_at, sum_rungs
from sim.model.stages.private_values import draw_private_values
from sim.model.state import address_of

CEASEFIRE, CONSENT, BACKSTOP = (address_of(name) for name in ("ceasefire", "consent", "backstop"))


@stage
def is_due(e: int, w: Any, p: Any) -> bool:
    """Whether event ``e`` happens now."""
    if w.fired[e] or w.month < p.event_month[e]:
        return False
    occasion = p.event_occasion[e]
    if occasion == Occasion.FIRST_PROBE:
        return bool(w.probes > 0)
    if occasion == Occasion.FIRST_STRIKE:
        return bool(w.strikes > 0)
    if occasion == Occasion.FIRST_MOBILISATION:
        return bool(w.mobilisations > 0)
    if occasion == Occasion.FORCE_BELOW:
        return bool(w.stood and w.power < p.event_level[e])
    if occasion == Occasion.STATES_AT:
        return states_at(int(p.event_rung[e]), w) >= p.event_level[e]
    return True


@stage
def advance_month(w: Any, p: Any, values: Any, surface: Any) -> None:
    """Begin a month: reset its fields, apply the due events, observe the ladder."""
    w.month += 1
    w.action = Challenge.HOLD
    w.answered = 0
    w.pressed = 0
    w.retaliates = 0
    for e in range(p.n_events):
        if is_due(e, w, p):
            apply_event(e, w, p, values, surface)
    w.army = army(w, p)
    if w.moved:
        observe_ladder(w)


@stage
def apply_event(e: int, w: Any, p: Any, values: Any, surface: Any) -> None:
    """Apply event ``e`` and recompute everything that depends on its parameters."""
    w.fired[e] = 1
    for k in range(p.event_first[e], p.event_last[e]):
        values[p.set_address[k]] = p.set_value[k]
        if p.set_address[k] == CEASEFIRE:
            w.ceasefire = p.ceasefire
        elif p.set_address[k] == CONSENT:
            w.consent = p.consent
        elif p.set_address[k] == BACKSTOP:
            w.backstop = p.backstop
    draw_private_values(w, p, surface)
    sum_rungs(w, p)
    update_footprint(w, p)
    observe_ladder(w)
