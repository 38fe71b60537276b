"""Split of run-to-run variance into stochastic and parametric parts (law of total variance)."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.statistics import Estimate, critical_value, proportion

# Groups of the jackknife.
PARTS = 32


@dataclass(frozen=True, slots=True)
class VarianceShares:
    """Variance of single runs: Var(Y) = Var(E[Y|x]) + E[Var(Y|x)].

    ``levers`` is Var(E[Y|x]), the variance between points, corrected for Monte-Carlo error;
    ``stochastic`` is E[Var(Y|x)], the variance within points; ``share`` is the stochastic share,
    stochastic / (levers + stochastic) (NaN if nothing varies); ``noise`` is the share of
    Monte-Carlo error in the variance of the points' means.
    """

    levers: float
    stochastic: float
    share: Estimate
    noise: float

    def to_dict(self) -> dict[str, Any]:
        """The split as plain data; NaN becomes ``None``."""
        share = None if math.isnan(self.share.value) else list(self.share)
        return {
            "variance_of_means": self.levers,
            "variance_within": self.stochastic,
            "stochastic_share": share,
            "noise_share_of_means": self.noise,
        }


def variance_shares(values: NDArray[Any]) -> VarianceShares:
    """Split the variance of ``values``, shape (blocks, points, runs), where run k has the same
    random numbers at every point.

    The interval comes from a jackknife over blocks and over runs. Raises ``ValueError`` for fewer
    than two runs a point.
    """
    if values.shape[-1] < 2:
        raise ValueError("the variance within a point needs at least two runs")
    values = np.asarray(values, np.float64)
    spread, stochastic, noise = _components(values)
    part = min(spread, noise)
    share = _with_interval(values, spread - noise, stochastic)
    return VarianceShares(spread - part, stochastic, share, part / spread if spread else 0.0)


def _components(values: Any) -> tuple[float, float, float]:
    """Variance of the points' means, E[Var(Y|x)], and the Monte-Carlo noise in the first, by a
    two-way analysis of variance. The noise may exceed the variance of the means.

    With common random numbers, effects of the random numbers that are equal at all points add
    nothing to the variance of the means; only their interaction with the point does.
    """
    table = values.reshape(-1, values.shape[-1])
    points, runs = table.shape
    by_point, by_run, centre = table.mean(axis=1), table.mean(axis=0), table.mean()
    around = (table - by_point[:, None]) ** 2
    stochastic = float(around.sum() / (points * (runs - 1)))
    shared = points * float(((by_run - centre) ** 2).sum())
    alone = max(0.0, float(around.sum()) - shared) / (max(1, points - 1) * (runs - 1))
    spread = float(((by_point - centre) ** 2).sum() / max(1, points - 1))
    return spread, stochastic, alone / runs


def _with_interval(values: Any, levers: float, stochastic: float) -> Estimate:
    """Stochastic share, between 0 and 1, with its interval.

    For the interval the parametric part is not truncated at 0: otherwise jackknife values would
    all be equal where it is estimated below 0.
    """
    if max(levers, 0.0) + stochastic < 1e-12:
        return Estimate(math.nan, 0.0, 1.0)
    part = min(1.0, stochastic / (max(levers, 0.0) + stochastic))
    parts = min(min(PARTS, size // 2) for size in (values.shape[0], values.shape[2]))
    if parts < 2:
        return Estimate(part, 0.0, 1.0)
    if part == 1.0 and not np.ptp(values, axis=(0, 1)).any():
        return Estimate(part, stochastic / (stochastic + _unseen(values)), part)
    variance = sum(_jackknifed(_share, values, axis) for axis in (0, 2))
    half = critical_value(degrees=parts - 1) * math.sqrt(variance)
    return Estimate(part, max(0.0, part - half), min(1.0, part + half))


def _unseen(values: Any) -> float:
    """Upper bound of the parametric variance if no run differs between points. It assumes the upper
    limit of the share of affected runs, and that all of them change in the same direction at half
    of the points."""
    return float((proportion(0, values.shape[-1]).high * np.ptp(values) / 2) ** 2)


def _share(values: Any) -> float:
    spread, stochastic, noise = _components(values)
    return stochastic / (spread - noise + stochastic) if stochastic else 0.0


def _jackknifed(statistic: Callable[[Any], float], values: Any, axis: int) -> float:
    """Jackknife variance of a statistic over groups of ``values`` along an axis."""
    found = np.array([statistic(rest) for rest in _leave_one_out(values, axis)])
    return float((len(found) - 1) * found.var()) if len(found) else 0.0


def _leave_one_out(values: Any, axis: int) -> Iterator[Any]:
    size = values.shape[axis]
    parts = min(PARTS, size // 2)
    part = np.arange(size) % max(1, parts)
    for k in range(parts if parts > 1 else 0):
        yield np.compress(part != k, values, axis=axis)
