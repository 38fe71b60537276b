"""Two sweeps over the same points on the same luck, compared run by run at every point."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from sim.errors import UsageError
from sim.experiments.sweep.differing import differing, in_words
from sim.experiments.sweep.pairs import ended
from sim.experiments.sweep.plan import WATCHED
from sim.experiments.sweep.results import SweepResults, load_sweep
from sim.experiments.sweep_comparison import SweepComparison
from sim.suggest import did_you_mean

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
        found = [each for each in differing(one.plan, other.plan) if each.path in LAID_OUT]
        told = in_words(found, f"in {one.folder}", f"in {other.folder}")
        raise UsageError(
            f"run by run, {one.folder} and {other.folder} cannot be compared: {told}",
            "make both over the same points, with the same seed and replications",
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
    point, replication, (flags,) = ended(file, [watch])
    return point.astype(np.int64) * 2**32 + replication, point, flags
