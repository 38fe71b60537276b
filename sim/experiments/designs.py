"""Designs: the points of a sweep, made from its factors."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np

from sim.errors import UsageError
from sim.experiments.factors import Factor
from sim.formatting import join_or, plural
from sim.rng import resampling_generator

MAX_POINTS = 1_000_000


@dataclass(frozen=True, eq=False)
class Design:
    """Points of a sweep: ``float64 (points, factors)``, words by rank, flags 0 or 1.

    NaN stands for the scenario's own value.
    """

    method: str
    factors: tuple[Factor, ...]
    points: Any

    def __len__(self) -> int:
        return len(self.points)

    @property
    def is_stepped(self) -> bool:
        """Whether the points share levels, so that lines or heat maps can show them."""
        return self.method in ("grid", ONE_AT_A_TIME)

    @property
    def paths(self) -> tuple[str, ...]:
        """The path of each factor."""
        return tuple(factor.path for factor in self.factors)

    @property
    def set_everywhere(self) -> tuple[str, ...]:
        """The paths that every point sets, so that the scenario's own values have no effect."""
        columns = zip(self.paths, self.points.T, strict=True)
        return tuple(path for path, column in columns if not np.isnan(column).any())

    def values_at(self, point: int) -> dict[str, Any]:
        """The values of a point by path, as plain data; ``None`` stands for the scenario's own
        value."""
        values = self.points[point].tolist()
        return {f.path: f.to_plain(v) for f, v in zip(self.factors, values, strict=True)}

    def format_point(self, point: int) -> list[str]:
        """The values of a point, one text a factor."""
        values = self.points[point].tolist()
        return [factor.format(v) for factor, v in zip(self.factors, values, strict=True)]

    def to_lists(self) -> list[list[Any]]:
        """The points as plain data: words as text, and ``None`` for the scenario's own value."""
        columns = [
            [factor.to_plain(value) for value in self.points[:, k].tolist()]
            for k, factor in enumerate(self.factors)
        ]
        return [list(point) for point in zip(*columns, strict=True)]


def grid(factors: Sequence[Factor]) -> Any:
    """Every combination of the levels; the last factor moves fastest."""
    _check_size(math.prod(len(factor.levels) for factor in factors))
    return np.array(list(product(*(factor.levels for factor in factors))), float)


def zipped(factors: Sequence[Factor]) -> Any:
    """The first level of every factor, then the second of every factor, and so on."""
    lengths = {factor.path: len(factor.levels) for factor in factors}
    if len(set(lengths.values())) > 1:
        found = ", ".join(f"{path} has {length}" for path, length in lengths.items())
        message = f"zip needs the same number of levels for each factor: {found}"
        raise UsageError(message, "give as many of each")
    return np.array([factor.levels for factor in factors], float).T


def one_at_a_time(factors: Sequence[Factor]) -> Any:
    """The baseline, then each level of each factor with the others at the baseline."""
    points = [[math.nan] * len(factors)]
    for k, factor in enumerate(factors):
        for level in factor.levels:
            points.append([level if j == k else math.nan for j in range(len(factors))])
    return np.array(points)


def lhs(factors: Sequence[Factor], n: int, seed: int) -> Any:
    """A Latin hypercube: each factor is cut into ``n`` slices with one point in each."""
    from scipy.stats import qmc

    sampler = qmc.LatinHypercube(len(factors), seed=_sampler_seed(seed))
    return _sampled(factors, sampler.random(n))


def sobol(factors: Sequence[Factor], n: int, seed: int) -> Any:
    """The first ``n`` points of a scrambled Sobol sequence; best balanced for a power of two."""
    from scipy.stats import qmc

    power = max(0, (n - 1).bit_length())
    sampler = qmc.Sobol(len(factors), seed=_sampler_seed(seed))
    return _sampled(factors, sampler.random_base2(power)[:n])


def _sampler_seed(seed: int) -> int:
    # scipy's samplers spawn from a seed, not from a generator.
    return int(resampling_generator(seed).integers(2**63))


def _sampled(factors: Sequence[Factor], u: Any) -> Any:
    columns = [factor.at(u[:, k]).tolist() for k, factor in enumerate(factors)]
    for k, factor in enumerate(factors):
        if factor.bounds:
            columns[k] = [round(value, 9) for value in columns[k]]
    return np.array(columns, float).T


ONE_AT_A_TIME = "one_at_a_time"
STEPPED: dict[str, Callable[[Sequence[Factor]], Any]] = {
    "grid": grid,
    "zip": zipped,
    ONE_AT_A_TIME: one_at_a_time,
}
SAMPLED: dict[str, Callable[[Sequence[Factor], int, int], Any]] = {"lhs": lhs, "sobol": sobol}
LISTED = "list"
METHODS = (*STEPPED, LISTED, *SAMPLED)
SAMPLED_NAMES = join_or(tuple(SAMPLED))


def make_points(method: str, factors: Sequence[Factor], n: int | None, seed: int) -> Any:
    """The points of any design but a list.

    Raises :class:`sim.errors.UsageError` for factors or ``n`` that the design cannot use.
    """
    if method in SAMPLED:
        if n is None:
            message = f"{method} needs the number of points"
            raise UsageError(message, "use --points 64, or n: 64 in a file")
        _check_size(n)
        return SAMPLED[method](factors, n, seed)
    if unstepped := [factor.path for factor in factors if not factor.levels]:
        remedy = f"give the number of steps, such as 0:1:11, or use --design {SAMPLED_NAMES}"
        raise UsageError(f"{method} needs levels for {', '.join(unstepped)}", remedy)
    if n is not None:
        raise UsageError(
            f"{method} takes no number of points", f"leave n out, or use {SAMPLED_NAMES}"
        )
    twice = [factor.path for factor in factors if len(set(factor.levels)) < len(factor.levels)]
    if twice and method != "zip":
        raise UsageError(f"a level is given twice: {', '.join(twice)}", "give each level once")
    return STEPPED[method](factors)


def _check_size(points: int) -> None:
    if not 1 <= points <= MAX_POINTS:
        raise UsageError(plural(points, "point"), f"at most {MAX_POINTS:,}: take fewer steps")
