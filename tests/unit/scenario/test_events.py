from __future__ import annotations

import pytest

from sim.enums import Occasion
from sim.errors import Place
from sim.scenario.distributions import Distribution
from sim.scenario.scenario import Event
from tests.scenarios import TINY, scenario_of

GROUP = "groups: {all: {members: [poland, latvia], capability: 0.1}}\n"


def event(written: str, more: str = "") -> Event:
    (found,) = scenario_of(f"{TINY}{more}events:\n  - {written}\n").events
    return found


def test_a_dated_event() -> None:
    found = event("{month: 3, set: {setting.consent: 0.5}, why: a summit}")
    assert (found.occasion, found.month, found.why) == (Occasion.MONTH, 3, "a summit")
    assert [(path, value.distribution) for path, value in found.set] == [
        ("setting.consent", Distribution("fixed", (0.5,)))
    ]
    assert found.place == Place("scenario.yaml", 15, 5)


def test_an_event_that_waits() -> None:
    found = event("{when: month >= 6 and 2 states at ground, set: {setting.ceasefire: false}}")
    assert (found.occasion, found.month, found.level, found.rung) == (Occasion.STATES_AT, 6, 2, 5)


def test_a_group_stands_for_its_members_and_a_state_s_own_setting_is_stronger() -> None:
    settings = "groups.all.resolve: 0.9, states.poland.resolve: 0.1, groups.all.pledge: ground"
    found = event(f"{{month: 3, set: {{{settings}}}}}", GROUP)
    assert {path: value.distribution.mean for path, value in found.set} == {
        "states.latvia.resolve": 0.9,
        "states.poland.resolve": 0.1,
        "states.latvia.pledge": 5,
        "states.poland.pledge": 5,
    }


def test_an_event_may_set_a_red_line_and_draw_its_value() -> None:
    path = "states.russia.red_lines.foreign_troops.severity"
    found = event(f"{{month: 0, set: {{{path}: {{uniform: [0, 1]}}}}}}")
    assert found.set[0][1].distribution == Distribution("uniform", (0, 1), low=0, high=1)


def test_an_event_may_not_turn_a_red_line_round() -> None:
    path = "states.russia.red_lines.foreign_troops.threshold"
    with pytest.raises(Exception, match=r"threshold, 3, is not below the reach, 2"):
        event(f"{{month: 0, set: {{{path}: 3}}}}")
