"""How much of what differs between runs is luck, and how much is where the levers stand."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.statistics import Z95, Estimate

# Parts that are left out in turn; a jackknife of so many is near enough to normal.
PARTS = 32


@dataclass(frozen=True, slots=True)
class Split:
    """The variance of single runs, split: Var(Y) = Var(E[Y|x]) + E[Var(Y|x)].

    ``levers`` is Var(E[Y|x]), less what Monte-Carlo error adds to the spread of the points' means;
    ``luck`` is E[Var(Y|x)]; ``share`` is luck's part of the whole (``nan`` where nothing varies),
    and ``noise`` the part of the spread of the means that is Monte-Carlo error.
    """

    levers: float
    luck: float
    share: Estimate
    noise: float

    def document(self) -> dict[str, Any]:
        """The split as plain data; what is not a number is none."""
        share = None if math.isnan(self.share.value) else list(self.share)
        return {
            "variance_of_means": self.levers,
            "variance_within": self.luck,
            "luck_share": share,
            "noise_share_of_means": self.noise,
        }


def split(values: Any) -> Split:
    """The split of ``values``, ``(blocks, points, runs)``: points of a block belong together, and
    run k is the same luck at every point.

    The interval is that of a jackknife which leaves out blocks, then runs. Two runs a point are the
    fewest that show luck; raises ``ValueError`` for one.
    """
    if values.shape[-1] < 2:
        raise ValueError("the part of luck cannot be told from one run a point")
    values = np.asarray(values, np.float64)
    levers, luck, noise = _components(values)
    return Split(levers, luck, _with_interval(values, levers, luck), noise)


def _components(values: Any) -> tuple[float, float, float]:
    """Var(E[Y|x]), E[Var(Y|x)] and the noise in the first, by a two-way analysis of variance.

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
    noise = min(spread, alone / runs)
    return spread - noise, luck, noise / spread if spread else 0.0


def _with_interval(values: Any, levers: float, luck: float) -> Estimate:
    if levers + luck < 1e-12:
        return Estimate(math.nan, 0.0, 1.0)
    share = luck / (levers + luck)
    half = Z95 * math.sqrt(sum(_jackknifed(_share, values, axis) for axis in (0, 2)))
    return Estimate(share, max(0.0, share - half), min(1.0, share + half))


def _share(values: Any) -> float:
    levers, luck, _ = _components(values)
    return luck / (levers + luck) if levers + luck else 1.0


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
