from __future__ import annotations

from sim.scenario.diff import differences
from sim.scenario.schema import SETTING
from tests.scenarios import TINY, scenario_of, tiny


def test_a_scenario_does_not_differ_from_itself() -> None:
    assert differences(tiny(), tiny()) == []


def test_each_difference_has_before_and_after_as_written() -> None:
    after = tiny("months=24", "setting.clarity={uniform: [0.1, 0.2]}", "states.poland.start=ground")
    assert differences(after, tiny()) == [
        ("months", 12, 24),
        ("setting.clarity", SETTING["clarity"].default, {"uniform": [0.1, 0.2]}),
        ("states.poland.start", "political", "ground"),
    ]


def test_a_new_state_is_told_by_what_it_says() -> None:
    child = scenario_of(TINY + "  latvia: {capability: 0.1, requires: {consent: 0.2}}\n")
    assert differences(child, tiny()) == [
        ("states.latvia.capability", None, 0.1),
        ("states.latvia.requires.consent", None, 0.2),
        ("states.latvia.role", None, "guarantor"),
    ]
    assert differences(tiny(), child)[0] == ("states.latvia.capability", 0.1, None)


def test_groups_and_events_differ_too() -> None:
    more = "groups: {all: {members: [poland]}}\nevents: [{month: 3, set: {setting.consent: 1}}]\n"
    child = scenario_of(TINY + more)
    assert differences(child, tiny()) == [
        ("groups.all.members", None, ["poland"]),
        ("events", None, {"month": 3, "set": {"setting.consent": 1}}),
    ]


def test_titles_and_reasons_are_no_difference() -> None:
    told = TINY.replace("Three states", "Another title").replace(
        "capability: 0.4", "capability: {fixed: 0.4, why: a guess}"
    )
    assert differences(scenario_of(told), tiny()) == []
