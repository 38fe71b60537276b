"""What a sweep will take, from a handful of its runs."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sim.errors import UsageError
from sim.experiments.simulate import processors
from sim.experiments.sweep.parts import as_bytes, part_table
from sim.experiments.sweep.plan import PASS, Plan
from sim.experiments.sweep.run import PartRunner

TRIED_POINTS = 16
TRIED_RUNS = PASS


@dataclass(frozen=True, slots=True)
class Estimated:
    """A sweep's size: ``runs`` at most, ``seconds`` on ``jobs`` threads, ``bytes`` on disk."""

    points: int
    runs: int
    parts: int
    jobs: int
    seconds: float
    bytes: int

    def to_dict(self) -> dict[str, Any]:
        """The estimate as plain data."""
        return {name: getattr(self, name) for name in self.__slots__}


def dry_run(plan: Plan, jobs: int | None = None) -> Estimated:
    """Time a few runs at points spread over the design, and weigh their table.

    Raises :class:`sim.errors.UsageError` where none of those points can be set.
    """
    player, jobs = PartRunner(plan), jobs or processors()
    dict(_played(player, 1))  # what is compiled or cached at first is not timed
    began = time.perf_counter()
    played = dict(_played(player, TRIED_RUNS))
    between = time.perf_counter()
    row, file = _weights(plan, played)
    parts = plan.passes * -(-len(plan.design) // plan.width)
    playing = (between - began) / (TRIED_RUNS * len(played))
    # Two tables were made to be weighed, and a part is one.
    writing = (time.perf_counter() - between) / 2
    return Estimated(
        points=len(plan.design),
        runs=plan.runs,
        parts=parts,
        jobs=jobs,
        seconds=(plan.runs * playing + parts * writing) / jobs,
        bytes=round(plan.runs * row + parts * file),
    )


def _played(player: PartRunner, runs: int) -> Iterator[tuple[int, Any]]:
    """Points spread over the design with their records, those that cannot be set left out."""
    points = len(player.plan.design)
    refused: list[UsageError] = []
    tried = range(0, points, -(-points // TRIED_POINTS))
    for point in tried:
        try:
            yield point, player.records(point, 0, runs)
        except UsageError as error:
            refused.append(error)
    if len(refused) == len(tried):
        raise refused[0]


def _weights(plan: Plan, played: dict[int, Any]) -> tuple[float, float]:
    """Bytes a row, and bytes a file beside its rows."""

    def size(runs: int) -> int:
        records = [rows[:runs] for rows in played.values()]
        return len(as_bytes(part_table(plan, list(played), records, [None] * len(records))))

    half = TRIED_RUNS // 2
    few, many = size(half), size(TRIED_RUNS)
    row = (many - few) / (half * len(played))
    return row, max(0.0, few - row * half * len(played))
