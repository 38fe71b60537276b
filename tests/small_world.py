"""A small world in which everything happens within a year and a half, and what it gives.

It is played as it is, and with the mechanisms that it leaves off.
``python -m tests.small_world`` rewrites the files of its numbers, after a change meant to move
them.
"""

from __future__ import annotations

import json
from typing import Any

from sim.engines.ensemble import play
from sim.model.build import build
from sim.scenario.load import load
from tests.scenarios import DATA

SCENARIO = DATA / "small_world.yaml"
SEED, BLOCKS, RUNS, DIGITS = 71, 4, 8, 9
# All mechanisms, so that there are talks, threats and retaliation, and beliefs change.
MECHANISMS = (
    "setting.retaliation=0.9",
    "setting.talks=1",
    "setting.verification=0.3",
    "constants.threat=1",
    "constants.learning=0.5",
    "constants.effort_weight=1",
    "constants.public_good=1",
    "constants.pivotality=0.5",
    "constants.leverage=0.3",
    "constants.truce_fragility=0.15",
    "constants.misattribution=1",
    "constants.blame_cost=0.4",
    "states.one.backs=true",
)
# What is set in each file of numbers.
KEPT = {"small_world": (), "small_world_mechanisms": MECHANISMS}


def numbers(block: int, *overrides: str) -> dict[str, Any]:
    """Each run's record, field by field, and how many runs had each state on each rung."""
    played = play(build(load(str(SCENARIO), overrides)), SEED, block * RUNS, RUNS)
    fields = {
        name: [round(value, DIGITS) for value in played.records[name].tolist()]
        for name in played.records.dtype.names
    }
    return fields | {"participation": played.participation.tolist()}


def kept(name: str) -> list[dict[str, Any]]:
    """The same as they are on file, block by block."""
    text = (DATA / f"{name}.json").read_text(encoding="utf-8")
    document: list[dict[str, Any]] = json.loads(text)
    return document


def rewrite() -> None:
    """Put today's numbers on file, a block a line."""
    for name, overrides in KEPT.items():
        lines = [json.dumps(numbers(block, *overrides)) for block in range(BLOCKS)]
        (DATA / f"{name}.json").write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8")


if __name__ == "__main__":
    rewrite()
