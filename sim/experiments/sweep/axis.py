"""An axis of a sweep: a parameter, and the values it takes."""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sim.errors import UsageError
from sim.experiments.vary import CAST, fixed_at, targets
from sim.scenario.model import Scenario
from sim.scenario.parameter import Kind, Parameter
from sim.scenario.paths import Miss, explained, find
from sim.scenario.schema import HEAD
from sim.suggest import nearest


@dataclass(frozen=True, slots=True)
class Axis:
    """What is varied: a path as :func:`sim.experiments.vary.fixed_at` takes it.

    ``levels`` are its values in order, words by rank, flags 0 or 1; there are none where ``ends``
    say that it may be anywhere between two numbers, as designs that draw their points allow.
    """

    path: str
    parameter: Parameter
    levels: tuple[float, ...] = ()
    ends: tuple[float, float] | None = None

    def drawn(self, share: float) -> float:
        """The value ``share`` (from 0, below 1) of the way along."""
        if self.ends is None:
            return self.levels[int(share * len(self.levels))]
        low, high = self.ends
        if self.parameter.kind is Kind.NUMBER:
            return round(low + share * (high - low), 9)
        return float(math.floor(low + share * (high - low + 1)))

    def say(self, value: float) -> float | int | bool | str | None:
        """``value`` as one would write it; ``None`` for the NaN that leaves the scenario's own."""
        return None if math.isnan(value) else self.parameter.say(value)

    def number(self, said: Any) -> float:
        """The reverse of :meth:`say`."""
        return math.nan if said is None else self.parameter.number(said)


def parameter_of(path: str, scenario: Scenario) -> Parameter:
    """The parameter that ``path`` varies in ``scenario``.

    Raises :class:`sim.errors.UsageError` where there is none, or none that can be varied.
    """
    if path.startswith("events."):
        return _of_event(path, scenario)
    found = find(path, lambda prefix: _names(prefix, scenario))
    if isinstance(found, Miss):
        raise UsageError(*explained(path, found))
    if path in HEAD or found.name in CAST:
        raise UsageError(f"{path} cannot be varied", "write another scenario: it makes the story")
    targets(scenario, path)
    return found


def not_varied(path: str, varied: Collection[str]) -> str:
    """What to do about a path that is none of those that are varied."""
    is_a_slip = isinstance(find(path), Miss) and not path.startswith("events.")
    if is_a_slip and (close := nearest(path, varied)):
        return f"did you mean '{close}'?"
    return f"vary it with --over, or leave it out; varied: {', '.join(varied) or 'nothing'}"


def _names(prefix: str, scenario: Scenario) -> Collection[str]:
    match prefix.split("."):
        case ["states"]:
            return scenario.states
        case ["groups"]:
            return scenario.groups
        case ["groups", group, *_]:
            owners = scenario.groups[group]
        case [_, owner, *_]:
            owners = (owner,)
    return {line for state, line in scenario.red_lines if state in owners}


def _of_event(path: str, scenario: Scenario) -> Parameter:
    match path.split(".", 3):
        case ["events", _, "set", what]:
            parameter = parameter_of(what, scenario)
        case _:
            meaning = "the month of the event"
            parameter = Parameter("month", Kind.COUNT, 0, meaning, "months", 0, scenario.months)
    fixed_at(scenario, path, parameter.low)
    return parameter
