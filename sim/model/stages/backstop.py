"""Step 3. The backer, if there is one, decides on the backstop."""

from __future__ import annotations

from typing import Any

from sim.enums import Challenge
from sim.jit import stage
from sim.model.rules.backstop import LEVELS, backstop_level, effort_shown, utility_of_backing
from sim.model.rules.choice import MODEL_DECIDES, decided
from sim.model.rules.escalation import slip_chance
from sim.model.rules.participation import NEVER, wait_for_review
from sim.model.rules.public_good import added_deterrence
from sim.model.rules.response import feared_war
from sim.model.stages.footprint import fighting_power
from sim.model.stages.participate import chosen_option, compare_options, weigh_by_logit
from sim.rng import DrawPurpose, uniforms


@stage
def decides_on_backstop(w: Any, p: Any) -> bool:
    """Whether a state decides on the backstop, and not the setting alone."""
    return bool(p.effort_weight > 0.0 and w.backer >= 0)


@stage
def begin_backstop(w: Any, p: Any) -> None:
    """Find the backer, and draw the month of its first review."""
    w.backer = -1
    w.backstop_due = NEVER
    for i in range(p.n_states):
        if p.backs[i]:
            w.backer = i
    if decides_on_backstop(w, p):
        _, wait, _, _ = uniforms(w.seed, DrawPurpose.BACKSTOP, 0, p.stream[w.backer], w.run)
        w.backstop_due = wait_for_review(wait, w.quiet_rate)


@stage
def reviews_backstop(w: Any, p: Any) -> bool:
    """Whether the backstop is reviewed this month."""
    due = w.backstop_due <= w.month or w.dictated_backstop != MODEL_DECIDES
    return decides_on_backstop(w, p) and bool(due)


@stage
def review_backstop(w: Any, p: Any) -> None:
    """The backer sees the force that stands and decides on a level of the backstop."""
    u, wait, _, _ = uniforms(w.seed, DrawPurpose.BACKSTOP, w.month, p.stream[w.backer], w.run)
    if w.backstop_due <= w.month:
        w.backstop_due = w.month + wait_for_review(wait, w.quiet_rate)
    for option in range(LEVELS):
        w.option[option] = backing_utility(backstop_level(option), w, p)
    compare_options(0, LEVELS, w)
    weigh_by_logit(LEVELS, w, p)
    chosen = chosen_option(u, 0, LEVELS, w)
    w.backstop = backstop_level(decided(w.dictated_backstop, chosen))


@stage
def effort_of_others(w: Any, p: Any) -> float:
    """Fighting power of the guarantors but the backer."""
    return max(0.0, w.power - fighting_power(w.backer, w, p))


@stage
def backing_utility(level: float, w: Any, p: Any) -> float:
    """Utility of a level of the backstop to the backer. It fears the war that a strike would slip
    into."""
    backer = w.backer
    slips = slip_chance(p.slip[Challenge.STRIKE], w.tension)
    return utility_of_backing(
        level,
        w.resolve[backer],
        added_deterrence(w.power, w.power * level, p.risk_half),
        p.effort_weight,
        effort_shown(effort_of_others(w, p), p.effort_asked),
        p.casualty_aversion[backer] * feared_war(slips, p.entrapment, 0.0, 0.0),
    )
