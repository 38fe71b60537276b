"""Comparison of two sweeps over the same points, run by run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.errors import UsageError, did_you_mean, json_head
from sim.experiments.sweep.paired import read_outcomes
from sim.experiments.sweep.parts import SweepParts
from sim.experiments.sweep.plan import DEFAULT_MEASURES
from sim.experiments.sweep.provenance import (
    describe_mismatch,
    provenance_differences,
    rules_changed,
)
from sim.experiments.sweep.results import SweepResults, load_sweep
from sim.experiments.sweep.slices import GroupedPoints, Place, PointCloud, group_points, point_cloud
from sim.experiments.sweep.summary import describe_outcome, point_label
from sim.formatting import equally_at, format_change, join_and, plural
from sim.scenario.diff import Difference
from sim.statistics import Estimate, paired_difference_of_proportions
from sim.study_result import StudyResult

ALIKE = "both sweeps have the same scenario, points, random numbers and rules"
OTHERWISE_ALIKE = "scenario, points and random numbers are the same"

# Settings of a plan that two sweeps must share to be compared run by run.
LAID_OUT = ("points", "seed", "replications")


@dataclass(frozen=True, repr=False, eq=False)
class SweepComparison(StudyResult):
    """Paired differences between two sweeps, point by point.

    Attributes
    ----------
    before, after : SweepResults
        The two sweeps; differences are second minus first.
    watch : str
        The outcome compared.
    gained, lost : ndarray of int64, shape (points,)
        Pairs of runs at each point with the outcome only in the second or only in the first.
    pairs : ndarray of int64, shape (points,)
        Pairs of runs at each point.
    """

    before: SweepResults
    after: SweepResults
    watch: str
    gained: NDArray[np.int64]
    lost: NDArray[np.int64]
    pairs: NDArray[np.int64]

    @property
    def n_comparisons(self) -> int:
        """Points that both sweeps have: the intervals are simultaneous for these."""
        return max(1, int((self.pairs > 0).sum()))

    @property
    def label(self) -> str:
        """Folders, outcome and pairs of runs."""
        pairs = plural(int(self.pairs.sum()), "pair")
        return f"{' and '.join(self.names)}, {self.watch}, {pairs} of runs"

    @property
    def differences(self) -> list[Estimate]:
        """Second minus first at every point, with intervals that are simultaneous for all points;
        NaN where there are no pairs."""
        return self._differences(self.n_comparisons)

    def _differences(self, n_comparisons: int) -> list[Estimate]:
        gained, lost, pairs = (each.tolist() for each in (self.gained, self.lost, self.pairs))
        counts = zip(gained, lost, pairs, strict=True)
        return [
            paired_difference_of_proportions(more, fewer, both, n_comparisons)
            for more, fewer, both in counts
        ]

    def along(
        self, paths: Sequence[str] | None = None
    ) -> list[tuple[GroupedPoints, dict[Place, Estimate]]]:
        """Differences by place along one or two factors, averaged over the others; one element for
        each factor in a one-at-a-time design.

        The interval of an average is the mean interval of its points, simultaneous for all places;
        where each place is one point, for all points, as in the table.

        Raises :class:`sim.errors.UsageError` for a path that is not varied.
        """
        plan = self.before.plan
        slices = group_points(plan.design, self.pairs > 0, paths, plan.scenario)
        many = sum(len(each.places) for each in slices)
        # Where each place is one point, its interval is that of the point.
        is_point = all(len(here) == 1 for each in slices for here in each.places.values())
        every = np.array(self._differences(self.n_comparisons if is_point else many))
        return [
            (
                each,
                {
                    place: Estimate(*every[here].mean(axis=0).tolist())
                    for place, here in each.places.items()
                },
            )
            for each in slices
        ]

    def scattered(self, paths: Sequence[str] | None = None) -> PointCloud:
        """Positions of the points that both sweeps have; raises the errors of :meth:`along`."""
        plan = self.before.plan
        return point_cloud(plan.design, self.pairs > 0, paths, plan.scenario)

    @property
    def sentence(self) -> str:
        """The number of points with a significant difference, and the largest of these
        differences."""
        found, what = self.differences, describe_outcome(self.watch)
        known = [k for k, pairs in enumerate(self.pairs) if pairs]
        if not known:
            return "no point was run in both sweeps"
        up, down = sum(e.low > 0 for e in found), sum(e.high < 0 for e in found)
        first, second = self.names
        counted = (
            f"compared with {first}, {second} has significantly more {what} at {up} of "
            f"{plural(len(known), 'point')}, significantly less at {down}, and no significant "
            f"difference at {len(known) - up - down}"
        )
        clear = [k for k in known if found[k].excludes_zero]
        if not clear:
            return counted
        largest = max(clear, key=lambda k: abs(found[k].value))
        also = equally_at(found[largest].value, [found[k].value for k in clear], "point")
        change = format_change(found[largest], " percentage points")
        place = point_label(self.before, largest)
        return f"{counted}; the largest significant difference is {change} at {place}{also}"

    @property
    def names(self) -> tuple[str, str]:
        """Names of the folders, or their paths where the names are equal."""
        first, second = (results.folder.resolve() for results in (self.before, self.after))
        if first.name != second.name:
            return first.name, second.name
        return str(self.before.folder), str(self.after.folder)

    @property
    def differing(self) -> list[Difference]:
        """Differences between the plans, except in factors that both vary. A difference of the
        rules comes first."""
        return [*self._rules, *provenance_differences(self.before.plan, self.after.plan)]

    @property
    def _rules(self) -> list[Difference]:
        before, after = ((each.made, each.plan) for each in (self.before, self.after))
        return rules_changed(before, after)

    @property
    def notes(self) -> list[str]:
        """Differences in rules and plans, and a note of unfinished sweeps."""
        rules = [
            f"the rules differ ({each.before} against {each.after}) and may cause part or all of "
            "the differences"
            for each in self._rules
        ]
        first, second = self.names
        if found := provenance_differences(self.before.plan, self.after.plan):
            plans = f"they differ in {describe_mismatch(found, f'in {first}', f'in {second}')}"
        else:
            plans = OTHERWISE_ALIKE if rules else ALIKE
        return [*rules, plans, *filter(None, [self._unfinished])]

    @property
    def _unfinished(self) -> str:
        sweeps = zip(self.names, (self.before, self.after), strict=True)
        partial = [
            f"{name} is unfinished: {_extent(each)}" for name, each in sweeps if not each.done
        ]
        if not partial:
            return ""
        pairs = plural(int(self.pairs.sum()), "pair")
        points = plural(int((self.pairs > 0).sum()), "point")
        return f"{join_and(partial)}; both sweeps have {pairs} of runs at {points}"

    def to_dict(self) -> dict[str, Any]:
        """The comparison as plain data."""
        design = self.before.plan.design
        both = [each.plan.scenario.name for each in (self.before, self.after)]
        points = [
            {
                "point": k,
                "values": design.values_at(k),
                "pairs": int(self.pairs[k]),
                "difference": difference.value,
                "low": difference.low,
                "high": difference.high,
                "significant": difference.excludes_zero,
            }
            for k, difference in enumerate(self.differences)
            if self.pairs[k]
        ]
        return {
            **json_head("sweep_comparison", both, int(self.pairs.sum()), self.before.plan.seed),
            "before": both[0],
            "after": both[1],
            "folders": [str(self.before.folder), str(self.after.folder)],
            "done": [self.before.done, self.after.done],
            "differing": [each._asdict() for each in self.differing],
            "watch": self.watch,
            "n_comparisons": self.n_comparisons,
            "points": points,
            "sentence": self.sentence,
            "notes": self.notes,
        }

    def rows(self) -> list[dict[str, Any]]:
        """A row for each point of both sweeps: its values, pairs of runs and difference."""
        return [
            {"point": point.pop("point"), **point.pop("values"), **point}
            for point in self.to_dict()["points"]
        ]


def _extent(results: SweepResults) -> str:
    """The finished and the planned numbers of runs and points, as text."""
    done, plan = int((results.tally.runs > 0).sum()), results.plan
    return (
        f"{results.runs:,} of {plural(plan.runs, 'run')} at {done:,} of "
        f"{plural(len(plan.design), 'point')}"
    )


def compare_sweeps(
    before: SweepResults | str | Path, after: SweepResults | str | Path, watch: str | None = None
) -> SweepComparison:
    """Compare two sweeps over the same points run by run.

    Parameters
    ----------
    before, after : SweepResults, str or Path
        The sweeps, or their folders; differences are ``after`` minus ``before``.
    watch : str, optional
        The outcome to compare; by default that of the first sweep.

    Returns
    -------
    SweepComparison
        The paired difference at every point, with intervals that are simultaneous for all points.

    Raises
    ------
    sim.errors.UsageError
        If both are the same folder, if the sweeps differ in points, seed or replications, or if the
        outcome is unknown.
    """
    one, other = (s if isinstance(s, SweepResults) else load_sweep(s) for s in (before, after))
    if one.folder.resolve() == other.folder.resolve():
        raise UsageError(f"{one.folder} is compared with itself", "name two different folders")
    if one.plan.design_digest != other.plan.design_digest:
        found = [
            each for each in provenance_differences(one.plan, other.plan) if each.path in LAID_OUT
        ]
        differences = describe_mismatch(found, f"in {one.folder}", f"in {other.folder}")
        raise UsageError(
            f"{one.folder} and {other.folder} cannot be compared run by run: {differences}",
            "make both over the same points, with the same seed and replications",
        )
    watch = watch or one.plan.watch
    if watch not in DEFAULT_MEASURES:
        raise UsageError(f"unknown outcome '{watch}'", did_you_mean(watch, DEFAULT_MEASURES))
    gained, lost, pairs = np.zeros((3, len(one.plan.design)), np.int64)
    for number in one.parts.numbers:
        if other.parts.has(number):
            point, was, now = _paired(one.parts, other.parts, number, watch)
            np.add.at(gained, point, now & ~was)
            np.add.at(lost, point, was & ~now)
            np.add.at(pairs, point, 1)
    return SweepComparison(one, other, watch, gained, lost, pairs)


def _paired(one: SweepParts, other: SweepParts, number: int, watch: str) -> tuple[Any, Any, Any]:
    """Runs that both parts have: their points, and whether the outcome occurs in each sweep."""
    (keys, point, was), (others, _, now) = (_keyed(each, number, watch) for each in (one, other))
    _, here, there = np.intersect1d(keys, others, assume_unique=True, return_indices=True)
    return point[here], was[here], now[there]


def _keyed(parts: SweepParts, number: int, watch: str) -> tuple[Any, Any, Any]:
    """Runs of a part: a key unique to point and replication, the point, and the outcome."""
    point, replication, (flags,) = read_outcomes(parts, number, [watch])
    return point.astype(np.int64) * 2**32 + replication, point, flags
