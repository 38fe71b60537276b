"""Our own Mesa model under Mesa's own runner: ``python -m benchmarks.mesa_side RUNS``.

Run as a process of its own, so that compiling can be off in it; prints seconds and endings as JSON.
"""

from __future__ import annotations

import json
import sys
from typing import Any

import mesa

from benchmarks.cases import SEED, main_setup
from benchmarks.clock import once
from sim.engines.mesa_model import ThinLineModel


class AtTheEnd(ThinLineModel):
    """The model, collecting no more than how it ended."""

    def _collector(self) -> mesa.DataCollector:
        return mesa.DataCollector({"ending": _ending})


def _ending(model: ThinLineModel) -> str | None:
    return None if model.outcome is None else model.outcome.word


def batch(runs: int) -> list[str]:
    """How each of ``runs`` runs ended, by ``mesa.batch_run`` in one process."""
    rows: list[dict[str, Any]] = mesa.batch_run(
        AtTheEnd,
        {"scenario": [main_setup()], "run": list(range(runs)), "seed": SEED},
        number_processes=1,
        data_collection_period=-1,
        display_progress=False,
        max_steps=main_setup().months,
    )
    return [row["ending"] for row in rows]


def main() -> None:
    """Print what a batch took, once it is warm, and how its runs ended."""
    runs = int(sys.argv[1])
    batch(1)
    cpu, wall = once(lambda: batch(runs))
    print(json.dumps({"cpu": cpu, "wall": wall, "endings": batch(runs)}))


if __name__ == "__main__":
    main()
