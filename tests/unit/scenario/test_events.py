from __future__ import annotations

from pathlib import Path

import pytest

from sim.enums import Occasion
from sim.errors import Place, Problem, ScenarioError, UsageError
from sim.experiments.factors import moved_parameters
from sim.scenario.distributions import Distribution
from sim.scenario.load import load
from sim.scenario.overrides import without_events
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


def test_two_groups_may_not_disagree_on_a_member_in_an_event() -> None:
    groups = (
        "groups: {all: {members: [poland, latvia], capability: 0.1}, few: {members: [latvia]}}\n"
    )
    one, other = "groups.all.pledge: ground", "groups.few.pledge: none"
    for settings in (f"{one}, {other}", f"{other}, {one}"):
        with pytest.raises(ScenarioError, match="latvia has pledge from two groups"):
            event(f"{{month: 3, set: {{{settings}}}}}", groups)
    settled = event(
        f"{{month: 3, set: {{{one}, {other}, states.latvia.pledge: political}}}}", groups
    )
    assert dict(settled.set)["states.latvia.pledge"].distribution.mean == 1


def test_an_event_may_set_a_red_line_and_draw_its_value() -> None:
    path = "states.russia.red_lines.foreign_troops.severity"
    found = event(f"{{month: 0, set: {{{path}: {{uniform: [0, 1]}}}}}}")
    assert found.set[0][1].distribution == Distribution("uniform", (0, 1), low=0, high=1)


def test_an_event_may_not_turn_a_red_line_round() -> None:
    path = "states.russia.red_lines.foreign_troops.threshold"
    with pytest.raises(Exception, match=r"threshold, 3, is not below the reach, 2"):
        event(f"{{month: 0, set: {{{path}: 3}}}}")


TWO = """\
events:
  - {name: summit, month: 3, set: {setting.consent: 0.5, groups.all.resolve: 0.9}, why: peace}
  - {when: first strike, set: {setting.ceasefire: false}}
"""


def changed(*overrides: str) -> tuple[Event, ...]:
    return scenario_of(TINY + GROUP + TWO, *overrides).events


def refused(*overrides: str, text: str = TINY + GROUP + TWO) -> list[Problem]:
    with pytest.raises(ScenarioError) as error:
        scenario_of(text, *overrides)
    return list(error.value.problems)


def values(event: Event) -> dict[str, float]:
    return {path: value.distribution.mean for path, value in event.set}


class TestOverrides:
    def test_events_are_named_or_numbered(self) -> None:
        assert [event.name for event in changed()] == ["summit", "event_2"]

    @pytest.mark.parametrize("key", ["summit", "1"])
    def test_the_month_by_name_and_by_number(self, key: str) -> None:
        summit, other = changed(f"events.{key}.month=9")
        assert (summit.month, other.month) == (9, 0)
        assert summit.place == Place("--set", 1, 1)
        assert values(summit) == values(changed()[0])

    def test_the_month_of_a_trigger_is_its_earliest_month(self) -> None:
        assert changed("events.2.month=6")[1].trigger == "month >= 6 and first strike"

    def test_another_trigger(self) -> None:
        assert changed("events.summit.when=first probe")[0].occasion is Occasion.FIRST_PROBE

    def test_a_later_value_takes_precedence_by_state_and_by_group(self) -> None:
        (summit, _) = changed(
            "events.summit.set.setting.consent=0.1",
            "events.summit.set.states.poland.resolve=0.2",
            "events.summit.set.groups.all.resolve=0.3",
            "events.summit.set.states.latvia.resolve=0.4",
            "events.summit.set.setting.clarity=0.7",
        )
        assert values(summit) == {
            "setting.consent": 0.1,
            "setting.clarity": 0.7,
            "states.poland.resolve": 0.3,
            "states.latvia.resolve": 0.4,
        }

    def test_an_event_is_removed_and_the_others_keep_their_numbers(self) -> None:
        (other,) = changed("events.summit=null", "events.2.month=7")
        assert (other.name, other.month) == ("event_2", 7)
        assert changed("events=[]") == ()
        assert changed(*without_events(["1", "event_2"])) == ()

    def test_an_event_is_added(self) -> None:
        found = changed("events=[{month: 5, set: {setting.clarity: 1}}]")
        assert [event.name for event in found] == ["summit", "event_2", "event_3"]

    def test_an_event_that_cannot_be_read_keeps_its_number(self) -> None:
        sets = "set: {setting.clarity: 1}"
        unreadable, late = f"{{wen: 3, {sets}}}", f"{{month: 99, {sets}}}"
        found = refused(text=f"{TINY}{GROUP}events: [{unreadable}, {late}]\n")
        assert [problem.message for problem in found] == [
            "unknown key 'wen' in an event",
            "event event_2 happens in month 99, after the last month, 12",
        ]

    def test_an_event_with_the_name_of_an_inherited_one_replaces_it(self) -> None:
        summit, other = changed("events=[{name: summit, month: 5, set: {setting.clarity: 1}}]")
        assert (values(summit), other.name) == ({"setting.clarity": 1}, "event_2")

    @pytest.mark.parametrize(
        ("override", "message", "remedy"),
        [
            (
                "events.sumit.month=3",
                "unknown event 'sumit'",
                "2 events, by name and number: summit (1), ",
            ),
            ("events.3=null", "unknown event '3'", "it has 2 events"),
            ("events.0=null", "unknown event '0'", "it has 2 events"),
            ("events.1.moth=3", "unknown path 'events.1.moth'", "events.1.month"),
            ("events.1=3", "events.1 is 3", "set it to null"),
            ("events.1.month=soon", "'soon' is not a number", "from 0 to 600"),
            ("events.1.month=13", "event summit happens in month 13", "raise months"),
            ("events.1.when=soon", "'soon' is not a trigger", "first strike"),
            ("events.1.set.setting.clarty=1", "unknown name 'clarty'", "did you mean 'clarity'?"),
            ("events.1.set.constants.lead=1", "cannot set constants.lead", "setting, states"),
            ("events.1.set.states.nobody.resolve=1", "unknown name 'nobody'", "poland"),
            ("events=3", "events is 3, not a list", "month"),
        ],
    )
    def test_a_wrong_change_names_the_cause_and_a_remedy(
        self, override: str, message: str, remedy: str
    ) -> None:
        (problem,) = refused(override)
        assert problem.place.file == "--set"
        assert message in problem.message
        assert remedy in problem.remedy

    def test_a_removed_event_cannot_be_changed(self) -> None:
        (problem,) = refused("events.summit=null", "events.summit.month=3")
        assert problem.place.line == 2
        assert problem.remedy == "it has 1 event, by name and number: event_2 (2)"

    @pytest.mark.parametrize("key", ["2", "event_2"])
    def test_an_event_keeps_its_number_if_another_one_is_removed(self, key: str) -> None:
        scenario = scenario_of(TINY + GROUP + TWO, "events.summit=null", f"events.{key}.month=7")
        assert [event.month for event in scenario.events] == [7]
        assert scenario.event_position(key) == 0
        assert moved_parameters(scenario, f"events.{key}.month") == ["events.event_2.month"]
        for removed in ("1", "summit"):
            with pytest.raises(UsageError, match="has no event"):
                scenario.event_position(removed)


class TestHorizon:
    def test_an_event_in_the_last_month_happens(self) -> None:
        assert changed("events.summit.month=12")[0].month == 12

    def test_a_shorter_horizon_is_to_blame(self) -> None:
        (problem,) = refused("months=2")
        assert problem.place == Place("--set", 1, 8)
        assert "event summit happens in month 3, after the last month, 2" in problem.message

    def test_the_horizon_of_the_file_is_not(self) -> None:
        text = TINY + "events: [{month: 13, set: {setting.consent: 1}}]\n"
        (problem,) = refused(text=text)
        assert problem.place == Place("scenario.yaml", 14, 10)

    def test_the_horizon_of_a_child_is(self, tmp_path: Path) -> None:
        child = tmp_path / "child.yaml"
        child.write_text("scenario: child\nextends: backstop_withdrawn\nmonths: 10\n")
        with pytest.raises(ScenarioError) as error:
            load(child)
        (problem,) = error.value.problems
        assert (Path(problem.place.file).name, problem.place.line) == ("child.yaml", 3)
        assert "event washington_leaves" in problem.message
