"""Participation of a guarantor: the utility of a rung, and its conditions."""

from __future__ import annotations

import math

from sim.arithmetic import log
from sim.jit import inlined_rule, rule

NEVER = 1_000_000


@rule
def danger(
    threat: float,
    consent: float,
    tension: float,
    ceasefire: float,
    calm_danger: float,
    fighting_danger: float,
) -> float:
    """Danger to deployed forces: threat (1 - consent) (calm + (1 - calm) min(1, tension)), plus
    ``fighting_danger`` without a ceasefire."""
    felt = calm_danger + (1.0 - calm_danger) * min(1.0, tension)
    return threat * (1.0 - consent) * felt + fighting_danger * (1.0 - ceasefire)


@rule
def risk_of_presence(aversion: float, danger: float, cover: float, backstop: float) -> float:
    """Expected cost of a full exposure: aversion x danger (1 - cover x backstop)."""
    return aversion * danger * (1.0 - cover * backstop)


@rule
def utility_of_effort(
    resolve: float, threshold: float, fatigue: float, years: float, support: float
) -> float:
    """Utility of a full effort: resolve above the threshold, less fatigue over the years, and with
    the ``support`` gained or lost by attacks (:mod:`sim.model.rules.casualties`)."""
    return resolve - threshold - fatigue * years + support


@rule
def utility_of_rung(
    effort: float,
    power: float,
    exposure: float,
    risk: float,
    solidarity: float,
    distance: float,
) -> float:
    """Utility of a rung: effort x power - risk x exposure - solidarity x distance / 5.

    ``risk`` is aversion x danger x the part that the backstop does not cover; ``distance`` the
    rungs from the coalition's norm plus ``lead`` to this one.
    """
    return effort * power - risk * exposure - solidarity * abs(distance) / 5.0


@rule
def conditions_met(
    needs_ceasefire: float,
    ceasefire: float,
    needs_consent: float,
    consent: float,
    needs_backstop: float,
    backstop: float,
    needs_clarity: float,
    clarity: float,
    needs_others: float,
    others: float,
) -> bool:
    """Whether all conditions of a state are met."""
    return (
        ceasefire >= needs_ceasefire
        and consent >= needs_consent
        and backstop >= needs_backstop
        and clarity >= needs_clarity
        and others >= needs_others
    )


@rule
def highest_rung(private_ceiling: int, met: bool, unconditional: int) -> int:
    """The highest rung open to a state: its private ceiling, and at most the ``unconditional`` rung
    while a condition is not met."""
    return private_ceiling if met else min(private_ceiling, unconditional)


@rule
def quiet_rate(review: float) -> float:
    """Rate of reviews for a monthly chance ``review``: -ln(1 - review), infinite for a review
    every month."""
    return -log(1.0 - review) if review < 1.0 else math.inf


@inlined_rule
def wait_for_review(u: float, quiet: float) -> int:
    """Months until the next review, at least 1: geometric, with the rate from
    :func:`quiet_rate`.

    One draw a review instead of one a month gives the same distribution in less time.
    """
    if quiet <= 0.0:
        return NEVER
    return 1 + int(min(-log(1.0 - u) / quiet, NEVER - 1.0))
