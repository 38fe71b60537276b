"""Paired comparison of the points of a sweep, which share common random numbers.

The parts are read pass by pass, so that memory grows with the points and not with the runs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.enums import Outcome
from sim.experiments.sweep.plan import PASS
from sim.model.outcomes import flags
from sim.statistics import Estimate, bounded_mean, n_pairs, paired_difference_of_proportions

if TYPE_CHECKING:
    from sim.experiments.sweep.parts import SweepParts
    from sim.experiments.sweep.results import SweepResults

COLUMNS = ("point", "replication", "outcome", "trigger", "error")
NOT_PLAYED = -1


@dataclass(frozen=True, slots=True)
class MinMax:
    """The points with the ``least`` and the ``most`` of the outcome, and their paired difference.

    ``apart`` is estimated from the ``runs`` that both have. ``like_least`` and ``like_most`` are
    the other points that are indistinguishable from each; ``points`` is the number of points
    played, ``n_comparisons`` the number of simultaneous intervals.
    """

    least: int
    most: int
    apart: Estimate
    runs: int
    like_least: tuple[int, ...]
    like_most: tuple[int, ...]
    points: int
    n_comparisons: int

    def to_dict(self) -> dict[str, Any]:
        """The difference as plain data."""
        value, low, high = self.apart
        return {
            "difference": value,
            "low": low,
            "high": high,
            "significant": self.apart.excludes_zero,
            "runs": self.runs,
            "n_comparisons": self.n_comparisons,
        }


# Cached because it reads every part again.
@lru_cache(maxsize=4)
def min_max(results: SweepResults) -> MinMax | None:
    """The minimum and maximum of the sweep's outcome; ``None`` if no point was played.

    Both are chosen after the fact, so their difference has a simultaneous interval over all pairs
    of points.
    """
    tally, watch = results.tally, results.plan.watch
    played = np.flatnonzero(tally.runs)
    if not len(played):
        return None
    shares = tally.counts(watch)[played] / tally.runs[played]
    least, most = int(played[shares.argmin()]), int(played[shares.argmax()])
    n_comparisons = n_pairs(len(played))
    low, high = count_pairs(results, watch, (least, most))
    return MinMax(
        least=least,
        most=most,
        apart=low.difference(most, n_comparisons),
        runs=int(low.pairs[most]),
        like_least=tuple(k for k in low.indistinguishable(n_comparisons) if k != least),
        like_most=tuple(k for k in high.indistinguishable(n_comparisons) if k != most),
        points=len(played),
        n_comparisons=n_comparisons,
    )


@dataclass(frozen=True, eq=False)
class PairedCounts:
    """Counts for comparing every point with a reference point run by run, ``int64 (points,)``.

    ``gained`` counts the runs with the outcome at the point but not at the reference, ``lost`` the
    reverse, ``pairs`` the runs that were simulated at both.
    """

    gained: Any
    lost: Any
    pairs: Any

    def difference(self, point: int, n_comparisons: int) -> Estimate:
        """The share at ``point`` minus the share at the reference.

        The interval is one of ``n_comparisons`` simultaneous ones.
        """
        gained, lost, pairs = (int(each[point]) for each in (self.gained, self.lost, self.pairs))
        return paired_difference_of_proportions(gained, lost, pairs, n_comparisons)

    def indistinguishable(self, n_comparisons: int) -> list[int]:
        """The points whose difference does not exclude zero, the reference included."""
        played = np.flatnonzero(self.pairs).tolist()
        return [k for k in played if not self.difference(k, n_comparisons).excludes_zero]


def count_pairs(results: SweepResults, name: str, references: Sequence[int]) -> list[PairedCounts]:
    """Every point paired with each of ``references``, by the outcome ``name``."""
    points = np.arange(len(results.plan.design))
    counted = [PairedCounts(*np.zeros((3, len(points)), np.int64)) for _ in references]
    for (ends,) in outcomes_by_pass(results, [name], points):
        played = ends != NOT_PLAYED
        for reference, found in zip(references, counted, strict=True):
            both = played & played[reference]
            found.gained[:] += (both & (ends > ends[reference])).sum(axis=1)
            found.lost[:] += (both & (ends < ends[reference])).sum(axis=1)
            found.pairs[:] += both.sum(axis=1)
    return counted


def difference_between(
    results: SweepResults, names: Sequence[str], before: Any, after: Any, n_comparisons: int = 1
) -> list[Estimate]:
    """The mean share over the points ``after`` minus that over ``before``, for each of ``names``.

    The points of a side are averaged run by run, over the runs that all points have. Raises
    ``ValueError`` for a point on both sides.
    """
    if len(np.intersect1d(before, after)):
        raise ValueError("a point cannot be compared with itself")
    sums, squares, runs = np.zeros(len(names)), np.zeros(len(names)), 0
    for ends in outcomes_by_pass(results, names, np.concatenate([before, after])):
        whole = (ends != NOT_PLAYED).all(axis=(0, 1))
        first, last = (part.mean(axis=1) for part in np.split(ends, [len(before)], axis=1))
        difference = (last - first)[:, whole]
        sums += difference.sum(axis=1)
        squares += (difference * difference).sum(axis=1)
        runs += int(whole.sum())
    both = zip(sums.tolist(), squares.tolist(), strict=True)
    return [bounded_mean((-1.0, 1.0), *each, runs, n_comparisons) for each in both]


def outcomes_by_pass(results: SweepResults, names: Sequence[str], points: Any) -> Iterator[Any]:
    """The outcomes of ``points`` in each pass: 0 or 1, ``int8 (names, points, PASS)``.

    Runs that were not played are ``NOT_PLAYED``.
    """
    plan = results.plan
    rows = np.full(len(plan.design), -1)
    rows[points] = np.arange(len(points))
    needed = {int(point) // plan.width for point in points}
    by_pass: dict[int, list[int]] = {}
    for part in results.parts.numbers:
        number, place = divmod(part, plan.ranges)
        if place in needed:
            by_pass.setdefault(number, []).append(part)
    for number, parts in sorted(by_pass.items()):
        found = np.full((len(names), len(points), PASS), NOT_PLAYED, np.int8)
        for part in parts:
            point, replication, flags = read_outcomes(results.parts, part, names)
            chosen = rows[point] >= 0
            run = replication[chosen] - number * PASS
            found[:, rows[point[chosen]], run] = flags[:, chosen]
        yield found


def read_outcomes(parts: SweepParts, number: int, names: Sequence[str]) -> tuple[Any, Any, Any]:
    """The points and run numbers of a part, and flags ``bool (names, runs)`` of the outcomes.

    Failed runs are left out.
    """
    table = parts.read(number, COLUMNS)
    table = table.filter(table["error"].is_null())
    point, replication = (table[name].to_numpy() for name in ("point", "replication"))
    outcome, trigger = (
        table[name].combine_chunks().indices.to_numpy() for name in ("outcome", "trigger")
    )
    causes = flags(trigger)
    found = [causes[name] if name in causes else outcome == Outcome.of(name) for name in names]
    return point, replication, np.array(found).reshape(len(names), len(point))
