"""What a scenario has beside values: its events and its groups, explained."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sim.errors import UsageError, did_you_mean, json_head, nearest
from sim.experiments.factors import parameter_of
from sim.experiments.variants import targets
from sim.explain.text import describe_distribution, describe_event
from sim.scenario.parameter import Parameter
from sim.scenario.provenance import values_with_source
from sim.scenario.scenario import Event, Scenario, Value, event_to_yaml, value_to_yaml
from sim.scenario.schema import HEAD
from sim.text import join_and, plural, state_name

EVENTS, GROUPS = "events", "groups"
SHOWN = 4


@dataclass(frozen=True, slots=True)
class Part:
    """Events or groups, one of them, or something in one: a ``title`` and ``lines`` of text, and
    the same as plain data; ``nearer`` is what can be asked about next."""

    kind: str
    name: str
    title: str
    lines: list[str]
    plain: dict[str, Any]
    nearer: str = ""

    def to_dict(self, scenario: str) -> dict[str, Any]:
        """The part as plain data, as ``thinline explain --json`` prints it."""
        return {**json_head(self.kind, scenario), "name": self.name, **self.plain}


def part(asked: str, scenario: Scenario) -> Part | None:
    """What ``asked`` stands for among events and groups; ``None`` if it is about neither.

    Raises :class:`sim.errors.UsageError` for an event or a group that there is not.
    """
    if asked in scenario.groups:
        asked = f"{GROUPS}.{asked}"
    match asked.split("."):
        case ["events"]:
            return _events(scenario)
        case ["events", number] if number in _numbers(scenario):
            return _event(asked, int(number), scenario)
        case ["events", *_]:
            return _in_an_event(asked, scenario)
        case ["groups"]:
            return _groups(scenario)
        case ["groups", group, *rest]:
            return _group(asked, group, ".".join(rest), scenario)
    return None


def _numbers(scenario: Scenario) -> list[str]:
    return [str(k) for k in range(1, len(scenario.events) + 1)]


def _events(scenario: Scenario) -> Part:
    told = [event_to_yaml(event) for event in scenario.events]
    lines = [f"{EVENTS}.{k}: {_briefly(event)}" for k, event in enumerate(scenario.events, 1)]
    title = f"{plural(len(told), 'event')} in {scenario.name}"
    return Part(EVENTS, EVENTS, title, lines, {"events": told}, f"{EVENTS}.1" if told else "")


def _briefly(event: Event) -> str:
    """When it happens and what it sets; of much, only how much."""
    words = describe_event(event_to_yaml(event, with_reasons=False))
    when = words.partition(", ")[0]
    return words if len(event.set) <= SHOWN else f"{when}, {plural(len(event.set), 'value')} set"


def _event(asked: str, number: int, scenario: Scenario) -> Part:
    event = scenario.events[number - 1]
    told = event_to_yaml(event)
    lines = [f"{asked}.set.{path}: {_distribution(path, value)}" for path, value in event.set]
    lines += [f"because: {event.why}"] if event.why else []
    title = f"{asked} in {scenario.name}: {_briefly(event)}"
    return Part("event", asked, title, lines, {"event": told}, f"{asked}.set.{event.set[0][0]}")


def _in_an_event(asked: str, scenario: Scenario) -> Part:
    """An event's month, or what it sets; whether there is such a thing is found where it can be
    varied."""
    parameter = parameter_of(asked, scenario)
    _, number, *rest = asked.split(".")
    event = scenario.events[int(number) - 1]
    if rest == ["month"]:
        said = {asked: event.month}
        words = [f"{asked}: {event.month}"]
    else:
        among = targets(scenario, ".".join(rest[1:]))
        found = [(path, value) for path, value in event.set if path in among]
        said = {path: value_to_yaml(path, value) for path, value in found}
        words = [f"{path} becomes {_distribution(path, value)}" for path, value in found]
    title = f"{asked} in {scenario.name}: {parameter.meaning}, {parameter.range_text}"
    return Part("event", asked, title, words, {"values": said}, f"{EVENTS}.{number}")


def _groups(scenario: Scenario) -> Part:
    lines = [f"{name}: {_named(members)}" for name, members in scenario.groups.items()]
    title = f"{plural(len(lines), 'group')} in {scenario.name}"
    told = {name: list(members) for name, members in scenario.groups.items()}
    nearer = f"{GROUPS}.{next(iter(told))}" if told else ""
    return Part(GROUPS, GROUPS, title, lines, {"groups": told}, nearer)


def _group(asked: str, group: str, inside: str, scenario: Scenario) -> Part:
    if group not in scenario.groups:
        what = f"'{asked}' is nothing in {scenario.name}"
        raise UsageError(what, did_you_mean(group, scenario.groups))
    members = scenario.groups[group]
    held = _held(members, inside, scenario)
    if not held:
        parameter_of(asked, scenario)
        raise UsageError(f"'{asked}' is nothing in {scenario.name}", f"see: {GROUPS}.{group}")
    lines = [
        f"{name}: {_group_by_distribution(distributions)} ({parameter.meaning})"
        for name, (parameter, distributions) in held
    ]
    told = {name: dict(distributions) for name, (_, distributions) in held}
    title = f"{asked} in {scenario.name}: {_named(members)}"
    nearer = f"states.{members[0]}.{held[0][0]}"
    plain = {"members": list(members), "values": told}
    return Part("group", asked, title, lines, plain, nearer)


Held = tuple[Parameter, dict[str, Any]]


def _held(members: tuple[str, ...], inside: str, scenario: Scenario) -> list[tuple[str, Held]]:
    """Each parameter at or below ``inside`` that members have, and each one's distribution as written."""
    found: dict[str, Held] = {}
    for each in values_with_source(scenario):
        block, owner, *rest = each.path.split(".")
        name = ".".join(rest)
        if block == "states" and owner in members and f"{name}.".startswith(_below(inside)):
            distributions = found.setdefault(name, (each.parameter, {}))[1]
            distributions[owner] = value_to_yaml(each.path, each.value, with_reasons=False)
    return list(found.items())


def _below(inside: str) -> str:
    return f"{inside}." if inside else ""


def _group_by_distribution(distributions: dict[str, Any]) -> str:
    """The distributions in words, each after those who have it; one that all have stands alone."""
    owners: dict[str, list[str]] = {}
    for state, distribution in distributions.items():
        owners.setdefault(describe_distribution(distribution), []).append(state)
    if len(owners) == 1:
        return next(iter(owners))
    return "; ".join(f"{_named(tuple(states))} {words}" for words, states in owners.items())


def _named(states: tuple[str, ...]) -> str:
    return join_and([state_name(state) for state in states])


def _distribution(path: str, value: Value) -> str:
    return describe_distribution(value_to_yaml(path, value, with_reasons=False))


OTHER = (EVENTS, GROUPS)


@dataclass(frozen=True, slots=True)
class Lookup:
    """``state`` or a block of values by ``name``; ``paths`` are the values it holds."""

    kind: str
    name: str
    paths: tuple[str, ...]


def look_up(asked: str, scenario: Scenario) -> Lookup:
    """What ``asked`` stands for in ``scenario``; raises ``UsageError`` if for nothing."""
    asked = asked.removesuffix(".")
    if (name := asked.lower().replace(" ", "_")) in scenario.states:
        asked = name
    if asked in scenario.states:
        return Lookup("state", asked, _values_below(f"states.{asked}", scenario))
    if asked in HEAD or asked in scenario.values:
        return Lookup("value", asked, (asked,))
    if paths := _values_below(asked, scenario):
        state = asked.removeprefix("states.")
        return Lookup(*(("state", state) if state in scenario.states else ("block", asked)), paths)
    raise UsageError(f"'{asked}' is nothing in {scenario.name}", _remedy(asked, scenario))


def _values_below(prefix: str, scenario: Scenario) -> tuple[str, ...]:
    """The values below a prefix that mean something for their state's role."""
    return tuple(
        each.path for each in values_with_source(scenario) if each.path.startswith(f"{prefix}.")
    )


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
