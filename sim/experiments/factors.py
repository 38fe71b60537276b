"""Factors: parameters that an experiment varies, with their levels or bounds."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from sim.enums import Role
from sim.errors import UsageError, nearest
from sim.experiments.variants import CAST, fixed_at, targets
from sim.formatting import format_number, format_value
from sim.scenario.distributions import Distribution
from sim.scenario.parameter import Kind, Parameter
from sim.scenario.paths import ParameterPath, UnknownPath, explain_miss, find
from sim.scenario.scenario import Scenario, require_scenario
from sim.scenario.schema import HEAD, MAX_MONTHS, SETTING
from sim.study_result import native

# A default factor goes this share of its mean below and above the scenario's value.
FIFTH = 0.2

# Probability left out at each end of a distribution when its range is taken.
TAIL = 0.05

# The constants that moved war most when each was varied in six shipped scenarios.
WEIGHTS = (
    "constants.tension_half_life",
    "constants.precision",
    "constants.challenger_review",
    "constants.own_cost",
    "constants.war_cost",
    "constants.sanction_cost",
    "constants.decisiveness",
    "constants.risk_half",
)


@dataclass(frozen=True, slots=True)
class Factor:
    """A parameter that is varied over ``levels`` or between two ``bounds``.

    ``path`` is written as :func:`sim.experiments.variants.fixed_at` takes it. Words are coded by
    rank, flags as 0 or 1. A factor without levels and bounds only reads and formats values.
    """

    path: str
    parameter: Parameter
    levels: tuple[float, ...] = ()
    bounds: tuple[float, float] | None = None

    @property
    def low(self) -> float:
        """The lower bound, or the smallest level."""
        return self.bounds[0] if self.bounds else min(self.levels)

    @property
    def high(self) -> float:
        """The upper bound, or the largest level."""
        return self.bounds[1] if self.bounds else max(self.levels)

    @property
    def is_whole(self) -> bool:
        """Whether only whole values are allowed: a count, the rank of a word, or a flag."""
        return self.parameter.kind is not Kind.NUMBER

    @property
    def is_worded(self) -> bool:
        """Whether the values are words or flags, coded as numbers."""
        return self.parameter.kind in (Kind.WORD, Kind.FLAG)

    def at(self, u: Any) -> Any:
        """The value at position ``u`` from 0 to 1 (a number or an array of them).

        Every level, and every whole value between the bounds, has an equal part of this interval.
        """
        if self.bounds is None:
            last = len(self.levels) - 1
            index = np.minimum(np.floor(np.multiply(u, len(self.levels))), last)
            return np.array(self.levels)[index.astype(int)]
        low, high = self.bounds
        if self.is_whole:
            steps = high - low + 1
            return low + np.minimum(np.floor(u * steps), steps - 1)
        return low + u * (high - low)

    def to_plain(self, value: float) -> float | int | bool | str | None:
        """``value`` as plain data: a word, a flag or a number; ``None`` for NaN, the baseline."""
        return None if math.isnan(value) else self.parameter.say(value)

    def format_range(self) -> str:
        """Its ends as text: ``0 to 1``."""
        return f"{self.format(self.low)} to {self.format(self.high)}"

    @property
    def plain_ends(self) -> list[Any]:
        """The lower and the upper end as plain data."""
        return [self.to_plain(self.low), self.to_plain(self.high)]

    def from_plain(self, plain: Any) -> float:
        """The inverse of :meth:`to_plain`."""
        return math.nan if plain is None else self.parameter.number(plain)

    def write(self, value: float) -> str:
        """``value`` without rounding, as ``--set`` and scenario files take it."""
        return format_value(self.to_plain(value))

    def format(self, value: float) -> str:
        """``value`` for a reader: a word as its word, a number rounded; NaN as the baseline."""
        if math.isnan(value):
            return "baseline"
        return self.write(value) if self.is_worded else format_number(value)

    def parse(self, written: Any) -> float:
        """The value of a text, a number or a flag; raises :class:`sim.errors.UsageError` for any
        other."""
        text, parameter = format_value(native(written)).strip(), self.parameter
        if parameter.words and text in parameter.words.words():
            return parameter.number(text)
        if parameter.kind is Kind.FLAG and text in ("true", "false"):
            return float(text == "true")
        try:
            return float(text)
        except ValueError:
            message = f"{self.path}: '{text[:40]}' is not a value"
            raise UsageError(message, f"it is {parameter.range_text}") from None

    def baseline(self, scenario: Scenario) -> float:
        """The scenario's own value: the mean of a distribution.

        NaN if there is no single value: members of a group may differ, and words have no mean.
        """
        distributions = self._distributions(scenario)
        means = {round(each.mean, 9) for each in distributions}
        has_mean = not self.is_worded or all(each.is_fixed for each in distributions)
        return means.pop() if len(means) == 1 and has_mean else math.nan

    def is_distribution(self, scenario: Scenario) -> bool:
        """Whether the scenario's own value differs from run to run."""
        return not all(each.is_fixed for each in self._distributions(scenario))

    def _distributions(self, scenario: Scenario) -> list[Distribution]:
        path = ParameterPath.parse(self.path)
        if not path.event:
            return [scenario[each] for each in targets(scenario, self.path)]
        event = scenario.events[scenario.event_position(path.event)]
        if not path.block:
            return [Distribution("fixed", (float(event.month),))]
        moved = set(targets(scenario, str(replace(path, event=""))))
        return [value.distribution for path, value in event.set if path in moved]


def make_factor(
    path: str,
    scenario: Scenario | None = None,
    levels: tuple[float, ...] = (),
    bounds: tuple[float, float] | None = None,
) -> Factor:
    """The factor at ``path`` of ``scenario``; without a scenario, the factor of any scenario that
    has such a path.

    Raises :class:`sim.errors.UsageError` for a path that does not exist or cannot be varied.
    """
    parameter = _any_parameter(path) if scenario is None else parameter_of(path, scenario)
    return Factor(path, parameter, levels, bounds)


def _any_parameter(path: str) -> Parameter:
    parts = ParameterPath.parse(path)
    if parts.event and not parts.block:
        return _month(MAX_MONTHS)
    inside = str(replace(parts, event=""))
    found = find(inside)
    if isinstance(found, UnknownPath):
        raise UsageError(*explain_miss(inside, found, with_events=not parts.event))
    return found


def parameter_of(path: str, scenario: Scenario) -> Parameter:
    """The parameter at ``path`` of ``scenario``.

    Raises :class:`sim.errors.UsageError` for a path that does not exist or cannot be varied.
    """
    parts = ParameterPath.parse(path)
    if parts.event:
        inside = str(replace(parts, event=""))
        parameter = parameter_of(inside, scenario) if parts.block else _month(scenario.months)
        fixed_at(scenario, path, parameter.low)
        return parameter
    found = find(path, lambda prefix: _names(prefix, scenario))
    if isinstance(found, UnknownPath):
        raise UsageError(*explain_miss(path, found, with_events=True))
    if path in HEAD or found.name in CAST:
        raise UsageError(f"{path} cannot be varied", "write another scenario with another value")
    targets(scenario, path)
    return found


def _month(last: float) -> Parameter:
    return Parameter("month", Kind.COUNT, 0, "the month of the event", "months", 0, last)


def _names(prefix: str, scenario: Scenario) -> Collection[str]:
    """The names that the scenario has below a prefix."""
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


def values_of(scenario: Scenario, path: str, values: Any) -> list[float]:
    """Values of the parameter at ``path``, which a caller may give as words or NumPy values.

    Raises :class:`sim.errors.UsageError` for anything that is not a list of values.
    """
    if isinstance(values, str | Mapping) or not isinstance(values, Iterable):
        raise UsageError(f"{path}: {values!r:.60} is not a list of values", "write [0, 0.5, 1]")
    if not isinstance(path, str):
        raise UsageError(f"{path!r:.60} is not a parameter's path", "write 'setting.clarity'")
    factor = make_factor(path, require_scenario(scenario))
    return [factor.parse(value) for value in values]


def default_factors(scenario: Scenario) -> tuple[Factor, ...]:
    """The setting's numbers, the challenger's ambition and fear, and the strongest constants.

    Each has the bounds of :func:`default_factor`.
    """
    setting = [f"setting.{name}" for name, p in SETTING.items() if p.kind is Kind.NUMBER]
    challengers = scenario.by_role[Role.CHALLENGER]
    traits = [f"states.{state}.{trait}" for state in challengers for trait in ("ambition", "fear")]
    return tuple(default_factor(scenario, path) for path in (*setting, *traits, *WEIGHTS))


def default_factor(scenario: Scenario, path: str) -> Factor:
    """The factor at ``path``, bounded around the scenario's own value.

    A number goes from a fifth of its mean below to a fifth above. A distribution goes from a fifth
    below the 5 % quantile to a fifth above the 95 % quantile. A mean of 0 is moved by a fifth of
    the parameter's range. The bounds stay within that range; those of a whole number are the next
    ones beyond. A flag or a word takes all values. For a group the first member counts.
    """
    if ParameterPath.parse(path).event:
        raise UsageError(f"{path} needs its bounds", f"write {path}=low:high")
    distribution = scenario[targets(scenario, path)[0]]
    parameter = parameter_of(path, scenario)
    if parameter.kind in (Kind.FLAG, Kind.WORD):
        return Factor(path, parameter, bounds=(parameter.low, parameter.high))
    low, high = (float(end) for end in np.interp([TAIL, 1 - TAIL], *distribution.quantile_knots()))
    step = FIFTH * (abs(distribution.mean) or parameter.high - parameter.low)
    low, high = low - step, high + step
    if parameter.kind is Kind.COUNT:
        low, high = float(math.floor(low)), float(math.ceil(high))
    bounds = max(parameter.low, low), min(parameter.high, high)
    return Factor(path, parameter, bounds=bounds)


def place_points(factors: Sequence[Factor], u: Any) -> Any:
    """The points at positions ``u``, ``float64 (points, factors)`` from 0 to 1."""
    return np.column_stack([factor.at(u[:, k]) for k, factor in enumerate(factors)])


def moved_parameters(scenario: Scenario, path: str) -> Sequence[str]:
    """The parameters that ``path`` moves: several for a group; an event's path is its own."""
    if not ParameterPath.parse(path).event:
        return targets(scenario, path)
    return [with_event_name(scenario, path)]


def with_event_name(scenario: Scenario, path: str) -> str:
    """``path`` with the name of its event instead of its number, which a scenario that is written
    down without removed events does not keep."""
    parts = ParameterPath.parse(path)
    if not parts.event:
        return path
    return str(replace(parts, event=scenario.events[scenario.event_position(parts.event)].name))


def remedy_for_fixed(path: str, varied: Collection[str]) -> str:
    """The remedy for a ``path`` that is not among the ``varied`` ones."""
    is_unknown = isinstance(find(path), UnknownPath) and not ParameterPath.parse(path).event
    if is_unknown and (close := nearest(path, varied)):
        return f"did you mean '{close}'?"
    return f"vary it with --over, or leave it out; varied: {', '.join(varied) or 'nothing'}"
