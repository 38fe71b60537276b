"""Layers put on top of each other: who there is, and what has been said of whom."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace

from sim.errors import Place
from sim.scenario.findings import Findings
from sim.scenario.laws import SHIFT
from sim.scenario.layer import Layer, PlannedEvent
from sim.scenario.model import Value
from sim.scenario.parameter import Parameter
from sim.scenario.paths import Miss, explained, find, parameter_at
from sim.scenario.shape import default
from sim.suggest import did_you_mean
from sim.vocabulary import Role


@dataclass(slots=True)
class World:
    """What the layers so far say.

    ``names`` holds what is named below ``states``, ``groups`` and each ``….red_lines``, with the
    place where it was named first; ``values`` are by final path, what is unsaid left out.
    """

    findings: Findings
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
        if isinstance(found, Miss) and not self.findings.is_doubtful(path):
            self.findings.add(place, *explained(path, found))
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
        if group not in self.groups and not self.findings.is_doubtful(f"{path}.members"):
            remedy = f"add 'members: [...]' ({did_you_mean(group, self.groups)})"
            self.findings.add(place, f"group '{group}' has no members", remedy)

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
                self.findings.add(_place(value), message, f"write it under states.{state}")
            elif owner not in written:
                written[owner] = value

    def absolute(self, path: str, value: Value) -> Value:
        """The value with a shift added to what was inherited."""
        if value.law.kind != SHIFT:
            return value
        parameter = parameter_at(path)
        base = self.values.get(path) or Value(default(parameter))
        law = base.law.moved(value.law.numbers[0], parameter.low, parameter.high)
        return Value(law, value.source or base.source, value.why or base.why, value.place)

    def forget_other_roles(self, written: dict[str, Value]) -> None:
        """Drop what was inherited for a role that a state no longer has."""
        roles = {path: v for path, v in written.items() if path.endswith(".role")}
        for path, value in roles.items():
            state = path.removesuffix("role")
            for other in [p for p in self.values if p.startswith(state)]:
                if parameter_at(other).role not in (None, Role(int(value.law.numbers[0]))):
                    del self.values[other]

    def lower_starts(self, written: dict[str, Value]) -> None:
        """Let an inherited start follow a pledge that is now below it."""
        for path in [p for p in written if p.endswith(".pledge")]:
            start = path.removesuffix("pledge") + "start"
            pledge, before = self.values[path], self.values.get(start)
            if before is not None and start not in written and _is_above(before, pledge):
                self.values[start] = replace(before, law=pledge.law, place=pledge.place)


def _is_above(one: Value, other: Value) -> bool:
    """Whether both are plain values and the first is the higher."""
    both_fixed = one.law.is_fixed and other.law.is_fixed
    return both_fixed and one.law.numbers > other.law.numbers


def _place(value: Value) -> Place:
    assert value.place is not None
    return value.place
