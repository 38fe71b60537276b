"""Kernels of the browser: one run, phase by phase, as a row of facts a month.

The phases are those between which states decide (:class:`sim.enums.Decision`). What a decider sees
is computed on a copy of the world, because expectations are written into it.
"""

from __future__ import annotations

from typing import Any

from sim.browser.layout import CAUSE_CEILING, CAUSE_CHOICE, CAUSE_CONDITION, FACTS_THAT_LAST
from sim.browser.runs import ending_of
from sim.enums import Challenge, Decision, Role
from sim.jit import stage
from sim.model.rules.choice import choice_probability
from sim.model.rules.deterrence import success
from sim.model.rules.escalation import general_war_chance, slip_chance
from sim.model.rules.response import coalition_acts
from sim.model.stages.backstop import review_backstop, reviews_backstop
from sim.model.stages.challenge import challenge
from sim.model.stages.challenger_review import review_options
from sim.model.stages.crisis import press, resolve_escalation, respond
from sim.model.stages.end_of_month import end_month, strike_conceded, withdraw
from sim.model.stages.events import advance_month
from sim.model.stages.expectations import (
    action_chance,
    can_call_off,
    coalition_reputation,
    defiance,
    own_utilities,
    press_precision,
    press_utility,
    update_challenger_expectations,
    win_chance,
)
from sim.model.stages.footprint import army, fighting_power, update_footprint
from sim.model.stages.initialise import begin_run, leave_to_model
from sim.model.stages.participate import deploy, follows, open_to, review_all
from sim.model.stages.promise import promise
from sim.model.stages.protege import (
    answer_violation,
    retaliation_chance,
    retaliation_utility,
    violation_unanswered,
)
from sim.model.stages.threat import can_threaten, decides_on_threat, threaten
from sim.model.stages.truce import (
    challenger_choice,
    chance_of_break,
    protege_choice,
    terms_on_the_table,
    weigh_truce,
)
from sim.model.state import ACTIONS, TYPES

# The decisions of each phase, in order.
PHASES = (
    (Decision.TARGET,),
    (Decision.BACKSTOP,),
    (Decision.THREAT,),
    (Decision.TRUCE, Decision.ACCEPTANCE),
    (Decision.CHALLENGE,),
    (Decision.ANSWER,),
    (Decision.PRESS,),
    (Decision.RETALIATION,),
)


@stage
def begin_story(
    seed: int,
    run: int,
    w: Any,
    p: Any,
    values: Any,
    base: Any,
    draws: Any,
    nodes: Any,
    surface: Any,
    story: Any,
    facts: Any,
) -> None:
    """Begin a run, and tell its start."""
    begin_run(seed, run, w, p, values, base, draws, nodes, surface)
    for e in range(p.n_events):
        story.event_month[e] = -1
    for line in range(p.n_lines):
        story.line_month[line] = -1
    for i in range(p.n_states):
        story.cause[i] = 0
    clear(w, p, story, facts)
    tell_state(w, p, story)


@stage
def open_month(w: Any, p: Any, values: Any, surface: Any, story: Any, facts: Any) -> None:
    """Begin a month: due events apply, and the challenger may review its options."""
    clear(w, p, story, facts)
    advance_month(w, p, values, surface)
    review_options(w, p)


@stage
def play_phase(decision: int, w: Any, seen: Any, both: Any, p: Any, story: Any) -> None:
    """Play the phase of the month that begins with ``decision``; what was dictated is then left to
    the model again. ``seen`` is a second world, and ``both`` the two as one array of numbers."""
    copy_world(both)
    if decision == Decision.TARGET:
        play_participation(w, seen, p, story)
    elif decision == Decision.BACKSTOP:
        play_backstop(w, p, story)
    elif decision == Decision.THREAT:
        play_threat(w, p, story)
    elif decision == Decision.TRUCE:
        play_truce(w, seen, p, story)
    elif decision == Decision.CHALLENGE:
        play_challenge(w, seen, p, story)
    elif decision == Decision.ANSWER:
        play_answers(w, seen, p, story)
    elif decision == Decision.PRESS:
        play_crisis(w, seen, p, story)
    elif decision == Decision.RETALIATION:
        play_end_of_month(w, seen, p, story)
    leave_to_model(w, p)


@stage
def copy_world(both: Any) -> None:
    """Copy the first world of ``both`` into the second."""
    words = len(both) // 2
    for k in range(words):
        both[words + k] = both[k]


@stage
def play_participation(w: Any, before: Any, p: Any, story: Any) -> None:
    """Reviews of participation, and moves; why a state decided to leave its rung."""
    review_all(w, p)
    for i in range(p.n_states):
        if w.target[i] != before.target[i]:
            story.cause[i] = cause_of(i, before.target[i], w, p)
    for i in range(p.n_states):
        if follows(i, w):
            deploy(i, w, p)
    if w.moved:
        update_footprint(w, p)


@stage
def cause_of(i: int, before: int, w: Any, p: Any) -> int:
    """Why state ``i`` decided to leave the rung ``before``."""
    top = open_to(i, w, p)
    if before <= top:
        return CAUSE_CHOICE
    return CAUSE_CONDITION if top < w.ceiling[i] else CAUSE_CEILING


@stage
def play_backstop(w: Any, p: Any, story: Any) -> None:
    """The backer's review of the backstop."""
    if reviews_backstop(w, p):
        story.backstop_reviewed = 1
        story.backstop_before = w.backstop
        review_backstop(w, p)


@stage
def play_threat(w: Any, p: Any, story: Any) -> None:
    """The challenger's threat."""
    if can_threaten(w, p) and decides_on_threat(w, p):
        story.threat_weighed = 1
    threaten(w, p)
    if story.threat_weighed:
        story.threatens = w.threatens
        story.threat_worth = w.worth_of_threat
        story.threat_moves = w.threat_moves
        story.threat_acts = w.threat_acts
        story.threat_chance = choice_probability(p.precision, w.worth_of_threat, 0.0)


@stage
def play_truce(w: Any, seen: Any, p: Any, story: Any) -> None:
    """Terms of a truce, if they are on the table, and the replies."""
    if not terms_on_the_table(w, p):
        return
    promise(1.0, seen, p)
    story.challenger_truce, story.challenger_fighting = challenger_choice(seen, p)
    story.protege_truce, story.protege_fighting = protege_choice(seen, p)
    refused = w.refused_by_challenger
    weigh_truce(w, p)
    story.talks = 1
    story.promised_power = w.promised_power
    story.challenger_accepts = 1 if w.refused_by_challenger == refused else 0
    story.protege_accepts = 1 if w.ceasefire else 0


@stage
def play_challenge(w: Any, seen: Any, p: Any, story: Any) -> None:
    """The challenger's turn, and its options as it saw them."""
    dictated = w.dictated_challenge > Challenge.HOLD
    challenge(w, p)
    if w.reviewed or dictated:
        story.reviewed = 1
        tell_options(seen, p, story)
    story.action = w.action
    if w.action != Challenge.HOLD:
        story.ordered = w.ordered
        story.attributed = w.attributed


@stage
def tell_options(seen: Any, p: Any, story: Any) -> None:
    """Utility, expected answer, chance and relief of each action."""
    update_challenger_expectations(seen, p)
    probe, strike, mobilise = own_utilities(seen, p)
    story.option_worth[0] = 0.0
    story.option_worth[1] = probe
    story.option_worth[2] = strike
    story.option_worth[3] = mobilise
    for a in range(ACTIONS):
        story.option_chance[a] = action_chance(a, probe, strike, mobilise, p)
        if a > 0:
            story.option_relief[a] = p.relief[a]
            story.option_answer[a] = seen.answer_to[a]
            share = seen.power_against[a] / seen.power if seen.power > 0.0 else 0.0
            story.option_defying[a] = share


@stage
def play_answers(w: Any, seen: Any, p: Any, story: Any) -> None:
    """The answers of the states, told as they are or would be if the challenge were attributed."""
    if w.action == Challenge.HOLD:
        return
    seen.attributed = 1
    for i in range(p.n_states):
        power = fighting_power(i, seen, p)
        if p.role[i] == Role.GUARANTOR and power > 0.0:
            a = w.action
            story.stand_power[i] = power
            story.stand_chance[i] = defiance(
                i, a, seen.resolve[i], seen.line_felt[i, a], seen.combat_felt[i], seen, p
            )
            respond(i, seen, p)
            story.stand_defies[i] = seen.defies[i]
    for i in range(p.n_states):
        respond(i, w, p)
    # The challenger knows the answer when it decides whether to carry its challenge out.
    story.answered = 1 if coalition_acts(w.defying, w.power, p.quorum) else 0
    story.defying = w.defying / w.power if w.power > 0.0 else 0.0
    story.quorum = p.quorum


@stage
def play_crisis(w: Any, seen: Any, p: Any, story: Any) -> None:
    """The challenger presses or backs down, and chance."""
    if w.action == Challenge.HOLD:
        return
    press(w, p)
    resolve_escalation(w, p)
    a = w.action
    story.pressed = w.pressed
    story.carried_out = w.carried_out
    story.crisis_casualties = w.casualties - seen.casualties
    if w.answered or can_call_off(a, p):
        tell_press(w, seen, p, story)
    if w.carried_out and w.ordered and not w.war:
        story.success_open = 1
        story.succeeded = 1 if w.successes > seen.successes else 0
        win = win_chance(seen.defying if w.answered else 0.0, seen, p)
        story.success_chance = success(p.contested[a], win)


@stage
def tell_press(w: Any, seen: Any, p: Any, story: Any) -> None:
    """The challenger's choice between carrying its challenge out and backing down."""
    a = w.action
    worth = press_utility(w.answered, seen, p)
    story.press_decided = 1
    story.press_worth = worth
    story.press_back_down = -p.back_down[a]
    story.press_chance = choice_probability(press_precision(a, p), worth, -p.back_down[a])
    story.slip = slip_chance(p.slip[a], w.tension)
    story.general = general_war_chance(p.general_war, p.general_war_tension, w.tension)


@stage
def play_end_of_month(w: Any, seen: Any, p: Any, story: Any) -> None:
    """The protégé's answer to a violation, withdrawals, and the end of the month."""
    if violation_unanswered(w, p):
        story.retaliation_open = 1
        story.retaliation_worth = retaliation_utility(seen, p)
        story.retaliation_chance = retaliation_chance(story.retaliation_worth, p)
        answer_violation(w, p)
        story.retaliates = w.retaliates
        story.blamed = 1 if w.wrong_blames > seen.wrong_blames else 0
    if strike_conceded(w):
        for i in range(p.n_states):
            rung = w.rung[i]
            withdraw(i, w, p)
            story.withdrew[i] = 1 if w.rung[i] != rung else 0
        update_footprint(w, p)
    held = 1 if w.ceasefire else 0
    story.breaking_chance = chance_of_break(w, p)
    end_month(w, p)
    story.truce_broken = 1 if held and not w.ceasefire else 0
    story.empty_threat = 1 if w.empty_threats > seen.empty_threats else 0
    tell_state(w, p, story)


@stage
def clear(w: Any, p: Any, story: Any, facts: Any) -> None:
    """Forget what happened last month. ``facts`` is the story as a flat array of numbers."""
    for k in range(FACTS_THAT_LAST, len(facts)):
        facts[k] = 0.0
    for i in range(p.n_states):
        story.rung_before[i] = w.rung[i]


@stage
def tell_state(w: Any, p: Any, story: Any) -> None:
    """Tell what holds at the end of the month."""
    story.month = w.month
    for i in range(p.n_states):
        story.rung[i] = w.rung[i]
        story.target[i] = w.target[i]
        story.credit[i] = w.credit[i]
    for kind in range(TYPES):
        story.type_belief[kind] = w.type_belief[kind]
    for e in range(p.n_events):
        if w.fired[e] and story.event_month[e] < 0:
            story.event_month[e] = w.month
    for line in range(p.n_lines):
        if w.crossed[line] and story.line_month[line] < 0:
            story.line_month[line] = w.month
    story.believed_ambition = w.believed_ambition
    story.ceasefire = 1 if w.ceasefire else 0
    story.consent = w.consent
    story.backstop = w.backstop
    story.tension = w.tension
    story.footprint = w.footprint
    story.power = w.power
    story.grievance = w.grievance
    story.army = army(w, p)
    story.reputation = coalition_reputation(w, p)
    story.position = w.position
    story.relieved = w.relieved
    story.threat_remembered = w.threat_remembered
    story.casualties = w.casualties
    story.war = w.war
    story.trigger = w.trigger
    story.over = w.over
    story.ending = ending_of(w, p)
