"""What a sweep will take, from a handful of its runs."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from sim.errors import UsageError
from sim.experiments.run import processors
from sim.experiments.sweep.plan import Plan
from sim.experiments.sweep.play import Player
from sim.experiments.sweep.table import as_bytes, part_table

TRIED_POINTS = 8
TRIED_RUNS = 20


@dataclass(frozen=True, slots=True)
class Estimated:
    """A sweep's size: ``runs`` at most, ``seconds`` on ``jobs`` threads, ``bytes`` on disk."""

    points: int
    runs: int
    parts: int
    jobs: int
    seconds: float
    bytes: int

    def document(self) -> dict[str, Any]:
        """The estimate as plain data."""
        return {name: getattr(self, name) for name in self.__slots__}


def estimate(plan: Plan, jobs: int | None = None) -> Estimated:
    """Time a few runs at points spread over the design, and weigh their table.

    Raises :class:`sim.errors.UsageError` where none of those points can be set.
    """
    player, jobs = Player(plan), jobs or processors()
    tried = range(0, len(plan.design), max(1, len(plan.design) // TRIED_POINTS))
    played: dict[int, Any] = {}
    seconds = 0.0
    for point in tried:
        try:
            player.records(point, 0, 1)
        except UsageError:
            continue
        began = time.perf_counter()
        played[point] = player.records(point, 0, TRIED_RUNS)
        seconds += time.perf_counter() - began
    if not played:
        raise UsageError("none of the points tried can be set", "try: thinline sweep --dry-run")
    parts = plan.passes * -(-len(plan.design) // plan.width)
    row, file = _weights(plan, played)
    return Estimated(
        points=len(plan.design),
        runs=plan.runs,
        parts=parts,
        jobs=jobs,
        seconds=plan.runs * seconds / (TRIED_RUNS * len(played)) / jobs,
        bytes=round(plan.runs * row + parts * file),
    )


def _weights(plan: Plan, played: dict[int, Any]) -> tuple[float, float]:
    """Bytes a row, and bytes a file beside its rows."""

    def size(runs: int) -> int:
        records = [rows[:runs] for rows in played.values()]
        return len(as_bytes(part_table(plan, list(played), records, [None] * len(records))))

    few, many = size(1), size(TRIED_RUNS)
    row = (many - few) / ((TRIED_RUNS - 1) * len(played))
    return row, max(0.0, few - row * len(played))
