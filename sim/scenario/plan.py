"""The events in a scenario file, as written."""

from __future__ import annotations

from sim.scenario.findings import Findings
from sim.scenario.laws import SHIFT, value_of
from sim.scenario.layer import PlannedEvent
from sim.scenario.model import Value
from sim.scenario.nodes import Mapping, Node, Scalar, Sequence
from sim.scenario.numbers import number_of
from sim.scenario.occasion import REMEDY, When, occasion_of
from sim.scenario.parameter import Kind, Parameter
from sim.scenario.paths import Miss, explained, find
from sim.scenario.schema import MAX_MONTHS
from sim.scenario.shape import SHAPE
from sim.scenario.words import text_of
from sim.suggest import did_you_mean
from sim.vocabulary import Occasion

KEYS = ("month", "when", "set", "why")
MONTH = Parameter("month", Kind.COUNT, 0, "when it happens", "months", 0, MAX_MONTHS)
BLOCKS = ("setting", "states", "groups")


def read_events(node: Node, findings: Findings) -> tuple[PlannedEvent, ...]:
    """The events of a list, those that can be read."""
    if not isinstance(node, Sequence):
        findings.add(node.place, f"events is {node}, not a list", "write '- {month: …, set: {…}}'")
        return ()
    read = (_event(item, findings) for item in node.items)
    return tuple(event for event in read if event is not None)


def _event(node: Node, findings: Findings) -> PlannedEvent | None:
    if not isinstance(node, Mapping):
        findings.add(node.place, f"an event is {node}", "write {month: …, set: {…}, why: …}")
        return None
    for word, entry in node.entries.items():
        if word not in KEYS:
            remedy = did_you_mean(word, KEYS)
            findings.add(entry.key.place, f"unknown key '{word[:40]}' in an event", remedy)
    when = _when(node, findings)
    settings = _settings(node, findings)
    why = text_of(node.entries["why"].node, "why", findings) if "why" in node.entries else ""
    return None if when is None else PlannedEvent(when, settings, why, node.place)


def _when(node: Mapping, findings: Findings) -> When | None:
    dates = [word for word in ("month", "when") if word in node.entries]
    if len(dates) != 1:
        found = "both a month and a when" if dates else "neither a month nor a when"
        remedy = "write 'month: 12', or 'when: month >= 12 and first strike'"
        findings.add(node.place, f"an event has {found}", remedy)
        return None
    date = node.entries[dates[0]].node
    if dates[0] == "month":
        month = number_of(date, MONTH, findings)
        return None if month is None else When(Occasion.MONTH, int(month))
    return _occasion(date, findings)


def _occasion(node: Node, findings: Findings) -> When | None:
    found = occasion_of(node.text) if isinstance(node, Scalar) else f"{node} is no occasion"
    if isinstance(found, When):
        return found
    findings.add(node.place, f"when: {found}", REMEDY)
    return None


def _settings(node: Mapping, findings: Findings) -> tuple[tuple[Scalar, Value], ...]:
    settings = node.entries["set"].node if "set" in node.entries else None
    if not isinstance(settings, Mapping) or not settings.entries:
        place = settings.place if settings is not None else node.place
        findings.add(place, "an event sets nothing", "add 'set: {setting.backstop: 0.0}'")
        return ()
    pairs = ((e.key, _setting(e.key, e.node, findings)) for e in settings.entries.values())
    return tuple((key, value) for key, value in pairs if value is not None)


def _setting(path: Scalar, node: Node, findings: Findings) -> Value | None:
    if path.text.split(".")[0] not in BLOCKS and path.text.split(".")[0] in SHAPE:
        remedy = "an event sets setting.…, states.… or groups.…"
        findings.add(path.place, f"an event cannot set {path.text[:60]}", remedy)
        return None
    parameter = find(path.text)
    if isinstance(parameter, Miss):
        findings.add(path.place, *explained(path.text, parameter))
        return None
    if parameter.at_start:
        message = f"an event cannot set {path.text}: it is read once, at the start"
        remedy = "set pledge instead" if parameter.name == "start" else "leave it out"
        findings.add(path.place, message, remedy)
        return None
    return _absolute(value_of(node, parameter, findings), findings)


def _absolute(value: Value | None, findings: Findings) -> Value | None:
    if value is None or value.law.kind != SHIFT:
        return value
    assert value.place is not None
    findings.add(
        value.place, "a shift has nothing to start from in an event", "write the new value"
    )
    return None
