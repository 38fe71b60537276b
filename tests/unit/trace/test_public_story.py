"""What everybody can see of a month, in sentences."""

from __future__ import annotations

from dataclasses import replace

from sim.enums import Challenge, War
from sim.trace.events import Backing, Crisis, Happening, Press, TracedMonth
from sim.trace.public_story import describe
from sim.trace.replay import replay
from tests.scenarios import tiny

QUIET = replace(replay(tiny(), 3).months[1], moves=(), crossings=(), options=(), crisis=None)
PRESS = Press(0.2, 0.0, 0.6, True, 0.1, 0.05)
PROBE = Crisis(Challenge.PROBE, True, True, (), 0.0, 0.3, False, None, 0.0)


def told(month: TracedMonth) -> list[str]:
    return describe(month, "Russia", "Ukraine")


def test_an_accident_is_known_to_be_one_if_it_is_attributed():
    accident = replace(PROBE, ordered=False)
    assert told(replace(QUIET, crisis=PROBE)) == ["Russia probes the line."]
    assert told(replace(QUIET, crisis=accident)) == [
        "There is an accidental clash that nobody ordered."
    ]
    assert told(replace(QUIET, crisis=replace(accident, attributed=False))) == [
        "There is an incident, and nobody can say who began it."
    ]


def test_a_crisis_that_is_carried_through_ends_in_war_or_not():
    stands = replace(PROBE, press=PRESS)
    assert told(replace(QUIET, crisis=stands))[-2:] == ["Russia presses on.", "No war results."]
    assert told(replace(QUIET, crisis=stands, war=War.LIMITED))[-2:] == [
        "Russia presses on.",
        "It becomes a limited war with the coalition.",
    ]


def test_a_ceasefire_breaks_unless_a_war_ends_it():
    broken = replace(QUIET, truce_broken=0.4)
    assert told(broken) == ["The ceasefire breaks; the fighting resumes."]
    assert told(replace(broken, war=War.LIMITED)) == [
        "It becomes a limited war with the coalition."
    ]


def test_reserves_that_are_withdrawn_are_none():
    backing = Backing("united_states", 0.4, 0.0, 0.1, 0.2, ())
    said = "The United States puts {} of its reserves behind the force."
    assert told(replace(QUIET, backing=backing)) == [said.format("none")]
    assert told(replace(QUIET, backing=replace(backing, level=0.2))) == [said.format("20 %")]
    assert told(replace(QUIET, backing=replace(backing, before=0.0))) == []


def test_an_event_without_a_name_is_not_called_by_its_number():
    events = [Happening("inject_1", "month 1", "", ()), Happening("new_leader", "month 1", "", ())]
    explained = replace(events[0], why="a new government")
    assert told(replace(QUIET, happenings=(*events, explained))) == [
        "Something changes.",
        "Event: new leader.",
        "Event: a new government.",
    ]
