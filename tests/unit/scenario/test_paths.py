"""Paths of parameters: their parts, and the parameters of a scenario that they name."""

from __future__ import annotations

import pytest

from sim.resources import scenario_names
from sim.scenario.load import load
from sim.scenario.paths import ParameterPath


@pytest.mark.parametrize("name", scenario_names())
def test_every_path_of_a_shipped_scenario_is_written_as_it_was_read(name: str) -> None:
    scenario = load(name)
    set_by_events = [
        f"events.{event}.set.{path}"
        for event, each in enumerate(scenario.events, 1)
        for path, _ in each.set
    ]
    for text in (*scenario.values, *set_by_events):
        path = ParameterPath.parse(text)
        assert str(path) == text
        assert ParameterPath.parse(str(path)) == path


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("months", ParameterPath(name="months")),
        ("setting.clarity", ParameterPath("setting", name="clarity")),
        ("states.poland.resolve", ParameterPath("states", "poland", name="resolve")),
        (
            "groups.baltic.requires.clarity",
            ParameterPath("groups", "baltic", name="requires.clarity"),
        ),
        (
            "states.russia.red_lines.troops.reach",
            ParameterPath("states", "russia", "troops", "reach"),
        ),
        (
            "ladders.participation.ground.power",
            ParameterPath("ladders", name="participation.ground.power"),
        ),
        ("events.leaves.month", ParameterPath(name="month", event="leaves")),
        (
            "events.2.set.states.poland.pledge",
            ParameterPath("states", "poland", name="pledge", event="2"),
        ),
        ("states", ParameterPath("states")),
        ("states.poland", ParameterPath("states", "poland")),
        ("clarity", ParameterPath(name="clarity")),
        ("events", ParameterPath(name="events")),
        ("events.leaves", ParameterPath(event="leaves")),
    ],
)
def test_the_parts_of_a_path(text: str, path: ParameterPath) -> None:
    assert ParameterPath.parse(text) == path
    assert str(path) == text


def test_the_path_of_a_group_names_a_parameter_of_each_member() -> None:
    groups = {"baltic": ("estonia", "latvia")}
    path = ParameterPath.parse("events.1.set.groups.baltic.red_lines.troops.reach")
    assert path.label == "red_lines.troops.reach"
    assert path.targets(groups) == [
        "states.estonia.red_lines.troops.reach",
        "states.latvia.red_lines.troops.reach",
    ]
    assert ParameterPath.parse("setting.clarity").targets(groups) == ["setting.clarity"]
    assert ParameterPath.parse("groups.nordic.resolve").targets(groups) == []
