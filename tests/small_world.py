"""A small world in which everything happens within a year and a half, and what it gives.

``python -m tests.small_world`` rewrites the file of its numbers, after a change meant to move them.
"""

from __future__ import annotations

import json
from typing import Any

from sim.engines.ensemble import play
from sim.model.build import build
from sim.scenario.load import load
from tests.scenarios import DATA

SCENARIO, KEPT = DATA / "small_world.yaml", DATA / "small_world.json"
SEED, BLOCKS, RUNS, DIGITS = 71, 4, 8, 9


def numbers(block: int, *overrides: str) -> dict[str, Any]:
    """Each run's record, field by field, and how many runs had each state on each rung."""
    played = play(build(load(str(SCENARIO), overrides)), SEED, block * RUNS, RUNS)
    fields = {
        name: [round(value, DIGITS) for value in played.records[name].tolist()]
        for name in played.records.dtype.names
    }
    return fields | {"participation": played.participation.tolist()}


def kept() -> list[dict[str, Any]]:
    """The same as they are on file, block by block."""
    document: list[dict[str, Any]] = json.loads(KEPT.read_text(encoding="utf-8"))
    return document


def rewrite() -> None:
    """Put today's numbers on file, a block a line."""
    lines = [json.dumps(numbers(block)) for block in range(BLOCKS)]
    KEPT.write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8")


if __name__ == "__main__":
    rewrite()
