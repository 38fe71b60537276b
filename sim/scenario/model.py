"""A scenario as the engines need it: every parameter known, nothing left to look up."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from sim.errors import Place
from sim.scenario.distributions import Law
from sim.vocabulary import Occasion, Role

__all__ = ["Event", "Place", "Scenario", "Value"]


@dataclass(frozen=True, slots=True)
class Value:
    """What a scenario says of one parameter, and where it has it from.

    ``source`` holds claim ids or ``assumption``; a ``place`` of None is the schema's default.
    """

    law: Law
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

    def __getitem__(self, path: str) -> Law:
        """The law of the parameter at ``path``; raises ``KeyError`` for any other path."""
        return self.values[path].law

    def role(self, state: str) -> Role:
        """What the state decides."""
        return Role(int(self[f"states.{state}.role"].numbers[0]))

    def written(self) -> dict[str, Any]:
        """The whole scenario as plain data that loads back to an equal one."""
        from sim.scenario.written import written

        return written(self)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of all that can move a number: not runs, seed, title, reasons or sources."""
        from sim.scenario.written import moving_parts

        text = json.dumps(moving_parts(self), sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()
