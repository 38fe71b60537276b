"""What a user asks to have explained: the scenario, a state, a block of values, or one value."""

from __future__ import annotations

from dataclasses import dataclass

from sim.errors import UsageError
from sim.experiments.sweep.axis import parameter_of
from sim.explain.parts import EVENTS, GROUPS
from sim.report.given import given
from sim.scenario.model import Scenario
from sim.scenario.schema import HEAD
from sim.suggest import did_you_mean, nearest

OTHER = (EVENTS, GROUPS)


@dataclass(frozen=True, slots=True)
class Target:
    """``state`` or a block of values by ``name``; ``paths`` are the values it holds."""

    kind: str
    name: str
    paths: tuple[str, ...]


def target(asked: str, scenario: Scenario) -> Target:
    """What ``asked`` stands for in ``scenario``; raises ``UsageError`` if for nothing."""
    asked = asked.removesuffix(".")
    if (name := asked.lower().replace(" ", "_")) in scenario.states:
        asked = name
    if asked in scenario.states:
        return Target("state", asked, _below(f"states.{asked}", scenario))
    if asked in HEAD or asked in scenario.values:
        return Target("value", asked, (asked,))
    if paths := _below(asked, scenario):
        state = asked.removeprefix("states.")
        return Target(*(("state", state) if state in scenario.states else ("block", asked)), paths)
    raise UsageError(f"'{asked}' is nothing in {scenario.name}", _remedy(asked, scenario))


def _below(prefix: str, scenario: Scenario) -> tuple[str, ...]:
    """The values below a prefix that mean something for their state's role."""
    return tuple(each.path for each in given(scenario) if each.path.startswith(f"{prefix}."))


def _remedy(asked: str, scenario: Scenario) -> str:
    if paths := [path for path in scenario.values if path.endswith(f".{asked}")]:
        return f"did you mean '{paths[0]}'?"
    if "." in asked:
        near = nearest(asked, scenario.values)
        return f"did you mean '{near}'?" if near else _wrong(asked, scenario)
    blocks = dict.fromkeys(path.partition(".")[0] for path in scenario.values)
    return did_you_mean(asked, [*scenario.states, *scenario.groups, *blocks, *HEAD, *OTHER])


def _wrong(asked: str, scenario: Scenario) -> str:
    """Where a path leaves what there is, and what there is in its place."""
    try:
        parameter_of(asked, scenario)
    except UsageError as error:
        return error.remedy
    return f"see: thinline explain {scenario.name}"
