"""Shares, means and differences with their Monte-Carlo intervals, and when to stop."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import NormalDist
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

    @property
    def excludes_zero(self) -> bool:
        """Whether the interval leaves zero out, so that the sign of a difference is known."""
        return self.low > 0 or self.high < 0


def proportion(count: int, total: int, n_comparisons: int = 1) -> Estimate:
    """The share ``count / total`` with its Wilson (1927) interval; 0 to 1 for a total of 0.

    For ``n_comparisons`` see :func:`change`.
    """
    if total == 0:
        return Estimate(math.nan, 0.0, 1.0)
    p, z = count / total, critical_value(n_comparisons)
    shrink = 1.0 + z * z / total
    centre = (p + z * z / (2 * total)) / shrink
    half = z * math.sqrt(p * (1 - p) / total + z * z / (4 * total * total)) / shrink
    low = 0.0 if count == 0 else centre - half
    high = 1.0 if count == total else centre + half
    return Estimate(p, low, high)


def mean(total: float, squares: float, count: int, n_comparisons: int = 1) -> Estimate:
    """The mean of ``count`` values from their sum and sum of squares, with Student's interval.

    The interval is without end for fewer than two values, which say nothing of their spread. For
    ``n_comparisons`` see :func:`change`.
    """
    if count < 2:
        return Estimate(total if count else math.nan, -math.inf, math.inf)
    centre = total / count
    variance = max(0.0, squares / count - centre * centre)
    half = critical_value(n_comparisons, count - 1) * math.sqrt(variance / (count - 1))
    return Estimate(centre, centre - half, centre + half)


def bounded_mean(
    ends: tuple[float, float], total: float, squares: float, count: int, n_comparisons: int = 1
) -> Estimate:
    """The mean of ``count`` values that lie between two ends, from their sum and sum of squares.

    The interval counts one more value at either end, as Agresti and Caffo (2000) and Bonett and
    Price (2012) do: so a handful of values that happen to agree cannot fool it. Where ``n_comparisons``
    makes it reach further (see :func:`change`), it counts more.
    """
    low, high = ends
    z = critical_value(n_comparisons)
    # The value added at either end is half of z², about 2 at 95 %: that is how Agresti and Coull
    # (1998) come by it from Wilson's interval. Were it to stay, an interval that reaches further
    # would lean on too few values out in the tails, and too often leave zero out.
    added = (z / Z95) ** 2
    more = count + 2 * added
    centre = (total + added * (low + high)) / more
    variance = (squares + added * (low * low + high * high)) / more - centre * centre
    half = z * math.sqrt(max(0.0, variance) / more)
    value = total / count if count else math.nan
    return Estimate(value, max(low, centre - half), min(high, centre + half))


def paired_difference(after: Any, before: Any, n_comparisons: int = 1) -> Estimate:
    """Mean of ``after - before`` over runs on the same luck, with its 95 % interval.

    Both are arrays of one number (or flag) a run, in the same order; raises ``ValueError`` where
    their lengths differ. For flags the interval is that of Bonett and Price (2012), which a
    handful of runs that differ cannot fool, nor none. For ``n_comparisons`` see :func:`change`.
    """
    if len(after) != len(before):
        raise ValueError(f"paired runs differ in number: {len(after)} and {len(before)}")
    difference = np.asarray(after, float) - np.asarray(before, float)
    if _are_flags(after) and _are_flags(before):
        return _flags_differ(difference, n_comparisons)
    total, squares = float(difference.sum()), float((difference * difference).sum())
    return mean(total, squares, len(difference), n_comparisons)


def _are_flags(values: Any) -> bool:
    return bool(np.isin(values, (0, 1)).all())


def _flags_differ(difference: Any, n_comparisons: int) -> Estimate:
    gained, lost = (int((difference == sign).sum()) for sign in (1, -1))
    return paired_difference_of_proportions(gained, lost, len(difference), n_comparisons)


def paired_difference_of_proportions(
    gained: int, lost: int, total: int, n_comparisons: int = 1
) -> Estimate:
    """The change of a share where ``gained`` of ``total`` paired runs gained the flag and ``lost``
    lost it, with the interval of Bonett and Price (2012); -1 to 1.

    The interval is one of ``n_comparisons`` that all hold in 95 % of cases (Šidák 1967): whoever picks
    the largest of thirty changes would be fooled by intervals that hold one by one.
    """
    return bounded_mean((-1.0, 1.0), gained - lost, gained + lost, total, n_comparisons)


def critical_value(n_comparisons: int = 1, degrees: int | None = None) -> float:
    """How many standard errors an interval reaches, if ``n_comparisons`` of them are all to hold.

    With ``degrees`` of freedom the error itself was estimated, and the reach is Student's: exact
    for one and two, and to within three per cent above, by the expansion of Fisher and Cornish
    (1960).
    """
    z = (
        Z95
        if n_comparisons == 1
        else NormalDist().inv_cdf((1.0 + 0.95 ** (1.0 / n_comparisons)) / 2.0)
    )
    if degrees is None:
        return z
    if degrees > 2:
        terms = (term / degrees**k for k, term in enumerate(_student(z), start=1))
        return z + math.fsum(terms)
    tail = NormalDist().cdf(-z)
    if degrees == 1:
        return 1.0 / math.tan(math.pi * tail)
    return (1.0 - 2.0 * tail) / math.sqrt(2.0 * tail * (1.0 - tail))


def _student(z: float) -> tuple[float, float, float, float]:
    """What to add to ``z`` for each power of the degrees of freedom."""
    return (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )


def difference_independent(one: Estimate, other: Estimate) -> Estimate:
    """``one`` less ``other``, where the luck of one has nothing to do with that of the other.

    The interval is made of theirs (Newcombe 1998, method 10; Zou and Donner 2008), so that it is
    as honest as they are for a handful of values.
    """
    value = one.value - other.value
    down = math.hypot(one.value - one.low, other.high - other.value)
    up = math.hypot(one.high - one.value, other.value - other.low)
    return Estimate(value, value - down, value + up)


def best_subset(changes: Sequence[Estimate]) -> list[int]:
    """Where the largest change is that is clear, and after it all that the intervals, which are to
    hold for all at once, cannot tell from it by its size; empty if none is clear."""
    clear = [k for k, change in enumerate(changes) if change.excludes_zero]
    if not clear:
        return []
    top = max(clear, key=lambda k: abs(changes[k].value))
    least = min(abs(changes[top].low), abs(changes[top].high))
    others = (k for k in range(len(changes)) if k != top)
    return [top, *(k for k in others if max(-changes[k].low, changes[k].high) >= least)]


def n_pairs(many: int) -> int:
    """How many pairs there are of so many: what is picked from when two ends are."""
    return max(1, many * (many - 1) // 2)


def variance_reduction(before: int, gained: int, lost: int, total: int) -> float | None:
    """How many times as many runs the same precision would take, had the luck not been shared.

    The variance of a change of share between independent runs, over that between paired ones, of
    which ``before`` had the flag, ``gained`` gained and ``lost`` lost it. ``None`` where no run
    changed, or all did: shared luck then leaves no variance.
    """
    if total == 0:
        return None
    first, last = before / total, (before + gained - lost) / total
    paired = (gained + lost) / total - (last - first) ** 2
    apart = first * (1 - first) + last * (1 - last)
    return apart / paired if paired > 0 else None


def precise_enough(estimates: list[Estimate], width: float) -> bool:
    """The stopping rule: every interval is narrower than ``width``."""
    return all(estimate.width < width for estimate in estimates)
