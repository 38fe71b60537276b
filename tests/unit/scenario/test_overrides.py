"""Overrides that are wrong: the message names the cause."""

from __future__ import annotations

import pytest

from sim.errors import ScenarioError
from sim.scenario.load import load

FORM = "use up to 64 lower-case letters, digits and _, starting with a letter"


@pytest.mark.parametrize(
    ("text", "message", "remedy"),
    [
        ("states.Poland.resolve=0.5", "'Poland' is not a name in states", "mean 'poland'?"),
        ("states.united kingdom.resolve=1", "'united kingdom' is not", "mean 'united_kingdom'?"),
        ("groups.Baltic-states.resolve=1", "is not a name in groups", "mean 'baltic_states'?"),
        ("states.poland.red_lines.A b.reach=1", "in states.poland.red_lines", "mean 'a_b'?"),
        ("states.pölen.resolve=1", "'pölen' is not a name", "character 2 is U+00F6"),
        ("states.7up.resolve=1", "'7up' is not a name", FORM),
        ("setting.clarity.Foo=1", "unknown name 'Foo' in setting.clarity", "leave it out"),
        ("Setting.clarity=1", "unknown name 'Setting'", "mean 'setting'?"),
        ("evnts.1.month=3", "unknown name 'evnts'", "mean 'events'?"),
        ("nothing=1", "unknown name 'nothing'", "one of constants, events, groups, ladders"),
        ("setting.nothing=1", "unknown name 'nothing' in setting", "one of backstop, "),
        ("setting.cl\u0430rity=1", "unknown name", "mean 'clarity'? – character 3 is U+0430"),
        ("setting.clarity=0,5", "'0,5' is not a number", "write a decimal point: 0.5"),
        ("runs=10,000", "'10,000' is not", "write 10000, or with a decimal point 10.000"),
        ("setting.clarity=0.5,setting.backstop=1", "is not a number", "once for each assignment"),
        ("setting.clarity=0.5 setting.backstop=1", "is not a number", "once for each assignment"),
        ("setting.clarity=0.5; setting.backstop=1", "is not a number", "once for each assignment"),
        ("states.poland.pledge=none,months=3", "not an allowed word", "once for each assignment"),
        ("setting.ceasefire=true,months=3", "neither true nor false", "once for each assignment"),
        ("setting.clarity=0.1:0.9", "is not a number", "a range is for --over"),
    ],
)
def test_a_wrong_override_names_its_cause(text, message, remedy):
    with pytest.raises(ScenarioError) as raised:
        load("no_force", [text])
    (problem,) = raised.value.problems
    assert message in problem.message
    assert remedy in problem.remedy


@pytest.mark.parametrize(
    "overrides",
    [
        {
            "events": [
                {"month": 12, "set": {"setting.backstop": 0}, "why": "He leaves, then returns"}
            ]
        },
        {"setting.clarity": {"fixed": 0.3, "why": "a, b: {c}"}},
        {"states.poland.pledge": None},
        {"states.poland.pledge": "none"},
        {"setting.clarity": "{uniform: [0.2, 0.4]}"},
    ],
)
def test_an_override_in_python_is_any_value(overrides):
    (path,) = overrides
    scenario = load("reassurance_force", overrides)
    assert scenario.digest != load("reassurance_force").digest
    for event in scenario.events[-1:] if path == "events" else ():
        assert event.why == "He leaves, then returns"


def test_an_event_that_is_set_to_none_in_python_is_removed():
    scenario = load("backstop_withdrawn")
    name = scenario.events[0].name
    assert [e.name for e in load(scenario.name, {f"events.{name}": None}).events] == [
        each.name for each in scenario.events[1:]
    ]
