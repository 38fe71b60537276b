"""What a comparison of two sweeps found: the difference at every point, and where it is clear."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from sim.errors import UsageError, did_you_mean, json_head
from sim.experiments.sweep.paired import read_outcomes
from sim.experiments.sweep.plan import DEFAULT_MEASURES
from sim.experiments.sweep.provenance import (
    describe_differences,
    provenance_differences,
    rules_changed,
)
from sim.experiments.sweep.results import SweepResults, load_sweep
from sim.experiments.sweep.slices import GroupedPoints, Place, PointCloud, group_points, point_cloud
from sim.experiments.sweep.summary import describe_outcome, point_label
from sim.scenario.diff import Difference
from sim.statistics import Estimate, paired_difference_of_proportions
from sim.text import format_change, join_and, plural

ALIKE = "they are the same sweep twice: the same scenario, points, luck and rules"
OTHERWISE_ALIKE = "the scenario, points and luck are the same"


@dataclass(frozen=True, eq=False)
class SweepComparison:
    """What changes from one sweep to the other: runs at each point that end so only in the second
    (``gained``) or only in the first (``lost``), of so many ``pairs``."""

    before: SweepResults
    after: SweepResults
    watch: str
    gained: Any
    lost: Any
    pairs: Any

    @property
    def n_comparisons(self) -> int:
        """How many points both sweeps played: so many intervals hold at once."""
        return max(1, int((self.pairs > 0).sum()))

    @property
    def differences(self) -> list[Estimate]:
        """Second less first at every point, with intervals that hold for all points at once; NaN
        where there are no pairs."""
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
        """The differences by place, averaged over the other axes: as surely as at one point; where
        one parameter is moved at a time, for each of them. The intervals hold for all places at
        once.

        Raises :class:`sim.errors.UsageError` for a path that is not varied.
        """
        plan = self.before.plan
        slices = group_points(plan.design, self.pairs > 0, paths, plan.scenario)
        all_of_them = np.array(self._differences(sum(len(each.places) for each in slices)))
        return [(each, _averages(each, all_of_them)) for each in slices]

    def scattered(self, paths: Sequence[str] | None = None) -> PointCloud:
        """Where the points lie that both sweeps played; raises as :meth:`along` does."""
        plan = self.before.plan
        return point_cloud(plan.design, self.pairs > 0, paths, plan.scenario)

    @property
    def sentence(self) -> str:
        """Where the sign is clear, and where the difference is largest."""
        found, what = self.differences, describe_outcome(self.watch)
        up, down = sum(e.low > 0 for e in found), sum(e.high < 0 for e in found)
        known = [k for k, pairs in enumerate(self.pairs) if pairs]
        if not known:
            return "no point was played in both sweeps"
        first, second = self.names
        counted = (
            f"compared with {first}, {second} has clearly more {what} at {up} of "
            f"{plural(len(known), 'point')}, clearly less at {down}, and at "
            f"{len(known) - up - down} the runs cannot tell"
        )
        clear = [k for k in known if found[k].excludes_zero]
        if not clear:
            return counted
        largest = max(clear, key=lambda k: abs(found[k].value))
        equal = sum(found[k].value == found[largest].value for k in clear) - 1
        also = f", and as large at {plural(equal, 'other')}" if equal else ""
        return (
            f"{counted}; the largest clear difference is "
            f"{format_change(found[largest], ' points of model runs')} at {point_label(self.before, largest)}{also}"
        )

    @property
    def names(self) -> tuple[str, str]:
        """What each sweep is called: its folder, as much of it as tells the two apart."""
        first, second = (results.folder.resolve() for results in (self.before, self.after))
        if first.name != second.name:
            return first.name, second.name
        return str(self.before.folder), str(self.after.folder)

    @property
    def differing(self) -> list[Difference]:
        """What one sweep says and the other does not, but for what is varied in both; first, if
        they were made by other rules, with what is known of them."""
        return [*self._of_rules, *provenance_differences(self.before.plan, self.after.plan)]

    @property
    def _of_rules(self) -> list[Difference]:
        before, after = ((each.made, each.plan) for each in (self.before, self.after))
        return rules_changed(before, after)

    @property
    def notes(self) -> list[str]:
        """What differs between the two, and that of an unfinished one only a part is compared."""
        rules = [
            f"they were made by other rules: {each.before} against {each.after}, so part of what "
            "differs, or all of it, may come from those"
            for each in self._of_rules
        ]
        found, (first, second) = (
            provenance_differences(self.before.plan, self.after.plan),
            self.names,
        )
        if found:
            told = [f"they differ in {describe_differences(found, f'in {first}', f'in {second}')}"]
        else:
            told = [OTHERWISE_ALIKE if rules else ALIKE]
        return [*rules, *told, *filter(None, [self._unfinished])]

    @property
    def _unfinished(self) -> str:
        sweeps = zip(self.names, (self.before, self.after), strict=True)
        half = [
            f"{name} is unfinished, with {_there(each)}" for name, each in sweeps if not each.done
        ]
        if not half:
            return ""
        pairs = plural(int(self.pairs.sum()), "pair")
        points = plural(int((self.pairs > 0).sum()), "point")
        return f"{join_and(half)}: only what both hold is compared, {pairs} of runs at {points}"

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


def _averages(shown: GroupedPoints, differences: Any) -> dict[Place, Estimate]:
    return {
        place: Estimate(*differences[here].mean(axis=0).tolist())
        for place, here in shown.places.items()
    }


def _there(results: SweepResults) -> str:
    """How much of a sweep is there."""
    played, plan = int((results.tally.runs > 0).sum()), results.plan
    return (
        f"{results.runs:,} of {plural(plan.runs, 'run')} at {played:,} of "
        f"{plural(len(plan.design), 'point')}"
    )


LAID_OUT = ("points", "seed", "replications")


def compare_sweeps(
    before: SweepResults | str | Path, after: SweepResults | str | Path, watch: str | None = None
) -> SweepComparison:
    """Compare two sweeps, or the folders they are in, by how many runs end in ``watch``: war, by
    default what the first sweep watched.

    Raises :class:`sim.errors.UsageError` where they differ in points, luck or parts.
    """
    one, other = (s if isinstance(s, SweepResults) else load_sweep(s) for s in (before, after))
    if one.plan.design_digest != other.plan.design_digest:
        found = [
            each for each in provenance_differences(one.plan, other.plan) if each.path in LAID_OUT
        ]
        told = describe_differences(found, f"in {one.folder}", f"in {other.folder}")
        raise UsageError(
            f"run by run, {one.folder} and {other.folder} cannot be compared: {told}",
            "make both over the same points, with the same seed and replications",
        )
    watch = watch or one.plan.watch
    if watch not in DEFAULT_MEASURES:
        raise UsageError(f"unknown ending '{watch}'", did_you_mean(watch, DEFAULT_MEASURES))
    gained, lost, pairs = np.zeros((3, len(one.plan.design)), np.int64)
    for file in one.files:
        twin = other.folder / file.relative_to(one.folder)
        if twin.exists():
            point, was, now = _paired(file, twin, watch)
            np.add.at(gained, point, now & ~was)
            np.add.at(lost, point, was & ~now)
            np.add.at(pairs, point, 1)
    return SweepComparison(one, other, watch, gained, lost, pairs)


def _paired(file: Path, twin: Path, watch: str) -> tuple[Any, Any, Any]:
    """The runs that both parts have: their points, and whether they ended so in each."""
    (keys, point, was), (others, _, now) = (_flags(each, watch) for each in (file, twin))
    _, here, there = np.intersect1d(keys, others, assume_unique=True, return_indices=True)
    return point[here], was[here], now[there]


def _flags(file: Path, watch: str) -> tuple[Any, Any, Any]:
    point, replication, (flags,) = read_outcomes(file, [watch])
    return point.astype(np.int64) * 2**32 + replication, point, flags
