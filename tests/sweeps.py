"""Small sweeps for tests, and what is in their folders."""

from __future__ import annotations

from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np

from sim.enums import Trigger, War
from sim.experiments.designs import Design, make_points
from sim.experiments.factors import Factor, parameter_of
from sim.experiments.storage.folder_state import read_manifest
from sim.experiments.storage.manifest import write_manifest
from sim.experiments.storage.parquet import as_bytes
from sim.experiments.sweep.folder import open_sweep_folder
from sim.experiments.sweep.parts import part_table
from sim.experiments.sweep.plan import Plan
from sim.experiments.sweep.results import SweepResults, load_sweep
from sim.model.state import RECORD
from sim.results import with_outcome
from tests.scenarios import tiny

OVER: dict[str, list[Any]] = {
    "setting.clarity": [0, 0.5, 1],
    "states.poland.pledge": ["none", "ground"],
}
SEED = 7
THRESHOLD = "states.russia.red_lines.foreign_troops.threshold"


def plan(*overrides: str, over: dict[str, list[Any]] = OVER, **said: Any) -> Plan:
    """Six points of the tiny scenario, 60 runs each: two passes of six parts."""
    scenario = tiny(*overrides)
    axes = []
    for path, values in over.items():
        parameter = parameter_of(path, scenario)
        axes.append(Factor(path, parameter, tuple(map(parameter.number, values))))
    design = Design("grid", tuple(axes), make_points("grid", axes, None, 0))
    return Plan("six", scenario, design, **{"replications": 60, "seed": SEED, **said})


SIX = plan()


def failing() -> Plan:
    """Two of four points have a red line turned upside down."""
    return plan(over={THRESHOLD: [0, 1, 2.5, 3]})


def contents(folder: Path) -> dict[str, bytes]:
    """The bytes of every file of a sweep that has no time in it."""
    return {file.name: file.read_bytes() for file in sorted(folder.rglob("*.parquet"))}


def part_file(folder: Path, number: int) -> Path:
    """The file of a part."""
    (file,) = (folder / "parts").glob(f"part-{number:05}-*.parquet")
    return file


def rewrite_manifest(folder: Path, **entries: Any) -> dict[str, Any]:
    """Change entries of a manifest, and its checksum with them; returns the document."""
    document = {**read_manifest(folder), **entries}
    write_manifest(folder, document["kind"], document)
    return document


def made_up(folder: Path, wars: Any, over: dict[str, list[Any]] | None = None) -> SweepResults:
    """A sweep in which it is known which runs end in war: ``wars`` is ``bool (points, runs)``."""
    points, replications = wars.shape
    values = {"setting.clarity": [k / points for k in range(points)]} if over is None else over
    asked = plan(over=values, replications=replications)
    with open_sweep_folder(folder, asked) as store:
        for part in chain.from_iterable(asked.parts(k, [True] * points) for k in range(2)):
            these = slice(part.first, part.first + part.replications)
            records = [_ended(wars[point, these], part.first) for point in part.points]
            table = part_table(asked, part.points, records, [None] * len(records))
            store.parts.keep(part.number, as_bytes(table))
    return load_sweep(folder)


def _ended(wars: Any, first: int) -> Any:
    """Runs that end in a limited war from a strike, where flagged, and quietly otherwise."""
    made = np.zeros(len(wars), RECORD)
    made["replication"], made["seed"] = first + np.arange(len(wars)), SEED
    made["war"] = np.where(wars, War.LIMITED, made["war"])
    made["trigger"] = np.where(wars, Trigger.STRIKE, Trigger.NONE)
    return with_outcome(made)
