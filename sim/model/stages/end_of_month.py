"""Steps 11 and 12. Withdrawal after a conceded strike; losses, tension and the protégé's army."""

from __future__ import annotations

from typing import Any

from sim.enums import Challenge, Role
from sim.jit import stage
from sim.model.rules.learning import leaving_chance, remembered, tension_after
from sim.model.stages.casualties import forget, suffer
from sim.model.stages.footprint import exposure_of
from sim.model.stages.ladder import step
from sim.model.stages.participate import decide
from sim.model.stages.threat import remember_threat
from sim.model.stages.truce import break_truce, is_breach
from sim.rng import DrawPurpose, uniforms


@stage
def strike_conceded(w: Any) -> bool:
    """Whether a strike went unanswered this month."""
    return bool(w.action == Challenge.STRIKE and not w.answered)


@stage
def withdraw(i: int, w: Any, p: Any) -> None:
    """After a conceded strike, an exposed state may move down a rung."""
    rung = w.rung[i]
    if p.role[i] != Role.GUARANTOR or rung == 0 or exposure_of(rung, p) <= 0.0:
        return
    _, u, _, _ = uniforms(w.seed, DrawPurpose.RESPONSE, w.month, p.stream[i], w.run)
    if u < leaving_chance(p.shock, p.casualty_aversion[i]):
        step(i, rung - 1, w, p)
        decide(i, min(w.target[i], rung - 1), w)


@stage
def end_month(w: Any, p: Any) -> None:
    """Update the truce, losses, tension, the protégé's army and the counts of the run."""
    if is_breach(w):
        break_truce(w, p)
    if p.incidental_fire > 0.0 and not w.ceasefire:
        suffer(p.incidental_fire, 1.0, 0.0, w, p)
    if w.hurt:
        forget(w, p)
    if p.threat > 0.0:
        remember_threat(w, p)
    w.tension = tension_after(
        w.tension,
        remembered(p.tension_half_life),
        w.action,
        p.tension_challenge,
        w.pressed == 1 or w.retaliates == 1,
        p.tension_press,
        p.tension_cap,
    )
    w.peak_tension = max(w.peak_tension, w.tension)
    w.greatest_power = max(w.greatest_power, w.power)
    w.grown += p.regeneration / 12.0
    if w.power >= p.standing_force:
        w.months_under_force += 1
        w.stood = 1
    if w.month >= p.months:
        w.over = 1
