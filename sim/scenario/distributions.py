"""Distributions of parameter values, from which each run draws."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.scenario.parameter import written_number

Numbers = NDArray[np.float64]
KNOTS = 514
TAIL = 1e-9
DISTRIBUTIONS = {
    "fixed": "a value",
    "uniform": "[low, high]",
    "triangular": "[low, mode, high]",
    "beta": "[mean, concentration]",
    "truncated_normal": "[mean, sd]",
    "choice": "[a, b] or {a: weight, b: weight}",
    "shift": "amount to add to the inherited value",
}


@dataclass(frozen=True, slots=True)
class Distribution:
    """A distribution over numbers, or (``fixed``) a number.

    ``numbers`` are its arguments, in the order given in ``DISTRIBUTIONS``; ``weights`` belong to
    the numbers of a choice (none: equal weights); ``shift`` is added to every draw, and the sum is
    clipped to ``low`` and ``high``, the range of the parameter, which is also the range of a beta.
    """

    kind: str
    numbers: tuple[float, ...]
    weights: tuple[float, ...] = ()
    shift: float = 0.0
    low: float = -math.inf
    high: float = math.inf

    @property
    def is_fixed(self) -> bool:
        """Whether the distribution is a single number."""
        return self.kind == "fixed"

    @property
    def mean(self) -> float:
        """The mean of a draw."""
        if self.shift:
            u, x = self.quantile_knots()
            return float(np.sum(np.diff(u) * (x[1:] + x[:-1]) / 2))
        return float(_MEANS[self.kind](self))

    def shifted(self, shift: float, low: float, high: float) -> Distribution:
        """The distribution with ``shift`` added to every draw, clipped to ``low`` and ``high``."""
        if self.is_fixed:
            return Distribution("fixed", (min(max(self.numbers[0] + shift, low), high),))
        # A larger shift than the range is wide leaves every draw at the same end.
        total = max(low - high, min(high - low, self.shift + shift))
        return replace(self, shift=total, low=low, high=high)

    def quantile_knots(self) -> tuple[Numbers, Numbers]:
        """Knots (u, x) of the piecewise linear quantile function: u ascends from 0 to 1 (a repeated
        u is a step), x does not decrease."""
        u, x = _KNOTS[self.kind](self)
        return _clipped(u, x + self.shift, self.low, self.high)

    def to_yaml(self, say: Callable[[float], Any] = written_number) -> Any:
        """The distribution in the form of a scenario file; ``say`` formats a value."""
        if self.is_fixed:
            return say(self.numbers[0])
        numbers: Any = [say(number) for number in self.numbers]
        if self.weights:
            numbers = {
                _key(n): written_number(w) for n, w in zip(numbers, self.weights, strict=True)
            }
        more = {"shift": written_number(self.shift)} if self.shift else {}
        return {self.kind: numbers, **more}


def _key(written: Any) -> str:
    return str(written).lower() if isinstance(written, bool) else str(written)


def _shares(distribution: Distribution) -> Numbers:
    weights = distribution.weights or (1.0,) * len(distribution.numbers)
    return np.array(weights) / sum(weights)


def _mean_of_truncated_normal(distribution: Distribution) -> float:
    mean, sd = distribution.numbers
    a, b = (distribution.low - mean) / sd, (distribution.high - mean) / sd
    area = (math.erf(b / math.sqrt(2)) - math.erf(a / math.sqrt(2))) / 2
    slope = (math.exp(-a * a / 2) - math.exp(-b * b / 2)) / math.sqrt(2 * math.pi)
    return min(max(mean + sd * slope / area, distribution.low), distribution.high)


_MEANS: dict[str, Callable[[Distribution], float]] = {
    "fixed": lambda distribution: distribution.numbers[0],
    "uniform": lambda distribution: sum(distribution.numbers) / 2,
    "triangular": lambda distribution: sum(distribution.numbers) / 3,
    "beta": lambda distribution: distribution.numbers[0],
    "truncated_normal": _mean_of_truncated_normal,
    "choice": lambda distribution: float(_shares(distribution) @ np.array(distribution.numbers)),
}


def _grid() -> Numbers:
    """Probabilities from 0 to 1, denser towards both ends, where a density may be low."""
    s = np.linspace(0.0, 1.0, KNOTS)
    return np.where(s < 0.5, 2 * s * s, 1 - 2 * (1 - s) * (1 - s))


def _straight(distribution: Distribution) -> tuple[Numbers, Numbers]:
    return np.array([0.0, 1.0]), np.array([distribution.numbers[0], distribution.numbers[-1]])


def _steps(distribution: Distribution) -> tuple[Numbers, Numbers]:
    order = np.argsort(distribution.numbers, kind="stable")
    ends = np.cumsum(_shares(distribution)[order])
    ends[-1] = 1.0
    u = np.column_stack([np.concatenate([[0.0], ends[:-1]]), ends])
    return u.ravel(), np.repeat(np.array(distribution.numbers)[order], 2)


def _triangular(distribution: Distribution) -> tuple[Numbers, Numbers]:
    low, mode, high = distribution.numbers
    u = _grid()
    if high == low:
        return u, np.full(KNOTS, low)
    rising = low + np.sqrt(u * (high - low) * (mode - low))
    falling = high - np.sqrt((1 - u) * (high - low) * (high - mode))
    return u, np.where(u < (mode - low) / (high - low), rising, falling)


def _beta(distribution: Distribution) -> tuple[Numbers, Numbers]:
    from scipy.special import betaincinv  # here, because it slows the start

    mean, concentration = distribution.numbers
    width = distribution.high - distribution.low
    share = (mean - distribution.low) / width
    u = _grid()
    quantiles = betaincinv(share * concentration, (1 - share) * concentration, _inner(u))
    return u, distribution.low + width * quantiles


def _truncated_normal(distribution: Distribution) -> tuple[Numbers, Numbers]:
    from scipy.special import ndtr, ndtri  # here, because it slows the start

    mean, sd = distribution.numbers
    below, above = ndtr((distribution.low - mean) / sd), ndtr((distribution.high - mean) / sd)
    u = _grid()
    return u, mean + sd * ndtri(below + (above - below) * _inner(u))


def _inner(u: Numbers) -> Numbers:
    """``u`` clipped inside (0, 1), so that a thin tail does not reach to the end of the range."""
    return np.clip(u, TAIL, 1 - TAIL)


_KNOTS: dict[str, Callable[[Distribution], tuple[Numbers, Numbers]]] = {
    "fixed": _straight,
    "uniform": _straight,
    "triangular": _triangular,
    "beta": _beta,
    "truncated_normal": _truncated_normal,
    "choice": _steps,
}


def _clipped(u: Numbers, x: Numbers, low: float, high: float) -> tuple[Numbers, Numbers]:
    """The knots with x clipped to ``low`` and ``high``, and a knot added where clipping begins."""
    x = np.maximum.accumulate(x)
    for bound in (low, high):
        if x[0] < bound < x[-1]:
            at = np.interp(bound, x, u)
            here = int(np.searchsorted(x, bound))
            u, x = np.insert(u, here, at), np.insert(x, here, bound)
    return u, np.clip(x, low, high)
