"""PRIM, the patient rule induction method (Friedman and Fisher 1999).

A box starts as wide as the sample. Peeling removes a thin slice from one side at a time: the slice
whose removal raises the mean inside most for each point removed, or lowers it least. Pasting then
adds back slices that raise the mean. Slices, scores and ties are those of the EMA Workbench
(Kwakkel 2017), which stops when nothing is gained; up to there the boxes are the same.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

ALPHA = 0.05
LEAST_MASS = 0.05
# A limit with a quasi-p-value above this is dropped.
LEVEL = 0.05


@dataclass(frozen=True, slots=True)
class Box:
    """Limits of every factor, inclusive."""

    low: tuple[float, ...]
    high: tuple[float, ...]

    def holds(self, x: Any) -> Any:
        """Which of the points ``x``, shape (points, factors), lie inside; shape (points,)."""
        return ((x >= self.low) & (x <= self.high)).all(axis=1)

    def limited(self, lever: int, end: int, value: float) -> Box:
        """The box with a new limit of a factor, at its low (0) or high (1) end."""
        ends = [list(self.low), list(self.high)]
        ends[end][lever] = value
        return Box(tuple(ends[0]), tuple(ends[1]))

    def limits(self, within: Box) -> list[tuple[int, int]]:
        """The limits that differ from those of ``within``, as pairs of factor and end."""
        ends = ((self.low, within.low), (self.high, within.high))
        levers = range(len(self.low))
        return [(k, end) for k in levers for end in (0, 1) if ends[end][0][k] != ends[end][1][k]]


class Fit(NamedTuple):
    """Fit of a box: its share of the total outcome (coverage), mean outcome (density), share of
    the points (mass), and number of points."""

    coverage: float
    density: float
    mass: float
    points: int


def fit(box: Box, x: Any, y: Any, free: Any = None) -> Fit:
    """Fit of a box to points ``x`` with outcomes ``y``; only ``free`` points (in no earlier box)
    count as inside."""
    inside = box.holds(x) if free is None else box.holds(x) & free
    count, total = int(inside.sum()), float(y.sum())
    held = float(y[inside].sum())
    return Fit(held / total if total else 0.0, held / max(1, count), count / len(y), count)


def peeled(x: Any, y: Any, everything: Box, least: int, alpha: float = ALPHA) -> list[Box]:
    """Boxes from the whole sample inwards, each a slice smaller than the last, while at least
    ``least`` points remain."""
    boxes = [everything]
    inside = np.ones(len(x), bool)
    while True:
        tried = [(box, inside & box.holds(x)) for box in _slices_off(x[inside], boxes[-1], alpha)]
        box, held = _best(tried, inside, y, everything)
        if not least <= held.sum() < inside.sum():
            return boxes
        boxes.append(box)
        inside = held


def pasted(box: Box, x: Any, y: Any, everything: Box, alpha: float = ALPHA) -> list[Box]:
    """Boxes from ``box`` outwards, while adding a slice raises the mean."""
    boxes = [box]
    while True:
        inside = boxes[-1].holds(x)
        tried = [(each, each.holds(x)) for each in _slices_on(x, boxes[-1], everything, alpha)]
        if not tried:
            return boxes
        wider, held = _best(tried, inside, y, everything)
        if held.sum() <= inside.sum() or _score(y, inside, held) <= 0:
            return boxes
        boxes.append(wider)


def _slices_off(inside: Any, box: Box, alpha: float) -> Iterator[Box]:
    for lever in range(inside.shape[1]):
        for end, share in ((1, 1 - alpha), (0, alpha)):
            yield box.limited(lever, end, between(inside[:, lever], share))


def _slices_on(x: Any, box: Box, everything: Box, alpha: float) -> Iterator[Box]:
    for lever in sorted({lever for lever, _ in box.limits(everything)}):
        for end, share in ((0, 1 - alpha), (1, alpha)):
            here, outermost = (box.low, box.high)[end], (everything.low, everything.high)[end]
            beyond = box.limited(lever, end, outermost[lever]).limited(lever, 1 - end, here[lever])
            near = x[beyond.holds(x), lever]
            value = between(near, share) if len(near) else outermost[lever]
            yield box.limited(lever, end, value)


def between(values: Any, share: float) -> float:
    """A limit at about quantile ``share``, midway between two different values."""
    ordered = np.sort(values)
    place = (len(ordered) - 1) * share
    below, above = int(np.floor(place)), int(np.ceil(place))
    if share > 0.5:
        while ordered[below] == ordered[above] and below > 0:
            below -= 1
    else:
        while ordered[below] == ordered[above] and above < len(ordered) - 1:
            above += 1
    return float((ordered[below] + ordered[above]) / 2)


def _best(tried: list[tuple[Box, Any]], inside: Any, y: Any, everything: Box) -> tuple[Box, Any]:
    """The box with the best score; ties go to the box that limits fewest factors, then to the
    first."""
    return max(
        tried,
        key=lambda each: (
            _score(y, inside, each[1]),
            -len({lever for lever, _ in each[0].limits(everything)}),
        ),
    )


def _score(y: Any, before: Any, after: Any) -> float:
    """Gain of the mean for each point removed or added; minus infinity if no point is."""
    moved = abs(int(after.sum()) - int(before.sum()))
    if not moved:
        return -math.inf
    return float((y[after].mean() - y[before].mean()) / moved)


class Limit(NamedTuple):
    """A limit of a box: factor, low (0) or high (1) end, value and quasi-p-value."""

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
    """Quasi-p-value of a limit: how often chance alone would make the box as dense if the limit
    had no effect.

    The points of the box are then a random draw from the box without the limit: a binomial test for
    outcomes of 0 or 1, otherwise its normal approximation. "Quasi", because the limit was chosen to
    maximise density.
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
    """The box without limits that may be chance, the largest quasi-p-value dropped first."""
    while found := limits(box, everything, x, y):
        worst = max(found, key=lambda limit: limit.quasi_p)
        if worst.quasi_p <= LEVEL:
            break
        outermost = (everything.low, everything.high)[worst.end][worst.lever]
        box = box.limited(worst.lever, worst.end, outermost)
    return box
