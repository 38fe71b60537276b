"""Private information of a state: its resolve, and its private ceiling."""

from __future__ import annotations

import math
from typing import Any

from sim.jit import rule


@rule
def quantile(u: float, shares: Any, values: Any, first: int, last: int) -> float:
    """The value below which a share ``u`` of a distribution lies.

    ``shares`` (rising from 0 to 1) and ``values`` are the distribution's nodes in positions
    ``first`` to ``last - 1``; values are linear between nodes, and repeated shares make a step.
    """
    low, high = first, last - 1
    while high - low > 1:
        middle = (low + high) // 2
        if shares[middle] <= u:
            low = middle
        else:
            high = middle
    width = shares[high] - shares[low]
    if width <= 0.0:
        return float(values[low])
    return float(values[low] + (values[high] - values[low]) * ((u - shares[low]) / width))


@rule
def graded(u: float) -> float:
    """Position of a share ``u`` on a scale of 0 to 1 that is finer towards both ends."""
    return math.sqrt(0.5 * u) if u < 0.5 else 1.0 - math.sqrt(0.5 * (1.0 - u))


@rule
def private_value(public: float, u: float, surface: Any) -> float:
    """The private value behind a public mean: the ``u``-quantile of a Beta around it.

    ``surface[m, k]`` holds the quantiles for public means spaced evenly from 0 to 1 and shares
    spaced evenly on the graded scale; bilinear interpolation keeps the mean.
    """
    row = public * (surface.shape[0] - 1)
    column = graded(u) * (surface.shape[1] - 1)
    r = min(int(row), surface.shape[0] - 2)
    c = min(int(column), surface.shape[1] - 2)
    down, right = row - r, column - c
    upper = surface[r, c] + (surface[r, c + 1] - surface[r, c]) * right
    lower = surface[r + 1, c] + (surface[r + 1, c + 1] - surface[r + 1, c]) * right
    return float(upper + (lower - upper) * down)


@rule
def private_ceiling(pledge: int, candour: float, u: float) -> int:
    """The highest rung a state would actually go to: its pledge, or one rung lower.

    Private assessments are reported to be more cautious than public statements (``consent``).
    """
    return pledge if u < candour or pledge == 0 else pledge - 1
