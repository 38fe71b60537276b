"""Load the results of a run or a sweep from its folder."""

from __future__ import annotations

import json
import warnings
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from sim.errors import ScenarioError, ThinlineWarning, UsageError
from sim.experiments.storage.files import DamagedResults, existing_folder, read_plain
from sim.experiments.storage.folder_state import RECORDS, FolderState, read_manifest
from sim.experiments.storage.manifest import EVALUATIONS, SWEEP, sha256, warn_of_altered
from sim.experiments.storage.parquet import column, make_table, parse_rows
from sim.experiments.sweep.parts import RECORDED
from sim.experiments.sweep.results import SweepResults, load_sweep
from sim.formatting import plural
from sim.model.state import Block
from sim.results import WORDED, Results, RunningTotals
from sim.scenario.load import load_text


def load_results(folder: str | Path) -> Results | SweepResults:
    """The results of the run or sweep in ``folder``, finished or interrupted. Of an interrupted run
    :class:`sim.errors.ThinlineWarning` says how much is there; a sweep has ``done``.

    Participation by month and crossings of red lines are not stored: ``participation`` and
    ``crossings`` of a run are ``None``. Every file that is read is checked against its checksum.

    Raises :class:`sim.errors.UsageError` for a folder without results, for results in the format of
    another version, and for a run without records, and
    :class:`sim.experiments.storage.files.DamagedResults` for a folder in which anything that is
    read was altered, or is missing.
    """
    folder = existing_folder(folder)
    document = read_manifest(folder)
    if document["kind"] == SWEEP:
        return load_sweep(folder)
    if document["kind"] == EVALUATIONS:
        remedy = "repeat the command of the study, which finds its runs there"
        raise UsageError(f"no results: {folder} holds {FolderState.EVALUATIONS.value}", remedy)
    if RECORDS not in document["files"]:
        raise UsageError(f"{folder} has no {RECORDS}", "run the scenario again with records")
    warn_of_altered(folder, document, read=RECORDS)
    try:
        overrides = tuple(map(str, document.get("overrides", ())))
        scenario = replace(load_text(json.dumps(document["resolved"])), overrides=overrides)
    except ScenarioError:
        remedy = "run it again, or read it with the version that made it"
        message = f"the run in {folder} is of another version of thinline"
        raise UsageError(message, remedy) from None
    records = _records(folder / RECORDS, document, scenario.months)
    if not document["complete"]:
        kept = f"{len(records):,} of {plural(document['runs']['asked'], 'run')}"
        warnings.warn(f"{folder} holds an interrupted run: {kept}", ThinlineWarning, stacklevel=2)
    totals = RunningTotals(scenario)
    totals.add(Block(records, participation=0, crossings=0))
    results = totals.results(document["seed"], document["engine"])
    results.records, results.participation, results.crossings = records, None, None
    results.wall, results.cpu = document["wall_seconds"], document["cpu_seconds"]
    return results


def _records(path: Path, document: dict[str, Any], months: int) -> Any:
    """The rows of a file as a structured array of records."""
    data, names = read_plain(path), RECORDED.names or ()
    if sha256(data) != document["files"][RECORDS]:
        raise DamagedResults(f"{path} is damaged: its checksum does not match", AGAIN)
    empty = np.zeros(0, RECORDED)
    types = make_table({name: column(name, empty[name]) for name in names}).schema
    table = parse_rows(data, path, names, AGAIN, types)
    records = np.zeros(table.num_rows, RECORDED)
    for name in names:
        if table[name].null_count:
            raise DamagedResults(f"{path} is damaged: no value in '{name}'", AGAIN)
        whole = table[name].combine_chunks()
        records[name] = (whole.indices if name in WORDED else whole).to_numpy()
    if not _are_runs_of(records, document, months):
        raise DamagedResults(f"{path} is damaged: it holds other runs", AGAIN)
    return records


def _are_runs_of(records: Any, document: dict[str, Any], months: int) -> bool:
    """Whether these are the runs of the manifest, from run 0 on."""
    runs = np.arange(len(records))
    return (
        len(records) == document["runs"].get("done") > 0
        and np.array_equal(records["replication"], runs)
        and bool((records["seed"] == document["seed"]).all())
        and bool(((records["month"] >= 0) & (records["month"] <= months)).all())
    )


AGAIN = "run the scenario again with --force, or restore the file from a copy"
