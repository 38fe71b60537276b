"""What a scenario's runs came to, in one sentence that its intervals allow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.figures.incidence import WARS
from sim.figures.wording import hedged, most, plural, several
from sim.statistics import change
from sim.vocabulary import Outcome

if TYPE_CHECKING:
    from sim.results import Results
    from sim.statistics import Estimate

ENDED = {
    Outcome.DURABLE_DETERRENCE: "deterrence holds and is never put to the test",
    Outcome.TESTED_DETERRENCE: "deterrence is put to the test and holds",
    Outcome.QUIET_WITHOUT_FORCE: "there is no war and never a force",
    Outcome.HOLLOWED_OUT: "there is no war, but the force that stood is gone",
    Outcome.RENEWED_OFFENSIVE: "the offensive comes and the coalition does not fight",
    Outcome.LIMITED_WAR: "the coalition is drawn into a limited war",
    Outcome.GENERAL_WAR: "there is a general war",
}


def headline(results: Results) -> str:
    """The commonest ending and the share of war, each with its 95 % interval.

    Where luck of the draw may have put two shares in their order, the sentence does not rank them.
    """
    if results.runs == 1:
        return f"In the one model run {ENDED[_ranked(results)[0]]}: a share takes more runs."
    first = leader(results)
    return f"{_ending(results, first)}; {_war(results, first)}."


def _ranked(results: Results) -> list[Outcome]:
    return sorted(results.outcomes, key=lambda outcome: -results.outcomes[outcome].value)


def leader(results: Results) -> Outcome | None:
    """The commonest ending, if it is clearly commoner than the next."""
    first, second = _ranked(results)[:2]
    shares = results.outcomes
    return first if commoner(shares[first], shares[second], results.runs) else None


def commoner(one: Estimate, other: Estimate, runs: int, at_once: int = 1) -> bool:
    """Whether of two things that exclude each other one clearly happens in more of ``runs``: their
    shares are of the same runs, so that what one gains the other may lose. For ``at_once`` see
    :func:`sim.statistics.change`."""
    gained, lost = (round(share.value * runs) for share in (one, other))
    return change(gained, lost, runs, at_once).low > 0


def _ending(results: Results, leader: Outcome | None) -> str:
    shares, runs = results.outcomes, plural(results.runs, "model run")
    if leader is not None:
        return f"In {hedged(shares[leader])} of {runs} {ENDED[leader]}"
    ranked = _ranked(results)
    rivals = [
        f"{o.label} {hedged(shares[o])}"
        for o in ranked
        if not commoner(shares[ranked[0]], shares[o], results.runs)
    ]
    return f"No ending stands out in {runs}: {several(rivals)} are too close to rank"


def _war(results: Results, leader: Outcome | None) -> str:
    war = results.measures["war"]
    within = f"within {plural(results.scenario.months, 'month')}"
    if war.value == 0:
        return f"none ends in war {within} (95 % interval up to {most(war)})"
    if leader is not None and results.outcomes[leader].value == war.value and leader in WARS:
        return f"no other kind of war comes {within}"
    return f"{hedged(war)} end in war {within}, {_cause(results)}"


def _cause(results: Results) -> str:
    """Which of the two roads to war is the commoner, if either is."""
    roads = {
        "escalation": results.measures["escalation"],
        "failed deterrence": results.measures["failure"],
    }
    (often, more), (seldom, less) = sorted(roads.items(), key=lambda road: -road[1].value)
    if less.value == 0:
        return f"every time by {often}"
    if commoner(more, less, results.runs):
        return f"more often by {often}, {hedged(more)}, than by {seldom}, {hedged(less)}"
    both = several([f"{hedged(share)} by {road}" for road, share in roads.items()])
    return f"{both}, too close to rank"
