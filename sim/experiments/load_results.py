"""What ``run`` and ``sweep`` left in a folder, as what they returned."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from sim.errors import UsageError
from sim.experiments.storage.files import check_there
from sim.experiments.storage.manifest import KIND, RECORDS, read_manifest
from sim.experiments.storage.parquet import read_rows
from sim.experiments.sweep.parts import RECORDED
from sim.experiments.sweep.results import SweepResults, load_sweep
from sim.model.state import Block
from sim.results import WORDED, Results, RunningTotals
from sim.scenario.load import load_text


def load_results(folder: str | Path) -> Results | SweepResults:
    """The results in ``folder``, a run's or a sweep's, also of one that was stopped.

    A run's states by month and its red lines are not kept on disk: ``participation`` and
    ``crossings`` are ``None``. Raises
    :class:`sim.errors.UsageError` for a folder without results, or a run kept without records.
    """
    check_there(Path(folder))
    document = read_manifest(Path(folder))
    if document.get("kind") == KIND:
        return load_sweep(folder)
    if not (Path(folder) / RECORDS).exists():
        raise UsageError(f"{folder} has no {RECORDS}", "run it again, and keep its records")
    scenario = load_text(json.dumps(document["resolved"], ensure_ascii=False))
    tally = RunningTotals(scenario)
    records = _records(Path(folder) / RECORDS)
    tally.add(Block(records, participation=0, crossings=0))
    results = tally.results(document["seed"], document["engine"])
    results.records, results.participation, results.crossings = records, None, None
    results.wall, results.cpu = document["wall_seconds"], document["cpu_seconds"]
    return results


def _records(path: Path) -> Any:
    """The rows of a file as the engines' records."""
    table = read_rows(path, remedy="run it again with --force")
    records = np.zeros(table.num_rows, RECORDED)
    for name in RECORDED.names or ():
        column = table[name].combine_chunks()
        records[name] = (column.indices if name in WORDED else column).to_numpy()
    return records
