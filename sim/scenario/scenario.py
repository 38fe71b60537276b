"""A resolved scenario: every parameter has a value. Written back as plain data."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from sim.enums import Occasion, Role
from sim.errors import Place, UsageError, nearest
from sim.scenario.distributions import Distribution
from sim.scenario.event_triggers import trigger_text
from sim.scenario.paths import ParameterPath, event_number, list_events, parameter_at


class UnknownParameter(UsageError, KeyError):
    """A scenario has no such parameter."""


@dataclass(frozen=True, slots=True)
class Value:
    """The distribution of one parameter, with its source, reason and place in the file.

    ``source`` holds claim ids or ``assumption``; the ``place`` of a default is None.
    """

    distribution: Distribution
    source: tuple[str, ...] = ()
    why: str = ""
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Event:
    """Parameter changes that a trigger sets off.

    ``name`` is ``event_N`` for the N-th event if the file gives none, and ``number`` its number in
    the file, which it keeps if another one is removed; ``month`` is the earliest
    month (0 by default), for ``Occasion.MONTH`` the month itself;
    ``level`` is the force level to fall below, or the number of states required at ``rung``.
    """

    name: str
    occasion: Occasion
    month: int
    level: float
    rung: float
    set: tuple[tuple[str, Value], ...]
    why: str = ""
    place: Place | None = field(default=None, compare=False)
    number: int = field(default=0, compare=False)

    @property
    def trigger(self) -> str:
        """The trigger in the form of a scenario file; empty for a month."""
        return trigger_text(self.occasion, self.month, self.level, self.rung)


@dataclass(frozen=True, repr=False)
class Scenario:
    """A resolved scenario: ``values`` holds every parameter by its path, defaults included.

    ``overrides`` are those with which it was loaded, as ``path=value``. Two scenarios are equal if
    their contents are equal, whatever files they were read from.
    """

    name: str
    title: str
    months: int
    runs: int
    seed: int
    values: Mapping[str, Value]
    states: tuple[str, ...]
    red_lines: tuple[tuple[str, str], ...] = ()
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    events: tuple[Event, ...] = ()
    info: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)
    parent: str | None = field(default=None, compare=False)
    files: tuple[str, ...] = field(default=(), compare=False)
    overrides: tuple[str, ...] = field(default=(), compare=False)

    def __hash__(self) -> int:
        return hash(self.digest)

    def __repr__(self) -> str:
        return f"<Scenario {self.name}: {len(self.states)} states, {self.months} months>"

    def __getitem__(self, path: str) -> Distribution:
        """The distribution at ``path``; raises ``UnknownParameter`` for one that is not there."""
        if path not in self.values:
            raise UnknownParameter(f"{self.name} has no {path!r:.60}", self._remedy(path))
        return self.values[path].distribution

    def _remedy(self, path: object) -> str:
        close = nearest(path, self.values) if isinstance(path, str) else None
        return f"did you mean '{close}'?" if close else "thinline explain lists its parameters"

    def role(self, state: str) -> Role:
        """The role of a state."""
        return Role(int(self[f"states.{state}.role"].numbers[0]))

    @cached_property
    def by_role(self) -> Mapping[Role, tuple[str, ...]]:
        """The states of each role, in their order."""
        return {role: tuple(s for s in self.states if self.role(s) is role) for role in Role}

    def event_position(self, key: str) -> int:
        """The position in ``events`` of an event given by its name, or by its number in the file.

        Raises :class:`sim.errors.UsageError` if there is none.
        """
        names = {event.number: event.name for event in self.events}
        number = event_number(key, names)
        if number is None:
            raise UsageError(f"{self.name} has no event '{key[:40]}'", list_events(names))
        return list(names).index(number)

    def uses(self, path: str) -> bool:
        """Whether the parameter at ``path`` applies to the role of its state."""
        role = parameter_at(path).role
        return role is None or ParameterPath.parse(path).owner in self.by_role[role]

    def to_dict(self) -> dict[str, Any]:
        """The whole scenario as plain data; loading it gives an equal scenario."""
        names = {"scenario": self.name, "title": self.title}
        counts = {"months": self.months, "runs": self.runs, "seed": self.seed}
        info = {key: list(t) if isinstance(t, tuple) else t for key, t in self.info.items()}
        return {**names, **counts, **_blocks(self, with_reasons=True), "info": info}

    @property
    def set_by_events(self) -> frozenset[str]:
        """The paths of the parameters that an event sets."""
        return frozenset(path for event in self.events for path, _ in event.set)

    def is_ever_on(self, path: str) -> bool:
        """Whether a mechanism, off at 0, can be on in a run: from the start, or after an event."""
        later = (v.distribution for event in self.events for at, v in event.set if at == path)
        return any(not (each.is_fixed and each.mean == 0) for each in (self[path], *later))

    @cached_property
    def digest(self) -> str:
        """SHA-256 of all that affects a run: not runs, seed, title, reasons, sources or
        the names of events."""
        head = {"scenario": self.name, "months": self.months}
        inputs = {**head, **_blocks(self, with_reasons=False)}
        text = json.dumps(inputs, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


def require_scenario(value: object) -> Scenario:
    """``value``; raises :class:`sim.errors.UsageError` for anything that is not a scenario."""
    if isinstance(value, Scenario):
        return value
    remedy = f"write sim.load({value!r:.60})" if isinstance(value, str) else "see sim.load"
    raise UsageError(f"{value!r:.60} is not a loaded scenario", remedy)


def value_to_yaml(path: str, value: Value, with_reasons: bool = True) -> Any:
    """A value in the form of a scenario file: a mapping only if it has a reason or a source."""
    written = value.distribution.to_yaml(parameter_at(path).say)
    reasons: dict[str, Any] = {}
    if with_reasons and value.source:
        reasons["source"] = list(value.source)
    if with_reasons and value.why:
        reasons["why"] = value.why
    if not reasons:
        return written
    return {**(written if isinstance(written, dict) else {"fixed": written}), **reasons}


def event_to_yaml(event: Event, with_reasons: bool = True) -> dict[str, Any]:
    """An event in the form of a scenario file; its name counts as a reason."""
    settings = {path: value_to_yaml(path, value, with_reasons) for path, value in event.set}
    name = {"name": event.name} if with_reasons else {}
    why = {"why": event.why} if with_reasons and event.why else {}
    if event.occasion is Occasion.MONTH:
        return {**name, "month": event.month, "set": settings, **why}
    return {**name, "when": event.trigger, "set": settings, **why}


def _blocks(scenario: Scenario, with_reasons: bool) -> dict[str, Any]:
    blocks: dict[str, Any] = {}
    for path, value in scenario.values.items():
        if scenario.uses(path):
            _put(blocks, path, value_to_yaml(path, value, with_reasons))
    groups = {name: {"members": list(members)} for name, members in scenario.groups.items()}
    events = [event_to_yaml(event, with_reasons) for event in scenario.events]
    return {**blocks, "groups": groups, "events": events}


def _put(tree: dict[str, Any], path: str, data: Any) -> None:
    *branch, leaf = path.split(".")
    for word in branch:
        tree = tree.setdefault(word, {})
    tree[leaf] = data
