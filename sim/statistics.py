"""Shares, means and paired differences with Monte-Carlo intervals, and the stopping rule."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import NormalDist
from typing import Any, NamedTuple

import numpy as np

Z95 = 1.959963984540054


class Estimate(NamedTuple):
    """A value with its 95 % Monte-Carlo interval."""

    value: float
    low: float
    high: float

    @property
    def width(self) -> float:
        """The width of the interval."""
        return self.high - self.low

    @property
    def excludes_zero(self) -> bool:
        """Whether the interval excludes zero, so that the sign of a difference is known."""
        return self.low > 0 or self.high < 0


def proportion(count: float, total: float, n_comparisons: int = 1) -> Estimate:
    """The share ``count / total`` with its Wilson (1927) interval; 0 to 1 for a total of 0.

    The interval is one of ``n_comparisons`` simultaneous ones (:func:`critical_value`).
    """
    if total == 0:
        return Estimate(math.nan, 0.0, 1.0)
    return _wilson(count / total, total, critical_value(n_comparisons))


def _wilson(p: float, total: float, z: float) -> Estimate:
    shrink = 1.0 + z * z / total
    centre = (p + z * z / (2 * total)) / shrink
    half = z * math.sqrt(p * (1 - p) / total + z * z / (4 * total * total)) / shrink
    return Estimate(p, 0.0 if p == 0.0 else centre - half, 1.0 if p == 1.0 else centre + half)


def mean(total: float, squares: float, count: int, n_comparisons: int = 1) -> Estimate:
    """The mean of ``count`` values from their sum and sum of squares, with Student's interval.

    The interval is infinite for fewer than two values. It is one of ``n_comparisons`` simultaneous
    ones (:func:`critical_value`).
    """
    if count < 2:
        return Estimate(total if count else math.nan, -math.inf, math.inf)
    centre = total / count
    variance = max(0.0, squares / count - centre * centre)
    half = critical_value(n_comparisons, count - 1) * math.sqrt(variance / (count - 1))
    return Estimate(centre, centre - half, centre + half)


def sample_mean(values: Any, n_comparisons: int = 1) -> Estimate:
    """The mean of one number (or flag) a run, shape (runs,).

    For flags the interval is that of :func:`proportion`, for numbers that of :func:`mean`.
    """
    if _are_flags(values):
        return proportion(int(np.sum(values)), len(values), n_comparisons)
    return _mean_of(np.asarray(values, float), n_comparisons)


def _mean_of(numbers: Any, n_comparisons: int) -> Estimate:
    total, squares = float(numbers.sum()), float((numbers * numbers).sum())
    return mean(total, squares, len(numbers), n_comparisons)


def not_below_zero(estimate: Estimate) -> Estimate:
    """The mean of values that are never negative, with an interval that is cut off at 0.

    Student's interval is symmetric and may reach below 0 where most values are 0. The part below 0
    cannot contain the true mean, so the coverage stays the same.
    """
    return Estimate(estimate.value, max(0.0, estimate.low), estimate.high)


def ratio(part: float, whole: float, squares: tuple[float, float, float], count: int) -> Estimate:
    """The share ``part / whole`` of two sums over ``count`` runs, which are the sampling units.

    ``squares`` are the sums over runs of part², part x whole and whole². The cases of a run are
    correlated. So the interval is Wilson's for the number of independent cases with the variance of
    a ratio estimator; where nothing varies, for the cases themselves (:func:`proportion`).
    """
    if whole <= 0.0 or count < 2:
        return proportion(round(part), round(whole))
    share = part / whole
    spread = squares[0] - 2.0 * share * squares[1] + share * share * squares[2]
    variance = spread * count / (count - 1)
    varies = variance > 0.0 and 0.0 < share < 1.0
    return _wilson(share, share * (1.0 - share) * whole**2 / variance if varies else whole, Z95)


def bounded_mean(
    ends: tuple[float, float], total: float, squares: float, count: int, n_comparisons: int = 1
) -> Estimate:
    """The mean of ``count`` values between two ``ends``, from their sum and sum of squares.

    The interval adds a pseudo-observation at either end, as Agresti and Caffo (2000) and Bonett and
    Price (2012) do, so that it keeps its coverage for few values. It is one of ``n_comparisons``
    simultaneous ones (:func:`critical_value`) and adds more for more of them.
    """
    low, high = ends
    z = critical_value(n_comparisons)
    # Agresti and Coull (1998) derive z²/2 pseudo-observations at either end, about 2 in total at
    # 95 %, from Wilson's interval. A constant number would be too few for a larger z, and the
    # interval would exclude zero too often.
    added = (z / Z95) ** 2
    more = count + 2 * added
    centre = (total + added * (low + high)) / more
    variance = (squares + added * (low * low + high * high)) / more - centre * centre
    half = z * math.sqrt(max(0.0, variance) / more)
    value = total / count if count else math.nan
    return Estimate(value, max(low, centre - half), min(high, centre + half))


def paired_difference(after: Any, before: Any, n_comparisons: int = 1) -> Estimate:
    """The mean of ``after - before`` over runs with common random numbers.

    Both are arrays of one number (or flag) a run, in the same order; raises ``ValueError`` if
    their lengths differ. For flags the interval is that of
    :func:`paired_difference_of_proportions`, for numbers that of :func:`mean`. It is one of
    ``n_comparisons`` simultaneous ones (:func:`critical_value`).
    """
    if len(after) != len(before):
        raise ValueError(f"paired runs differ in number: {len(after)} and {len(before)}")
    difference = np.asarray(after, float) - np.asarray(before, float)
    if _are_flags(after) and _are_flags(before):
        gained, lost = (int((difference == sign).sum()) for sign in (1, -1))
        return paired_difference_of_proportions(gained, lost, len(difference), n_comparisons)
    return _mean_of(difference, n_comparisons)


def _are_flags(values: Any) -> bool:
    return bool(np.isin(values, (0, 1)).all())


def paired_difference_of_proportions(
    gained: int, lost: int, total: int, n_comparisons: int = 1
) -> Estimate:
    """The difference of two shares of the same ``total`` runs; -1 to 1.

    ``gained`` runs have the flag only in the second set, ``lost`` only in the first. The interval
    is that of Bonett and Price (2012), one of ``n_comparisons`` simultaneous ones
    (:func:`critical_value`).
    """
    return bounded_mean((-1.0, 1.0), gained - lost, gained + lost, total, n_comparisons)


def commoner(one: Estimate, other: Estimate, runs: int, n_comparisons: int = 1) -> bool:
    """Whether of two mutually exclusive events one is significantly commoner in ``runs``.

    For ``n_comparisons`` see :func:`paired_difference_of_proportions`.
    """
    gained, lost = (round(share.value * runs) for share in (one, other))
    return paired_difference_of_proportions(gained, lost, runs, n_comparisons).low > 0


def critical_value(n_comparisons: int = 1, degrees: int | None = None) -> float:
    """The critical value (z or t) for ``n_comparisons`` simultaneous 95 % intervals.

    In 95 % of cases all simultaneous intervals contain their true values (Šidák 1967). The largest
    of several differences needs such an interval. With ``degrees`` of freedom the value is
    Student's.
    """
    level = 0.95 ** (1.0 / n_comparisons)
    if degrees is None:
        return NormalDist().inv_cdf((1.0 + level) / 2.0) if n_comparisons > 1 else Z95
    from scipy.special import stdtrit  # here, because it slows the start

    return float(stdtrit(degrees, (1.0 + level) / 2.0))


def difference_independent(one: Estimate, other: Estimate) -> Estimate:
    """``one`` minus ``other``, estimated from independent runs.

    The interval is computed from the intervals of both (Newcombe 1998, method 10; Zou and Donner
    2008), and keeps their coverage for few values.
    """
    value = one.value - other.value
    down = math.hypot(one.value - one.low, other.high - other.value)
    up = math.hypot(one.high - one.value, other.value - other.low)
    return Estimate(value, value - down, value + up)


def best_subset(changes: Sequence[Estimate]) -> list[int]:
    """The indices of the largest change and of those indistinguishable from it in size.

    Only changes whose intervals, which must be simultaneous, exclude zero can be the largest;
    empty if there is none.
    """
    clear = [k for k, change in enumerate(changes) if change.excludes_zero]
    if not clear:
        return []
    top = max(clear, key=lambda k: abs(changes[k].value))
    least = min(abs(changes[top].low), abs(changes[top].high))
    others = (k for k in range(len(changes)) if k != top)
    return [top, *(k for k in others if max(-changes[k].low, changes[k].high) >= least)]


def n_pairs(count: int) -> int:
    """The number of pairs of ``count`` items, at least 1."""
    return max(1, count * (count - 1) // 2)


def variance_reduction(before: int, gained: int, lost: int, total: int) -> float | None:
    """The variance of a difference of shares in independent runs over that in paired runs.

    Of ``total`` paired runs, ``before`` had the flag, ``gained`` gained it and ``lost`` lost it. It
    is the number of independent runs that give the same precision, relative to the number of paired
    runs. ``None`` if no run or every run changed, which leaves no variance.
    """
    if total == 0:
        return None
    first, last = before / total, (before + gained - lost) / total
    paired = (gained + lost) / total - (last - first) ** 2
    independent = first * (1 - first) + last * (1 - last)
    return independent / paired if paired > 0 else None


def precise_enough(estimates: list[Estimate], width: float) -> bool:
    """Whether every interval is narrower than ``width``: the stopping rule."""
    return all(estimate.width < width for estimate in estimates)
