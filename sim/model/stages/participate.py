"""Step 1. Participation: each guarantor that reviews decides on a rung, and forces follow."""

from __future__ import annotations

from typing import Any

from sim.enums import Participation
from sim.jit import LANES, stage
from sim.model.rules.casualties import support_after_attacks
from sim.model.rules.choice import MODEL_DECIDES, decided, weight_of_shortfall
from sim.model.rules.deployment import rungs_covered
from sim.model.rules.participation import (
    conditions_met,
    danger,
    highest_rung,
    risk_of_presence,
    utility_of_effort,
    utility_of_rung,
    wait_for_review,
)
from sim.model.rules.protege import stake_after_blame
from sim.model.rules.public_good import left_to_add, utility_of_contributing
from sim.model.rules.threat import felt_tension
from sim.model.stages.footprint import fighting_power
from sim.model.stages.ladder import step
from sim.model.state import RUNGS
from sim.rng import DrawPurpose, uniforms

TOP = RUNGS - 1


@stage
def open_to(i: int, w: Any, p: Any) -> int:
    """The highest rung open to state ``i`` now."""
    return allowed_rung(i, w.ceiling[i], w.ceasefire, others_than(i, w.others, w), w, p)


@stage
def others_than(i: int, taking_part: float, w: Any) -> float:
    """Number of other states among those ``taking_part``, at monitoring or above."""
    return max(0.0, taking_part - (1.0 if w.rung[i] >= Participation.MONITORING else 0.0))


@stage
def allowed_rung(i: int, highest: int, ceasefire: float, others: float, w: Any, p: Any) -> int:
    """The highest rung up to ``highest`` that the conditions of state ``i`` allow, with or without
    a ceasefire and with so many others taking part."""
    met = conditions_met(
        p.requires_ceasefire[i],
        ceasefire,
        p.requires_consent[i],
        w.consent,
        p.requires_backstop[i],
        w.backstop,
        p.requires_clarity[i],
        p.clarity,
        p.requires_others[i],
        others,
    )
    return highest_rung(highest, met, int(p.unconditional[i]))


@stage
def rung_utility(
    rung: int, i: int, resolve: float, effort: float, risk: float, w: Any, p: Any
) -> float:
    """Utility of ``rung`` to state ``i`` of this resolve."""
    utility = utility_of_rung(
        effort,
        p.power[rung],
        p.exposure[rung],
        risk,
        p.solidarity[i],
        rung - w.norm - p.lead,
    )
    if p.public_good > 0.0 and p.fights[rung]:
        others = max(0.0, w.power - fighting_power(i, w, p))
        left = left_to_add(others, w.strength[i] * p.power[rung], p.risk_half)
        utility += utility_of_contributing(p.public_good, resolve, p.power[rung], left)
    return utility - w.rung_restraint[i, rung]


@stage
def reviews(i: int, w: Any) -> bool:
    """Whether state ``i`` reviews its participation this month."""
    return bool(w.due[i] <= w.month or w.dictated_target[i] != MODEL_DECIDES)


@stage
def review_all(w: Any, p: Any) -> None:
    """The reviews of this month. All states see last month's ladder, so that the order does not
    matter."""
    count = 0
    for i in range(p.n_states):
        w.reviewer[count] = i
        count += 1 if reviews(i, w) else 0
    review_together(count, w, p)


@stage
def review_alone(i: int, w: Any, p: Any) -> None:
    """The review of state ``i``, if one is due."""
    if reviews(i, w):
        w.reviewer[0] = i
        review_together(1, w, p)


@stage
def review_together(count: int, w: Any, p: Any) -> None:
    """The first ``count`` states of ``w.reviewer`` each decide on a rung, at most ``1 + leap``
    rungs from their last decision."""
    prepare_reviews(count, w, p)
    weigh_reviews(count, w, p)
    for k in range(count):
        review_participation(k, w, p)


@stage
def whole_vectors(count: int) -> int:
    """``count`` rounded up to what a vector processor computes at once."""
    return (count + LANES - 1) // LANES * LANES


@stage
def prepare_reviews(count: int, w: Any, p: Any) -> None:
    """Draw for the ``count`` reviews of this month, and set the support of these states.

    Values that differ between states are copied into arrays first, so that the compiler computes
    several at once.
    """
    count = whole_vectors(count)
    for k in range(count):
        i = w.reviewer[k]
        w.reviewer_stream[k] = p.stream[i]
        w.reviewer_losses[k] = w.own_losses[i]
        w.reviewer_attacked[k] = w.attacked[i]
    seed, month, run, quiet = w.seed, w.month, w.run, w.quiet_rate
    for k in range(count):
        u, wait, _, _ = uniforms(seed, DrawPurpose.REVIEW, month, w.reviewer_stream[k], run)
        w.u_review[k] = u
        w.wait[k] = wait_for_review(wait, quiet)
    toll, losses, rally = p.toll, p.losses, p.rally
    for k in range(count):
        w.support[k] = support_after_attacks(
            toll, losses, w.reviewer_losses[k], rally, w.reviewer_attacked[k]
        )


@stage
def weigh_reviews(count: int, w: Any, p: Any) -> None:
    """Set the weights of the options of ``count`` reviews. Those of review ``k`` begin at
    ``w.first_option[k]``, with its ``w.lowest[k]`` rung."""
    feared = danger_felt(w.credit[p.challenger], w.threat_remembered, w, p)
    end = 0
    for k in range(count):
        i = w.reviewer[k]
        lowest, highest = rungs_in_reach(i, w, p)
        weigh_rungs(end, i, w.resolve[i], feared, w.support[k], lowest, highest, w, p)
        w.lowest[k] = lowest
        w.first_option[k] = end
        end += highest - lowest + 1
        compare_options(w.first_option[k], end, w)
    w.first_option[count] = end
    weigh_by_logit(end, w, p)


@stage
def review_participation(k: int, w: Any, p: Any) -> None:
    """Review ``k`` of this month: the state decides on a rung."""
    i = w.reviewer[k]
    if w.due[i] <= w.month:
        w.due[i] = w.month + w.wait[k]
    first = w.first_option[k]
    chosen = w.lowest[k] + chosen_option(w.u_review[k], first, w.first_option[k + 1], w)
    decide(i, decided(w.dictated_target[i], chosen), w)


@stage
def own_support(i: int, w: Any, p: Any) -> float:
    """What attacks add to the support of state ``i``."""
    return support_after_attacks(p.toll, p.losses, w.own_losses[i], p.rally, w.attacked[i])


@stage
def rungs_in_reach(i: int, w: Any, p: Any) -> tuple[int, int]:
    """The lowest and the highest rung that state ``i`` can decide on now. If its last decision is
    no longer open to it, it has no choice but to go down."""
    here = w.target[i]
    reach = 1 + int(p.leap)
    top = open_to(i, w, p)
    lowest = max(0, here - reach)
    if here > top:
        lowest = max(top, lowest)
        top = lowest
    return lowest, min(top, here + reach)


@stage
def danger_felt(believed: float, memory: float, w: Any, p: Any) -> float:
    """Danger to deployed forces, if the challenger's lines are ``believed`` and a threat is
    remembered as far as ``memory``."""
    threat = w.threat * believed
    tension = felt_tension(w.tension, p.threat, memory, w.norm / TOP)
    return danger(threat, w.consent, tension, w.ceasefire, p.calm_danger, p.fighting_danger)


@stage
def weigh_rungs(
    first: int,
    i: int,
    resolve: float,
    feared: float,
    support: float,
    lowest: int,
    highest: int,
    w: Any,
    p: Any,
) -> None:
    """Set ``w.option``, from position ``first`` on, to the utilities of the rungs to state ``i`` of
    this resolve, if a danger is ``feared`` and attacks add ``support``."""
    stake = stake_after_blame(resolve, w.sympathy)
    effort = utility_of_effort(stake, p.stake_threshold, p.fatigue, w.month / 12.0, support)
    risk = risk_of_presence(p.casualty_aversion[i], feared, p.cover, w.backstop)
    for rung in range(lowest, highest + 1):
        change = 0.0 if rung == w.target[i] else p.switching_cost
        utility = rung_utility(rung, i, stake, effort, risk, w, p) - change
        w.option[first + rung - lowest] = utility


@stage
def compare_options(first: int, end: int, w: Any) -> None:
    """Replace the utilities of the options of one choice, from ``first`` to before ``end``, by
    their differences from the best."""
    best = w.option[first]
    for k in range(first + 1, end):
        best = max(best, w.option[k])
    for k in range(first, end):
        w.option[k] -= best


@stage
def weigh_by_logit(count: int, w: Any, p: Any) -> None:
    """Set the logit weights of the first ``count`` options, of one choice or of several."""
    precision = p.precision
    for k in range(whole_vectors(count)):
        w.weight[k] = weight_of_shortfall(precision, w.option[k])


@stage
def chosen_option(u: float, first: int, end: int, w: Any) -> int:
    """Which of the options of one choice, counted from ``first``, the uniform ``u`` picks by
    ``w.weight``."""
    total = 0.0
    for k in range(first, end):
        total += w.weight[k]
    mark = u * total
    so_far = 0.0
    chosen = 0
    for k in range(first, end - 1):
        so_far += w.weight[k]
        chosen += 1 if mark >= so_far else 0
    return chosen


@stage
def decide(i: int, rung: int, w: Any) -> None:
    """State ``i`` decides to be at ``rung``."""
    if rung != w.target[i]:
        w.target[i] = rung
        w.under_way[i] = 0.0
        w.changes += 1


@stage
def follows(i: int, w: Any) -> bool:
    """Whether state ``i`` is not yet where it decided to be."""
    return bool(w.rung[i] != w.target[i])


@stage
def deploy(i: int, w: Any, p: Any) -> None:
    """State ``i`` moves towards the rung that it decided on, at its pace."""
    here, target = w.rung[i], w.target[i]
    time = p.deployment_time if target > here else p.withdrawal_time
    w.under_way[i] += 1.0
    rungs = rungs_covered(w.under_way[i], time)
    if rungs > 0:
        w.under_way[i] -= rungs * time
        step(i, min(target, here + rungs) if target > here else max(target, here - rungs), w, p)
