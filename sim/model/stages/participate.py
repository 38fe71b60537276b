"""Step 1. Participation: each guarantor that reviews moves at most one rung."""

from __future__ import annotations

from typing import Any

from sim.enums import Participation
from sim.jit import stage
from sim.model.rules.choice import UNAVAILABLE, choose
from sim.model.rules.participation import (
    conditions_met,
    danger,
    highest_rung,
    utility_of_effort,
    utility_of_rung,
    wait_for_review,
)
from sim.model.stages.ladder import step
from sim.rng import DrawPurpose, uniforms


@stage
def open_to(i: int, w: Any, p: Any) -> int:
    """The highest rung open to state ``i`` now."""
    others = w.others - (1.0 if w.rung[i] >= Participation.MONITORING else 0.0)
    met = conditions_met(
        p.requires_ceasefire[i],
        p.ceasefire,
        p.requires_consent[i],
        p.consent,
        p.requires_backstop[i],
        p.backstop,
        p.requires_clarity[i],
        p.clarity,
        p.requires_others[i],
        others,
    )
    return highest_rung(w.ceiling[i], met)


@stage
def rung_utility(rung: int, i: int, effort: float, risk: float, w: Any, p: Any) -> float:
    """Utility of ``rung`` to state ``i``."""
    worth = utility_of_rung(
        effort,
        p.power[rung],
        p.exposure[rung],
        risk,
        p.solidarity[i],
        rung - w.norm - p.lead,
    )
    return worth - w.rung_restraint[i, rung]


@stage
def reviews(i: int, w: Any) -> bool:
    """Whether state ``i`` reviews its participation this month."""
    return bool(w.due[i] <= w.month)


@stage
def review_participation(i: int, w: Any, p: Any) -> None:
    """A review by state ``i``: it sees last month's ladder and moves at most one rung."""
    u, wait, _, _ = uniforms(w.seed, DrawPurpose.REVIEW, w.month, p.stream[i], w.run)
    w.due[i] = w.month + wait_for_review(wait, w.quiet_rate)
    here = w.rung[i]
    top = open_to(i, w, p)
    if here > top:
        step(i, here - 1, w, p)
        return
    effort = utility_of_effort(w.resolve[i], p.stake_threshold, p.fatigue, w.month / 12.0)
    threat = w.threat * w.credit[p.challenger]
    feared = danger(threat, p.consent, w.tension, p.ceasefire, p.calm_danger, p.fighting_danger)
    risk = p.casualty_aversion[i] * feared * (1.0 - p.cover * p.backstop)
    down = rung_utility(here - 1, i, effort, risk, w, p) if here > 0 else UNAVAILABLE
    stay = rung_utility(here, i, effort, risk, w, p)
    up = rung_utility(here + 1, i, effort, risk, w, p) if here < top else UNAVAILABLE
    chosen = here + choose(u, p.precision, down, stay, up, UNAVAILABLE) - 1
    if chosen != here:
        step(i, chosen, w, p)
