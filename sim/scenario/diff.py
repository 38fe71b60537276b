"""Differences between two scenarios."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any, NamedTuple

from sim.scenario.paths import parameter_at
from sim.scenario.scenario import Event, Scenario, event_to_yaml, value_to_yaml
from sim.scenario.schema import HEAD

# Differences in how a scenario is run, not in what happens in it.
OF_THE_RUN = ("runs", "seed")


class Difference(NamedTuple):
    """A path at which two scenarios differ, with both values as written; None if absent."""

    path: str
    before: Any
    after: Any


def differences(child: Scenario, parent: Scenario) -> list[Difference]:
    """The differences of ``child`` from ``parent``, without titles, reasons and lessons."""
    parts = (_counts, _values, _groups, _events)
    return list(chain.from_iterable(part(child, parent) for part in parts))


def differences_in_content(child: Scenario, parent: Scenario) -> list[Difference]:
    """The differences without those in how a scenario is run."""
    return [each for each in differences(child, parent) if each.path not in OF_THE_RUN]


def _counts(child: Scenario, parent: Scenario) -> Iterator[Difference]:
    for name in HEAD:
        before, after = getattr(parent, name), getattr(child, name)
        if before != after:
            yield Difference(name, before, after)


def _values(child: Scenario, parent: Scenario) -> Iterator[Difference]:
    for path in sorted(child.values.keys() | parent.values.keys()):
        if _have_the_same(path, child, parent):
            continue
        before, after = _distribution(parent, path), _distribution(child, path)
        if before != after and not _is_only_a_default(path, before, after):
            yield Difference(path, before, after)


def _have_the_same(path: str, one: Scenario, other: Scenario) -> bool:
    """Whether both scenarios have a value at ``path``, with the same distribution."""
    both = path in one.values and path in other.values
    return both and one.values[path].distribution == other.values[path].distribution


def _distribution(scenario: Scenario, path: str) -> Any:
    if path not in scenario.values:
        return None
    return value_to_yaml(path, scenario.values[path], with_reasons=False)


def _is_only_a_default(path: str, before: Any, after: Any) -> bool:
    """Whether one of the values is absent and the other is the default."""
    is_default = parameter_at(path).default in (before, after)
    return None in (before, after) and is_default and not path.endswith(".role")


def _groups(child: Scenario, parent: Scenario) -> Iterator[Difference]:
    for name in sorted(child.groups.keys() | parent.groups.keys()):
        before, after = parent.groups.get(name), child.groups.get(name)
        if before != after:
            path = f"groups.{name}.members"
            yield Difference(path, before and list(before), after and list(after))


def _events(child: Scenario, parent: Scenario) -> Iterator[Difference]:
    """Events removed, changed and added. Events are matched by name; one that sets other parameters
    or waits for another occasion is a new event."""
    before = {event.name: event for event in parent.events}
    after = {event.name: event for event in child.events}
    for name in dict.fromkeys([*before, *after]):
        one, other = before.get(name), after.get(name)
        if one and other and _sets_the_same(one, other):
            yield from _event_values(one, other)
        elif one is None or other is None or _inputs(one) != _inputs(other):
            yield Difference(f"events.{name}", one and _inputs(one), other and _inputs(other))


def _inputs(event: Event) -> dict[str, Any]:
    return event_to_yaml(event, with_reasons=False)


def _sets_the_same(one: Event, other: Event) -> bool:
    """Whether two events have the same occasion and set the same parameters."""
    trigger = (one.occasion, one.level, one.rung) == (other.occasion, other.level, other.rung)
    return trigger and dict(one.set).keys() == dict(other.set).keys()


def _event_values(one: Event, other: Event) -> Iterator[Difference]:
    """The differences between two events that set the same parameters."""
    if one.month != other.month:
        yield Difference(f"events.{one.name}.month", one.month, other.month)
    for (path, before), (_, after) in zip(one.set, other.set, strict=True):
        texts = [value_to_yaml(path, value, with_reasons=False) for value in (before, after)]
        if texts[0] != texts[1]:
            yield Difference(f"events.{one.name}.set.{path}", *texts)
