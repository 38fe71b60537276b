"""Points of a sweep held beside each other run by run: they share their luck.

Nothing is kept of a run beyond the pass it belongs to, so that memory grows with the points and
not with the runs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from sim.enums import Outcome, Trigger
from sim.experiments.storage.parquet import read_rows
from sim.experiments.sweep.plan import PASS
from sim.experiments.sweep.results import SweepResults
from sim.statistics import Estimate, bounded_mean, n_pairs, paired_difference_of_proportions

COLUMNS = ("point", "replication", "outcome", "trigger", "error")
NOT_PLAYED = -1


def outcome_pairs(file: Path, names: Sequence[str]) -> tuple[Any, Any, Any]:
    """The runs of a part: their points, their numbers, and flags ``bool (names, runs)`` of which
    ended so; runs that failed are left out."""
    table = read_rows(file, COLUMNS)
    table = table.filter(table["error"].is_null())
    point, replication = (table[name].to_numpy() for name in ("point", "replication"))
    outcome, trigger = (
        table[name].combine_chunks().indices.to_numpy() for name in ("outcome", "trigger")
    )
    war, failure = trigger != Trigger.NONE, trigger == Trigger.OFFENSIVE
    roads = {"war": war, "failure": failure, "escalation": war & ~failure}
    flags = [roads[name] if name in roads else outcome == Outcome.of(name) for name in names]
    return point, replication, np.array(flags).reshape(len(names), len(point))


def by_pass(results: SweepResults, names: Sequence[str], points: Any) -> Iterator[Any]:
    """Pass by pass, how the runs of ``points`` ended: 0 or 1, ``int8 (names, points, PASS)``;
    ``NOT_PLAYED`` where there is no such run."""
    plan = results.plan
    rows = np.full(len(plan.design), -1)
    rows[points] = np.arange(len(points))
    needed = {int(point) // plan.width for point in points}
    waiting: dict[int, list[Path]] = {}
    for file in results.files:
        number, place = divmod(int(file.stem.removeprefix("part-")), plan.ranges)
        if place in needed:
            waiting.setdefault(number, []).append(file)
    for number, files in sorted(waiting.items()):
        found = np.full((len(names), len(points), PASS), NOT_PLAYED, np.int8)
        for file in files:
            point, replication, flags = outcome_pairs(file, names)
            asked = rows[point] >= 0
            run = replication[asked] - number * PASS
            found[:, rows[point[asked]], run] = flags[:, asked]
        yield found


@dataclass(frozen=True, eq=False)
class Against:
    """Every point beside one of them: runs that end so only there (``gained``) or only at the one
    (``lost``), of so many ``pairs``; ``int64 (points,)``."""

    gained: Any
    lost: Any
    pairs: Any

    def apart(self, point: int, n_comparisons: int) -> Estimate:
        """How much more a point has of it than the one, in shares of the runs; for ``n_comparisons`` see
        :func:`sim.statistics.paired_difference_of_proportions`."""
        gained, lost, pairs = (int(each[point]) for each in (self.gained, self.lost, self.pairs))
        return paired_difference_of_proportions(gained, lost, pairs, n_comparisons)

    def alike(self, n_comparisons: int) -> list[int]:
        """The points that these runs cannot tell from the one, itself included."""
        played = np.flatnonzero(self.pairs).tolist()
        return [point for point in played if not self.apart(point, n_comparisons).excludes_zero]


def against(results: SweepResults, name: str, ones: Sequence[int]) -> list[Against]:
    """Every point beside each of ``ones``, by how many runs end in ``name``."""
    points = np.arange(len(results.plan.design))
    counted = [Against(*np.zeros((3, len(points)), np.int64)) for _ in ones]
    for (ends,) in by_pass(results, [name], points):
        there = ends != NOT_PLAYED
        for one, found in zip(ones, counted, strict=True):
            both = there & there[one]
            found.gained[:] += (both & (ends > ends[one])).sum(axis=1)
            found.lost[:] += (both & (ends < ends[one])).sum(axis=1)
            found.pairs[:] += both.sum(axis=1)
    return counted


def difference_between(
    results: SweepResults, names: Sequence[str], before: Any, after: Any, n_comparisons: int = 1
) -> list[Estimate]:
    """How much more the points ``after`` have of each of ``names`` than the points ``before``, each
    averaged run by run, over the runs that all of them have; raises ``ValueError`` for a point that
    is on both sides."""
    if len(np.intersect1d(before, after)):
        raise ValueError("a point cannot be held beside itself")
    sums, squares, runs = np.zeros(len(names)), np.zeros(len(names)), 0
    for ends in by_pass(results, names, np.concatenate([before, after])):
        whole = (ends != NOT_PLAYED).all(axis=(0, 1))
        first, last = (part.mean(axis=1) for part in np.split(ends, [len(before)], axis=1))
        more = (last - first)[:, whole]
        sums += more.sum(axis=1)
        squares += (more * more).sum(axis=1)
        runs += int(whole.sum())
    both = zip(sums.tolist(), squares.tolist(), strict=True)
    return [bounded_mean((-1.0, 1.0), *each, runs, n_comparisons) for each in both]


@dataclass(frozen=True, slots=True)
class MinMax:
    """The points with the ``least`` and the ``most``, and how far they are ``apart`` in the
    ``runs`` that both have.

    ``like_least`` and ``like_most`` are the other points that the runs cannot tell from each;
    ``points`` is how many were played, ``n_comparisons`` how many intervals hold together.
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
        """How far apart they are, as plain data."""
        value, low, high = self.apart
        return {
            "difference": value,
            "low": low,
            "high": high,
            "significant": self.apart.excludes_zero,
            "runs": self.runs,
            "n_comparisons": self.n_comparisons,
        }


def extremes_of(results: SweepResults) -> MinMax | None:
    """The ends of a sweep; ``None`` where no point was played."""
    tally, watch = results.tally, results.plan.watch
    played = np.flatnonzero(tally.runs)
    if not len(played):
        return None
    shares = tally.counts(watch)[played] / tally.runs[played]
    least, most = int(played[shares.argmin()]), int(played[shares.argmax()])
    n_comparisons = n_pairs(len(played))
    low, high = against(results, watch, (least, most))
    return MinMax(
        least=least,
        most=most,
        apart=low.apart(most, n_comparisons),
        runs=int(low.pairs[most]),
        like_least=tuple(point for point in low.alike(n_comparisons) if point != least),
        like_most=tuple(point for point in high.alike(n_comparisons) if point != most),
        points=len(played),
        n_comparisons=n_comparisons,
    )
