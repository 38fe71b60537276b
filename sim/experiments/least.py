"""The verdict on a thin line: where war is least, and what the runs can tell of it.

All sizes share their luck, so any two are compared run by run: the share of runs with war at one
less that at the other, with the paired interval of Bonett and Price. The least was picked among
the sizes, and so is the difference that is told; so these are 95 % intervals that hold for all
pairs of sizes at once (Šidák). A size *may be least* if no other has clearly less war: the true
minimum of the sizes is one of these in 95 % of cases. What follows is said of them alone:

- ``interior``: neither end of the sizes may be least;
- ``more_is_better`` or ``more_is_worse``: one end may be least and the other may not, and whatever
  else may be least is next to it and surely within a percentage point of it;
- ``no_difference``: all sizes are surely within a percentage point of each other;
- ``undecided``: anything else, for want of runs.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.experiments.line import Difference, Point
from sim.experiments.verdict import Verdict
from sim.statistics import Estimate, change, pairs_of

# How near the minimum a size must come to count as being in the window: one percentage point.
WINDOW = 0.01


@dataclass(frozen=True, slots=True)
class Compared:
    """War at one size less war at another, ``apart[one][other]``: intervals that hold at once."""

    apart: tuple[tuple[Estimate, ...], ...]
    at_once: int

    @property
    def may_be_least(self) -> tuple[int, ...]:
        """The positions of the sizes to which none has clearly less war, ascending."""
        return tuple(k for k, row in enumerate(self.apart) if all(d.low <= 0 for d in row))

    @property
    def difference(self) -> Difference:
        """The largest clear difference, or the largest if none is clear."""
        pairs = itertools.permutations(range(len(self.apart)), 2)
        less, more = min(pairs, key=self._first_told)
        return Difference(less, more, self.apart[less][more], self.at_once)

    def _first_told(self, pair: tuple[int, int]) -> tuple[bool, float]:
        apart = self.apart[pair[0]][pair[1]]
        return not apart.is_clear, apart.value

    @property
    def verdict(self) -> Verdict:
        """What the curve says: see above."""
        among, last = self.may_be_least, len(self.apart) - 1
        ends = (among[0] == 0, among[-1] == last)
        if ends == (False, False):
            return Verdict.INTERIOR
        if not self._is_shelf(among):
            return Verdict.UNDECIDED
        if ends == (True, True):
            return Verdict.NO_DIFFERENCE
        return Verdict.MORE_IS_BETTER if ends[1] else Verdict.MORE_IS_WORSE

    def _is_shelf(self, among: Sequence[int]) -> bool:
        """Whether these are neighbours, and surely within ``WINDOW`` of each other."""
        pairs = (self.apart[one][other] for one in among for other in among)
        level = all(d.low > -WINDOW and d.high < WINDOW for d in pairs)
        return level and among[-1] - among[0] == len(among) - 1


def compared(war: Any) -> Compared:
    """Every size with every other, from a flag for each size and run: ``war[size][run]``."""
    only = np.array([(war & ~other).sum(axis=1) for other in war])
    runs, at_once = war.shape[1], pairs_of(len(war))

    def apart(one: int, other: int) -> Estimate:
        if one == other:
            return Estimate(0.0, 0.0, 0.0)
        return change(int(only[other, one]), int(only[one, other]), runs, at_once)

    places = range(len(war))
    return Compared(tuple(tuple(apart(i, j) for j in places) for i in places), at_once)


def window(points: Sequence[Point], least: int) -> tuple[float, float]:
    """The sizes around the least within ``WINDOW`` of it, without a gap."""
    near = [point.war.value <= points[least].war.value + WINDOW for point in points]
    first = last = least
    while first > 0 and near[first - 1]:
        first -= 1
    while last + 1 < len(points) and near[last + 1]:
        last += 1
    return points[first].size, points[last].size
