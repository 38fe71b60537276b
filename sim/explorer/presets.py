"""Presets of an explorer: other scenarios with the same cast, as what differs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sim.errors import UsageError
from sim.explain.scenario import MOST_CHANGES, describe_differences
from sim.resources import scenario_names
from sim.scenario.load import load
from sim.scenario.scenario import Scenario


@dataclass(frozen=True)
class Preset:
    """A scenario that the reader can choose, and its differences from the first in words."""

    scenario: Scenario
    changes: tuple[str, ...]


def has_same_cast(scenario: Scenario, other: Scenario) -> bool:
    """Whether two scenarios have the same states, roles and red lines, and the same horizon."""
    if (scenario.states, scenario.red_lines) != (other.states, other.red_lines):
        return False
    roles = all(scenario.role(state) is other.role(state) for state in scenario.states)
    return roles and scenario.months == other.months


def choose_presets(scenarios: Sequence[Scenario]) -> tuple[Preset, ...]:
    """The scenarios after the first, or the library's with the same cast if there is only one.

    Raises :class:`sim.errors.UsageError` for a named scenario with another cast or the same name.
    """
    first, *others = scenarios
    names = [scenario.name for scenario in scenarios]
    if twice := [name for name in names if names.count(name) > 1]:
        raise UsageError(f"{twice[0]} is named twice", "give the scenarios different names")
    for other in others:
        if not has_same_cast(first, other):
            message = f"{other.name} has other states, red lines or months than {first.name}"
            raise UsageError(message, "write an explorer of its own for it")
    return tuple(
        Preset(each, tuple(describe_differences(each, first, MOST_CHANGES)))
        for each in (others or _library(first))
    )


def _library(first: Scenario) -> list[Scenario]:
    loaded = (load(name) for name in scenario_names() if name != first.name)
    return [scenario for scenario in loaded if has_same_cast(first, scenario)]
