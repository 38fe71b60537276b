"""Shares, means and differences with their Monte-Carlo intervals, and when to stop."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np

Z95 = 1.959963984540054


class Estimate(NamedTuple):
    """A figure with its 95 % Monte-Carlo interval: how far luck of the draw could move it."""

    value: float
    low: float
    high: float

    @property
    def width(self) -> float:
        """Width of the interval."""
        return self.high - self.low


def share(count: int, total: int) -> Estimate:
    """The share ``count / total`` with its Wilson (1927) interval; 0 to 1 for a total of 0."""
    if total == 0:
        return Estimate(math.nan, 0.0, 1.0)
    p = count / total
    shrink = 1.0 + Z95 * Z95 / total
    centre = (p + Z95 * Z95 / (2 * total)) / shrink
    half = Z95 * math.sqrt(p * (1 - p) / total + Z95 * Z95 / (4 * total * total)) / shrink
    low = 0.0 if count == 0 else centre - half
    high = 1.0 if count == total else centre + half
    return Estimate(p, low, high)


def mean(total: float, squares: float, count: int) -> Estimate:
    """The mean of ``count`` values from their sum and sum of squares, normal interval.

    The interval is without end for fewer than two values, which say nothing of their spread.
    """
    if count < 2:
        return Estimate(total if count else math.nan, -math.inf, math.inf)
    centre = total / count
    variance = max(0.0, squares / count - centre * centre)
    half = Z95 * math.sqrt(variance / (count - 1))
    return Estimate(centre, centre - half, centre + half)


def paired_difference(after: Any, before: Any) -> Estimate:
    """Mean of ``after - before`` over runs on the same luck, with its 95 % interval.

    Both are arrays of one number (or flag) a run, in the same order; raises ``ValueError`` where
    their lengths differ. For flags the interval is that of Bonett and Price (2012), which a
    handful of runs that differ cannot fool, nor none.
    """
    if len(after) != len(before):
        raise ValueError(f"paired runs differ in number: {len(after)} and {len(before)}")
    difference = np.asarray(after, float) - np.asarray(before, float)
    if _are_flags(after) and _are_flags(before):
        return _flags_differ(difference)
    return mean(float(difference.sum()), float((difference * difference).sum()), len(difference))


def _are_flags(values: Any) -> bool:
    return bool(np.isin(values, (0, 1)).all())


def _flags_differ(difference: Any) -> Estimate:
    gained, lost = (int((difference == sign).sum()) for sign in (1, -1))
    return difference_of_flags(gained, lost, len(difference))


def difference_of_flags(gained: int, lost: int, pairs: int) -> Estimate:
    """The same from counts: runs that gained the flag and runs that lost it, of so many pairs."""
    more = pairs + 2
    centre = (gained - lost) / more
    half = Z95 * math.sqrt(((gained + lost + 2) / more - centre * centre) / more)
    value = (gained - lost) / pairs if pairs else math.nan
    return Estimate(value, max(-1.0, centre - half), min(1.0, centre + half))


def narrow_enough(estimates: list[Estimate], width: float) -> bool:
    """The stopping rule: every interval is narrower than ``width``."""
    return all(estimate.width < width for estimate in estimates)
