"""The same scenario with some parameters at other values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sim.errors import UsageError
from sim.figures.wording import plural
from sim.scenario.distributions import Law
from sim.scenario.model import Event, Scenario, Value
from sim.scenario.parameter import Kind, Parameter
from sim.scenario.paths import Miss, explained, find
from sim.scenario.schema import HEAD

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
    if isinstance(parameter, Miss):
        raise UsageError(*explained(path, parameter))
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
    values = {**scenario.values, path: Value(Law("fixed", (value,)))}
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
    fixed = Value(Law("fixed", (value,)))
    return replace(
        event,
        set=tuple((place, fixed if place in places else said) for place, said in event.set),
    )
