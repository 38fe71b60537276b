"""Two sweeps over the same points on the same luck, compared run by run at every point."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from sim.errors import SCHEMA_VERSION, UsageError
from sim.experiments.files import located
from sim.experiments.sweep.plan import WATCHED
from sim.experiments.sweep.results import SweepResults, load_sweep
from sim.experiments.sweep.slices import Gathered, Place, gather
from sim.experiments.sweep.summary import at, words_for
from sim.statistics import Estimate, change
from sim.suggest import did_you_mean
from sim.vocabulary import Outcome, Trigger

COLUMNS = ("point", "replication", "outcome", "trigger", "error")


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
    def differences(self) -> list[Estimate]:
        """Second less first at every point, with intervals; NaN where there are no pairs."""
        counts = (column.tolist() for column in (self.gained, self.lost, self.pairs))
        return [change(*each) for each in zip(*counts, strict=True)]

    def along(self, paths: Sequence[str] | None = None) -> tuple[Gathered, dict[Place, Estimate]]:
        """The differences by place, averaged over the other axes: as surely as at one point.

        Raises :class:`sim.errors.UsageError` for a path that is not varied.
        """
        gathered = gather(self.before.plan.design, self.pairs > 0, paths)
        all_of_them = np.array(self.differences)
        return gathered, {
            place: Estimate(*all_of_them[here].mean(axis=0).tolist())
            for place, here in gathered.places.items()
        }

    @property
    def sentence(self) -> str:
        """Where the sign is clear, and where the difference is largest."""
        found, what = self.differences, words_for(self.watch)
        up, down = sum(e.low > 0 for e in found), sum(e.high < 0 for e in found)
        known = [k for k, pairs in enumerate(self.pairs) if pairs]
        if not known:
            return "no point was played in both sweeps"
        first, second = self._names
        counted = (
            f"{second} has clearly more {what} than {first} at {up} of {len(known)} points, "
            f"clearly less at {down}, and at {len(known) - up - down} the runs cannot tell"
        )
        if not up + down:
            return counted
        largest = max(known, key=lambda k: abs(found[k].value))
        value, low, high = (100 * number for number in found[largest])
        where = at(self.before, largest)
        return (
            f"{counted}; the largest difference is {value:+.1f} points of model runs "
            f"({low:+.1f} to {high:+.1f}) at {where}"
        )

    @property
    def _names(self) -> tuple[str, str]:
        both = (self.before, self.after)
        first, second = (r.plan.scenario.name.replace("_", " ") for r in both)
        return (first, second) if first != second else ("the first sweep", "the second sweep")

    def document(self) -> dict[str, Any]:
        """The comparison as plain data."""
        design = self.before.plan.design
        points = [
            {
                "point": k,
                "values": design.said(k),
                "pairs": int(self.pairs[k]),
                "difference": difference.value,
                "low": difference.low,
                "high": difference.high,
            }
            for k, difference in enumerate(self.differences)
            if self.pairs[k]
        ]
        return {
            "schema_version": SCHEMA_VERSION,
            "kind": "sweep_comparison",
            "before": self.before.plan.scenario.name,
            "after": self.after.plan.scenario.name,
            "watch": self.watch,
            "seed": self.before.plan.seed,
            "points": points,
            "sentence": self.sentence,
        }


def compare_sweeps(
    before: SweepResults | str | Path, after: SweepResults | str | Path, watch: str | None = None
) -> SweepComparison:
    """Compare two sweeps, or the folders they are in, by how many runs end in ``watch``: war, by
    default what the first sweep watched.

    Raises :class:`sim.errors.UsageError` where they differ in points, luck or parts.
    """
    one, other = (s if isinstance(s, SweepResults) else load_sweep(s) for s in (before, after))
    if one.plan.design_digest != other.plan.design_digest:
        raise UsageError(
            f"{one.folder} and {other.folder} differ in their points, their seed or replications",
            "make both with the same --over, --design, --seed and --replications",
        )
    watch = watch or one.plan.watch
    if watch not in WATCHED:
        raise UsageError(f"unknown ending '{watch}'", did_you_mean(watch, WATCHED))
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
    from pyarrow.parquet import read_table

    table = read_table(located(file), columns=list(COLUMNS), partitioning=None)
    table = table.filter(table["error"].is_null())
    point, replication = (table[name].to_numpy() for name in ("point", "replication"))
    outcome, trigger = (
        table[name].combine_chunks().indices.to_numpy() for name in ("outcome", "trigger")
    )
    roads = {
        "war": trigger != Trigger.NONE,
        "failure": trigger == Trigger.OFFENSIVE,
        "escalation": (trigger != Trigger.NONE) & (trigger != Trigger.OFFENSIVE),
    }
    flags = roads[watch] if watch in roads else outcome == Outcome.of(watch)
    return point.astype(np.int64) * 2**32 + replication, point, flags
