"""Small sweeps for tests, and what is in their folders."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sim.experiments.sweep.axis import Axis, parameter_of
from sim.experiments.sweep.design import Design, points_of
from sim.experiments.sweep.plan import Plan
from tests.scenarios import tiny

OVER: dict[str, list[Any]] = {
    "setting.clarity": [0, 0.5, 1],
    "states.poland.pledge": ["none", "ground"],
}
THRESHOLD = "states.russia.red_lines.foreign_troops.threshold"


def plan(*overrides: str, over: dict[str, list[Any]] = OVER, **said: Any) -> Plan:
    """Six points of the tiny scenario, 60 runs each: two passes of six parts."""
    scenario = tiny(*overrides)
    axes = []
    for path, values in over.items():
        parameter = parameter_of(path, scenario)
        axes.append(Axis(path, parameter, tuple(map(parameter.number, values))))
    design = Design("grid", tuple(axes), points_of("grid", axes, None, 0))
    return Plan("six", scenario, design, **{"replications": 60, "seed": 7, **said})


def failing() -> Plan:
    """Two of four points have a red line turned upside down."""
    return plan(over={THRESHOLD: [0, 1, 2.5, 3]})


def contents(folder: Path) -> dict[str, bytes]:
    """The bytes of every file of a sweep that has no time in it."""
    return {file.name: file.read_bytes() for file in sorted(folder.rglob("*.parquet"))}
