"""Inheritance: a file, its ancestors and the overrides as layers, resolved to one scenario.

Later layers replace the values of earlier ones; every parameter without a value has its default.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from operator import itemgetter
from pathlib import Path

from sim import resources
from sim.enums import Role
from sim.errors import Place, did_you_mean, nearest
from sim.scenario.diagnostics import Diagnostics
from sim.scenario.parameter import Parameter
from sim.scenario.paths import (
    ParameterPath,
    UnknownPath,
    event_number,
    explain_miss,
    find,
    list_events,
    parameter_at,
)
from sim.scenario.read_events import EventChange, PlannedEvent
from sim.scenario.read_file import Layer, read_file
from sim.scenario.read_values import SHIFT
from sim.scenario.scenario import Event, Scenario, Value
from sim.scenario.schema import (
    HEAD,
    RED_LINE,
    REQUIRES,
    STATE,
    WITH_RED_LINES,
    WORLD_PARAMETERS,
    default,
    leaves,
)
from sim.scenario.yaml_nodes import Scalar

MAX_FILES = 16
ROSTER = "roster"
STATE_PARAMETERS = {**leaves(STATE, "x"), **leaves(REQUIRES, "x.requires")}
LINE_PARAMETERS = leaves(RED_LINE, "x")


def with_ancestors(own: Layer | None, path: Path, diagnostics: Diagnostics) -> list[Layer]:
    """The layers of a file and its ancestors, the most distant first; without those that cannot be
    read, which are reported."""
    layers: list[Layer] = []
    seen: list[Path] = []
    layer, here = own, path
    while layer is not None:
        layers.insert(0, layer)
        seen.append(here)
        if layer.extends is None:
            break
        parent = _parent(layer.extends, here, diagnostics)
        if parent is None or _is_endless(parent, layer.extends, seen, diagnostics):
            diagnostics.lack_parent()
            break
        layer, here = read_file(parent, diagnostics), parent
        if layer is None:
            diagnostics.lack_parent()
    return layers


def _parent(name: Scalar, child: Path, diagnostics: Diagnostics) -> Path | None:
    """The file of a parent: in the folder of the child, else shipped; never the child itself."""
    files = [path for path in _candidates(name.text, child) if os.path.isfile(path)]
    others = [path for path in files if not _same(path, child)]
    if others:
        return others[0]
    if files:
        diagnostics.add(name.place, f"extends: '{name.text}' is this file", "name another scenario")
    else:
        remedy = did_you_mean(name.text, [*_beside(child), *resources.scenario_names(), ROSTER])
        diagnostics.add(name.place, f"extends: no scenario named '{name.text[:60]}'", remedy)
    return None


def _candidates(name: str, child: Path) -> list[Path]:
    if resources.is_path(name):
        return [child.parent / name]
    found = [child.parent / f"{name}.yaml"]
    if name in resources.scenario_names():
        found.append(resources.scenario_file(name))
    return [*found, resources.seed_file(ROSTER)] if name == ROSTER else found


def _beside(child: Path) -> list[str]:
    return [path.stem for path in child.parent.glob("*.yaml") if path != child]


def _is_endless(parent: Path, name: Scalar, seen: list[Path], diagnostics: Diagnostics) -> bool:
    """Whether the parent is already among the files, or the number of files is at its maximum."""
    if any(_same(parent, file) for file in seen):
        message = f"extends: '{name.text}' is circular: it leads back to {parent.name}"
        diagnostics.add(name.place, message, "remove one 'extends' of the cycle")
        return True
    if len(seen) >= MAX_FILES:
        message = f"extends: more than {MAX_FILES} files in a row"
        diagnostics.add(name.place, message, "extend a closer ancestor")
        return True
    return False


def _same(one: Path, other: Path) -> bool:
    return os.path.realpath(one) == os.path.realpath(other)


def resolve(
    files: list[Layer], overrides: list[Layer], world: World, written: tuple[str, ...]
) -> Scenario:
    """Resolve the layers of the files, the most distant ancestor first, and of the overrides, which
    are ``written`` so."""
    for layer in (*files, *overrides):
        world.put(layer)
    own = files[-1]
    states = tuple(sorted(world.below("states")))
    lines = tuple((s, line) for s in states for line in sorted(world.below(_lines(s))))
    return Scenario(
        name=own.name,
        title=own.title or own.name.replace("_", " ").capitalize(),
        **{name: _integer(world, parameter) for name, parameter in HEAD.items()},
        values=_values(world, states, lines),
        states=states,
        red_lines=lines,
        groups=dict(sorted(world.groups.items())),
        events=tuple(_events(world)),
        info=dict(own.info),
        parent=files[-2].name if len(files) > 1 else None,
        files=tuple(layer.file for layer in reversed(files)),
        overrides=written,
    )


def _lines(state: str) -> str:
    return f"states.{state}.red_lines"


def _integer(world: World, parameter: Parameter) -> int:
    value = world.values.get(parameter.name) or Value(default(parameter))
    return int(value.distribution.numbers[0])


def _values(
    world: World, states: tuple[str, ...], lines: tuple[tuple[str, str], ...]
) -> dict[str, Value]:
    blank = _blanks(states, lines)
    return blank | {path: value for path, value in world.values.items() if path in blank}


@lru_cache(maxsize=64)
def _blanks(states: tuple[str, ...], lines: tuple[tuple[str, str], ...]) -> dict[str, Value]:
    """Every parameter with its default; not to be changed, as it is kept for the next scenario."""
    blank = dict(_BLANK_WORLD)
    for state in states:
        blank |= {f"states.{state}{path[1:]}": value for path, value in _BLANK_STATE.items()}
    for state, line in lines:
        prefix = f"{_lines(state)}.{line}"
        blank |= {prefix + path[1:]: value for path, value in _BLANK_LINE.items()}
    return blank


def _blank(parameters: dict[str, Parameter]) -> dict[str, Value]:
    return {path: Value(default(parameter)) for path, parameter in parameters.items()}


_BLANK_WORLD = _blank(WORLD_PARAMETERS)
_BLANK_STATE = _blank(STATE_PARAMETERS)
_BLANK_LINE = _blank(LINE_PARAMETERS)


def _events(world: World) -> Iterator[Event]:
    """The events that were not removed; each keeps its number."""
    for number, (name, plan) in enumerate(world.events.items(), start=1):
        if plan:
            yield _event(name, plan, number, world)


def _event(name: str, plan: PlannedEvent, number: int, world: World) -> Event:
    known = [pair for pair in plan.settings if world.exists(pair[0].text, pair[0].place)]
    own = {key.text: value for key, value in known if not is_of_group(key.text)}
    settings = dict(own)
    for key, value in known:
        if is_of_group(key.text):
            world.give_to_members(key.text, value, settings, own)
    for key, value in plan.later:
        if world.exists(key.text, key.place):
            settings |= dict.fromkeys(world.owners(key.text), value)
    in_order = tuple(sorted(settings.items(), key=itemgetter(0)))
    return Event(name, *plan.when, in_order, plan.why, plan.place, number)


@dataclass(slots=True)
class World:
    """The merged layers.

    ``names`` holds the names below ``states``, ``groups`` and each ``….red_lines``, with the place
    of the first mention; ``values`` are by final path, without defaults; ``events`` are by name,
    and an event that was removed is None, so that the others keep their numbers.
    """

    diagnostics: Diagnostics
    values: dict[str, Value] = field(default_factory=dict)
    names: dict[str, dict[str, Place]] = field(default_factory=dict)
    groups: dict[str, tuple[str, ...]] = field(default_factory=dict)
    events: dict[str, PlannedEvent | None] = field(default_factory=dict)

    def put(self, layer: Layer) -> None:
        """Merge a layer on top of the others; its values take precedence."""
        self.add_names(layer)
        written = self.by_final_path(layer)
        self.drop_other_roles(written)
        for path, value in written.items():
            self.values[path] = self.absolute(path, value)
        self.lower_starts(written)
        if layer.events is not None:
            self.add_events(layer.events)
        for change in layer.event_changes:
            self.change_event(change)

    @property
    def lacks_parent(self) -> bool:
        """Whether an ancestor could not be read, so that names and values of its own may exist."""
        return self.diagnostics.is_unknown("extends")

    def add_events(self, events: Sequence[PlannedEvent]) -> None:
        """Add the events of a layer: none removes the inherited ones, and an event with the name
        of an inherited one replaces it."""
        if not events:
            self.events = {}
        added: set[str] = set()
        for event in events:
            name = event.name or f"event_{len(self.events) + event.lost + 1}"
            if name in added or (not event.name and name in self.events):
                message = f"two events are called '{name}'"
                self.diagnostics.add(event.place, message, "give one of them another name")
            added.add(name)
            self.events[name] = event

    def change_event(self, change: EventChange) -> None:
        """Change or remove an event; report an unknown one."""
        if self.diagnostics.is_unknown("events"):
            return
        names = {number: name for number, name in enumerate(self.events, 1) if self.events[name]}
        number = event_number(change.event.text, names)
        event = None if number is None else self.events[names[number]]
        if number is None or event is None:
            message = f"unknown event '{change.event.text[:40]}'"
            self.diagnostics.add(change.event.place, message, list_events(names))
        else:
            self.events[names[number]] = change.apply(event)

    def below(self, prefix: str) -> Collection[str]:
        """The names that exist below a prefix."""
        return self.names.get(prefix, {})

    def exists(self, path: str, place: Place) -> bool:
        """Whether the parameter at a path exists; if not, a problem is added."""
        found = find(path, self.below)
        is_excused = self.lacks_parent or self.diagnostics.is_unknown(path)
        if isinstance(found, UnknownPath) and not is_excused:
            self.diagnostics.add(place, *explain_miss(path, found))
        return isinstance(found, Parameter)

    def owners(self, path: str) -> list[str]:
        """The final paths of a path: one per member for the path of a group."""
        return ParameterPath.parse(path).targets(self.groups)

    def add_names(self, layer: Layer) -> None:
        """Register the states, groups and red lines of a layer."""
        for group, members in layer.members.items():
            self.groups[group] = tuple(sorted(member.text for member in members))
            for member in members:
                self.add_name(f"states.{member.text}", member.place)
        for path, place in layer.named.items():
            self.add_name(path, place)
            if path.count(".") > 1:
                for owner in self.owners(path):
                    self.add_name(owner, place)
            elif is_of_group(path):
                self.check_group(path, place)

    def add_name(self, path: str, place: Place) -> None:
        """Register one name."""
        prefix, _, name = path.rpartition(".")
        self.names.setdefault(prefix, {}).setdefault(name, place)

    def check_group(self, path: str, place: Place) -> None:
        """Report a group that has no members."""
        group = path.removeprefix("groups.")
        is_excused = self.lacks_parent or self.diagnostics.is_unknown(f"{path}.members")
        if group not in self.groups and not is_excused:
            meant = nearest(group, self.groups)
            remedy = (f"did you mean '{meant}'? if not, " if meant else "") + "add 'members: [...]'"
            self.diagnostics.add(place, f"group '{group}' has no members", remedy)

    def by_final_path(self, layer: Layer) -> dict[str, Value]:
        """The values of a layer by final path; those of a group go to members without their own."""
        written = {p: v for p, v in layer.values.items() if not is_of_group(p)}
        own = {path for path, value in written.items() if self.exists(path, _place(value))}
        written = {path: written[path] for path in written if path in own}
        for path, value in layer.values.items():
            if is_of_group(path) and self.exists(path, _place(value)):
                self.give_to_members(path, value, written, own)
        return written

    def give_to_members(
        self, path: str, value: Value, written: dict[str, Value], own: Collection[str]
    ) -> None:
        """Give the value of a group to each member; report values that differ between groups."""
        for owner in self.owners(path):
            if owner in written and owner not in own and written[owner] != value:
                state = owner.split(".")[1]
                message = f"{state} has {path.split('.', 2)[2]} from two groups"
                self.diagnostics.add(_place(value), message, f"write it under states.{state}")
            elif owner not in written:
                written[owner] = value

    def absolute(self, path: str, value: Value) -> Value:
        """The value; a shift is added to the inherited value."""
        if value.distribution.kind != SHIFT:
            return value
        parameter = parameter_at(path)
        base = self.values.get(path) or Value(default(parameter))
        distribution = base.distribution.shifted(
            value.distribution.numbers[0], parameter.low, parameter.high
        )
        return Value(distribution, value.source or base.source, value.why or base.why, value.place)

    def drop_other_roles(self, written: dict[str, Value]) -> None:
        """Drop what a state inherited for a role that it no longer has."""
        roles = {path: v for path, v in written.items() if path.endswith(".role")}
        for path, value in roles.items():
            state, role = path.removesuffix(".role"), Role(int(value.distribution.numbers[0]))
            for other in [p for p in self.values if p.startswith(f"{state}.")]:
                if parameter_at(other).role not in (None, role):
                    del self.values[other]
            if role not in WITH_RED_LINES:
                self.drop_red_lines(f"{state}.red_lines", written)

    def drop_red_lines(self, path: str, written: Collection[str]) -> None:
        """Drop the inherited red lines at a path."""
        inherited = self.names.get(path, {})
        for line in list(inherited):
            prefix = f"{path}.{line}."
            if not any(each.startswith(prefix) for each in written):
                del inherited[line]
                self.values = {p: v for p, v in self.values.items() if not p.startswith(prefix)}

    def lower_starts(self, written: dict[str, Value]) -> None:
        """Lower an inherited start to a pledge that is now below it."""
        for path in [p for p in written if p.endswith(".pledge")]:
            start = path.removesuffix("pledge") + "start"
            pledge, before = self.values[path], self.values.get(start)
            if before is not None and start not in written and _is_above(before, pledge):
                self.values[start] = replace(
                    before, distribution=pledge.distribution, place=pledge.place
                )


def is_of_group(path: str) -> bool:
    """Whether a path is of a group, whose members it stands for."""
    return path.startswith("groups.")


def _is_above(one: Value, other: Value) -> bool:
    """Whether both values are fixed and the first is higher."""
    both_fixed = one.distribution.is_fixed and other.distribution.is_fixed
    return both_fixed and one.distribution.numbers > other.distribution.numbers


def _place(value: Value) -> Place:
    assert value.place is not None
    return value.place
