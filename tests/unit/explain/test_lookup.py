"""Events and groups are explained, as far in as they can be varied."""

from __future__ import annotations

import json

import pytest

from sim.errors import UsageError
from sim.explain.lookup import find_part
from tests.scenarios import TINY, scenario_of

SCENARIO = scenario_of(
    TINY
    + """\
  latvia: {capability: 0.1, pledge: ground, resolve: 0.2}
groups:
  pair: {members: [poland, latvia], solidarity: 0.3}
events:
  - {month: 6, set: {setting.clarity: 0.9, groups.pair.pledge: none}, why: a promise}
  - {when: first strike, set: {setting.backstop: 0}}
"""
)


def told(asked: str):
    found = find_part(asked, SCENARIO)
    assert found is not None
    document = found.to_dict("tiny")
    assert json.loads(json.dumps(document)) == document
    assert (document["schema_version"], document["name"]) == (1, found.name)
    return found


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("events", ["2 events", "events.event_1: in month 6", "events.event_2: at first strike"]),
        ("events.1", ["because: a promise", "events.1.set.setting.clarity: 0.9"]),
        (
            "grievance",
            [
                "rule grievance (sim/model/rules/provocation.py)",
                "Grievance over a crossed line: severity x crossing",
                "reads states.NAME.red_lines.LINE.severity: weight of a full crossing",
            ],
        ),
        ("benefit_of_success", ["reads ladders.challenge.STEP.relief: ", "reads states.NAME.fear"]),
        ("events.1.month", ["from 0 to 12", "events.1.month: 6"]),
        ("events.1.set.setting.clarity", ["setting.clarity becomes 0.9"]),
        ("events.1.set.groups.pair.pledge", ["states.poland.pledge becomes none", "latvia"]),
        ("groups", ["1 group", "pair: Latvia and Poland"]),
        ("pair", ["resolve: ", "Poland 0.7", "Latvia 0.2", "pledge: ground"]),
        ("groups.pair.resolve", ["Poland 0.7"]),
        ("groups.pair.requires", ["requires.ceasefire: false"]),
    ],
)
def test_it_says_what_there_is(asked, words):
    found = told(asked)
    said = "\n".join([found.title, *found.lines])
    for word in words:
        assert word in said


def test_a_point_at_the_end_changes_nothing():
    assert told("events.1.").lines == told("events.1").lines


@pytest.mark.parametrize("asked", ["events", "events.1", "groups", "groups.pair"])
def test_what_is_named_as_nearer_can_be_asked(asked):
    nearer = told(asked).nearer
    assert find_part(nearer, SCENARIO) or nearer in SCENARIO.values


@pytest.mark.parametrize(
    ("asked", "remedy"),
    [
        ("events.3", "it has 2 events, by name and number"),
        ("events.first", "by name and number"),
        ("events.1.mouth", "events.1.month"),
        ("events.2.set.setting.clarity", "it sets setting.backstop"),
        ("groups.pairs", "did you mean 'pair'?"),
        ("groups.pair.reslove", "did you mean 'resolve'?"),
    ],
)
def test_what_there_is_not_has_a_remedy(asked, remedy):
    with pytest.raises(UsageError) as refused:
        find_part(asked, SCENARIO)
    assert remedy in refused.value.remedy


@pytest.mark.parametrize("asked", ["poland", "setting", "setting.clarity", "eventful"])
def test_the_rest_is_no_part(asked):
    assert find_part(asked, SCENARIO) is None
