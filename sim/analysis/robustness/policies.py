"""Postures, a grid of values of factors, and the types of challenger they are evaluated against."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from sim.analysis.robustness.criteria import LOSS, REGRET
from sim.enums import Role
from sim.errors import UsageError
from sim.experiments.factors import make_factor, moved_parameters, values_of
from sim.experiments.parse_factors import parse_assignments
from sim.experiments.prepared import PreparedScenario
from sim.experiments.variants import fixed_at
from sim.formatting import plural
from sim.scenario.scenario import Scenario

V = TypeVar("V")

MAX_POLICIES = 2000
FORM = "write name:path=value,path=value"

# A coarse grid: from a token force to twice the pledge, and low, medium and high for the rest.
DEFAULT_GRID = {
    "setting.force_size": (0.1, 0.25, 0.5, 1.0, 1.5, 2.0),
    "setting.clarity": (0.2, 0.5, 0.8),
    "setting.backstop": (0.0, 0.4, 0.8),
    "setting.forwardness": (0.2, 0.5, 0.8),
}

# The challengers of the required behaviours.
DEFAULT_TYPES = {
    "security seeker": {"ambition": 0.15, "fear": 1.0},
    "intermediate": {"ambition": 0.45},
    "revisionist": {"ambition": 0.7, "fear": 0.5},
}

Grid = Mapping[str, Sequence[float]]
"""Values of each factor of a posture, by path; words by their rank."""

Type = Mapping[str, float]
"""A type of challenger: a value for each of some paths; words by their rank."""


def as_grid(scenario: Scenario, grid: object) -> dict[str, tuple[float, ...]]:
    """The grid with words replaced by their numbers; raises :class:`sim.errors.UsageError` if
    invalid."""
    if not isinstance(grid, Mapping):
        raise UsageError(f"{grid!r:.60} is not a grid", "write {'setting.clarity': [0.2, 0.8]}")
    return {path: tuple(values_of(scenario, path, values)) for path, values in grid.items()}


def as_types(scenario: Scenario, types: object) -> dict[str, dict[str, float]]:
    """The types with words replaced by their numbers; raises the errors of :func:`as_grid`."""
    if not isinstance(types, Mapping) or not all(isinstance(t, Mapping) for t in types.values()):
        remedy = "write {'revisionist': {'states.russia.ambition': 0.7}}"
        raise UsageError(f"{types!r:.60} are not types of challenger", remedy)
    return {
        name: {path: values_of(scenario, path, [value])[0] for path, value in type_.items()}
        for name, type_ in types.items()
    }


def default_types(scenario: Scenario) -> dict[str, Type]:
    """A security seeker, an intermediate challenger and a revisionist.

    Parameters that a type does not set keep the scenario's values.
    """
    here = scenario.by_role[Role.CHALLENGER]
    return {
        name: {f"states.{each}.{trait}": value for each in here for trait, value in traits.items()}
        for name, traits in DEFAULT_TYPES.items()
    }


def read_type(text: str) -> tuple[str, Type]:
    """A type from ``name:path=value,path=value``; raises :class:`sim.errors.UsageError`."""
    name, _, rest = (part.strip() for part in text.partition(":"))
    if not name or "=" in name:
        raise UsageError(f"type '{text[:60]}' has no name", FORM)
    if not rest:
        raise UsageError(f"type '{name[:60]}' sets nothing", FORM)
    return name, refuse_repeats(
        (_set(part, name) for part in parse_assignments(rest)), f"type '{name}' sets"
    )


def _set(part: str, name: str) -> tuple[str, float]:
    path, equals, value = (piece.strip() for piece in part.partition("="))
    if not equals or not path:
        raise UsageError(f"type '{name[:60]}': '{part[:60]}' sets nothing", FORM)
    return path, make_factor(path).parse(value)


def refuse_repeats(pairs: Iterable[tuple[str, V]], what: str) -> dict[str, V]:
    """The pairs as a mapping; raises :class:`sim.errors.UsageError` for a name given twice."""
    found: dict[str, V] = {}
    for name, value in pairs:
        if name in found:
            raise UsageError(f"{what} {name[:60]} twice", "keep one of them")
        found[name] = value
    return found


def cells(scenario: Scenario, grid: Grid, types: Mapping[str, Type]) -> list[tuple[float, ...]]:
    """All postures of the grid.

    Raises :class:`sim.errors.UsageError` for fewer than two postures or types, too many postures,
    an invalid or repeated value, a type with the name of a criterion, or a parameter that a posture
    and a type both set.
    """
    every = list(itertools.product(*grid.values()))
    if len(every) < 2 or len(types) < 2:
        found = f"{plural(len(every), 'posture')} against {plural(len(types), 'type')}"
        raise UsageError(found, "at least two of each: name more with --over and --challenger-type")
    if taken := {LOSS, REGRET} & types.keys():
        remedy = "choose another name"
        raise UsageError(f"type '{min(taken)}' has the name of a criterion", remedy)
    if repeated := [path for path, values in grid.items() if len({*values}) < len(values)]:
        raise UsageError(f"{repeated[0]} has a value twice", "give each value once")
    if len(every) > MAX_POLICIES:
        raise UsageError(f"{len(every):,} postures", f"at most {MAX_POLICIES:,}")
    for path, values in grid.items():
        for value in values:
            fixed_at(scenario, path, value)
    for type_ in types.values():
        _check_type(scenario, grid, type_)
    return every


def _check_type(scenario: Scenario, grid: Grid, type_: Type) -> None:
    held = {place for path in grid for place in moved_parameters(scenario, path)}
    for path, value in type_.items():
        PreparedScenario(scenario, (path,)).setup((value,))
        if both := held & set(moved_parameters(scenario, path)):
            raise UsageError(f"{min(both)} is set by a posture and by a type", "leave out one")
