"""What everybody can see of a month, in sentences."""

from __future__ import annotations

from dataclasses import replace

from sim.enums import Challenge
from sim.trace.events import Crisis, TracedMonth
from sim.trace.public_story import describe
from sim.trace.replay import replay
from tests.scenarios import tiny

QUIET = replace(replay(tiny(), 3).months[1], moves=(), crossings=(), options=(), crisis=None)
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
