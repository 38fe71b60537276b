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
        ("events.event_1", None, {"month": 3, "set": {"setting.consent": 1}}),
    ]


def test_titles_and_reasons_are_no_difference() -> None:
    told = TINY.replace("Three states", "Another title").replace(
        "capability: 0.4", "capability: {fixed: 0.4, why: a guess}"
    )
    assert differences(scenario_of(told), tiny()) == []


PAIR = """\
events:
  - {name: one, month: 3, set: {setting.consent: 1}}
  - {name: two, when: first strike, set: {setting.backstop: 0}}
"""


def test_a_changed_event_differs_by_the_paths_that_changed() -> None:
    before = scenario_of(TINY + PAIR)
    moved = scenario_of(TINY + PAIR, "events.one.month=5", "events.2.set.setting.backstop=0.5")
    assert differences(moved, before) == [
        ("events.one.month", 3, 5),
        ("events.two.set.setting.backstop", 0, 0.5),
    ]


def test_a_removed_event_and_one_that_sets_something_else() -> None:
    before = scenario_of(TINY + PAIR)
    after = scenario_of(TINY + PAIR, "events.one=null", "events.two.set.setting.clarity=1")
    removed, other = differences(after, before)
    assert removed == ("events.one", {"month": 3, "set": {"setting.consent": 1}}, None)
    assert other.path == "events.two"
    assert other.after["set"] == {"setting.backstop": 0, "setting.clarity": 1}


def test_another_name_is_no_difference_to_the_runs() -> None:
    named, other = (
        scenario_of(f"{TINY}events: [{{{name}month: 3, set: {{setting.consent: 1}}}}]\n")
        for name in ("name: a_summit, ", "")
    )
    assert named.digest == other.digest
    assert named.events[0].name == "a_summit"
    assert other.events[0].name == "event_1"
