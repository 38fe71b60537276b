"""The same scenario with some parameters at other values."""

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
from sim.scenario.paths import UnknownPath, explain_miss, find
from sim.scenario.scenario import Event, Scenario, Value
from sim.scenario.schema import HEAD
from sim.text import plural

# What makes the cast: it cannot be moved without telling another story.
CAST = ("role", "watches", "effect")


def fixed_at(scenario: Scenario, path: str, value: float) -> Scenario:
    """``scenario`` with what stands at ``path`` fixed at ``value``, whatever was said of it.

    A path is a parameter's (``setting.clarity``), a group's (``groups.baltic.resolve``: every
    member that has it), or an event's, counted from 1 in the order written (``events.1.month``,
    ``events.1.set.setting.backstop``). A word is given by its rank, a flag as 0 or 1. Raises
    :class:`sim.errors.UsageError` for a path the scenario does not have, a value that is none of
    the parameter's, or a red line turned upside down.
    """
    return all_fixed_at(scenario, [(path, value)])


def all_fixed_at(scenario: Scenario, moves: Iterable[tuple[str, float]]) -> Scenario:
    """``scenario`` with what stands at each path fixed at its value; raises as :func:`fixed_at`.

    Only when all have moved are both ends of a red line held against each other.
    """
    moved: list[str] = []
    for path, value in moves:
        if path.startswith("events."):
            scenario = _event_moved(scenario, path, float(value))
            continue
        for each in targets(scenario, path):
            scenario = _parameter_moved(scenario, each, float(value))
            moved.append(each)
    for each in moved:
        _check_line(scenario, each)
    return scenario


def targets(scenario: Scenario, path: str) -> tuple[str, ...]:
    """The parameters that ``path`` stands for: itself, or one for each member of a group that has
    it. Raises :class:`sim.errors.UsageError` where there is none."""
    parameter = find(path)
    if isinstance(parameter, UnknownPath):
        raise UsageError(*explain_miss(path, parameter))
    if path in HEAD:
        raise UsageError(f"{path} cannot be varied", f"set it for all: --set {path}=VALUE")
    block, name, *rest = path.split(".")
    if block != "groups":
        found = [path]
    else:
        members = scenario.groups.get(name, ())
        found = [".".join(["states", member, *rest]) for member in members]
    having = tuple(each for each in found if _has(scenario, each, parameter))
    if not having:
        raise UsageError(f"{scenario.name} has no {path}", "see thinline explain for what it has")
    return having


def _has(scenario: Scenario, path: str, parameter: Parameter) -> bool:
    if path not in scenario.values:
        return False
    return parameter.role is None or scenario.role(path.split(".")[1]) is parameter.role


def _parameter_moved(scenario: Scenario, path: str, value: float) -> Scenario:
    _check_value(path, value)
    values = {**scenario.values, path: Value(Distribution("fixed", (value,)))}
    return replace(scenario, values=values)


def _check_value(path: str, value: float) -> None:
    parameter = find(path)
    assert isinstance(parameter, Parameter)
    if parameter.name in CAST or not is_a_value(parameter, value):
        raise UsageError(f"{path}: {value:g} cannot be set", f"it is {parameter.range_text}")


def is_a_value(parameter: Parameter, value: float) -> bool:
    """Whether ``value`` is one that the parameter may take."""
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


def _event_moved(scenario: Scenario, path: str, value: float) -> Scenario:
    _, number, *rest = path.split(".")
    if not number.isdigit() or not 1 <= int(number) <= len(scenario.events):
        many = (
            f"it has {plural(len(scenario.events), 'event')}"
            if scenario.events
            else "it has no events"
        )
        raise UsageError(f"{scenario.name} has no {path}", f"{many}, counted from 1")
    k = int(number) - 1
    match rest:
        case ["month"]:
            event = _at_month(scenario, scenario.events[k], path, value)
        case ["set", *words] if words:
            event = _setting(scenario, scenario.events[k], path, ".".join(words), value)
        case _:
            raise UsageError(f"{path} is not a parameter", "write events.1.month or events.1.set.…")
    return replace(scenario, events=(*scenario.events[:k], event, *scenario.events[k + 1 :]))


def _at_month(scenario: Scenario, event: Event, path: str, value: float) -> Event:
    if not value.is_integer() or not 0 <= value <= scenario.months:
        remedy = f"it is a whole month from 0 to {scenario.months}"
        raise UsageError(f"{path}: {value:g} cannot be set", remedy)
    return replace(event, month=int(value))


def _setting(scenario: Scenario, event: Event, path: str, what: str, value: float) -> Event:
    places = set(targets(scenario, what))
    if not places & {place for place, _ in event.set}:
        inside = ", ".join(place for place, _ in event.set)
        raise UsageError(f"{path}: this event does not set that", f"it sets {inside}")
    _check_value(what, value)
    fixed = Value(Distribution("fixed", (value,)))
    return replace(
        event,
        set=tuple((place, fixed if place in places else said) for place, said in event.set),
    )


class Order(NamedTuple):
    """Values at two paths that go together where ``agrees`` says so of each point."""

    lower: str
    upper: str
    agrees: Callable[[Any, Any], Any]
    said: Callable[[float, float], str]
    remedy: str


class Refusal(NamedTuple):
    """Why no scenario could say what a point says, and which of its columns are to blame."""

    message: str
    remedy: str
    columns: tuple[int, ...]


def violates_order(scenario: Scenario, paths: Sequence[str], points: Any) -> dict[int, Refusal]:
    """Which of ``points``, a column for each of ``paths`` and NaN for the scenario's own, no
    scenario could say, and why not; by the number of the point."""
    moved = dict(_moved(scenario, paths))
    found: dict[int, Refusal] = {}
    for order in _orders(list(moved)):
        ends = (order.lower, order.upper)
        lower, upper = (_values(scenario, path, moved.get(path), points) for path in ends)
        blamed = tuple(sorted({moved[path] for path in ends if path in moved}))
        wrong = ~(order.agrees(lower, upper) | np.isnan(lower) | np.isnan(upper))
        for k in np.flatnonzero(wrong).tolist():
            found.setdefault(k, Refusal(order.said(lower[k], upper[k]), order.remedy, blamed))
    return found


def _moved(scenario: Scenario, paths: Sequence[str]) -> Iterator[tuple[str, int]]:
    """Every parameter that is moved, with the column that moves it."""
    for k, path in enumerate(paths):
        if not path.startswith("events."):
            yield from ((each, k) for each in targets(scenario, path))


def _values(scenario: Scenario, path: str, column: int | None, points: Any) -> Any:
    """The values of a parameter at each point."""
    points = np.asarray(points, float)
    if column is None:
        return np.full(len(points), _own(scenario, path))
    values = points[:, column]
    # A start that stays as it is goes down with its pledge, so there is nothing to tell of it.
    own = math.nan if path.endswith(".start") else _own(scenario, path)
    return np.where(np.isnan(values), own, values)


def _own(scenario: Scenario, path: str) -> float:
    """What the scenario says: of a word that is drawn nothing can be told, so it is NaN."""
    law = scenario[path]
    if path.endswith((".start", ".pledge")) and not law.is_fixed:
        return math.nan
    return law.mean


def _orders(moved: Sequence[str]) -> Iterator[Order]:
    """The orders that moving these parameters could break. A start that is not moved itself
    follows its pledge down, as it does in a scenario file."""
    for owner in dict.fromkeys(path.rpartition(".")[0] for path in moved):
        if f"{owner}.start" in moved:
            yield _of_start(owner)
        if {f"{owner}.threshold", f"{owner}.reach"} & {*moved}:
            yield _of_line(owner)


def _of_start(owner: str) -> Order:
    state = owner.partition(".")[2]

    def said(start: float, pledge: float) -> str:
        words = [Participation(int(rung)).word for rung in (start, pledge)]
        return f"{state} starts at {words[0]}, above its pledge, {words[1]}"

    remedy = "raise the pledge, or lower the start"
    return Order(f"{owner}.start", f"{owner}.pledge", np.less_equal, said, remedy)


def _of_line(owner: str) -> Order:
    name = owner.rpartition(".")[2]

    def said(threshold: float, reach: float) -> str:
        return f"red line {name}: the threshold, {threshold:g}, is not below the reach, {reach:g}"

    remedy = "lower the threshold, or raise the reach"
    return Order(f"{owner}.threshold", f"{owner}.reach", np.less, said, remedy)


NOTHING = Distribution("fixed", (float(Participation.NONE),))
LEAVING_NOTE = (
    "A state that leaves pledges nothing and starts with nothing, whatever an event would have it "
    "pledge later. All else stays as written: the other states' pledges and conditions, which may "
    "now fail, and the setting, the backstop among it."
)


def participants(scenario: Scenario) -> list[str]:
    """The guarantors that pledge something, from the start or by an event."""
    return [
        state
        for state in scenario.states
        if scenario.role(state) is Role.GUARANTOR and without_state(scenario, state) != scenario
    ]


def without_state(scenario: Scenario, state: str) -> Scenario:
    """``scenario`` with ``state`` out of the coalition: it pledges nothing and starts at nothing,
    whatever an event would have it pledge."""
    its = f"states.{state}.pledge", f"states.{state}.start"
    values = {**scenario.values, **{path: _none(scenario.values[path]) for path in its}}
    events = tuple(_without_pledges(event, its) for event in scenario.events)
    return replace(scenario, values=values, events=events)


def _none(value: Value) -> Value:
    return replace(value, distribution=NOTHING)


def _without_pledges(event: Event, its: tuple[str, ...]) -> Event:
    said = tuple((path, _none(value) if path in its else value) for path, value in event.set)
    return replace(event, set=said)
