"""Step 6. The challenger holds, probes, strikes or mobilises; accidents happen."""

from __future__ import annotations

from typing import Any

from sim.enums import Challenge
from sim.jit import stage
from sim.model.rules.choice import decided
from sim.model.rules.deterrence import attribution
from sim.model.rules.escalation import accident_hazard, chance_of
from sim.model.rules.learning import belief_after
from sim.model.rules.provocation import at_the_front, crossing
from sim.model.stages.challenger_types import learn_type
from sim.model.stages.expectations import (
    action_chance,
    action_chosen,
    inferred_utilities,
    own_utilities,
    update_challenger_expectations,
    update_guarantor_expectations,
)
from sim.model.stages.private_values import watched
from sim.rng import DrawPurpose, uniforms


@stage
def challenge(w: Any, p: Any) -> None:
    """The challenger, if it reviews its options this month, holds or challenges. Without a
    challenge, an accident may happen: a probe that nobody ordered."""
    _, u, traced, accident = uniforms(
        w.seed, DrawPurpose.CHALLENGE, w.month, p.stream[p.challenger], w.run
    )
    w.ordered = 1
    if w.reviewed or w.dictated_challenge > Challenge.HOLD:
        update_challenger_expectations(w, p)
        probe, strike, mobilise = own_utilities(w, p)
        chosen = action_chosen(u, probe, strike, mobilise, p)
        w.action = decided(w.dictated_challenge, chosen)
        if w.action == Challenge.STRIKE and strike < 0.0:
            w.strikes_below_holding += 1
        elif w.action == Challenge.MOBILISATION and mobilise < 0.0:
            w.mobilisations_below_holding += 1
        credit = w.credit[p.challenger]
        update_credibility(w, p)
        if p.learning > 0.0:
            learn_type(w.action if is_attributed(traced, w, p) else Challenge.HOLD, credit, w, p)
    if w.action == Challenge.HOLD and accident < accident_chance(w, p):
        w.action = Challenge.PROBE
        w.ordered = 0
    if w.action != Challenge.HOLD:
        open_crisis(traced, w, p)


@stage
def accident_chance(w: Any, p: Any) -> float:
    """Chance of an accidental clash this month."""
    contact = w.footprint * at_the_front(p.forwardness, p.forward_contact)
    return chance_of(
        accident_hazard(
            p.accident, contact, w.tension, p.tension_pace, p.verification, p.accident_verification
        )
    )


@stage
def update_credibility(w: Any, p: Any) -> None:
    """Bayesian update of the belief that the challenger means its red lines, by its choice."""
    believed = w.credit[p.challenger]
    if believed > 0.0:
        w.credit[p.challenger] = belief_after(
            believed, inferred_choice_chance(1.0, w, p), inferred_choice_chance(0.0, w, p)
        )


@stage
def inferred_choice_chance(meant: float, w: Any, p: Any) -> float:
    """Probability, from public values, of the challenger's choice if it means its lines
    (``meant`` 1) or not (0)."""
    utilities = inferred_utilities(w.believed_ambition, meant, w, p)
    return action_chance(w.action, *utilities, p)


@stage
def is_attributed(traced: float, w: Any, p: Any) -> bool:
    """Whether the challenge is attributed to the challenger."""
    return bool(traced < attribution(p.attribution[w.action], p.verification))


@stage
def open_crisis(traced: float, w: Any, p: Any) -> None:
    """Record the challenge and the lines it crosses, and update the guarantors' expectations."""
    a = w.action
    w.attributed = 1 if is_attributed(traced, w, p) else 0
    w.unattributed += 1 - w.attributed
    if not w.ordered:
        w.accidents += 1
    elif a == Challenge.PROBE:
        w.probes += 1
    elif a == Challenge.STRIKE:
        w.strikes += 1
    else:
        w.mobilisations += 1
    w.defying = 0.0
    w.u_press, w.u_slip, w.u_general, w.u_success = uniforms(
        w.seed, DrawPurpose.CRISIS, w.month, p.stream[p.challenger], w.run
    )
    update_guarantor_expectations(a, w, p)
    for line in range(p.n_lines):
        watches = p.line_watches[line]
        seen = watched(watches, a, p)
        if crossing(seen, p.line_threshold[line], p.line_reach[line]) > 0.0:
            w.crossed[line] = 1
