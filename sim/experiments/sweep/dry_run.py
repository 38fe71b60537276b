"""Dry run: the size and duration of a sweep, estimated from a few of its runs."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sim.errors import UsageError
from sim.experiments.simulate import processors
from sim.experiments.storage.parquet import as_bytes
from sim.experiments.sweep.parts import part_table
from sim.experiments.sweep.plan import PASS, Plan
from sim.experiments.sweep.run import PartRunner

TRIED_POINTS = 16
TRIED_RUNS = PASS


@dataclass(frozen=True, slots=True)
class SweepSize:
    """The size of a sweep: most ``runs``, ``seconds`` on ``jobs`` threads, ``bytes`` on disk."""

    points: int
    runs: int
    parts: int
    jobs: int
    seconds: float
    bytes: int

    def to_dict(self) -> dict[str, Any]:
        """The size as plain data."""
        return {name: getattr(self, name) for name in self.__slots__}


def dry_run(plan: Plan, jobs: int | None = None) -> SweepSize:
    """Time a few runs at points spread over the design, and measure the size of their table.

    Raises :class:`sim.errors.UsageError` if the scenario allows none of those points.
    """
    runner, jobs = PartRunner(plan), jobs or processors()
    dict(_sample(runner, 1))  # compile and fill the caches before timing
    began = time.perf_counter()
    played = dict(_sample(runner, TRIED_RUNS))
    between = time.perf_counter()
    row, file = _sizes(plan, played)
    parts = plan.passes * -(-len(plan.design) // plan.width)
    playing = (between - began) / (TRIED_RUNS * len(played))
    # Measuring made two tables; a part has one.
    writing = (time.perf_counter() - between) / 2
    return SweepSize(
        points=len(plan.design),
        runs=plan.runs,
        parts=parts,
        jobs=jobs,
        seconds=(plan.runs * playing + parts * writing) / jobs,
        bytes=round(plan.runs * row + parts * file),
    )


def _sample(runner: PartRunner, runs: int) -> Iterator[tuple[int, Any]]:
    """Points spread over the design with their records; impossible points are left out."""
    points = len(runner.plan.design)
    refused: list[UsageError] = []
    tried = range(0, points, -(-points // TRIED_POINTS))
    for point in tried:
        try:
            yield point, runner.records(point, 0, runs)
        except UsageError as error:
            refused.append(error)
    if len(refused) == len(tried):
        raise refused[0]


def _sizes(plan: Plan, played: dict[int, Any]) -> tuple[float, float]:
    """The bytes of a row, and the bytes of a file without its rows."""

    def size(runs: int) -> int:
        records = [rows[:runs] for rows in played.values()]
        return len(as_bytes(part_table(plan, list(played), records, [None] * len(records))))

    half = TRIED_RUNS // 2
    few, many = size(half), size(TRIED_RUNS)
    row = (many - few) / (half * len(played))
    return row, max(0.0, few - row * half * len(played))
