"""Designs: which points a sweep plays, from the axes it varies."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np

from sim.errors import UsageError
from sim.experiments.factors import Axis
from sim.rng import resampling_generator
from sim.text import plural

MAX_POINTS = 1_000_000


@dataclass(frozen=True, eq=False)
class Design:
    """Points of a sweep: ``float64 (points, axes)``, words by rank, flags 0 or 1.

    A NaN leaves what the scenario itself says.
    """

    method: str
    axes: tuple[Axis, ...]
    points: Any

    def __len__(self) -> int:
        return len(self.points)

    @property
    def is_stepped(self) -> bool:
        """Whether its points lie in steps along an axis, so that a line or a cell may hold them."""
        return self.method in ("grid", ONE_AT_A_TIME)

    @property
    def paths(self) -> tuple[str, ...]:
        """The path of each axis."""
        return tuple(axis.path for axis in self.axes)

    def said(self, point: int) -> dict[str, Any]:
        """The values of a point by their paths, as one would write them."""
        values = self.points[point].tolist()
        return {axis.path: axis.say(v) for axis, v in zip(self.axes, values, strict=True)}

    def written(self) -> list[list[Any]]:
        """The points as one would write them: words as words, None for the scenario's own."""
        columns = [
            [axis.say(value) for value in self.points[:, k].tolist()]
            for k, axis in enumerate(self.axes)
        ]
        return [list(point) for point in zip(*columns, strict=True)]


def grid(axes: Sequence[Axis]) -> Any:
    """Every combination of the axes' values, the last axis moving fastest."""
    _refuse_too_many(math.prod(len(axis.levels) for axis in axes))
    return np.array(list(product(*(axis.levels for axis in axes))), float)


def zipped(axes: Sequence[Axis]) -> Any:
    """The first values of all axes, then the second ones, and so on."""
    lengths = {axis.path: len(axis.levels) for axis in axes}
    if len(set(lengths.values())) > 1:
        told = ", ".join(f"{path} has {length}" for path, length in lengths.items())
        raise UsageError(f"zip needs as many values on each axis: {told}", "give as many of each")
    return np.array([axis.levels for axis in axes], float).T


def one_at_a_time(axes: Sequence[Axis]) -> Any:
    """The scenario as it is, then each value of each axis alone."""
    points = [[math.nan] * len(axes)]
    for k, axis in enumerate(axes):
        for level in axis.levels:
            points.append([level if j == k else math.nan for j in range(len(axes))])
    return np.array(points)


def lhs(axes: Sequence[Axis], n: int, seed: int) -> Any:
    """``n`` points of a Latin hypercube: each axis is cut into ``n`` slices, one point in each."""
    from scipy.stats import qmc

    return _drawn(axes, qmc.LatinHypercube(len(axes), seed=_seed(seed)).random(n))


def sobol(axes: Sequence[Axis], n: int, seed: int) -> Any:
    """The first ``n`` points of a scrambled Sobol sequence; evenest where n is a power of two."""
    from scipy.stats import qmc

    power = max(0, (n - 1).bit_length())
    return _drawn(axes, qmc.Sobol(len(axes), seed=_seed(seed)).random_base2(power)[:n])


def _seed(seed: int) -> int:
    # A seed of its own, because scipy's samplers spawn from a seed and not from a generator.
    return int(resampling_generator(seed).integers(2**63))


def _drawn(axes: Sequence[Axis], shares: Any) -> Any:
    columns = [[axis.drawn(s) for s in shares[:, k].tolist()] for k, axis in enumerate(axes)]
    return np.array(columns, float).T


ONE_AT_A_TIME = "one_at_a_time"
STEPPED: dict[str, Callable[[Sequence[Axis]], Any]] = {
    "grid": grid,
    "zip": zipped,
    ONE_AT_A_TIME: one_at_a_time,
}
DRAWN: dict[str, Callable[[Sequence[Axis], int, int], Any]] = {"lhs": lhs, "sobol": sobol}
LISTED = "list"
METHODS = (*STEPPED, LISTED, *DRAWN)


def points_of(method: str, axes: Sequence[Axis], n: int | None, seed: int) -> Any:
    """The points of a design that is not a list of them.

    Raises :class:`sim.errors.UsageError` where the axes do not go with the design.
    """
    if method in DRAWN:
        if n is None:
            raise UsageError(
                f"{method} needs to know how many points", "use --points 64, or n: 64 in a file"
            )
        _refuse_too_many(n)
        return DRAWN[method](axes, n, seed)
    endless = [axis.path for axis in axes if not axis.levels]
    if endless:
        remedy = "say how many, such as 0:1:11, or take --design lhs or sobol"
        raise UsageError(f"{method} needs steps: {', '.join(endless)}", remedy)
    if n is not None:
        raise UsageError(f"{method} does not draw points", "leave n out, or use lhs or sobol")
    if method != "zip":
        _refuse_twice(axes)
    return STEPPED[method](axes)


def _refuse_too_many(points: int) -> None:
    if not 1 <= points <= MAX_POINTS:
        raise UsageError(plural(points, "point"), f"at most {MAX_POINTS:,}: take fewer steps")


def _refuse_twice(axes: Sequence[Axis]) -> None:
    twice = [axis.path for axis in axes if len(set(axis.levels)) < len(axis.levels)]
    if twice:
        raise UsageError(f"a value comes twice: {', '.join(twice)}", "name each value once")
