"""What is varied, and how far: a parameter with the two ends it is moved between."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.enums import Role
from sim.errors import UsageError, nearest
from sim.experiments.variants import CAST, fixed_at, targets
from sim.scenario.distributions import Distribution
from sim.scenario.parameter import Kind, Parameter
from sim.scenario.paths import UnknownPath, explain_miss, find, parameter_at
from sim.scenario.scenario import Scenario
from sim.scenario.schema import HEAD, SETTING
from sim.text import format_number

# Of a parameter that is drawn, the middle nine tenths count as what the scenario says.
TAIL = 0.05


@dataclass(frozen=True, slots=True)
class Lever:
    """What stands at ``path`` (as :func:`sim.experiments.variants.fixed_at` takes it), moved between
    ``low`` and ``high``; ``whole`` for what is counted, a word's rank, or a flag."""

    path: str
    low: float
    high: float
    whole: bool = False

    def at(self, share: Any) -> Any:
        """The value, or the array of them, that lies so far (0 to 1) on the way from low to high.

        Every whole value has an equal part of the way.
        """
        if self.whole:
            steps = self.high - self.low + 1
            return self.low + np.minimum(np.floor(share * steps), steps - 1)
        return self.low + share * (self.high - self.low)

    def say(self, value: float) -> str:
        """The value as a reader sees it: a word by its name."""
        parameter = None if self.path.endswith(".month") else _parameter(self.path)
        if parameter is None or parameter.kind in (Kind.NUMBER, Kind.COUNT):
            return format_number(value) if abs(value) >= 1000 else f"{value:.3g}"
        return str(parameter.say(round(value))).lower()


def place_points(levers: Sequence[Lever], where: Any) -> Any:
    """The points that lie so far along each of the levers: ``float64 (points, levers)``."""
    return np.column_stack([lever.at(where[:, k]) for k, lever in enumerate(levers)])


def default_levers(scenario: Scenario) -> tuple[Lever, ...]:
    """The setting's numbers, the challenger's ambition and fear, and the weights that move most.

    Each is moved as far as :func:`ranged` says.
    """
    setting = [f"setting.{name}" for name, p in SETTING.items() if p.kind is Kind.NUMBER]
    challengers = [s for s in scenario.states if scenario.role(s) is Role.CHALLENGER]
    minds = [f"states.{state}.{trait}" for state in challengers for trait in ("ambition", "fear")]
    return tuple(ranged(scenario, path) for path in (*setting, *minds, *WEIGHTS))


def places(scenario: Scenario, path: str) -> Sequence[str]:
    """The parameters that a path moves; an event's path stands for itself."""
    return [path] if path.startswith("events.") else targets(scenario, path)


def ranged(scenario: Scenario, path: str) -> Lever:
    """The parameter at ``path`` moved by a fifth either way of what the scenario says.

    A number moves by a fifth of its mean below and above it; one that is drawn, from a fifth below
    the low end of its middle nine tenths to a fifth above the high end; one at 0, where there is
    nothing to take a fifth of, by a fifth of its range; nothing leaves its range. A flag is
    switched, a word goes through the whole list.
    """
    if path.startswith("events."):
        raise UsageError(f"{path} needs its ends", f"write {path}=low:high")
    law = scenario[targets(scenario, path)[0]]
    parameter = parameter_at(path)
    _check_cast(parameter, path)
    if parameter.kind in (Kind.FLAG, Kind.WORD):
        return Lever(path, parameter.low, parameter.high, whole=True)
    low, high = (float(end) for end in np.interp([TAIL, 1 - TAIL], *law.quantile_knots()))
    step = FIFTH * (abs(law.mean) or parameter.high - parameter.low)
    low, high = max(parameter.low, low - step), min(parameter.high, high + step)
    if parameter.kind is Kind.COUNT:
        return Lever(path, float(round(low)), float(round(high)), whole=True)
    return Lever(path, low, high)


def _check_cast(parameter: Parameter, path: str) -> None:
    if parameter.name in CAST:
        raise UsageError(f"{path} cannot be varied", "it makes the cast: another story")


def valued(path: str, text: str) -> float:
    """The value of the parameter at ``path`` that a text writes: a number, a flag or a word.

    Raises :class:`sim.errors.UsageError` for anything else.
    """
    parameter, text = _parameter(path), text.strip()
    if parameter and parameter.words and text in parameter.words.words():
        return parameter.number(text)
    if parameter and parameter.kind is Kind.FLAG and text in ("true", "false"):
        return float(text == "true")
    try:
        return float(text)
    except ValueError:
        allowed = parameter.range_text if parameter else "a whole number of months"
        raise UsageError(f"{path}: '{text[:40]}' is no value", f"it is {allowed}") from None


def written(path: str, value: float) -> str:
    """The reverse of :func:`valued`: a value as ``--set`` and scenario files have it."""
    parameter = _parameter(path)
    said = parameter.say(value) if parameter else int(value)
    return str(said).lower() if isinstance(said, bool) else str(said)


def is_worded(path: str) -> bool:
    """Whether values there are words or flags, which stand for numbers."""
    parameter = _parameter(path)
    return parameter is not None and parameter.kind not in (Kind.NUMBER, Kind.COUNT)


def _parameter(path: str) -> Parameter | None:
    """The parameter that a path moves; ``None`` for what is an event's own, its month.

    Raises :class:`sim.errors.UsageError` where no scenario could have one.
    """
    _, _, inside = path.partition(".set.") if path.startswith("events.") else ("", "", path)
    if not inside and path:
        return None
    found = find(inside)
    if isinstance(found, UnknownPath):
        raise UsageError(*explain_miss(inside, found))
    return found


def is_whole(path: str) -> bool:
    """Whether the parameter takes whole values only: a count, a word or a flag."""
    parameter = _parameter(path)
    return parameter is None or parameter.kind is not Kind.NUMBER


@dataclass(frozen=True, slots=True)
class Axis:
    """What is varied: a path as :func:`sim.experiments.variants.fixed_at` takes it.

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
    if isinstance(found, UnknownPath):
        raise UsageError(*explain_miss(path, found))
    if path in HEAD or found.name in CAST:
        raise UsageError(f"{path} cannot be varied", "write another scenario: it makes the story")
    targets(scenario, path)
    return found


def refuse_fixed(path: str, varied: Collection[str]) -> str:
    """What to do about a path that is none of those that are varied."""
    is_a_slip = isinstance(find(path), UnknownPath) and not path.startswith("events.")
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


def baseline_value(scenario: Scenario, axis: Axis) -> float:
    """The value that the scenario has on ``axis``, the mean of a spread; NaN where it has no single
    one, as members of a group may differ and words have no mean."""
    laws = _laws(scenario, axis.path)
    means = {round(law.mean, 9) for law in laws}
    has_mean = axis.parameter.kind in (Kind.NUMBER, Kind.COUNT)
    if len(means) == 1 and (has_mean or all(law.is_fixed for law in laws)):
        return means.pop()
    return math.nan


def is_distribution(scenario: Scenario, axis: Axis) -> bool:
    """Whether the value differs from run to run."""
    return not all(law.is_fixed for law in _laws(scenario, axis.path))


def _laws(scenario: Scenario, path: str) -> list[Distribution]:
    if not path.startswith("events."):
        return [scenario[each] for each in targets(scenario, path)]
    _, number, *rest = path.split(".")
    event = scenario.events[int(number) - 1]
    if rest == ["month"]:
        return [Distribution("fixed", (float(event.month),))]
    places = set(targets(scenario, ".".join(rest[1:])))
    return [said.distribution for place, said in event.set if place in places]


FIFTH = 0.2


# The constants that moved war most when every one was tried on six shipped scenarios.
WEIGHTS = (
    "constants.tension_memory",
    "constants.precision",
    "constants.challenger_review",
    "constants.own_cost",
    "constants.war_cost",
    "constants.sanction_cost",
    "constants.decisiveness",
    "constants.risk_half",
)
