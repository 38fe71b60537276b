"""Before month 1: the run's parameters, the private values, and the initial ladder."""

from __future__ import annotations

from typing import Any

from sim.enums import Role
from sim.jit import stage
from sim.model.rules.choice import MODEL_DECIDES
from sim.model.rules.participation import NEVER, quiet_rate, wait_for_review
from sim.model.rules.private_information import quantile
from sim.model.stages.backstop import begin_backstop
from sim.model.stages.footprint import army, update_footprint
from sim.model.stages.ladder import observe_ladder, sum_rungs
from sim.model.stages.participate import open_to
from sim.model.stages.private_values import draw_private_values
from sim.model.state import TOGETHER, TYPES
from sim.rng import DrawPurpose, uniforms


@stage
def draw_parameters(w: Any, p: Any, values: Any, base: Any, draws: Any, nodes: Any) -> None:
    """Draw this run's parameters: undo the previous run's events, then draw each parameter given
    as a distribution with its own random number, keyed by its path."""
    for e in range(p.n_events):
        for k in range(p.event_first[e], p.event_last[e]):
            values[p.set_address[k]] = base[p.set_address[k]]
    for first in range(0, len(draws), TOGETHER):
        draw_some(first, min(TOGETHER, len(draws) - first), w, values, draws, nodes)


@stage
def draw_some(first: int, count: int, w: Any, values: Any, draws: Any, nodes: Any) -> None:
    """Draw ``count`` parameters from ``first`` on. Their random numbers come before the values, so
    that the compiler computes several at once."""
    seed, run = w.seed, w.run
    for k in range(count):
        w.drawn_stream[k] = draws[first + k].stream
    for k in range(count):
        u, _, _, _ = uniforms(seed, DrawPurpose.DRAWN, 0, w.drawn_stream[k], run)
        w.u_drawn[k] = u
    for k in range(count):
        u = w.u_drawn[k]
        draw = draws[first + k]
        guide = draw.guide
        cell = int(u * (len(guide) - 1))
        values[draw.address] = quantile(u, nodes[0], nodes[1], guide[cell], guide[cell + 1] + 2)


@stage
def reset(w: Any, p: Any) -> None:
    """Set the memory of the world to its values before month 1."""
    w.month = 0
    w.action = 0
    w.tension = 0.0
    w.peak_tension = 0.0
    w.times_answered = 0.0
    w.times_conceded = 0.0
    w.casualties = 0.0
    w.survival = 1.0
    w.grown = 0.0
    w.position = 0.0
    w.relieved = 0.0
    w.threat_remembered = 0.0
    w.open_threat = 0
    w.hurt = 0
    w.sympathy = 1.0
    w.stood = 0
    w.truce = 0
    w.truce_month = 0
    w.truce_broken = 0
    w.outlook = 0.0
    w.war = 0
    w.trigger = 0
    w.over = 0
    for i in range(p.n_states):
        w.credit[i] = p.line_belief
        w.answer_with[i] = 1.0
        w.answer_without[i] = 0.0
    for kind in range(TYPES):
        w.type_belief[kind] = 1.0 / TYPES
    for line in range(p.n_lines):
        w.crossed[line] = 0
    for e in range(p.n_events):
        w.fired[e] = 0


@stage
def reset_counts(w: Any) -> None:
    """Set what is counted in a run to 0."""
    w.threats = 0
    w.empty_threats = 0
    w.changes = 0
    w.strikes_answered = 0
    w.offensives = 0
    w.called_off = 0
    w.probes = 0
    w.strikes = 0
    w.mobilisations = 0
    w.accidents = 0
    w.successes = 0
    w.strikes_below_holding = 0
    w.mobilisations_below_holding = 0
    w.unattributed = 0
    w.retaliations = 0
    w.wrong_blames = 0
    w.months_under_force = 0
    w.offers = 0
    w.refused_by_challenger = 0
    w.refused_by_protege = 0


@stage
def leave_to_model(w: Any, p: Any) -> None:
    """Leave every decision to the model."""
    w.dictated_backstop = MODEL_DECIDES
    w.dictated_threat = MODEL_DECIDES
    w.dictated_truce = MODEL_DECIDES
    w.dictated_acceptance = MODEL_DECIDES
    w.dictated_challenge = MODEL_DECIDES
    w.dictated_press = MODEL_DECIDES
    w.dictated_retaliation = MODEL_DECIDES
    for i in range(p.n_states):
        w.dictated_target[i] = MODEL_DECIDES
        w.dictated_answer[i] = MODEL_DECIDES


@stage
def draw_private(w: Any, p: Any) -> None:
    """Draw the uniforms behind the private values of each state, and its first review."""
    seed, run, quiet = w.seed, w.run, w.quiet_rate
    for i in range(p.n_states):
        resolve, candour, wait, _ = uniforms(seed, DrawPurpose.CHARACTER, 0, p.stream[i], run)
        w.u_resolve[i] = resolve
        w.u_candour[i] = candour
        due = wait_for_review(wait, quiet)
        w.due[i] = due if p.role[i] == Role.GUARANTOR else NEVER
    _, _, _, w.u_ambition = uniforms(seed, DrawPurpose.CHARACTER, 0, p.stream[p.challenger], run)


@stage
def place_states(w: Any, p: Any) -> None:
    """Place each state at its initial rung, as far as its private ceiling and its conditions
    allow."""
    for i in range(p.n_states):
        w.rung[i] = 0
        if p.role[i] == Role.GUARANTOR:
            w.rung[i] = min(int(p.start[i]), w.ceiling[i])
    sum_rungs(w, p)
    observe_ladder(w)
    for i in range(p.n_states):
        w.rung[i] = min(w.rung[i], open_to(i, w, p))
    for i in range(p.n_states):
        w.target[i] = w.rung[i]
        w.under_way[i] = 0.0
        w.own_losses[i] = 0.0
        w.attacked[i] = 0.0
    sum_rungs(w, p)
    observe_ladder(w)
    update_footprint(w, p)


@stage
def begin_run(
    seed: int,
    run: int,
    w: Any,
    p: Any,
    values: Any,
    base: Any,
    draws: Any,
    nodes: Any,
    surface: Any,
) -> None:
    """Set up a run before month 1."""
    w.seed = seed
    w.run = run
    draw_parameters(w, p, values, base, draws, nodes)
    reset(w, p)
    reset_counts(w)
    leave_to_model(w, p)
    w.ceasefire = p.ceasefire
    w.consent = p.consent
    w.backstop = p.backstop
    w.quiet_rate = quiet_rate(p.review)
    begin_backstop(w, p)
    draw_private(w, p)
    draw_private_values(w, p, surface)
    place_states(w, p)
    w.stood = 1 if w.power >= p.standing_force else 0
    w.greatest_power = w.power
    w.army = army(w, p)
