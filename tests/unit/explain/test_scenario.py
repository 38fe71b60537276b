"""Distributions, differences and whole scenarios in words."""

from __future__ import annotations

import pytest
from hypothesis import given as generated
from hypothesis import settings

from sim.errors import UsageError
from sim.explain.formatting import describe_distribution, describe_red_line
from sim.explain.lookup import look_up
from sim.explain.scenario import (
    changes,
    count_sources,
    describe_changes,
    explain_scenario,
    remarks,
    summarise,
    whose,
)
from sim.scenario.diff import differences
from sim.scenario.load import load
from sim.scenario.provenance import event_values, values_with_source
from tests.scenarios import COVERING_FIRST, scenario_of, tiny
from tests.strategies import scenarios


@pytest.mark.parametrize(
    ("written", "words"),
    [
        (0.25, "0.25"),
        (True, "true"),
        ("air_sea", "air_sea"),
        ({"uniform": [0, 0.2]}, "anything from 0 to 0.2"),
        ({"triangular": [0.2, 0.4, 0.6]}, "0.2 to 0.6, most often near 0.4"),
        ({"beta": [0.5, 12]}, "about 0.5 (a beta of concentration 12)"),
        ({"truncated_normal": [0.5, 0.1]}, "about 0.5 (standard deviation 0.1)"),
        ({"choice": ["ground", "none"]}, "ground in 50 % and none in 50 % of runs"),
        ({"choice": {"true": 3, "false": 1}}, "true in 75 % and false in 25 % of runs"),
        ({"uniform": [0, 1], "shift": -0.1}, "anything from 0 to 1, moved by -0.1"),
    ],
)
def test_a_law(written, words):
    assert describe_distribution(written) == words


class TestDifferences:
    def test_a_change_to_many_states_is_told_once(self):
        scenario = load("no_force")
        pledge, start = describe_changes(changes(scenario), scenario)
        assert pledge == (
            "pledge: political for guarantors (34 states); it was drawn in each run for 22 states, "
            "ground for 11 and logistics for 1 – the highest rung publicly accepted"
        )
        assert start.startswith("start: political for ")
        assert start.endswith(" – the rung at month 0")

    def test_a_setting_and_an_event(self):
        scenario = scenario_of(
            {
                "scenario": "mine",
                "extends": "no_force",
                "months": 24,
                "setting": {"clarity": 0.1},
                "events": [{"when": "first strike", "set": {"setting.backstop": 0.0}}],
            }
        )
        months, clarity, event = describe_changes(changes(scenario), scenario)
        assert months == "months: 24; it was 60 – maximum length of a run"
        assert "0.1; it was 0.35 to 0.65, most often near 0.5 – " in clarity
        assert event == "a new event, event_1: at first strike, setting.backstop becomes 0"

    def test_an_event_moved_changed_and_removed(self):
        def told(*changes_of_it):
            before, after = load("backstop_withdrawn"), load("backstop_withdrawn", changes_of_it)
            return describe_changes(differences(after, before), after)

        assert told("events.1.month=36") == ["event washington_leaves, month: 36; it was 24"]
        assert told("events.1.set.setting.backstop=0.2") == [
            "event washington_leaves, setting.backstop: 0.2; it was 0"
        ]
        (removed,) = told("events=[]")
        assert removed.startswith("an event removed, washington_leaves: in month 24, ")

    def test_what_is_set_on_the_command_line_counts(self):
        scenario = load("no_force", ["setting.consent=1"])
        assert any(
            line.startswith("setting.consent") for line in explain_scenario(scenario).changed
        )

    def test_a_scenario_that_extends_nothing_changes_nothing(self):
        assert changes(tiny()) == []

    def test_states_are_named_by_groups_where_they_fill_one(self):
        scenario = load("reassurance_force")
        members = [*scenario.groups["senders"], "poland"]
        assert whose(members, scenario) == "senders (26 states) and Poland"
        assert whose(["france", "united_kingdom"], scenario) == "France and United Kingdom"

    @pytest.mark.parametrize("name", COVERING_FIRST)
    def test_every_difference_of_every_shipped_scenario_is_told(self, name):
        scenario = load(name)
        found = changes(scenario)
        text = "\n".join(describe_changes(found, scenario))
        for each in found:
            what = each.path.split(".", 2)[2] if each.path.startswith("states.") else each.path
            assert what.removeprefix("events.") in text


class TestScenario:
    @pytest.mark.parametrize("name", COVERING_FIRST)
    def test_the_counts_are_those_of_the_values(self, name):
        scenario = load(name)
        by_events = [each for _, each in event_values(scenario)]
        every = [*values_with_source(scenario), *by_events]
        found = count_sources(scenario)
        assert found.values == len(every)
        assert found.coded == sum(bool(each.claims) for each in every)
        assert str(found.coded) in found.to_text()
        cited = {claim for each in every for claim in each.claims}
        assert set(found.claims) == cited

    def test_it_says_who_how_long_and_how_far(self):
        text = " ".join(summarise(load("reassurance_force")))
        assert "Russia may challenge, Ukraine is protected by 34 guarantors" in text
        assert "up to 60 months; 10,000 runs" in text
        assert "Pledged: " in text
        assert "ceasefire (27)" in text

    @settings(max_examples=20)
    @generated(scenario=scenarios())
    def test_any_scenario_can_be_told(self, scenario):
        whole = explain_scenario(scenario)
        document = whole.to_dict()
        assert len(document["red_lines"]) == len(scenario.red_lines)
        assert len(document["events"]) == len(scenario.events)
        assert document["coded"] + document["assumed"] == document["values"]
        assert all(document["says"])
        assert whole.sources.to_text()

    def test_a_bluff_is_called_one(self):
        path = "states.russia.red_lines.foreign_troops.backed"
        for value, words in (("false", "a bluff"), ("true", "meant")):
            scenario = load("no_force", [f"{path}={value}"])
            assert describe_red_line("russia", "foreign_troops", scenario).endswith(f"; {words}")
        shipped = describe_red_line("russia", "foreign_troops", load("no_force"))
        assert shipped.endswith("a bluff in 15 % of runs")


@pytest.fixture(scope="module")
def scenario():
    return load("no_force")


class TestTarget:
    @pytest.mark.parametrize(
        ("asked", "kind", "count"),
        [
            ("setting.clarity", "value", 1),
            ("months", "value", 1),
            ("setting", "block", 16),
            ("states.france.requires", "block", 5),
            ("ladders.challenge.strike", "block", 11),
        ],
    )
    def test_values_and_blocks(self, scenario, asked, kind, count):
        found = look_up(asked, scenario)
        assert (found.kind, len(found.paths)) == (kind, count)

    def test_a_state_by_name_or_path(self, scenario):
        assert look_up("poland", scenario) == look_up("states.poland", scenario)
        paths = look_up("russia", scenario).paths
        assert "states.russia.ambition" in paths
        assert "states.russia.pledge" not in paths

    @pytest.mark.parametrize("asked", ["states.poland.ambition", "states.russia.pledge"])
    def test_what_the_role_of_a_state_does_not_have(self, scenario, asked):
        with pytest.raises(UsageError, match=rf"{asked} is for a \w+, and \w+ is a \w+"):
            look_up(asked, scenario)

    @pytest.mark.parametrize(
        ("asked", "remedy"),
        [
            ("clarity", "did you mean 'setting.clarity'?"),
            ("polnad", "did you mean 'poland'?"),
            ("baltics", "did you mean 'baltic'?"),
            ("states.poland.tanks", "did you mean 'states.poland.backs'?"),
            ("setting.clearity", "did you mean 'setting.clarity'?"),
        ],
    )
    def test_what_there_is_not(self, scenario, asked, remedy):
        with pytest.raises(UsageError, match="is not part of no_force") as refused:
            look_up(asked, scenario)
        assert remedy in refused.value.remedy


def test_guarantors_that_can_never_take_part_or_count_are_remarked_on():
    assert remarks(tiny()) == []
    alone = tiny("states.poland.requires.others=1", "states.poland.capability=0")
    assert remarks(alone) == [
        "Poland requires 1 other guarantor to take part, and the scenario has 0: it never goes "
        "beyond its unconditional rung",
        "Poland pledges forces and has no capability: none count",
    ]
    assert explain_scenario(alone).to_dict()["remarks"] == remarks(alone)
    assert remarks(tiny("states.poland.requires.others=0")) == []
    kept = ["states.poland.requires.others=1", "states.poland.unconditional=ground"]
    assert remarks(tiny(*kept)) == []
    changed = "{states.poland.requires.others: 0, states.poland.capability: 0.3}"
    event = f"events=[{{month: 5, set: {changed}}}]"
    wanting = ["states.poland.requires.others=1", "states.poland.capability=0"]
    assert remarks(tiny(*wanting, event)) == []


def test_a_parent_that_only_has_the_name_of_a_shipped_scenario_is_remarked_on(tmp_path):
    own, child, grandchild = (tmp_path / f"{n}.yaml" for n in ("no_force", "kid", "grandchild"))
    child.write_text("scenario: kid\nextends: no_force\n", encoding="utf-8")
    grandchild.write_text("scenario: grandchild\nextends: kid\n", encoding="utf-8")
    assert remarks(load(child)) == remarks(load(grandchild)) == []
    own.write_text("scenario: no_force\nextends: reassurance_force\n", encoding="utf-8")
    assert remarks(load(own)) == []
    assert remarks(load(child)) == [
        f"kid extends {own}, not the shipped scenario of that name; if that one is meant, rename "
        "the file"
    ]
    assert len(remarks(load(grandchild))) == 1


@pytest.mark.parametrize("name", COVERING_FIRST)
def test_a_shipped_scenario_needs_no_remark(name):
    assert remarks(load(name)) == []
