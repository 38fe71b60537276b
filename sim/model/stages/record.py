"""The record of a finished run."""

from __future__ import annotations

from typing import Any

from sim.enums import Participation, Role
from sim.jit import stage
from sim.model.stages.expectations import coalition_reputation
from sim.model.stages.footprint import army


@stage
def pledge_gap(w: Any, p: Any) -> float:
    """The share of the pledged power that is missing."""
    pledged = 0.0
    missing = 0.0
    for i in range(p.n_states):
        if p.role[i] == Role.GUARANTOR:
            pledge = int(p.pledge[i])
            pledged += p.capability[i] * p.power[pledge]
            missing += max(0.0, p.capability[i] * (p.power[pledge] - p.power[w.rung[i]]))
    return missing / pledged if pledged > 0.0 else 0.0


@stage
def stands(w: Any, p: Any) -> bool:
    """Whether a force stands at the end: its power is large enough, also relative to its greatest
    power."""
    return bool(w.power >= p.standing_force and w.power >= p.hollow_share * w.greatest_power)


@stage
def lines_crossed(w: Any, p: Any) -> int:
    """How many red lines were crossed at any time."""
    count = 0
    for line in range(p.n_lines):
        count += w.crossed[line]
    return count


@stage
def write_record(w: Any, p: Any, record: Any) -> None:
    """Write the run's record; :mod:`sim.model.outcomes` derives the outcome from it."""
    record.replication = w.run
    record.seed = w.seed
    record.war = w.war
    record.trigger = w.trigger
    record.stood = w.stood
    record.stands = 1 if stands(w, p) else 0
    record.truce = w.truce
    record.truce_broken = w.truce_broken
    record.truce_month = w.truce_month
    record.month = w.month
    record.risk = 1.0 - w.survival
    count_incidents(w, record)
    record.lines_crossed = lines_crossed(w, p)
    write_levels(w, p, record)
    count_rungs(w, record)


@stage
def count_incidents(w: Any, record: Any) -> None:
    """Challenges, answers, threats and offers, by their number."""
    record.probes = w.probes
    record.strikes = w.strikes
    record.mobilisations = w.mobilisations
    record.accidents = w.accidents
    record.successes = w.successes
    record.strikes_answered = w.strikes_answered
    record.offensives = w.offensives
    record.called_off = w.called_off
    record.strikes_below_holding = w.strikes_below_holding
    record.mobilisations_below_holding = w.mobilisations_below_holding
    record.offers = w.offers
    record.refused_by_challenger = w.refused_by_challenger
    record.refused_by_protege = w.refused_by_protege
    record.unattributed = w.unattributed
    record.threats = w.threats
    record.empty_threats = w.empty_threats
    record.retaliations = w.retaliations
    record.wrong_blames = w.wrong_blames
    record.answered = int(w.times_answered)
    record.conceded = int(w.times_conceded)
    record.months_under_force = w.months_under_force
    record.changes = w.changes


@stage
def write_levels(w: Any, p: Any, record: Any) -> None:
    """Forces, tension, beliefs and losses at the end."""
    record.force = w.power
    record.greatest_force = w.greatest_power
    record.footprint = w.footprint
    record.protege = army(w, p)
    record.position = w.position
    record.backstop = w.backstop
    record.tension = w.tension
    record.peak_tension = w.peak_tension
    record.reputation = coalition_reputation(w, p)
    record.credit = w.credit[p.challenger]
    record.casualties = w.casualties
    record.pledge_gap = pledge_gap(w, p)
    record.believed_ambition = w.believed_ambition
    record.misjudgement = abs(w.believed_ambition - w.ambition)


@stage
def count_rungs(w: Any, record: Any) -> None:
    """Number of guarantors on each rung."""
    record.at_none = w.states_on[Participation.NONE]
    record.at_political = w.states_on[Participation.POLITICAL]
    record.at_logistics = w.states_on[Participation.LOGISTICS]
    record.at_monitoring = w.states_on[Participation.MONITORING]
    record.at_air_sea = w.states_on[Participation.AIR_SEA]
    record.at_ground = w.states_on[Participation.GROUND]
