"""Events as written: a list of them in a file, or a change of one by ``--set``."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sim.enums import Occasion
from sim.errors import Place, did_you_mean, nearest
from sim.scenario.diagnostics import Diagnostics
from sim.scenario.event_triggers import REMEDY, When, parse_trigger
from sim.scenario.parameter import Kind, Parameter
from sim.scenario.paths import ParameterPath, UnknownPath, explain_miss, find
from sim.scenario.read_values import SHIFT, is_name, number_of, text_of, value_of
from sim.scenario.scenario import Value
from sim.scenario.schema import MAX_MONTHS, SHAPE
from sim.scenario.yaml_nodes import Mapping, Node, Scalar, Sequence

KEYS = ("name", "month", "when", "set", "why")
MONTH = Parameter("month", Kind.COUNT, 0, "the month of the event", "months", 0, MAX_MONTHS)
BLOCKS = {"setting", "states", "groups"}


@dataclass(frozen=True, slots=True)
class PlannedEvent:
    """An event as written: its paths may refer to groups, and are not yet resolved.

    ``name`` is empty if none is given; ``later`` holds the values that were changed by ``--set``,
    and ``lost`` counts the events before it in its list that could not be read.
    """

    name: str
    when: When
    settings: tuple[tuple[Scalar, Value], ...]
    why: str
    place: Place
    later: tuple[tuple[Scalar, Value], ...] = ()
    lost: int = 0


@dataclass(frozen=True, slots=True)
class EventChange:
    """A change of the event that ``event`` names or numbers: another ``month``, another trigger
    ``when`` or another value of a ``setting``; with none of them the event is removed."""

    event: Scalar
    month: int | None = None
    when: When | None = None
    setting: tuple[Scalar, Value] | None = None

    def apply(self, event: PlannedEvent) -> PlannedEvent | None:
        """The changed event; None if it is removed."""
        if self.month is not None:
            return replace(
                event, when=event.when._replace(month=self.month), place=self.event.place
            )
        if self.when is not None:
            return replace(event, when=self.when, place=self.event.place)
        if self.setting is not None:
            return replace(event, later=(*event.later, self.setting))
        return None


def read_change(key: Scalar, node: Node, diagnostics: Diagnostics) -> EventChange | None:
    """The change of one event at the path ``key``; None, with the problem reported, if it is wrong.

    ``events.NAME.month``, ``events.NAME.when`` and ``events.NAME.set.PATH`` take a new value;
    ``events.NAME`` takes ``null``, which removes the event.
    """
    path = ParameterPath.parse(key.text)
    event = Scalar(key.place, path.event)
    if path.block:
        inside = Scalar(key.place, str(replace(path, event="")))
        value = _setting(inside, node, diagnostics)
        return None if value is None else EventChange(event, setting=(inside, value))
    match path.name:
        case "month":
            month = number_of(node, MONTH, diagnostics)
            return None if month is None else EventChange(event, month=int(month))
        case "when":
            when = _trigger(node, diagnostics)
            return None if when is None else EventChange(event, when=when)
        case "" if isinstance(node, Scalar) and node.value is None:
            return EventChange(event)
    remedy = f"write events.{path.event or 'NAME'}.month, .when or .set.PATH, or set it to null"
    found = f"{key.text[:80]} is {node}" if not path.name else f"unknown path '{key.text[:80]}'"
    diagnostics.add(key.place, found, remedy)
    return None


def read_events(node: Node, diagnostics: Diagnostics) -> tuple[PlannedEvent, ...]:
    """The valid events of a list; problems are reported."""
    if not isinstance(node, Sequence):
        diagnostics.add(
            node.place, f"events is {node}, not a list", "write '- {month: …, set: {…}}'"
        )
        diagnostics.mark_unknown("events")
        return ()
    read = [_event(item, diagnostics) for item in node.items]
    if None in read:
        diagnostics.mark_unknown("events")
    return tuple(
        replace(event, lost=read[:place].count(None))
        for place, event in enumerate(read)
        if event is not None
    )


def _event(node: Node, diagnostics: Diagnostics) -> PlannedEvent | None:
    if not isinstance(node, Mapping):
        diagnostics.add(node.place, f"an event is {node}", "write {month: …, set: {…}, why: …}")
        return None
    unknown = [word for word in node.entries if word not in KEYS]
    for word in unknown:
        place, remedy = node.entries[word].key.place, did_you_mean(word, KEYS)
        diagnostics.add(place, f"unknown key '{word[:40]}' in an event", remedy)
    # A part under a misspelt key is not missing as well.
    meant = {nearest(word, KEYS) for word in unknown} - node.entries.keys()
    when = None if meant & {"month", "when"} else _when(node, diagnostics)
    settings = () if "set" in meant else _settings(node, diagnostics)
    why = text_of(node.entries["why"].node, "why", diagnostics) if "why" in node.entries else ""
    name = _name(node, diagnostics)
    if when is None or name is None:
        return None
    return PlannedEvent(name, when, settings, why, node.place)


def _name(node: Mapping, diagnostics: Diagnostics) -> str | None:
    """The name of an event, empty if none is given; None, with the problem reported, if wrong."""
    if "name" not in node.entries:
        return ""
    name = node.entries["name"].node
    if is_name(name, "event", diagnostics) and isinstance(name, Scalar):
        return name.text
    return None


def _when(node: Mapping, diagnostics: Diagnostics) -> When | None:
    dates = [word for word in ("month", "when") if word in node.entries]
    if len(dates) != 1:
        found = "both a month and a when" if dates else "neither a month nor a when"
        remedy = "write 'month: 12', or 'when: month >= 12 and first strike'"
        diagnostics.add(node.place, f"an event has {found}", remedy)
        return None
    date = node.entries[dates[0]].node
    if dates[0] == "month":
        month = number_of(date, MONTH, diagnostics)
        return None if month is None else When(Occasion.MONTH, int(month))
    return _trigger(date, diagnostics)


def _trigger(node: Node, diagnostics: Diagnostics) -> When | None:
    found = parse_trigger(node.text) if isinstance(node, Scalar) else f"{node} is not a trigger"
    if isinstance(found, When):
        return found
    diagnostics.add(node.place, f"when: {found}", REMEDY)
    return None


def _settings(node: Mapping, diagnostics: Diagnostics) -> tuple[tuple[Scalar, Value], ...]:
    settings = node.entries["set"].node if "set" in node.entries else None
    if not isinstance(settings, Mapping) or not settings.entries:
        place = settings.place if settings is not None else node.place
        diagnostics.add(place, "an event sets nothing", "add 'set: {setting.backstop: 0.0}'")
        return ()
    pairs = ((e.key, _setting(e.key, e.node, diagnostics)) for e in settings.entries.values())
    return tuple((key, value) for key, value in pairs if value is not None)


def _setting(path: Scalar, node: Node, diagnostics: Diagnostics) -> Value | None:
    parts = ParameterPath.parse(path.text)
    if (parts.block or parts.name) in SHAPE.keys() - BLOCKS:
        remedy = "use a path in setting, states or groups"
        diagnostics.add(path.place, f"an event cannot set {path.text[:60]}", remedy)
        return None
    parameter = find(path.text)
    if isinstance(parameter, UnknownPath):
        diagnostics.add(path.place, *explain_miss(path.text, parameter))
        return None
    if parameter.at_start:
        message = f"an event cannot set {path.text}: it is read once, at the start"
        remedy = "set pledge instead" if parameter.name == "start" else "remove it"
        diagnostics.add(path.place, message, remedy)
        return None
    return _without_shift(value_of(node, parameter, diagnostics), diagnostics)


def _without_shift(value: Value | None, diagnostics: Diagnostics) -> Value | None:
    if value is None or value.distribution.kind != SHIFT:
        return value
    assert value.place is not None
    diagnostics.add(value.place, "an event cannot shift a value", "write the new value")
    return None
