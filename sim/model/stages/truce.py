"""Step 5. While fighting goes on, the challenger and then the protégé accept or refuse a truce."""

from __future__ import annotations

from typing import Any

from sim.enums import Challenge
from sim.jit import stage
from sim.model.rules.bargaining import (
    breaking_chance,
    costly_lottery,
    gain_without_attack,
    worth_of_terms,
    worth_of_waiting,
)
from sim.model.rules.choice import choice_probability, decided
from sim.model.rules.deterrence import attribution, expected_answer
from sim.model.rules.success import remaining
from sim.model.stages.expectations import (
    coalition_reputation,
    crisis_utility,
    win_chance,
    win_chance_later,
)
from sim.model.stages.promise import promise, promised_grievance
from sim.rng import DrawPurpose, uniforms

QUARTER = 3


@stage
def terms_on_the_table(w: Any, p: Any) -> bool:
    """Whether the two sides weigh a truce this month: each quarter while fighting goes on, if
    there are talks."""
    if p.talks <= 0.0 or w.ceasefire or w.month % QUARTER != 0:
        return False
    held, _, _, _ = uniforms(w.seed, DrawPurpose.TRUCE, w.month, p.stream[p.challenger], w.run)
    return bool(held < p.talks)


@stage
def weigh_truce(w: Any, p: Any) -> None:
    """The challenger accepts or refuses the terms, and then the protégé does: the pledged force
    comes as far as the conditions of the states allow."""
    _, first, second, _ = uniforms(
        w.seed, DrawPurpose.TRUCE, w.month, p.stream[p.challenger], w.run
    )
    w.offers += 1
    promise(1.0, w, p)
    accepts = 1 if first < choice_probability(p.precision, *challenger_choice(w, p)) else 0
    agrees = 1 if second < choice_probability(p.precision, *protege_choice(w, p)) else 0
    if not decided(w.dictated_truce, accepts):
        w.refused_by_challenger += 1
    elif not decided(w.dictated_acceptance, agrees):
        w.refused_by_protege += 1
    else:
        w.ceasefire = 1.0
        if not w.truce:
            w.truce_month = w.month
        w.truce = 1


@stage
def challenger_choice(w: Any, p: Any) -> tuple[float, float]:
    """The challenger's utilities of a truce on these terms, and of fighting on."""
    ambition = remaining(w.ambition, w.position)
    fighting = costly_lottery(win_chance(0.0, w, p), ambition, p.attrition)
    grievance = promised_grievance(w, p)
    influence = p.leverage * ambition
    unforced = gain_without_attack(influence, win_chance_later(w, p))
    later = max(later_offensive(grievance, w, p), unforced)
    now = gain_without_attack(influence, win_chance(w.power, w, p))
    peace = worth_of_waiting(p.discount, now, max(0.0, later))
    return worth_of_terms(peace, p.fear[p.challenger], grievance - w.grievance), fighting


@stage
def later_offensive(grievance: float, w: Any, p: Any) -> float:
    """The challenger's utility of an offensive a year after a truce, if the whole promised force is
    there."""
    a = Challenge.MOBILISATION
    me = p.challenger
    power = w.promised_power
    army, outlook = w.army, w.outlook
    # By then the army has grown, and waiting has changed what it changes.
    w.army += p.regeneration
    w.outlook = 0.0
    worth = crisis_utility(
        a,
        w.ambition,
        grievance,
        w.combat_felt[me],
        w.line_felt[me, a],
        answer_to_promised(a, w, p),
        power,
        win_chance(power, w, p),
        win_chance(0.0, w, p),
        w,
        p,
    )
    w.army, w.outlook = army, outlook
    return worth


@stage
def answer_to_promised(a: int, w: Any, p: Any) -> float:
    """Chance that the promised force answers ``a``, if it stands and keeps its promise."""
    if w.promised_power <= 0.0:
        return 0.0
    return expected_answer(
        attribution(p.attribution[a], p.verification),
        p.clarity,
        1.0,
        coalition_reputation(w, p),
    )


@stage
def protege_choice(w: Any, p: Any) -> tuple[float, float]:
    """The protégé's utilities of a truce on these terms, which cost it a part of its aims, and of
    fighting on."""
    resolve = w.resolve[p.protege]
    safe = 1.0 - win_chance_later(w, p)
    truce = costly_lottery(safe, resolve, resolve * p.ceded)
    return truce, costly_lottery(1.0 - win_chance(0.0, w, p), resolve, p.attrition)


@stage
def is_breach(w: Any) -> bool:
    """Whether something happened this month that may end a truce: a war, an attributed strike, or
    a mobilisation, even one that was called off."""
    attributed = w.action == Challenge.STRIKE and w.attributed
    return bool(w.ceasefire and (w.war or attributed or w.action == Challenge.MOBILISATION))


@stage
def chance_of_break(w: Any, p: Any) -> float:
    """Chance that what happened this month ends the truce: none if truces do not break."""
    if p.truce_fragility <= 0.0 or not is_breach(w):
        return 0.0
    return breaking_chance(p.truce_fragility, w.action, w.war > 0)


@stage
def break_truce(w: Any, p: Any) -> None:
    """A breach ends the truce by chance. Conditions that ask for a ceasefire then lapse."""
    _, _, _, u = uniforms(w.seed, DrawPurpose.TRUCE, w.month, p.stream[p.challenger], w.run)
    if u < chance_of_break(w, p):
        w.ceasefire = 0.0
        w.truce_broken = 1
