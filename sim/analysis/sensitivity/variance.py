"""How much of what differs between runs is luck, and how much is where the levers stand."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.statistics import Estimate, critical_value, proportion

# Parts that are left out in turn; a jackknife of so many is near enough to normal.
PARTS = 32


@dataclass(frozen=True, slots=True)
class VarianceShares:
    """The variance of single runs, split: Var(Y) = Var(E[Y|x]) + E[Var(Y|x)].

    ``levers`` is Var(E[Y|x]), less what Monte-Carlo error adds to the spread of the points' means;
    ``luck`` is E[Var(Y|x)]; ``share`` is luck's part of the whole (``nan`` where nothing varies),
    and ``noise`` the part of the spread of the means that is Monte-Carlo error.
    """

    levers: float
    luck: float
    share: Estimate
    noise: float

    def to_dict(self) -> dict[str, Any]:
        """The split as plain data; what is not a number is none."""
        share = None if math.isnan(self.share.value) else list(self.share)
        return {
            "variance_of_means": self.levers,
            "variance_within": self.luck,
            "luck_share": share,
            "noise_share_of_means": self.noise,
        }


def variance_shares(values: Any) -> VarianceShares:
    """The split of ``values``, ``(blocks, points, runs)``: points of a block belong together, and
    run k is the same luck at every point.

    The interval is that of a jackknife which leaves out blocks, then runs. Two runs a point are the
    fewest that show luck; raises ``ValueError`` for one.
    """
    if values.shape[-1] < 2:
        raise ValueError("the part of luck cannot be told from one run a point")
    values = np.asarray(values, np.float64)
    spread, luck, noise = _components(values)
    part = min(spread, noise)
    luck_share = _with_interval(values, spread - noise, luck)
    return VarianceShares(spread - part, luck, luck_share, part / spread if spread else 0.0)


def _components(values: Any) -> tuple[float, float, float]:
    """The spread of the points' means, E[Var(Y|x)], and the noise in the first, by a two-way
    analysis of variance. The noise may come out larger than the spread.

    As all points share their luck, what it moves alike at every point adds nothing to the spread
    of their means; only what it moves differently does.
    """
    table = values.reshape(-1, values.shape[-1])
    points, runs = table.shape
    by_point, by_run, centre = table.mean(axis=1), table.mean(axis=0), table.mean()
    around = (table - by_point[:, None]) ** 2
    luck = float(around.sum() / (points * (runs - 1)))
    shared = points * float(((by_run - centre) ** 2).sum())
    alone = max(0.0, float(around.sum()) - shared) / (max(1, points - 1) * (runs - 1))
    spread = float(((by_point - centre) ** 2).sum() / max(1, points - 1))
    return spread, luck, alone / runs


def _with_interval(values: Any, levers: float, luck: float) -> Estimate:
    """Luck's share, between 0 and 1, its interval as wide where it lies at an end.

    What the levers do is not cut off at nothing while the interval is made: else a handful of runs
    in which it comes out below nothing would all agree.
    """
    if max(levers, 0.0) + luck < 1e-12:
        return Estimate(math.nan, 0.0, 1.0)
    part = min(1.0, luck / (max(levers, 0.0) + luck))
    parts = min(min(PARTS, size // 2) for size in (values.shape[0], values.shape[2]))
    if parts < 2:
        return Estimate(part, 0.0, 1.0)
    if part == 1.0 and not np.ptp(values, axis=(0, 1)).any():
        return Estimate(part, luck / (luck + _unseen(values)), part)
    variance = sum(_jackknifed(_share, values, axis) for axis in (0, 2))
    half = critical_value(degrees=parts - 1) * math.sqrt(variance)
    return Estimate(part, max(0.0, part - half), min(1.0, part + half))


def _unseen(values: Any) -> float:
    """What the levers may do where not one run was changed by them: runs that they change, as many
    as so few may have missed, going one way at half of the points."""
    return float((proportion(0, values.shape[-1]).high * np.ptp(values) / 2) ** 2)


def _share(values: Any) -> float:
    spread, luck, noise = _components(values)
    return luck / (spread - noise + luck) if luck else 0.0


def _jackknifed(statistic: Callable[[Any], float], values: Any, axis: int) -> float:
    """The variance of a statistic by leaving out parts of ``values`` along an axis in turn."""
    found = np.array([statistic(rest) for rest in _rests(values, axis)])
    return float((len(found) - 1) * found.var()) if len(found) else 0.0


def _rests(values: Any, axis: int) -> Iterator[Any]:
    size = values.shape[axis]
    parts = min(PARTS, size // 2)
    part = np.arange(size) % max(1, parts)
    for k in range(parts if parts > 1 else 0):
        yield np.compress(part != k, values, axis=axis)
