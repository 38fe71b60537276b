"""Look up a part of a scenario: a state, a block, a value, an event or a group; or a rule."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from sim.errors import UsageError, did_you_mean, json_head, nearest
from sim.experiments.factors import parameter_of
from sim.experiments.variants import targets
from sim.explain.data_flow import Function, functions, readers_of
from sim.explain.formatting import describe_distribution, describe_event, describe_parameter
from sim.formatting import join_and, name_states, plural
from sim.scenario.parameter import Parameter
from sim.scenario.paths import ParameterPath, parameter_at
from sim.scenario.provenance import values_with_source
from sim.scenario.scenario import Event, Scenario, event_to_yaml, value_to_yaml
from sim.scenario.schema import HEAD

EVENTS = "events"
GROUPS = "groups"
OTHER = (EVENTS, GROUPS)
SHOWN = 4


@dataclass(frozen=True, slots=True)
class Lookup:
    """A state, a block of values or a value by ``name``, with the ``paths`` of its values."""

    kind: str
    name: str
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ScenarioPart:
    """The events or groups, or a part of one: a ``title`` and ``lines`` of text, and the same as
    plain data; ``nearer`` is the path of a more detailed part."""

    kind: str
    name: str
    title: str
    lines: list[str]
    plain: dict[str, Any]
    nearer: str = ""

    def to_dict(self, scenario: str) -> dict[str, Any]:
        """The part as plain data, as ``thinline explain --json`` prints it."""
        return {**json_head(self.kind, scenario), "name": self.name, **self.plain}


MemberValues = tuple[Parameter, dict[str, Any]]


def look_up(query: str, scenario: Scenario) -> Lookup:
    """The state, block or value that a path names; raises ``UsageError`` if there is none."""
    query = query.removesuffix(".")
    if (name := query.lower().replace(" ", "_")) in scenario.states:
        query = name
    if query in scenario.states:
        return Lookup("state", query, _values_below(f"states.{query}", scenario))
    if query in scenario.values and (wanted := parameter_at(query).role) is not None:
        state = ParameterPath.parse(query).owner
        if (role := scenario.role(state)) is not wanted:
            message = f"{query} is for a {wanted.label}, and {state} is a {role.label}"
            raise UsageError(message, f"see: thinline explain {scenario.name} {state}")
    if query in HEAD or query in scenario.values:
        return Lookup("value", query, (query,))
    if paths := _values_below(query, scenario):
        state = query.removeprefix("states.")
        return Lookup(*(("state", state) if state in scenario.states else ("block", query)), paths)
    raise UsageError(f"'{query}' is not part of {scenario.name}", _remedy(query, scenario))


def _values_below(prefix: str, scenario: Scenario) -> tuple[str, ...]:
    """The values below a prefix that apply to the role of their state."""
    return tuple(
        each.path for each in values_with_source(scenario) if each.path.startswith(f"{prefix}.")
    )


def _remedy(query: str, scenario: Scenario) -> str:
    if paths := [path for path in scenario.values if path.endswith(f".{query}")]:
        return f"did you mean '{paths[0]}'?"
    if "." in query:
        near = nearest(query, scenario.values)
        return f"did you mean '{near}'?" if near else _path_error(query, scenario)
    blocks = dict.fromkeys(path.partition(".")[0] for path in scenario.values)
    names = [*scenario.states, *scenario.groups, *blocks, *HEAD, *OTHER]
    if nearest(query, names) is None and (rule := nearest(query, functions("rules"))):
        return f"did you mean '{rule}'?"
    return did_you_mean(query, names)


def _path_error(query: str, scenario: Scenario) -> str:
    """The remedy for an error in a path."""
    try:
        parameter_of(query, scenario)
    except UsageError as error:
        return error.remedy
    return f"see: thinline explain {scenario.name}"


def find_part(query: str, scenario: Scenario) -> ScenarioPart | None:
    """The events, the groups or a part of one at a path, or the rule of a name; ``None`` for any
    other path.

    Raises :class:`sim.errors.UsageError` for an unknown event or group.
    """
    query = query.removesuffix(".")
    if query in scenario.groups:
        query = f"{GROUPS}.{query}"
    path = ParameterPath.parse(query)
    if path.event:
        is_whole = not path.block and not path.name
        return _event(query, scenario) if is_whole else _in_an_event(query, scenario)
    if path.block == GROUPS:
        return _group(query, path.owner, path.label, scenario) if path.owner else _groups(scenario)
    if query == EVENTS:
        return _events(scenario)
    is_rule = query in functions("rules") and query not in scenario.states
    return _rule(functions("rules")[query], scenario) if is_rule else None


def _rule(rule: Function, scenario: Scenario) -> ScenarioPart:
    """What a rule says, and the parameters that it receives."""
    paths: dict[str, str] = {}
    for path in scenario.values:
        general = _general(path)
        if general not in paths and rule in readers_of(path).rules:
            paths[general] = path
    lines = [rule.says, *(f"reads {each}: {parameter_at(paths[each]).about}" for each in paths)]
    plain = {"file": rule.file, "says": rule.says, "reads": list(paths)}
    nearer = next(iter(paths.values()), "")
    return ScenarioPart("rule", rule.name, f"rule {rule.name} ({rule.file})", lines, plain, nearer)


def _general(path: str) -> str:
    """The path with a word in place of a state, a red line or a step of a ladder."""
    match path.split("."):
        case ["states", _, "red_lines", _, name]:
            return f"states.NAME.red_lines.LINE.{name}"
        case ["states", _, *inside]:
            return ".".join(["states.NAME", *inside])
        case ["ladders", ladder, _, name]:
            return f"ladders.{ladder}.STEP.{name}"
    return path


def _events(scenario: Scenario) -> ScenarioPart:
    data = [event_to_yaml(event) for event in scenario.events]
    lines = [f"{EVENTS}.{event.name}: {_briefly(event)}" for event in scenario.events]
    title = f"{plural(len(data), 'event')} in {scenario.name}"
    nearer = f"{EVENTS}.{scenario.events[0].name}" if data else ""
    return ScenarioPart(EVENTS, EVENTS, title, lines, {"events": data}, nearer)


def _briefly(event: Event) -> str:
    """The trigger of an event and the values it sets, or their number if there are many."""
    words = describe_event(event_to_yaml(event, with_reasons=False))
    when = words.partition(", ")[0]
    return words if len(event.set) <= SHOWN else f"{when}, {plural(len(event.set), 'value')} set"


def _event(query: str, scenario: Scenario) -> ScenarioPart:
    event = scenario.events[scenario.event_position(ParameterPath.parse(query).event)]
    data = event_to_yaml(event)
    lines = [f"{query}.set.{path}: {describe_parameter(path, value)}" for path, value in event.set]
    lines += [f"because: {event.why}"] if event.why else []
    title = f"{query} in {scenario.name}: {_briefly(event)}"
    return ScenarioPart(
        "event", query, title, lines, {"event": data}, f"{query}.set.{event.set[0][0]}"
    )


def _in_an_event(query: str, scenario: Scenario) -> ScenarioPart:
    """The month of an event, or values that it sets; raises ``UsageError`` for any other path."""
    parameter = parameter_of(query, scenario)
    path = ParameterPath.parse(query)
    event = scenario.events[scenario.event_position(path.event)]
    if not path.block:
        data = {query: event.month}
        words = [f"{query}: {event.month}"]
    else:
        among = targets(scenario, str(replace(path, event="")))
        found = [(path, value) for path, value in event.set if path in among]
        data = {path: value_to_yaml(path, value) for path, value in found}
        words = [f"{path} becomes {describe_parameter(path, value)}" for path, value in found]
    title = f"{query} in {scenario.name}: {parameter.about}, {parameter.range_text}"
    return ScenarioPart("event", query, title, words, {"values": data}, f"{EVENTS}.{path.event}")


def _groups(scenario: Scenario) -> ScenarioPart:
    lines = [f"{name}: {_named(members)}" for name, members in scenario.groups.items()]
    title = f"{plural(len(lines), 'group')} in {scenario.name}"
    data = {name: list(members) for name, members in scenario.groups.items()}
    nearer = f"{GROUPS}.{next(iter(data))}" if data else ""
    return ScenarioPart(GROUPS, GROUPS, title, lines, {"groups": data}, nearer)


def _group(query: str, group: str, inside: str, scenario: Scenario) -> ScenarioPart:
    if group not in scenario.groups:
        what = f"'{query}' is not part of {scenario.name}"
        raise UsageError(what, did_you_mean(group, scenario.groups))
    members = scenario.groups[group]
    found = _member_values(members, inside, scenario)
    if not found:
        parameter_of(query, scenario)
        raise UsageError(f"'{query}' is not part of {scenario.name}", f"see: {GROUPS}.{group}")
    lines = [
        f"{name}: {_group_by_distribution(distributions)} – {parameter.about}"
        for name, (parameter, distributions) in found
    ]
    data = {name: dict(distributions) for name, (_, distributions) in found}
    title = f"{query} in {scenario.name}: {_named(members)}"
    nearer = f"states.{members[0]}.{found[0][0]}"
    plain = {"members": list(members), "values": data}
    return ScenarioPart("group", query, title, lines, plain, nearer)


def _member_values(
    members: tuple[str, ...], inside: str, scenario: Scenario
) -> list[tuple[str, MemberValues]]:
    """The parameters at or below ``inside``, with the distribution of each member."""
    found: dict[str, MemberValues] = {}
    for each in values_with_source(scenario):
        path = ParameterPath.parse(each.path)
        if path.owner in members and f"{path.label}.".startswith(_below(inside)):
            distributions = found.setdefault(path.label, (each.parameter, {}))[1]
            distributions[path.owner] = value_to_yaml(each.path, each.value, with_reasons=False)
    return list(found.items())


def _below(inside: str) -> str:
    return f"{inside}." if inside else ""


def _group_by_distribution(distributions: dict[str, Any]) -> str:
    """The distributions as text, each with the states that have it, unless all have the same."""
    owners: dict[str, list[str]] = {}
    for state, distribution in distributions.items():
        owners.setdefault(describe_distribution(distribution), []).append(state)
    if len(owners) == 1:
        return next(iter(owners))
    return "; ".join(f"{_named(tuple(states))} {words}" for words, states in owners.items())


def _named(states: tuple[str, ...]) -> str:
    return join_and([name for name, _ in name_states(states)])
