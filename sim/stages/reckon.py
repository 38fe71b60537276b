"""What a crisis would bring: the sums the challenger and the guarantors reckon with."""

from __future__ import annotations

from typing import Any

from sim.compiled import stage
from sim.rules.choice import prefers
from sim.rules.contest import challenger_wins, relative_defence
from sim.rules.deterrence import (
    attribution,
    expected_answer,
    gamble,
    prize,
    quorum_chance,
    sanctions_price,
    success,
    traced_unanswered,
    war_dread,
)
from sim.rules.escalation import slip_chance
from sim.rules.learning import reputation
from sim.rules.response import harm, price_of_backing_off, worth_of_conceding, worth_of_defying
from sim.stages.weigh import fighting_power


@stage
def carried_out(
    a: int,
    ambition: float,
    wronged: float,
    restraint: float,
    seen: float,
    power: float,
    w: Any,
    p: Any,
) -> float:
    """What carrying ``a`` out is worth to a challenger of that ambition, grievance and restraint,
    when ``power`` defies it and it is traced with chance ``seen``."""
    strength = p.capability[p.challenger]
    defence = w.army + power * (1.0 + p.backstop)
    win = challenger_wins(defence, strength, p.decisiveness)
    dread = war_dread(
        p.war_cost, p.war_cost_alone, p.war_cost_backed, p.backstop, restraint, power, p.risk_half
    )
    return gamble(
        success(p.contested[a], win),
        prize(ambition, p.gain[a], p.fear[p.challenger], wronged, p.relief[a]),
        p.cost[a],
        p.own_cost,
        p.contested[a],
        relative_defence(defence, strength),
        slip_chance(p.slip[a], w.tension),
        dread,
        sanctions_price(p.sanction_cost, p.sanctions, w.sanctions_relief, seen),
    )


@stage
def pressed_worth(a: int, power: float, w: Any, p: Any) -> float:
    """What pressing ``a`` on against ``power`` is worth to the challenger itself. Only what was
    traced is answered, so sanctions are certain."""
    restraint = w.combat_felt[p.challenger]
    return carried_out(a, w.ambition, w.grievance, restraint, 1.0, power, w, p)


@stage
def conceded_worth(a: int, answered: float, w: Any, p: Any) -> float:
    """What ``a`` is worth to the challenger where the coalition lets it pass, which it does with
    chance 1 - ``answered``."""
    seen = traced_unanswered(attribution(p.attribution[a], p.verification), answered)
    return carried_out(a, w.ambition, w.grievance, 0.0, seen, 0.0, w, p)


@stage
def reckon(a: int, w: Any, p: Any) -> None:
    """What the guarantors reckon with in a crisis over ``a``, from what is public: whether the
    challenger would press against them all, and whether it would win."""
    challenger = p.challenger
    believed = w.credit[challenger]
    wronged = w.grievance_declared * believed
    restraint = w.combat_declared[challenger] * believed
    pressed = carried_out(a, p.ambition[challenger], wronged, restraint, 1.0, w.power, w, p)
    w.reckoned_press = prefers(p.precision, pressed, -p.back_down[a])
    defence = w.army + w.power * (1.0 + p.backstop)
    w.reckoned_win = challenger_wins(defence, p.capability[challenger], p.decisiveness)


@stage
def defiance(
    i: int, a: int, resolve: float, line: float, restraint: float, w: Any, p: Any
) -> float:
    """Chance that state ``i`` defies ``a``, given its resolve, declared line and restraint."""
    exposure = p.exposure[w.rung[i]]
    price = price_of_backing_off(p.audience_cost[i], p.clarity, line)
    concede = worth_of_conceding(resolve, p.loss[a], p.targets_force[a], exposure, price)
    defy = worth_of_defying(
        resolve,
        p.loss[a],
        p.mobilise,
        w.reckoned_press,
        w.reckoned_win,
        p.casualty_aversion[i],
        harm(p.violence[a], p.remote_exposure, exposure, p.shield, p.backstop),
        restraint,
    )
    return prefers(p.precision, defy, concede)


@stage
def expected_defiance(a: int, w: Any, p: Any) -> float:
    """Expected share of the fighting power that defies ``a``, from the guarantors' public resolve
    and as far as their declared lines are believed; leaves the chance of an answer in
    ``w.reckoned_answer``."""
    reckon(a, w, p)
    mean = 0.0
    variance = 0.0
    fighters = 0
    for i in range(p.n_states):
        power = fighting_power(i, w, p)
        if power > 0.0:
            fighters += 1
            share = power / w.power
            line = w.line_declared[i, a] * w.credit[i]
            chance = defiance(i, a, p.resolve[i], line, w.combat_declared[i], w, p)
            mean += share * chance
            variance += share * share * chance * (1.0 - chance)
    w.reckoned_answer = 0.0
    if fighters > 0:
        w.reckoned_answer = expected_answer(
            attribution(p.attribution[a], p.verification),
            p.clarity,
            quorum_chance(mean, variance, p.quorum, fighters == 1),
            reputation(p.reputation_prior, p.reputation_weight, w.times_answered, w.times_conceded),
        )
    return mean
