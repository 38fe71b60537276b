"""Why a challenge is worth more in one of two runs: terms of its utility, by hand."""

from __future__ import annotations

from dataclasses import replace

from sim.enums import Challenge
from sim.trace.divergence import SAME_NUMBER, describe_divergence
from sim.trace.events import Crisis, Option, TracedMonth
from sim.trace.replay import replay
from sim.trace.worth import ScenarioPair, relieves
from tests.scenarios import tiny

SCENARIO = tiny()
WHERE = ("in one", "in two")
QUIET = replace(replay(SCENARIO, 3).months[1], moves=(), crossings=(), options=(), crisis=None)
BEFORE = replace(QUIET, number=0, grievance=0.2, footprint=0.1)
SEEN = replace(BEFORE, grievance=0.5, footprint=0.4)
WEIGHED = {"worth": -0.03, "answer": 0.3, "defying": 0.5, "chance": 0.1}


def month(action: Challenge, strikes: bool, **weighed: float | None) -> TracedMonth:
    """A month in which the challenger weighs ``action``, and takes it if it ``strikes``."""
    option = Option(action, **{**WEIGHED, **weighed})  # type: ignore[arg-type]
    crisis = Crisis(action, True, True, (), 0.0, 0.3, False, None, 0.0)
    return replace(QUIET, options=(option,), crisis=crisis if strikes else None)


def said(
    here: TracedMonth,
    there: TracedMonth,
    before: tuple[TracedMonth, TracedMonth],
    scenarios: ScenarioPair = (SCENARIO, SCENARIO),
) -> str:
    """What follows the decisions and their chances."""
    told = describe_divergence(here, there, scenarios, WHERE, before)
    return told.partition(SAME_NUMBER)[2].strip()


def test_a_larger_force_is_a_reason_to_strike_and_its_answer_one_against() -> None:
    strikes = month(Challenge.STRIKE, True, worth=0.12, answer=0.4)
    holds = month(Challenge.STRIKE, False)
    assert said(holds, strikes, (BEFORE, SEEN)) == (
        "A strike is worth more to Russia in two (utility +0.12, in one −0.03): at the start "
        "Russia had more grievance over crossed red lines, which a strike would relieve (0.50, in "
        "one 0.20), with more of the force seen in Ukraine (footprint 0.40, in one 0.10), although "
        "Russia expects an answer more often (40 %, in one 30 %)."
    )


def test_less_grievance_speaks_against_and_a_rarer_answer_for_it() -> None:
    strikes = month(Challenge.STRIKE, True, worth=0.12, answer=0.1)
    later = replace(BEFORE, number=7), replace(SEEN, number=7)
    assert said(strikes, month(Challenge.STRIKE, False), later) == (
        "A strike is worth more to Russia in one (utility +0.12, in two −0.03): Russia expects an "
        "answer less often (10 %, in two 30 %), although at the end of month 7 Russia had less "
        "grievance over crossed red lines (0.20, in two 0.50)."
    )


def test_a_term_that_hardly_differs_or_does_not_count_is_not_named() -> None:
    assert [relieves(each, SCENARIO) for each in list(Challenge)[1:]] == [False, True, True]
    probes = month(Challenge.PROBE, True, worth=0.12, answer=0.27)
    bare = (
        "A probe is worth more to Russia in one (utility +0.12, in two −0.03), by terms that are "
        "not told here."
    )
    assert said(probes, month(Challenge.PROBE, False), (SEEN, BEFORE)) == bare


def test_grievance_counts_where_the_challenge_is_made() -> None:
    strikes, holds = month(Challenge.STRIKE, True, worth=0.12), month(Challenge.STRIKE, False)
    without = tiny("ladders.challenge.strike.relief=0")
    pair, before = (SCENARIO, without), (SEEN, BEFORE)
    assert "would relieve" in said(strikes, holds, before, pair)
    assert "would relieve" not in said(holds, strikes, before[::-1], pair)
    assert "would relieve" in said(holds, strikes, before[::-1], pair[::-1])


def test_a_strike_needs_a_capability_and_somebody_exposed() -> None:
    strikes, cannot = month(Challenge.STRIKE, True), month(Challenge.STRIKE, False, worth=None)
    only = "A strike is possible only in one"
    assert said(strikes, cannot, (SEEN, BEFORE)) == f"{only}."
    probe = Option(Challenge.PROBE, **WEIGHED)
    cannot = replace(cannot, options=(*cannot.options, probe))
    assert said(strikes, cannot, (SEEN, BEFORE)) == f"{only}: in two nobody is exposed to it."


def test_a_challenge_that_is_worth_less_where_it_is_made_has_no_reason() -> None:
    strikes = month(Challenge.STRIKE, True, worth=-0.2)
    assert said(strikes, month(Challenge.STRIKE, False), (SEEN, BEFORE)) == ""
