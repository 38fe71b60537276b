"""Where on a curve war is least, and how surely: resampled, and tested on runs of their own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from sim.experiments.line import Point, Verdict
from sim.luck import resampling
from sim.statistics import paired_difference

# How near the minimum a size must come to count as being in the window: one percentage point.
WINDOW = 0.01
RESAMPLES = 500


def where_least(war: Any, seed: int) -> tuple[int, int]:
    """Where the minimum lies in 95 % of resamples of the runs: positions of two sizes.

    Runs that go the same way at every size are resampled together, so the cost does not grow with
    the runs; sizes that tie for least all count.
    """
    patterns, counts = np.unique(war, axis=1, return_counts=True)
    draws = resampling(seed).multinomial(counts.sum(), counts / counts.sum(), RESAMPLES)
    wars = draws @ patterns.T.astype(np.int64)
    least = wars == wars.min(axis=1, keepdims=True)
    first = least.argmax(axis=1)
    last = least.shape[1] - 1 - least[:, ::-1].argmax(axis=1)
    low = np.quantile(first, 0.025, method="inverted_cdf")
    high = np.quantile(last, 0.975, method="inverted_cdf")
    return int(low), int(high)


def window(points: Sequence[Point], least: int) -> tuple[float, float]:
    """The sizes around the least within ``WINDOW`` of it, without a gap."""
    near = [point.war.value <= points[least].war.value + WINDOW for point in points]
    first = last = least
    while first > 0 and near[first - 1]:
        first -= 1
    while last + 1 < len(points) and near[last + 1]:
        last += 1
    return points[first].size, points[last].size


def verdict(war: Any) -> Verdict:
    """What the curve says, the least found on half of the runs and tested on the other half.

    An interior minimum is one that both ends are clearly worse than, run by run.
    """
    found, tested = war[:, ::2], war[:, 1::2]
    least = int(found.sum(axis=1).argmin())
    smallest, largest = (
        paired_difference(tested[end], tested[least]).low > 0 for end in (0, len(war) - 1)
    )
    if smallest and largest:
        return Verdict.INTERIOR
    if paired_difference(tested[0], tested[-1]).low > 0 and least >= len(war) - 2:
        return Verdict.MORE_IS_BETTER
    if paired_difference(tested[-1], tested[0]).low > 0 and least <= 1:
        return Verdict.MORE_IS_WORSE
    return Verdict.UNDECIDED if smallest or largest else Verdict.NO_DIFFERENCE
