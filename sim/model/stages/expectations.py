"""Expected utilities of a crisis, for the challenger and for the guarantors."""

from __future__ import annotations

from typing import Any

from sim.enums import Challenge
from sim.jit import stage
from sim.model.rules.choice import UNAVAILABLE, choice_probability
from sim.model.rules.contest import challenger_wins, relative_defence
from sim.model.rules.deterrence import (
    action_utility,
    attributed_given_unanswered,
    attribution,
    benefit_of_success,
    crisis_value,
    expected_answer,
    expected_war_cost,
    quorum_chance,
    sanctions_cost,
    success,
)
from sim.model.rules.escalation import slip_chance
from sim.model.rules.learning import reputation
from sim.model.rules.response import (
    cost_of_backing_down,
    harm,
    utility_of_conceding,
    utility_of_defying,
)
from sim.model.stages.footprint import fighting_power
from sim.model.state import ACTIONS


@stage
def win_chance(power: float, w: Any, p: Any) -> float:
    """The challenger's chance to win against the protégé and ``power``."""
    defence = w.army + power * (1.0 + p.backstop)
    return challenger_wins(defence, p.capability[p.challenger], p.decisiveness)


@stage
def utility_of_carrying_out(
    a: int,
    ambition: float,
    wronged: float,
    restraint: float,
    seen: float,
    power: float,
    win: float,
    w: Any,
    p: Any,
) -> float:
    """What carrying ``a`` out is worth to a challenger of that ambition, grievance and restraint,
    when ``power`` defies it, it wins with chance ``win`` and is traced with chance ``seen``."""
    defence = w.army + power * (1.0 + p.backstop)
    dread = expected_war_cost(
        p.war_cost, p.war_cost_alone, p.war_cost_backed, p.backstop, restraint, power, p.risk_half
    )
    return action_utility(
        success(p.contested[a], win),
        benefit_of_success(ambition, p.gain[a], p.fear[p.challenger], wronged, p.relief[a]),
        p.cost[a],
        p.own_cost,
        p.contested[a],
        relative_defence(defence, p.capability[p.challenger]),
        slip_chance(p.slip[a], w.tension),
        dread,
        sanctions_cost(p.sanction_cost, p.sanctions, w.sanctions_relief, seen),
    )


@stage
def utility_if_pressed(a: int, power: float, w: Any, p: Any) -> float:
    """What pressing ``a`` on against ``power`` is worth to the challenger itself. Only what was
    traced is answered, so sanctions are certain."""
    restraint = w.combat_felt[p.challenger]
    win = win_chance(power, w, p)
    return utility_of_carrying_out(a, w.ambition, w.grievance, restraint, 1.0, power, win, w, p)


@stage
def update_expectations(a: int, w: Any, p: Any) -> None:
    """What the guarantors reckon with in a crisis over ``a``, from what is public: whether the
    challenger would press against them all, and whether it would win."""
    challenger = p.challenger
    believed = w.credit[challenger]
    wronged = w.grievance_declared * believed
    restraint = w.combat_declared[challenger] * believed
    win = win_chance(w.power, w, p)
    pressed = utility_of_carrying_out(
        a, p.ambition[challenger], wronged, restraint, 1.0, w.power, win, w, p
    )
    w.expected_press = choice_probability(p.precision, pressed, -p.back_down[a])
    w.expected_win = win


@stage
def defiance(
    i: int, a: int, resolve: float, line: float, restraint: float, w: Any, p: Any
) -> float:
    """Chance that state ``i`` defies ``a``, given its resolve, declared line and restraint."""
    exposure = p.exposure[w.rung[i]]
    price = cost_of_backing_down(p.audience_cost[i], p.clarity, line)
    concede = utility_of_conceding(resolve, p.loss[a], p.targets_force[a], exposure, price)
    defy = utility_of_defying(
        resolve,
        p.loss[a],
        p.mobilise,
        w.expected_press,
        w.expected_win,
        p.casualty_aversion[i],
        harm(p.violence[a], p.remote_exposure, exposure, p.shield, p.backstop),
        restraint,
    )
    return choice_probability(p.precision, defy, concede)


@stage
def expected_defiance(a: int, w: Any, p: Any) -> float:
    """Expected share of the fighting power that defies ``a``, from the guarantors' public resolve
    and as far as their declared lines are believed; leaves the chance of an answer in
    ``w.others_answer``."""
    update_expectations(a, w, p)
    mean = 0.0
    variance = 0.0
    fighters = 0
    for i in range(p.n_states):
        power = fighting_power(i, w, p)
        if power > 0.0:
            fighters += 1
            share = power / w.power
            line = w.line_declared[i, a] * w.credit[i]
            restraint = w.combat_declared[i] * w.credit[i]
            chance = defiance(i, a, p.resolve[i], line, restraint, w, p)
            mean += share * chance
            variance += share * share * chance * (1.0 - chance)
    w.others_answer = 0.0
    if fighters > 0:
        w.others_answer = expected_answer(
            attribution(p.attribution[a], p.verification),
            p.clarity,
            quorum_chance(mean, variance, p.quorum, fighters == 1),
            reputation(p.reputation_prior, p.reputation_weight, w.times_answered, w.times_conceded),
        )
    return mean


@stage
def update_outlook(w: Any, p: Any) -> None:
    """What the challenger reckons with, should it act: the answer to each action, the power that
    would defy it, and its own odds then."""
    w.odds_alone = win_chance(0.0, w, p)
    for a in range(1, ACTIONS):
        w.power_against[a] = expected_defiance(a, w, p) * w.power
        w.answer_to[a] = w.others_answer
        w.odds_against[a] = win_chance(w.power_against[a], w, p)


@stage
def challenge_value(
    a: int, ambition: float, wronged: float, combat: float, restraint: float, w: Any, p: Any
) -> float:
    """What challenge ``a``, looked ahead to, is worth before the answer is known to a challenger
    of that ambition and grievance, with that restraint on combat and on ``a`` itself."""
    if p.capability[p.challenger] <= 0.0:
        return UNAVAILABLE
    if a == Challenge.STRIKE and w.exposed <= 0.0:
        return UNAVAILABLE
    answered = w.answer_to[a]
    power = w.power_against[a]
    pressed = utility_of_carrying_out(
        a, ambition, wronged, combat, 1.0, power, w.odds_against[a], w, p
    )
    seen = attributed_given_unanswered(attribution(p.attribution[a], p.verification), answered)
    conceded = utility_of_carrying_out(a, ambition, wronged, 0.0, seen, 0.0, w.odds_alone, w, p)
    backed_down = -p.back_down[a]
    presses = choice_probability(p.precision, pressed, backed_down)
    return crisis_value(answered, presses, conceded, pressed, backed_down) - restraint


@stage
def own_value(a: int, w: Any, p: Any) -> float:
    """What challenge ``a``, looked ahead to, is worth to the challenger, which knows itself."""
    me = p.challenger
    restraint = w.line_felt[me, a]
    return challenge_value(a, w.ambition, w.grievance, w.combat_felt[me], restraint, w, p)


@stage
def supposed_value(a: int, meant: float, w: Any, p: Any) -> float:
    """What others suppose challenge ``a`` to be worth to the challenger, from what is public, if
    it means its lines (``meant`` 1) or not (0)."""
    me = p.challenger
    wronged = w.grievance_declared * meant
    combat = w.combat_declared[me] * meant
    restraint = w.line_declared[me, a] * meant
    return challenge_value(a, p.ambition[me], wronged, combat, restraint, w, p)
