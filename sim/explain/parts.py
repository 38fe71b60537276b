"""What a scenario has beside values: its events and its groups, explained."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sim.errors import UsageError, head
from sim.experiments.sweep.axis import parameter_of
from sim.experiments.vary import targets
from sim.explain.wording import event_in_words, law_in_words
from sim.figures.wording import place_name, plural, several
from sim.report.given import given
from sim.scenario.model import Event, Scenario, Value
from sim.scenario.parameter import Parameter
from sim.scenario.written import event_written, value_written
from sim.suggest import did_you_mean

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

    def document(self, scenario: str) -> dict[str, Any]:
        """The part as plain data, as ``thinline explain --json`` prints it."""
        return {**head(self.kind, scenario), "name": self.name, **self.plain}


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
    told = [event_written(event) for event in scenario.events]
    lines = [f"{EVENTS}.{k}: {_briefly(event)}" for k, event in enumerate(scenario.events, 1)]
    title = f"{plural(len(told), 'event')} in {scenario.name}"
    return Part(EVENTS, EVENTS, title, lines, {"events": told}, f"{EVENTS}.1" if told else "")


def _briefly(event: Event) -> str:
    """When it happens and what it sets; of much, only how much."""
    words = event_in_words(event_written(event, with_reasons=False))
    when = words.partition(", ")[0]
    return words if len(event.set) <= SHOWN else f"{when}, {plural(len(event.set), 'value')} set"


def _event(asked: str, number: int, scenario: Scenario) -> Part:
    event = scenario.events[number - 1]
    told = event_written(event)
    lines = [f"{asked}.set.{path}: {_law(path, value)}" for path, value in event.set]
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
        said = {path: value_written(path, value) for path, value in found}
        words = [f"{path} becomes {_law(path, value)}" for path, value in found]
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
    lines = [f"{name}: {_by_law(laws)} ({parameter.meaning})" for name, (parameter, laws) in held]
    told = {name: dict(laws) for name, (_, laws) in held}
    title = f"{asked} in {scenario.name}: {_named(members)}"
    nearer = f"states.{members[0]}.{held[0][0]}"
    plain = {"members": list(members), "values": told}
    return Part("group", asked, title, lines, plain, nearer)


Held = tuple[Parameter, dict[str, Any]]


def _held(members: tuple[str, ...], inside: str, scenario: Scenario) -> list[tuple[str, Held]]:
    """Each parameter at or below ``inside`` that members have, and each one's law as written."""
    found: dict[str, Held] = {}
    for each in given(scenario):
        block, owner, *rest = each.path.split(".")
        name = ".".join(rest)
        if block == "states" and owner in members and f"{name}.".startswith(_below(inside)):
            laws = found.setdefault(name, (each.parameter, {}))[1]
            laws[owner] = value_written(each.path, each.value, with_reasons=False)
    return list(found.items())


def _below(inside: str) -> str:
    return f"{inside}." if inside else ""


def _by_law(laws: dict[str, Any]) -> str:
    """The laws in words, each after those who have it; one that all have stands alone."""
    owners: dict[str, list[str]] = {}
    for state, law in laws.items():
        owners.setdefault(law_in_words(law), []).append(state)
    if len(owners) == 1:
        return next(iter(owners))
    return "; ".join(f"{_named(tuple(states))} {words}" for words, states in owners.items())


def _named(states: tuple[str, ...]) -> str:
    return several([place_name(state) for state in states])


def _law(path: str, value: Value) -> str:
    return law_in_words(value_written(path, value, with_reasons=False))
