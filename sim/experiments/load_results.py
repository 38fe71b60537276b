"""Load the results of a run or a sweep from its folder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from sim.errors import UsageError
from sim.experiments.storage.files import existing_folder
from sim.experiments.storage.manifest import EVALUATIONS, KIND, RECORDS, FolderState, read_manifest
from sim.experiments.storage.parquet import read_rows
from sim.experiments.sweep.parts import RECORDED
from sim.experiments.sweep.results import SweepResults, load_sweep
from sim.model.state import Block
from sim.results import WORDED, Results, RunningTotals
from sim.scenario.load import load_text


def load_results(folder: str | Path) -> Results | SweepResults:
    """The results of the run or sweep in ``folder``, finished or interrupted.

    Participation by month and crossings of red lines are not stored: ``participation`` and
    ``crossings`` of a run are ``None``. Raises :class:`sim.errors.UsageError` for a folder without
    results, and for a run without records.
    """
    folder = existing_folder(folder)
    document = read_manifest(folder)
    if document.get("kind") == KIND:
        return load_sweep(folder)
    if document.get("kind") == EVALUATIONS:
        remedy = "repeat the command of the study, which finds its runs there"
        raise UsageError(f"no results: {folder} holds {FolderState.EVALUATIONS.value}", remedy)
    if not (folder / RECORDS).exists():
        raise UsageError(f"{folder} has no {RECORDS}", "run the scenario again with records")
    scenario = load_text(json.dumps(document["resolved"], ensure_ascii=False))
    totals = RunningTotals(scenario)
    records = _records(folder / RECORDS)
    totals.add(Block(records, participation=0, crossings=0))
    results = totals.results(document["seed"], document["engine"])
    results.records, results.participation, results.crossings = records, None, None
    results.wall, results.cpu = document["wall_seconds"], document["cpu_seconds"]
    return results


def _records(path: Path) -> Any:
    """The rows of a file as a structured array of records."""
    table = read_rows(path, remedy="run it again with --force")
    records = np.zeros(table.num_rows, RECORDED)
    for name in RECORDED.names or ():
        column = table[name].combine_chunks()
        records[name] = (column.indices if name in WORDED else column).to_numpy()
    return records
