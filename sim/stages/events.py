"""Step 0. Events due apply, and everyone takes stock of last month's ladder."""

from __future__ import annotations

from typing import Any

from sim.compiled import stage
from sim.stages.character import settle
from sim.stages.weigh import weigh
from sim.vocabulary import Challenge, Occasion, Participation, Role


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
    if occasion == Occasion.FIRST_OFFENSIVE:
        return bool(w.offensives > 0)
    if occasion == Occasion.FORCE_BELOW:
        return bool(w.stood and w.power < p.event_level[e])
    if occasion == Occasion.STATES_AT:
        return states_at(int(p.event_rung[e]), w, p) >= p.event_level[e]
    return True


@stage
def states_at(rung: int, w: Any, p: Any) -> int:
    """How many guarantors are at ``rung`` or above."""
    count = 0
    for i in range(p.n_states):
        if p.role[i] == Role.GUARANTOR and w.rung[i] >= rung:
            count += 1
    return count


@stage
def begin_month(w: Any, p: Any, values: Any, surface: Any) -> None:
    """Turn the page: events due apply, and what they change is settled at once."""
    w.month += 1
    w.action = Challenge.HOLD
    w.answered = 0
    w.pressed = 0
    for e in range(p.n_events):
        if is_due(e, w, p):
            happen(e, w, p, values, surface)
    w.army = p.capability[p.protege] + w.grown
    if w.moved:
        take_stock(w, p)


@stage
def happen(e: int, w: Any, p: Any, values: Any, surface: Any) -> None:
    """Event ``e`` sets what it sets; what follows from that is settled and weighed at once."""
    w.fired[e] = 1
    for k in range(p.event_first[e], p.event_last[e]):
        values[p.set_address[k]] = p.set_value[k]
    settle(w, p, surface)
    weigh(w, p)
    w.moved = 1


@stage
def take_stock(w: Any, p: Any) -> None:
    """What everyone reviewing this month sees: last month's ladder."""
    total = 0.0
    climbed = 0.0
    for i in range(p.n_states):
        if p.role[i] == Role.GUARANTOR:
            total += p.capability[i]
            climbed += p.capability[i] * w.rung[i]
    w.norm = climbed / total if total > 0.0 else 0.0
    w.others = states_at(Participation.MONITORING, w, p)
    w.moved = 0
