"""A scenario as the engines need it: every parameter known, nothing left to look up."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from sim.enums import Occasion, Role
from sim.errors import Place
from sim.scenario.distributions import Distribution
from sim.scenario.event_triggers import trigger_text
from sim.scenario.paths import parameter_at

__all__ = ["Event", "Place", "Scenario", "Value"]


@dataclass(frozen=True, slots=True)
class Value:
    """What a scenario says of one parameter, and where it has it from.

    ``source`` holds claim ids or ``assumption``; a ``place`` of None is the schema's default.
    """

    law: Distribution
    source: tuple[str, ...] = ()
    why: str = ""
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Event:
    """What changes when something happens.

    ``month`` is the earliest month (0 if unsaid), for ``Occasion.MONTH`` the month itself;
    ``level`` is the force to fall below, or the number of states to be at ``rung``.
    """

    occasion: Occasion
    month: int
    level: float
    rung: float
    set: tuple[tuple[str, Value], ...]
    why: str = ""
    place: Place | None = field(default=None, compare=False)

    @property
    def trigger(self) -> str:
        """The trigger as a scenario file writes it; empty for a month."""
        return trigger_text(self.occasion, self.month, self.level, self.rung)


@dataclass(frozen=True, repr=False)
class Scenario:
    """A story resolved: ``values`` holds every parameter by its path, defaults included.

    Two scenarios are equal if they say the same, wherever and however it was written.
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

    def __repr__(self) -> str:
        return f"<Scenario {self.name}: {len(self.states)} states, {self.months} months>"

    def __getitem__(self, path: str) -> Distribution:
        """The law of the parameter at ``path``; raises ``KeyError`` for any other path."""
        return self.values[path].law

    def role(self, state: str) -> Role:
        """What the state decides."""
        return Role(int(self[f"states.{state}.role"].numbers[0]))

    def written(self) -> dict[str, Any]:
        """The whole scenario as plain data that loads back to an equal one."""
        return written(self)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of all that can move a number: not runs, seed, title, reasons or sources."""
        text = json.dumps(moving_parts(self), sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


def written(scenario: Scenario) -> dict[str, Any]:
    """The whole scenario: loading it gives an equal one."""
    told = {"scenario": scenario.name, "title": scenario.title}
    counts = {"months": scenario.months, "runs": scenario.runs, "seed": scenario.seed}
    info = {key: list(t) if isinstance(t, tuple) else t for key, t in scenario.info.items()}
    return {**told, **counts, **_world(scenario, with_reasons=True), "info": info}


def moving_parts(scenario: Scenario) -> dict[str, Any]:
    """What the digest is made of: all that can change what happens in a run."""
    head = {"scenario": scenario.name, "months": scenario.months}
    return {**head, **_world(scenario, with_reasons=False)}


def value_to_yaml(path: str, value: Value, with_reasons: bool = True) -> Any:
    """A value as a file writes it: bare if there is no more to say than what it is."""
    law = value.law.written(parameter_at(path).say)
    reasons: dict[str, Any] = {}
    if with_reasons and value.source:
        reasons["source"] = list(value.source)
    if with_reasons and value.why:
        reasons["why"] = value.why
    if not reasons:
        return law
    return {**(law if isinstance(law, dict) else {"fixed": law}), **reasons}


def event_to_yaml(event: Event, with_reasons: bool = True) -> dict[str, Any]:
    """An event as a file writes it."""
    settings = {path: value_to_yaml(path, value, with_reasons) for path, value in event.set}
    why = {"why": event.why} if with_reasons and event.why else {}
    if event.occasion is Occasion.MONTH:
        return {"month": event.month, "set": settings, **why}
    return {"when": event.trigger, "set": settings, **why}


def _world(scenario: Scenario, with_reasons: bool) -> dict[str, Any]:
    world: dict[str, Any] = {}
    for path, value in scenario.values.items():
        if _belongs(path, scenario):
            _put(world, path, value_to_yaml(path, value, with_reasons))
    groups = {name: {"members": list(members)} for name, members in scenario.groups.items()}
    events = [event_to_yaml(event, with_reasons) for event in scenario.events]
    return {**world, "groups": groups, "events": events}


def _belongs(path: str, scenario: Scenario) -> bool:
    """Whether a file may say it: a state has only what its role has."""
    role = parameter_at(path).role
    return role is None or role is scenario.role(path.split(".")[1])


def _put(tree: dict[str, Any], path: str, data: Any) -> None:
    *branch, leaf = path.split(".")
    for word in branch:
        tree = tree.setdefault(word, {})
    tree[leaf] = data
