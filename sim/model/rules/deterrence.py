"""Whether to challenge: the utility of an action, and the expected answer to it."""

from __future__ import annotations

import math

from sim.arithmetic import erf, exp
from sim.jit import rule
from sim.model.rules.choice import expected_utility


@rule
def attribution(floor: float, verification: float) -> float:
    """Chance that an action is attributed to the challenger: a ``floor`` that the action itself
    reveals, and the rest in proportion to verification."""
    return floor + (1.0 - floor) * verification


@rule
def attributed_given_unanswered(traced: float, answered: float) -> float:
    """Chance that an unanswered action was attributed.

    (traced - answered) / (1 - answered): only attributed actions are answered.
    """
    return (traced - answered) / (1.0 - answered) if answered < 1.0 else 0.0


@rule
def sanctions_cost(
    sanction_cost: float, sanctions: float, relief: float, attributed: float
) -> float:
    """Expected cost of sanctions, less the share that partners offset."""
    return sanction_cost * sanctions * (1.0 - min(1.0, relief)) * attributed


@rule
def success(contested: float, win: float) -> float:
    """Chance that an action succeeds: only its contested part depends on winning."""
    return 1.0 - contested * (1.0 - win)


@rule
def expected_war_cost(
    war_cost: float,
    alone: float,
    backed: float,
    backstop: float,
    restraint: float,
    power: float,
    half: float,
) -> float:
    """Cost of direct war: rises with the power that defies and with the backstop.

    (war_cost (alone + backed x backstop) + restraint) power / (power + half). ``restraint`` is the
    challenger's own red line on such a war. Without the last factor any token force would deter
    as well as a large one (Reiter and Poast 2021 find that tripwires do not).
    """
    return (war_cost * (alone + backed * backstop) + restraint) * power / (power + half)


@rule
def action_utility(
    succeeds: float,
    prize: float,
    cost: float,
    own_cost: float,
    contested: float,
    relative_defence: float,
    slips: float,
    dread: float,
    sanctions: float,
) -> float:
    """Utility of an action to the challenger.

    Success x prize - cost (own + contested x relative defence) - slip x dread - sanctions. The
    slip is the chance that the crisis becomes war: the threat that leaves something to chance
    (Schelling 1960).
    """
    fight = cost * (own_cost + contested * relative_defence)
    return succeeds * prize - fight - slips * dread - sanctions


@rule
def benefit_of_success(
    ambition: float, gain: float, fear: float, grievance: float, relief: float
) -> float:
    """Benefit of success: territorial revision, and relief from grievance."""
    return ambition * gain + fear * grievance * relief


@rule
def crisis_value(
    answered: float, presses: float, conceded: float, pressed: float, backed_down: float
) -> float:
    """Utility of a challenge before the answer is known, by backward induction.

    (1 - answered) conceded + answered (presses x pressed + (1 - presses) backed_down).
    """
    return expected_utility(answered, expected_utility(presses, pressed, backed_down), conceded)


@rule
def expected_answer(
    attributed: float, clarity: float, would_answer: float, reputation: float
) -> float:
    """Chance of an answer as the challenger expects it: with a clear commitment the chance that
    the coalition would answer, with an unclear one its reputation."""
    return attributed * (clarity * would_answer + (1.0 - clarity) * reputation)


@rule
def quorum_chance(mean: float, variance: float, quorum: float, alone: bool) -> float:
    """Chance that the defying share of fighting power exceeds the quorum.

    For a single guarantor (``alone``) its own chance; otherwise the normal approximation with the
    share's mean and variance.
    """
    if alone:
        return mean
    if variance <= 0.0:
        return 1.0 if mean > quorum else 0.0
    return 0.5 * (1.0 + erf((mean - quorum) / math.sqrt(2.0 * variance)))


@rule
def review_chance(pace: float, tension: float, tension_pace: float, haste: float) -> float:
    """Monthly chance that the challenger reviews: 1 - exp(-pace (1 + tension_pace x tension)
    x haste)."""
    return 1.0 - exp(-pace * (1.0 + tension_pace * tension) * haste)
