"""The levers of an explorer: parameters that its reader moves, with range, meaning and source."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sim.browser.package import can_be_set
from sim.enums import Role
from sim.errors import UsageError
from sim.evidence.claims import articles, claim
from sim.experiments.factors import WEIGHTS, Factor, default_factor, make_factor, parameter_of
from sim.experiments.parse_factors import parse_assignments, parse_factors
from sim.experiments.variants import targets
from sim.explain.formatting import describe_distribution
from sim.formatting import capitalise, parameter_name
from sim.scenario.parameter import ASSUMPTION, Kind
from sim.scenario.paths import ParameterPath
from sim.scenario.provenance import ValueWithSource
from sim.scenario.scenario import Scenario, value_to_yaml
from sim.scenario.schema import SETTING

SIZE = "setting.force_size"

# The range of a lever that is smaller than the parameter's own. War over the size of the force is
# least near 2 in the main scenario; at 6 it has clearly risen again.
RANGES: Mapping[str, tuple[float, float]] = {SIZE: (0.0, 6.0)}

# Settings at which the grid of a lever is run; others have evenly spaced ones.
GRIDS: Mapping[str, tuple[float, ...]] = {SIZE: (0.0, 0.5, 1.5, 3.0, 6.0)}
FINER_GRIDS: Mapping[str, tuple[float, ...]] = {
    SIZE: (0.0, 0.25, 0.5, 1.0, 1.5, 2.0, 3.0, 4.5, 6.0)
}
GRID, FINER_GRID = 5, 9

# Levers that are shown unless others are named.
SHOWN = (SIZE, "setting.clarity", "setting.backstop", "setting.sanctions")

# Traits of the challenger that join them.
TRAITS = ("ambition", "fear")

# Where claims of articles stand whose outlet is not known.
NO_OUTLET = "articles without a named outlet"

MOST_LEVERS = 40
STEPS = 100
# Parts of a default range to which its ends are rounded.
ROUND = 4


@dataclass(frozen=True)
class Lever:
    """A parameter that the reader moves.

    ``targets`` are the parameters that it sets: itself, or one for each member of a group.
    ``value`` is the scenario's own value, the mean of a distribution, or ``None`` if the members
    of a group differ; ``own`` describes it, and ``span`` holds the ends of its distribution.
    ``is_shown`` is false for a lever in the fold.
    """

    factor: Factor
    targets: tuple[str, ...]
    value: float | None
    own: str
    span: tuple[float, float]
    sources: tuple[dict[str, str], ...]
    why: str
    is_shown: bool

    @property
    def path(self) -> str:
        """The path, as ``--set`` takes it."""
        return self.factor.path

    @property
    def name(self) -> str:
        """The name for readers."""
        return capitalise(parameter_name(self.path))

    @property
    def inline_name(self) -> str:
        """The name within a sentence; the name of a state keeps its capital."""
        return self.name if ": " in self.name else self.name.lower()

    @property
    def is_drawn(self) -> bool:
        """Whether the scenario's own value differs from run to run."""
        return self.span[0] < self.span[1]

    @property
    def step(self) -> float:
        """The distance of two positions: a round number, at most a hundredth of the range."""
        if self.factor.is_whole:
            return 1.0
        return round_step((self.factor.high - self.factor.low) / STEPS)

    def grid(self, count: int, fixed: Mapping[str, tuple[float, ...]]) -> list[float]:
        """Up to ``count`` values from the lower to the upper end; ``fixed`` names some by path."""
        low, high = self.factor.low, self.factor.high
        if self.path in fixed and (low, high) == RANGES[self.path]:
            return list(fixed[self.path])
        if self.factor.is_whole:
            count = min(count, int(high - low) + 1)
            return [float(round(low + k * (high - low) / (count - 1))) for k in range(count)]
        return [round(low + k * (high - low) / (count - 1), 6) for k in range(count)]

    def to_dict(self) -> dict[str, Any]:
        """The lever as the page reads it."""
        parameter = self.factor.parameter
        words = [self.factor.format(n) for n in range(int(self.factor.low), self._words_end)]
        return {
            "path": self.path,
            "targets": list(self.targets),
            "name": self.name,
            "inline": self.inline_name,
            "unit": parameter.unit,
            "hint": self._hint,
            "low": self.factor.low,
            "high": self.factor.high,
            "step": self.step,
            "words": words,
            "whole": self.factor.is_whole,
            "value": self.value,
            "own": self.own,
            "drawn": self.is_drawn,
            "span": list(self.span),
            "meaning": parameter.about,
            "range": parameter.range_text,
            "sources": list(self.sources),
            "why": self.why,
            "shown": self.is_shown,
            "grid": self.grid(GRID, GRIDS),
            "finer": self.grid(FINER_GRID, FINER_GRIDS),
        }

    @property
    def _hint(self) -> str:
        """What its numbers mean, in a few words: the ends of a share, or what a multiple counts."""
        parameter = self.factor.parameter
        if self.factor.is_worded:
            return ""
        if parameter.ends:
            return parameter.ends
        if parameter.unit.startswith("times") and self.why.startswith("size 1 "):
            return f"{parameter.unit}; {self.why.partition(';')[0]}"
        return parameter.unit

    @property
    def _words_end(self) -> int:
        return int(self.factor.high) + 1 if self.factor.is_worded else int(self.factor.low)


def round_step(size: float) -> float:
    """The largest of 1, 2 or 5 times a power of ten that is not above ``size``."""
    power = 10.0 ** math.floor(math.log10(size))
    return round(max(m * power for m in (1, 2, 5) if m * power <= size * (1 + 1e-9)), 9)


def choose_levers(scenario: Scenario, texts: Sequence[str] = ()) -> tuple[Lever, ...]:
    """The levers of an explorer: those written as ``PATH`` or ``PATH=LOW:HIGH``, then a fold.

    Without ``texts`` the force, the mandate, the backstop, the sanctions and the challenger's
    ambition and fear are shown. In the fold are the other numbers of the setting and the strongest
    weights.

    Raises
    ------
    sim.errors.UsageError
        For a path or range that the scenario does not allow, a parameter of an event, a lever that
        moves what another moves, and more than 40 levers.
    """
    shown = _named(scenario, texts) if texts else _default_shown(scenario)
    if len(shown) > MOST_LEVERS:
        raise UsageError(f"{len(shown)} levers", f"an explorer has at most {MOST_LEVERS}")
    moved = {each for factor in shown for each in targets(scenario, factor.path)}
    folded = [factor for factor in _default_folded(scenario) if factor.path not in moved]
    room = MOST_LEVERS - len(shown)
    return (
        *(_lever(factor, scenario, True) for factor in shown),
        *(_lever(factor, scenario, False) for factor in folded[:room]),
    )


def _named(scenario: Scenario, texts: Sequence[str]) -> tuple[Factor, ...]:
    """The levers that are written; one without a range has a default one."""
    parts = [part for text in texts for part in parse_assignments(text)]
    factors = parse_factors(scenario, texts)
    for factor in factors:
        _refuse(factor)
    return tuple(
        factor if "=" in part else _wide_factor(scenario, factor.path)
        for part, factor in zip(parts, factors, strict=True)
    )


def _refuse(factor: Factor) -> None:
    path = factor.path
    if ParameterPath.parse(path).event:
        raise UsageError(f"{path} cannot be a lever", "write the path of a parameter without event")
    if not can_be_set(path, factor.parameter):
        raise UsageError(f"{path} cannot be a lever", "vary it with thinline sweep")


def _default_shown(scenario: Scenario) -> tuple[Factor, ...]:
    paths = (*SHOWN, *_traits(scenario))
    return tuple(_wide_factor(scenario, path) for path in paths)


def _default_folded(scenario: Scenario) -> list[Factor]:
    setting = [
        f"setting.{name}" for name, parameter in SETTING.items() if parameter.kind is Kind.NUMBER
    ]
    wide = [_wide_factor(scenario, path) for path in (*setting, *_traits(scenario))]
    return [*wide, *(_rounded_factor(scenario, path) for path in WEIGHTS)]


def _traits(scenario: Scenario) -> list[str]:
    challengers = scenario.by_role[Role.CHALLENGER]
    return [f"states.{state}.{name}" for name in TRAITS for state in challengers]


def _wide_factor(scenario: Scenario, path: str) -> Factor:
    """The factor over the whole range of a share, a flag or a word, and over a default range of
    other numbers."""
    parameter = parameter_of(path, scenario)
    if path in RANGES:
        return make_factor(path, scenario, bounds=RANGES[path])
    if parameter.unit == "share":
        return make_factor(path, scenario, bounds=(parameter.low, parameter.high))
    return _rounded_factor(scenario, path)


def _rounded_factor(scenario: Scenario, path: str) -> Factor:
    """The default factor, with its bounds moved outwards to round numbers within the range."""
    factor = default_factor(scenario, path)
    if factor.is_whole or factor.low == factor.high:
        return factor
    step, parameter = round_step((factor.high - factor.low) / ROUND), factor.parameter
    low = max(parameter.low, round(math.floor(factor.low / step + 1e-9) * step, 9))
    high = min(parameter.high, round(math.ceil(factor.high / step - 1e-9) * step, 9))
    return make_factor(path, scenario, bounds=(low, high))


def lever_in(lever: Lever, scenario: Scenario) -> Lever:
    """The same lever with the value and the source that it has in another scenario."""
    return _lever(lever.factor, scenario, lever.is_shown)


def _lever(factor: Factor, scenario: Scenario, is_shown: bool) -> Lever:
    moved = targets(scenario, factor.path)
    first = scenario.values[moved[0]]
    value = factor.baseline(scenario)
    written = value_to_yaml(moved[0], first, with_reasons=False)
    own = describe_distribution(written) if not math.isnan(value) else "differs between members"
    knots = first.distribution.quantile_knots()[1]
    source = ValueWithSource(moved[0], factor.parameter, first).source
    return Lever(
        factor,
        moved,
        None if math.isnan(value) else value,
        own,
        (float(knots[0]), float(knots[-1])),
        tuple(_source(name) for name in source),
        first.why,
        is_shown,
    )


def _source(name: str) -> dict[str, str]:
    """A source of a value as the page cites it: what it says, and where."""
    outlets = {
        article.id: f"{article.outlet or NO_OUTLET}, {article.when}" for article in articles()
    }
    if name == ASSUMPTION:
        return {"id": name, "says": "assumption of the model's authors", "where": ""}
    if name in outlets:
        return {"id": name, "says": "", "where": outlets[name]}
    found = claim(name)
    return {"id": name, "says": found.says, "where": outlets[found.article]}
