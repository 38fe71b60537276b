"""Step 0. Events due apply, and everyone takes stock of last month's ladder."""

from __future__ import annotations

from typing import Any

from sim.compiled import stage
from sim.stages.character import settle
from sim.stages.ladder import muster, states_at, take_stock
from sim.stages.weigh import weigh
from sim.vocabulary import Challenge, Occasion


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
        return states_at(int(p.event_rung[e]), w) >= p.event_level[e]
    return True


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
        take_stock(w)


@stage
def happen(e: int, w: Any, p: Any, values: Any, surface: Any) -> None:
    """Event ``e`` sets what it sets; what follows from that is settled and weighed at once."""
    w.fired[e] = 1
    for k in range(p.event_first[e], p.event_last[e]):
        values[p.set_address[k]] = p.set_value[k]
    settle(w, p, surface)
    muster(w, p)
    weigh(w, p)
    take_stock(w)
