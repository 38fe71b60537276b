"""Variants of a scenario: parameters fixed at other values, or a state taken out.

Also the constraints between parameters that a variant must keep.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np

from sim.enums import Participation, Role
from sim.errors import UsageError
from sim.scenario.distributions import Distribution
from sim.scenario.parameter import Kind, Parameter
from sim.scenario.paths import ParameterPath, UnknownPath, explain_miss, find
from sim.scenario.scenario import Event, Scenario, Value
from sim.scenario.schema import HEAD

# Parameters that define the actors: another value would make another scenario.
CAST = ("role", "watches", "effect")


def fixed_at(scenario: Scenario, path: str, value: float) -> Scenario:
    """``scenario`` with the parameter at ``path`` fixed at ``value``.

    A path leads to a parameter (``setting.clarity``), to the members of a group that have it
    (``groups.baltic.resolve``), or to an event, given by its name or by its number from 1
    (``events.washington_leaves.month``, ``events.1.set.setting.backstop``). A word is given by its
    rank, a flag as 0 or 1. Raises :class:`sim.errors.UsageError` for a path that the scenario does
    not have, a value out of range, and a red line whose threshold is not below its reach.
    """
    return all_fixed_at(scenario, [(path, value)])


def all_fixed_at(scenario: Scenario, moves: Iterable[tuple[str, float]]) -> Scenario:
    """``scenario`` with each path fixed at its value; raises as :func:`fixed_at`.

    Red lines are checked after all values are set.
    """
    moved: list[str] = []
    for path, value in moves:
        if ParameterPath.parse(path).event:
            scenario = _with_event(scenario, path, float(value))
            continue
        for each in targets(scenario, path):
            _check_value(each, float(value))
            values = {**scenario.values, each: Value(Distribution("fixed", (float(value),)))}
            scenario = replace(scenario, values=values)
            moved.append(each)
    for each in moved:
        _check_line(scenario, each)
    return scenario


def targets(scenario: Scenario, path: str) -> tuple[str, ...]:
    """The parameters at ``path``: itself, or one for each member of a group that has it.

    Raises :class:`sim.errors.UsageError` if there is none.
    """
    parameter = find(path)
    if isinstance(parameter, UnknownPath):
        raise UsageError(*explain_miss(path, parameter))
    if path in HEAD:
        raise UsageError(f"{path} cannot be varied", f"set it for all: --set {path}=VALUE")
    found = ParameterPath.parse(path).targets(scenario.groups)
    having = tuple(each for each in found if each in scenario.values and scenario.uses(each))
    if not having:
        raise UsageError(f"{scenario.name} has no {path}", "thinline explain lists its parameters")
    return having


def _check_value(path: str, value: float) -> None:
    parameter = find(path)
    assert isinstance(parameter, Parameter)
    if parameter.name in CAST or not is_a_value(parameter, value):
        raise UsageError(f"{path}: {value:g} cannot be set", f"it is {parameter.range_text}")


def is_a_value(parameter: Parameter, value: float) -> bool:
    """Whether the parameter allows ``value``."""
    whole = parameter.kind is Kind.NUMBER or float(value).is_integer()
    return whole and parameter.low <= value <= parameter.high


def _check_line(scenario: Scenario, path: str) -> None:
    line, _, name = path.rpartition(".")
    if name not in ("threshold", "reach"):
        return
    threshold, reach = (scenario[f"{line}.{end}"].mean for end in ("threshold", "reach"))
    if threshold >= reach:
        raise UsageError(
            f"{path}: the threshold {threshold:g} would not be below the reach {reach:g}",
            "move the other end too",
        )


def _with_event(scenario: Scenario, path: str, value: float) -> Scenario:
    parts = ParameterPath.parse(path)
    k = scenario.event_position(parts.event)
    if parts.block:
        inside = str(replace(parts, event=""))
        event = _with_setting(scenario, scenario.events[k], path, inside, value)
    elif parts.name == "month":
        event = _with_month(scenario, scenario.events[k], path, value)
    else:
        remedy = f"write events.{parts.event}.month or events.{parts.event}.set.…"
        raise UsageError(f"{path} is not a parameter", remedy)
    return replace(scenario, events=(*scenario.events[:k], event, *scenario.events[k + 1 :]))


def _with_month(scenario: Scenario, event: Event, path: str, value: float) -> Event:
    if not value.is_integer() or not 0 <= value <= scenario.months:
        remedy = f"it is a whole month from 0 to {scenario.months}"
        raise UsageError(f"{path}: {value:g} cannot be set", remedy)
    return replace(event, month=int(value))


def _with_setting(scenario: Scenario, event: Event, path: str, inside: str, value: float) -> Event:
    moved = set(targets(scenario, inside))
    if not moved & {each for each, _ in event.set}:
        remedy = f"it sets {', '.join(each for each, _ in event.set)}"
        raise UsageError(f"{path}: this event does not set that parameter", remedy)
    _check_value(inside, value)
    fixed = Value(Distribution("fixed", (value,)))
    settings = tuple((each, fixed if each in moved else own) for each, own in event.set)
    return replace(event, set=settings)


class Constraint(NamedTuple):
    """An ordering constraint between the values at two paths; ``holds`` tests arrays of them."""

    lower: str
    upper: str
    holds: Callable[[Any, Any], Any]
    describe: Callable[[float, float], str]
    remedy: str


class Violation(NamedTuple):
    """Why a point is impossible, and which of its columns cause it."""

    message: str
    remedy: str
    columns: tuple[int, ...]


def find_violations(scenario: Scenario, paths: Sequence[str], points: Any) -> dict[int, Violation]:
    """The points that violate a constraint, by point number.

    ``points`` has a column for each of ``paths``; NaN stands for the scenario's own value.
    """
    moved = {
        each: k
        for k, path in enumerate(paths)
        if not ParameterPath.parse(path).event
        for each in targets(scenario, path)
    }
    found: dict[int, Violation] = {}
    for constraint in _constraints(list(moved)):
        ends = (constraint.lower, constraint.upper)
        lower, upper = (_values(scenario, path, moved.get(path), points) for path in ends)
        columns = tuple(sorted({moved[path] for path in ends if path in moved}))
        violated = ~(constraint.holds(lower, upper) | np.isnan(lower) | np.isnan(upper))
        for k in np.flatnonzero(violated).tolist():
            message = constraint.describe(lower[k], upper[k])
            found.setdefault(k, Violation(message, constraint.remedy, columns))
    return found


def _values(scenario: Scenario, path: str, column: int | None, points: Any) -> Any:
    """The values of a parameter at each point."""
    points = np.asarray(points, float)
    if column is None:
        return np.full(len(points), _own(scenario, path))
    values = points[:, column]
    # An unset start follows its pledge down, so that it has no value to compare.
    own = math.nan if path.endswith(".start") else _own(scenario, path)
    return np.where(np.isnan(values), own, values)


def _own(scenario: Scenario, path: str) -> float:
    """The scenario's own value; NaN for the distribution of a word."""
    law = scenario[path]
    if path.endswith((".start", ".pledge")) and not law.is_fixed:
        return math.nan
    return law.mean


def _constraints(moved: Sequence[str]) -> Iterator[Constraint]:
    """The constraints that moving these parameters could violate.

    A start that is not varied itself is lowered to its pledge, as in a scenario file.
    """
    for owner in dict.fromkeys(path.rpartition(".")[0] for path in moved):
        if f"{owner}.start" in moved:
            yield _start_constraint(owner)
        if {f"{owner}.threshold", f"{owner}.reach"} & {*moved}:
            yield _line_constraint(owner)


def _start_constraint(owner: str) -> Constraint:
    state = owner.partition(".")[2]

    def describe(start: float, pledge: float) -> str:
        words = [Participation(int(rung)).word for rung in (start, pledge)]
        return f"{state} starts at {words[0]}, above its pledge, {words[1]}"

    remedy = "raise the pledge, or lower the start"
    return Constraint(f"{owner}.start", f"{owner}.pledge", np.less_equal, describe, remedy)


def _line_constraint(owner: str) -> Constraint:
    name = owner.rpartition(".")[2]

    def describe(threshold: float, reach: float) -> str:
        return f"red line {name}: the threshold, {threshold:g}, is not below the reach, {reach:g}"

    remedy = "lower the threshold, or raise the reach"
    return Constraint(f"{owner}.threshold", f"{owner}.reach", np.less, describe, remedy)


NO_PLEDGE = Distribution("fixed", (float(Participation.NONE),))
LEAVING_NOTE = (
    "A state that leaves pledges nothing and contributes nothing, also where an event would set "
    "its pledge. Everything else is unchanged: the pledges of the other states, their conditions, "
    "which may now fail, and the setting, including the backstop."
)


def participants(scenario: Scenario) -> list[str]:
    """The guarantors that pledge something, at the start or through an event."""
    return [
        state
        for state in scenario.by_role[Role.GUARANTOR]
        if without_state(scenario, state) != scenario
    ]


def without_state(scenario: Scenario, state: str) -> Scenario:
    """``scenario`` with ``state`` out of the coalition: no pledge, no start, in no event."""
    own = f"states.{state}.pledge", f"states.{state}.start"
    values = {**scenario.values, **{path: _none(scenario.values[path]) for path in own}}
    events = tuple(_without_pledges(event, own) for event in scenario.events)
    return replace(scenario, values=values, events=events)


def _none(value: Value) -> Value:
    return replace(value, distribution=NO_PLEDGE)


def _without_pledges(event: Event, own: tuple[str, ...]) -> Event:
    settings = tuple((path, _none(value) if path in own else value) for path, value in event.set)
    return replace(event, set=settings)
