"""Whether a limit does anything: quasi-p-values (Bryant and Lempert 2010), and limits let go."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np

from sim.experiments.discovery.prim import Box

LEVEL = 0.05


class Limit(NamedTuple):
    """A limit of a box: its lever, its low (0) or high (1) end, its value and its quasi-p."""

    lever: int
    end: int
    value: float
    quasi_p: float


def limits(box: Box, everything: Box, x: Any, y: Any) -> list[Limit]:
    """Every limit of a box with its quasi-p-value."""
    return [
        Limit(
            lever, end, (box.low, box.high)[end][lever], quasi_p(box, everything, lever, end, x, y)
        )
        for lever, end in box.limits(everything)
    ]


def quasi_p(box: Box, everything: Box, lever: int, end: int, x: Any, y: Any) -> float:
    """How often chance alone would make the box as dense, were the limit of no consequence.

    Its points are then a draw from the box without the limit: for outcomes of 0 or 1 a binomial
    test, for others its normal approximation. It is "quasi" because the limit was sought out.
    """
    outermost = (everything.low, everything.high)[end][lever]
    without = y[box.limited(lever, end, outermost).holds(x)]
    inside = y[box.holds(x)]
    if np.isin(y, (0, 1)).all():
        from scipy.stats import binomtest

        test = binomtest(int(inside.sum()), len(inside), without.mean(), alternative="greater")
        return float(test.pvalue)
    spread = without.std() / math.sqrt(len(inside))
    z = (inside.mean() - without.mean()) / spread if spread else 0.0
    return math.erfc(z / math.sqrt(2)) / 2


def pruned(box: Box, everything: Box, x: Any, y: Any) -> Box:
    """The box without the limits that chance may have set, the least certain let go first."""
    while found := limits(box, everything, x, y):
        worst = max(found, key=lambda limit: limit.quasi_p)
        if worst.quasi_p <= LEVEL:
            break
        outermost = (everything.low, everything.high)[worst.end][worst.lever]
        box = box.limited(worst.lever, worst.end, outermost)
    return box
