"""A world of layers to a scenario: every parameter has a value, every event its paths."""

from __future__ import annotations

import os
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from operator import itemgetter
from pathlib import Path

from sim import resources
from sim.enums import Role
from sim.errors import Place, did_you_mean
from sim.scenario.diagnostics import Diagnostics
from sim.scenario.parameter import Parameter
from sim.scenario.paths import UnknownPath, explain_miss, find, parameter_at
from sim.scenario.read_file import Layer, PlannedEvent, read_file
from sim.scenario.read_values import SHIFT
from sim.scenario.scenario import Event, Scenario, Value
from sim.scenario.schema import HEAD, RED_LINE, REQUIRES, STATE, WORLD_PARAMETERS, default, leaves
from sim.scenario.yaml_nodes import Scalar

STATE_PARAMETERS = {**leaves(STATE, "x"), **leaves(REQUIRES, "x.requires")}
LINE_PARAMETERS = leaves(RED_LINE, "x")


def resolve(files: list[Layer], overrides: list[Layer], world: World) -> Scenario:
    """The scenario that the layers, the first the remotest ancestor, add up to."""
    for layer in (*files, *overrides):
        world.put(layer)
    own = files[-1]
    states = tuple(sorted(world.below("states")))
    lines = tuple((s, line) for s in states for line in sorted(world.below(_lines(s))))
    return Scenario(
        name=own.name,
        title=own.title or own.name.replace("_", " ").capitalize(),
        **{name: _count(world, parameter) for name, parameter in HEAD.items()},
        values=_values(world, states, lines),
        states=states,
        red_lines=lines,
        groups=dict(sorted(world.groups.items())),
        events=tuple(_event(plan, world) for plan in world.events),
        info=own.info,
        parent=files[-2].name if len(files) > 1 else None,
        files=tuple(layer.file for layer in reversed(files)),
    )


def _lines(state: str) -> str:
    return f"states.{state}.red_lines"


def _count(world: World, parameter: Parameter) -> int:
    value = world.values.get(parameter.name) or Value(default(parameter))
    return int(value.distribution.numbers[0])


def _values(
    world: World, states: tuple[str, ...], lines: tuple[tuple[str, str], ...]
) -> dict[str, Value]:
    blank = dict(_BLANK_WORLD)
    for state in states:
        blank |= {f"states.{state}{path[1:]}": value for path, value in _BLANK_STATE.items()}
    for state, line in lines:
        prefix = f"{_lines(state)}.{line}"
        blank |= {prefix + path[1:]: value for path, value in _BLANK_LINE.items()}
    return blank | {path: value for path, value in world.values.items() if path in blank}


def _blank(parameters: dict[str, Parameter]) -> dict[str, Value]:
    return {path: Value(default(parameter)) for path, parameter in parameters.items()}


_BLANK_WORLD = _blank(WORLD_PARAMETERS)
_BLANK_STATE = _blank(STATE_PARAMETERS)
_BLANK_LINE = _blank(LINE_PARAMETERS)


def _event(plan: PlannedEvent, world: World) -> Event:
    settings: dict[str, Value] = {}
    whole = [(key, value) for key, value in plan.settings if world.exists(key.text, key.place)]
    # a state's own setting beats its group's, as everywhere
    for key, value in sorted(whole, key=lambda pair: not pair[0].text.startswith("groups.")):
        settings |= dict.fromkeys(world.owners(key.text), value)
    in_order = tuple(sorted(settings.items(), key=itemgetter(0)))
    return Event(*plan.when, in_order, plan.why, plan.place)


@dataclass(slots=True)
class World:
    """What the layers so far say.

    ``names`` holds what is named below ``states``, ``groups`` and each ``….red_lines``, with the
    place where it was named first; ``values`` are by final path, what is unsaid left out.
    """

    diagnostics: Diagnostics
    values: dict[str, Value] = field(default_factory=dict)
    names: dict[str, dict[str, Place]] = field(default_factory=dict)
    groups: dict[str, tuple[str, ...]] = field(default_factory=dict)
    events: tuple[PlannedEvent, ...] = ()

    def put(self, layer: Layer) -> None:
        """Put a layer on top; what it says counts from now on."""
        self.take_names(layer)
        written = self.spread(layer)
        self.forget_other_roles(written)
        for path, value in written.items():
            self.values[path] = self.absolute(path, value)
        self.lower_starts(written)
        if layer.events is not None:
            self.events = (*self.events, *layer.events) if layer.events else ()

    def below(self, prefix: str) -> Collection[str]:
        """The names that exist below a prefix."""
        return self.names.get(prefix, {})

    def exists(self, path: str, place: Place) -> bool:
        """Whether a path leads to a parameter of something there is; if not, it is reported."""
        found = find(path, self.below)
        if isinstance(found, UnknownPath) and not self.diagnostics.is_unknown(path):
            self.diagnostics.add(place, *explain_miss(path, found))
        return isinstance(found, Parameter)

    def owners(self, path: str) -> list[str]:
        """The final paths a path stands for: one for each member, if it names a group."""
        if not path.startswith("groups."):
            return [path]
        _, group, rest = path.split(".", 2)
        return [f"states.{member}.{rest}" for member in self.groups.get(group, ())]

    def take_names(self, layer: Layer) -> None:
        """Take in the states, groups and red lines of a layer."""
        for group, members in layer.members.items():
            self.groups[group] = tuple(sorted(member.text for member in members))
            for member in members:
                self.take_name(f"states.{member.text}", member.place)
        for path, place in layer.named.items():
            self.take_name(path, place)
            if path.count(".") > 1:
                for owner in self.owners(path):
                    self.take_name(owner, place)
            elif path.startswith("groups."):
                self.check_group(path, place)

    def take_name(self, path: str, place: Place) -> None:
        """Note that something exists."""
        prefix, _, name = path.rpartition(".")
        self.names.setdefault(prefix, {}).setdefault(name, place)

    def check_group(self, path: str, place: Place) -> None:
        """Report a group that has no members."""
        group = path.removeprefix("groups.")
        if group not in self.groups and not self.diagnostics.is_unknown(f"{path}.members"):
            remedy = f"add 'members: [...]' ({did_you_mean(group, self.groups)})"
            self.diagnostics.add(place, f"group '{group}' has no members", remedy)

    def spread(self, layer: Layer) -> dict[str, Value]:
        """A layer's values by final path: a group's for each member that has none of its own."""
        written = {p: v for p, v in layer.values.items() if not p.startswith("groups.")}
        own = {path for path, value in written.items() if self.exists(path, _place(value))}
        written = {path: written[path] for path in written if path in own}
        for path, value in layer.values.items():
            if path.startswith("groups.") and self.exists(path, _place(value)):
                self.spread_one(path, value, written, own)
        return written

    def spread_one(self, path: str, value: Value, written: dict[str, Value], own: set[str]) -> None:
        """Put a group's value on each member, refusing two groups that say different things."""
        for owner in self.owners(path):
            if owner in written and owner not in own and written[owner] != value:
                state = owner.split(".")[1]
                message = f"{state} gets {path.split('.', 2)[2]} from two groups"
                self.diagnostics.add(_place(value), message, f"write it under states.{state}")
            elif owner not in written:
                written[owner] = value

    def absolute(self, path: str, value: Value) -> Value:
        """The value with a shift added to what was inherited."""
        if value.distribution.kind != SHIFT:
            return value
        parameter = parameter_at(path)
        base = self.values.get(path) or Value(default(parameter))
        distribution = base.distribution.shifted(
            value.distribution.numbers[0], parameter.low, parameter.high
        )
        return Value(distribution, value.source or base.source, value.why or base.why, value.place)

    def forget_other_roles(self, written: dict[str, Value]) -> None:
        """Drop what was inherited for a role that a state no longer has."""
        roles = {path: v for path, v in written.items() if path.endswith(".role")}
        for path, value in roles.items():
            state = path.removesuffix("role")
            for other in [p for p in self.values if p.startswith(state)]:
                if parameter_at(other).role not in (None, Role(int(value.distribution.numbers[0]))):
                    del self.values[other]

    def lower_starts(self, written: dict[str, Value]) -> None:
        """Let an inherited start follow a pledge that is now below it."""
        for path in [p for p in written if p.endswith(".pledge")]:
            start = path.removesuffix("pledge") + "start"
            pledge, before = self.values[path], self.values.get(start)
            if before is not None and start not in written and _is_above(before, pledge):
                self.values[start] = replace(
                    before, distribution=pledge.distribution, place=pledge.place
                )


def _is_above(one: Value, other: Value) -> bool:
    """Whether both are plain values and the first is the higher."""
    both_fixed = one.distribution.is_fixed and other.distribution.is_fixed
    return both_fixed and one.distribution.numbers > other.distribution.numbers


def _place(value: Value) -> Place:
    assert value.place is not None
    return value.place


MAX_FILES = 16
ROSTER = "roster"


def with_ancestors(own: Layer | None, path: Path, diagnostics: Diagnostics) -> list[Layer] | None:
    """A file's layer and all that it extends, the remotest first; None, with a finding, if one
    of them cannot be read."""
    layers: list[Layer] = []
    seen: list[Path] = []
    layer, here = own, path
    while layer is not None and not diagnostics.is_unknown("extends"):
        layers.insert(0, layer)
        seen.append(here)
        if layer.extends is None:
            return layers
        parent = _parent(layer.extends, here, diagnostics)
        if parent is None or _is_endless(parent, layer.extends, seen, diagnostics):
            return None
        layer, here = read_file(parent, diagnostics), parent
    return None


def _parent(name: Scalar, child: Path, diagnostics: Diagnostics) -> Path | None:
    """The file that a name stands for: beside the child, else shipped; never the child itself."""
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
    """Whether the parent was read before, or there are too many files."""
    if any(_same(parent, file) for file in seen):
        message = f"extends: '{name.text}' leads back to {parent.name}"
        diagnostics.add(name.place, message, "take one 'extends' out of the circle")
        return True
    if len(seen) >= MAX_FILES:
        message = f"extends: more than {MAX_FILES} files in a row"
        diagnostics.add(name.place, message, "extend a nearer ancestor")
        return True
    return False


def _same(one: Path, other: Path) -> bool:
    return os.path.realpath(one) == os.path.realpath(other)
