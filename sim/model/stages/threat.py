"""Step 4. At its reviews the challenger threatens, or stays silent."""

from __future__ import annotations

from typing import Any

from sim.enums import Challenge, Participation, Role
from sim.jit import stage
from sim.model.rules.choice import choice_probability, decided
from sim.model.rules.deterrence import benefit_of_success
from sim.model.rules.learning import belief_after, remembered
from sim.model.rules.success import remaining
from sim.model.rules.threat import (
    credit_at_stake,
    share_moved,
    utility_of_threatening,
    value_of_credit,
)
from sim.model.stages.expectations import (
    action_chance,
    inferred_utilities,
    own_utilities,
    update_challenger_expectations,
    win_chance,
)
from sim.model.stages.ladder import states_at
from sim.model.stages.participate import (
    allowed_rung,
    compare_options,
    danger_felt,
    others_than,
    own_support,
    weigh_by_logit,
    weigh_rungs,
)
from sim.rng import DrawPurpose, uniforms


@stage
def threaten(w: Any, p: Any) -> None:
    """If it reviews this month, the challenger threatens or stays silent, before it chooses its
    challenge. The threat is felt from the next month on."""
    w.threatens = 0
    w.credit_at_stake = 0.0
    if not can_threaten(w, p):
        return
    me = p.challenger
    if decides_on_threat(w, p):
        u, _, _, _ = uniforms(w.seed, DrawPurpose.THREAT, w.month, p.stream[me], w.run)
        update_challenger_expectations(w, p)
        w.worth_of_threat = threat_utility(w, p)
        chance = choice_probability(p.precision, w.worth_of_threat, 0.0)
        if decided(w.dictated_threat, 1 if u < chance else 0):
            w.threatens = 1
            w.threats += 1
    # What is at stake now is an earlier threat, if the force stays in spite of it.
    w.credit_at_stake = (
        credit_at_stake(w.credit[me], p.threat_bond) if w.open_threat and w.called else 0.0
    )


@stage
def can_threaten(w: Any, p: Any) -> bool:
    """Whether the challenger declared lines that it could threaten over, and threats are felt."""
    return bool(p.threat > 0.0 and w.threat > 0.0)


@stage
def decides_on_threat(w: Any, p: Any) -> bool:
    """Whether a challenger that can threaten decides this month whether to."""
    return bool(w.reviewed or w.dictated_threat == 1)


@stage
def threat_utility(w: Any, p: Any) -> float:
    """The challenger's utility of a threat. Needs its expectations. Sets the share of the force
    that it expects to move and the chance that it would act, and leaves ``w.credit_at_stake`` at
    what a threat stakes once it is called."""
    believed = w.credit[p.challenger]
    w.credit_at_stake = credit_at_stake(believed, p.threat_bond)
    w.threat_acts = acting_chance(*own_utilities(w, p), p)
    caught = belief_after(
        believed, 1.0 - inferred_acting_chance(1.0, w, p), 1.0 - inferred_acting_chance(0.0, w, p)
    )
    calm = expected_force(believed, 0.0, w, p)
    w.threat_moves = share_moved(calm, expected_force(believed, 1.0, w, p))
    later = share_moved(expected_force(caught, 0.0, w, p), expected_force(caught, 1.0, w, p))
    prize = remaining(p.gain[Challenge.MOBILISATION], w.position)
    lost = prize * (w.odds_alone - win_chance(calm, w, p))
    burden = benefit_of_success(w.ambition, lost, p.fear[p.challenger], w.grievance, 1.0)
    at_stake = value_of_credit(p.later_threats, burden, w.threat_moves, later)
    return utility_of_threatening(burden, w.threat_moves, at_stake, w.threat_acts)


@stage
def acting_chance(probe: float, strike: float, mobilise: float, p: Any) -> float:
    """Chance that a challenger with these utilities strikes or mobilises at a review."""
    strikes = action_chance(Challenge.STRIKE, probe, strike, mobilise, p)
    mobilises = action_chance(Challenge.MOBILISATION, probe, strike, mobilise, p)
    return strikes + mobilises


@stage
def inferred_acting_chance(meant: float, w: Any, p: Any) -> float:
    """The same as others infer it from public values and beliefs, if the challenger means its lines
    (``meant`` 1) or not (0)."""
    return acting_chance(*inferred_utilities(w.believed_ambition, meant, w, p), p)


@stage
def expected_force(believed: float, memory: float, w: Any, p: Any) -> float:
    """Fighting power that the guarantors would decide on, as the challenger expects it from their
    public resolve and pledges, if its lines are ``believed`` and a threat is remembered as far as
    ``memory``."""
    feared = danger_felt(believed, memory, w, p)
    force = 0.0
    for i in range(p.n_states):
        if p.role[i] == Role.GUARANTOR:
            force += expected_power(i, feared, w, p)
    return force


@stage
def expected_power(i: int, feared: float, w: Any, p: Any) -> float:
    """The part of state ``i`` in :func:`expected_force`."""
    # The ladder has moved since it was observed, and the state with it.
    others = others_than(i, states_at(Participation.MONITORING, w), w)
    top = allowed_rung(i, int(p.pledge[i]), w.ceasefire, others, w, p)
    if not can_fight_at(top, p):
        return 0.0
    weigh_rungs(0, i, p.resolve[i], feared, own_support(i, w, p), 0, top, w, p)
    compare_options(0, top + 1, w)
    weigh_by_logit(top + 1, w, p)
    total = 0.0
    fighting = 0.0
    for rung in range(top + 1):
        total += w.weight[rung]
        if p.fights[rung]:
            fighting += w.weight[rung] * p.power[rung]
    return w.strength[i] * fighting / total


@stage
def can_fight_at(top: int, p: Any) -> bool:
    """Whether a rung up to ``top`` fights."""
    fights = 0.0
    for rung in range(top + 1):
        fights = max(fights, p.fights[rung])
    return bool(fights > 0.0)


@stage
def remember_threat(w: Any, p: Any) -> None:
    """A threat that is called and not followed by force at the next review is empty; threats fade,
    and this month's is felt from now on."""
    acts = w.action >= Challenge.STRIKE
    if w.open_threat and (w.reviewed or acts):
        w.open_threat = 0
        if w.called and not acts:
            w.empty_threats += 1
    w.threat_remembered *= remembered(p.threat_half_life)
    if w.threatens:
        w.threat_remembered = 1.0
        w.open_threat = 1
