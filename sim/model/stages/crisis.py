"""Steps 7 to 9. Defy or concede, press or back down, and chance: slip and general war."""

from __future__ import annotations

from typing import Any

from sim.enums import Challenge, Trigger, War, Watch
from sim.jit import stage
from sim.model.rules.choice import choice_probability, decided
from sim.model.rules.deterrence import success
from sim.model.rules.escalation import general_war_chance, slip_chance
from sim.model.rules.learning import belief_after
from sim.model.rules.provocation import crossing
from sim.model.rules.response import coalition_acts
from sim.model.rules.success import accumulated
from sim.model.stages.casualties import suffer
from sim.model.stages.expectations import (
    can_call_off,
    defiance,
    press_precision,
    press_utility,
    win_chance,
)
from sim.model.stages.footprint import fighting_power, update_footprint
from sim.rng import DrawPurpose, uniforms


@stage
def respond(i: int, w: Any, p: Any) -> None:
    """State ``i``, if it can fight and the challenge is attributed, defies or concedes. The
    answer updates the belief that it means its lines."""
    w.defies[i] = 0
    if not w.attributed:
        return
    power = fighting_power(i, w, p)
    if power <= 0.0:
        return
    u, _, _, _ = uniforms(w.seed, DrawPurpose.RESPONSE, w.month, p.stream[i], w.run)
    a = w.action
    chance = defiance(i, a, w.resolve[i], w.line_felt[i, a], w.combat_felt[i], w, p)
    if decided(w.dictated_answer[i], 1 if u < chance else 0):
        w.defies[i] = 1
        w.defying += power
    if w.line_declared[i, a] > 0.0 or w.combat_declared[i] > 0.0:
        meant = inferred_response_chance(i, 1.0, w, p)
        w.credit[i] = belief_after(w.credit[i], meant, inferred_response_chance(i, 0.0, w, p))


@stage
def inferred_response_chance(i: int, meant: float, w: Any, p: Any) -> float:
    """Probability, from public values, of the choice of state ``i`` if it means its lines
    (``meant`` 1) or not (0)."""
    a = w.action
    line = w.line_declared[i, a] * meant
    defies = defiance(i, a, p.resolve[i], line, w.combat_declared[i] * meant, w, p)
    return defies if w.defies[i] else 1.0 - defies


@stage
def press(w: Any, p: Any) -> None:
    """The coalition answers or not. If it answers, the challenger presses on or backs down. A
    mobilisation can be called off even if nobody answers it."""
    w.answered = 1 if coalition_acts(w.defying, w.power, p.quorum) else 0
    if w.attributed and w.power > 0.0:
        w.times_answered += w.answered
        w.times_conceded += 1 - w.answered
    w.carried_out = 1
    if w.answered or can_call_off(w.action, p):
        w.carried_out = goes_on(w, p)
    if w.answered:
        w.pressed = w.carried_out


@stage
def goes_on(w: Any, p: Any) -> int:
    """Whether the challenger carries its challenge out, or backs down."""
    a = w.action
    worth = press_utility(w.answered, w, p)
    chance = choice_probability(press_precision(a, p), worth, -p.back_down[a])
    return decided(w.dictated_press, 1 if w.u_press < chance else 0)


@stage
def resolve_escalation(w: Any, p: Any) -> None:
    """A pressed crisis may slip into direct war, and a direct war may become general. An
    offensive that is carried out without the coalition is a war as well."""
    a = w.action
    if a == Challenge.MOBILISATION:
        w.offensives += w.carried_out
        w.called_off += 1 - w.carried_out
    elif a == Challenge.STRIKE:
        w.strikes_answered += w.answered
    if w.pressed:
        slips = slip_chance(p.slip[a], w.tension)
        w.survival *= 1.0 - slips
        if w.u_slip < slips:
            spreads = general_war_chance(p.general_war, p.general_war_tension, w.tension)
            end_in_war(War.GENERAL if w.u_general < spreads else War.LIMITED, w)
            cross_combat_lines(w, p)
    if not w.war and w.carried_out:
        if a == Challenge.MOBILISATION:
            end_in_war(War.UNOPPOSED, w)
        elif w.ordered:
            succeed(w, p)
    if a != Challenge.MOBILISATION or w.carried_out:
        suffer(p.violence[a], p.targets_force[a], p.targets_force[a], w, p)


@stage
def succeed(w: Any, p: Any) -> None:
    """A challenge carried through without war may succeed: then the challenger's position improves
    and its grievance is relieved."""
    a = w.action
    win = win_chance(w.defying if w.answered else 0.0, w, p)
    if w.u_success < success(p.contested[a], win):
        w.successes += 1
        w.position = accumulated(w.position, p.gain_delivered * p.gain[a])
        w.relieved = accumulated(w.relieved, p.relief_delivered * p.relief[a])
        if p.relief_delivered > 0.0:
            update_footprint(w, p)


@stage
def cross_combat_lines(w: Any, p: Any) -> None:
    """Mark the red lines on direct combat that a war with the coalition crosses."""
    for line in range(p.n_lines):
        crossed = crossing(1.0, p.line_threshold[line], p.line_reach[line])
        if p.line_watches[line] == Watch.DIRECT_COMBAT and crossed > 0.0:
            w.crossed[line] = 1


@stage
def end_in_war(war: int, w: Any) -> None:
    """End the run in a war, and record its trigger."""
    w.war = war
    w.over = 1
    if not w.ordered:
        w.trigger = Trigger.ACCIDENT
    elif w.action == Challenge.MOBILISATION:
        w.trigger = Trigger.OFFENSIVE
    elif w.action == Challenge.STRIKE:
        w.trigger = Trigger.STRIKE
    else:
        w.trigger = Trigger.PROBE
