"""Sentences about red lines, beliefs, events and endings."""

from __future__ import annotations

import pytest

from sim.enums import Challenge, Effect, War, Watch
from sim.scenario.load import load
from sim.trace.events import Belief, Change, Crisis, Crossing, Happening, Option, Stand
from sim.trace.narrative import describe_beliefs, describe_happening, ending
from sim.trace.narrative_crisis import describe_crisis, describe_crossings
from sim.trace.replay import replay
from tests.unit.trace.runs import NAMES, told


def committed(state: str, defied: bool | None) -> Crossing:
    return Crossing(
        state, "attack", Watch.STRIKE_ON_FORCE, Effect.COMMITS, meant=True, defied=defied
    )


def provoked(watches: Watch, meant: bool, after: float = 0.3) -> Crossing:
    return Crossing("russia", "line", watches, Effect.PROVOKES, meant, grievance=(0.0, after))


def crisis(*stands: Stand, action: Challenge = Challenge.STRIKE, attributed: bool = True) -> Crisis:
    return Crisis(action, True, attributed, stands, 0.0, 0.3, False, None, 0.0)


def test_one_sentence_says_who_holds_to_a_line_who_gives_way_and_who_is_away():
    lines = [committed("france", True), committed("latvia", False), committed("estonia", None)]
    (text,) = describe_crossings(lines, crisis(), start=False)
    assert text.endswith(
        "(France stands by them, Latvia gives way and Estonia has no forces there)."
    )
    assert "stand by them" in describe_crossings(lines[:1] * 2, crisis(), start=False)[0]
    assert (
        "(no owner has forces there" in describe_crossings(lines[2:] * 2, crisis(), start=False)[0]
    )
    (unknown,) = describe_crossings(lines, crisis(attributed=False), start=False)
    assert "(the action is not attributed)" in unknown


def test_it_says_which_line_is_a_bluff_and_when_nothing_is_felt():
    ground, arms = Watch.GROUND_FOOTPRINT, Watch.LONG_RANGE_ARMS
    (text,) = describe_crossings([provoked(ground, True), provoked(arms, False)], None, start=True)
    assert text.startswith("Crossed from the start: the red lines of Russia on foreign troops")
    assert "rises from 0.00 to 0.30; that on long-range arms is a bluff)" in text
    (text,) = describe_crossings([provoked(ground, False, after=0.001)], None, start=True)
    assert "(its grievance stays near 0.00; it is a bluff)" in text


def test_what_acting_past_a_line_costs_has_no_minus_sign():
    line = Crossing("russia", "line", Watch.OFFENSIVE, Effect.RESTRAINS, meant=True, price=0.2)
    assert "(crossing it costs 0.20)" in describe_crossings([line], crisis(), start=False)[0]


def test_credit_is_told_both_ways_and_only_where_it_shows():
    moved = [
        Belief("france", 0.8, 0.9),
        Belief("united_states", 0.8, 0.6),
        Belief("italy", 0.8, 0.81),
    ]
    assert describe_beliefs(moved) == [
        "The belief of others in declared red lines rises for France (to 0.90) and falls for the "
        "United States (to 0.60)."
    ]
    assert describe_beliefs(moved[2:]) == []


def test_an_event_tells_only_what_it_changes():
    path = "states.united_states.pledge"
    nothing = Happening("event_2", "first strike", "", (Change(path, 4.0, 4.0),))
    assert describe_happening(nothing) == ("Scenario event, first strike: no value changes.")
    changes = (Change(path, 4.0, 1.0), Change(path, 4.0, 4.0))
    changed = Happening("summit", "month 6", "so it was", changes)
    assert describe_happening(changed) == (
        "Scenario event summit (so it was): the pledge of the United States changes from air and "
        "sea to political."
    )


@pytest.mark.parametrize(("defies", "said"), [(True, "Latvia, the"), (False, "Not even Latvia")])
def test_a_state_alone_is_named(defies, said):
    stands = crisis(Stand("latvia", 0.02, 0.5, defies))
    options = [Option(Challenge.STRIKE, 0.1, 0.5, 0.5, 0.4)]
    _, answer, *_ = describe_crisis("Russia", stands, options, War.NONE)
    assert answer.startswith(said)


def test_a_strike_where_nobody_is_armed_is_no_strike_on_a_force():
    options = [Option(Challenge.STRIKE, 0.1, 0.0, 0.0, 0.4)]
    deed, *_ = describe_crisis("Russia", crisis(), options, War.NONE)
    assert deed.startswith(
        "Russia strikes the unarmed foreign presence, which it had a 40 % chance of choosing"
    )
    assert deed.endswith("and expects no answer.")


def test_those_who_wait_ask_for_something_that_is_missing():
    scenario = load("consent_required")
    start, *later = replay(scenario, 8).months
    asked = {state.state: state.unmet for state in start.waiting}
    assert asked["france"] == ("consent",)
    assert "consent" in asked["germany"]
    assert not any(month.waiting for month in later)


@pytest.mark.parametrize("name", NAMES)
def test_an_ending_counts_in_words_where_figures_would_be_odd(name):
    for run in told(name):
        text = ending(run)
        assert " 0 of them" not in text
        assert "1 crisis " not in text
        assert ("begun with an offensive" in text) is (
            run.last.war in (War.LIMITED, War.GENERAL) and run.last.trigger.word == "offensive"
        )
