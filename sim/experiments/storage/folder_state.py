"""The state of a folder of results, so that no other results are overwritten."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from enum import Enum
from pathlib import Path
from typing import Any

from sim.errors import UsageError
from sim.experiments.storage.files import (
    DamagedResults,
    FolderOccupied,
    is_plain_folder,
    temporary_name,
    writing,
)
from sim.experiments.storage.lock import folder_lock
from sim.experiments.storage.manifest import (
    EVALUATIONS,
    MANIFEST,
    SWEEP,
    check_manifest,
    parse_manifest,
)
from sim.experiments.storage.parquet import are_records

RECORDS = "runs.parquet"
REPORT = "report.html"
SUMMARY = "summary.json"
PARTS = "parts"
POINTS = "points.parquet"

# Every file that a run writes.
RUN_FILES = (MANIFEST, RECORDS, REPORT, SUMMARY)
# The remedy for a folder that holds another study.
ANOTHER = "choose another folder with --out, or replace this one with --force"


class FolderState(Enum):
    """The contents of a folder."""

    NOTHING = "nothing"
    RUN = "the results of a run"
    RUN_AND_MORE = "the results of a run and files that it did not write"
    INTERRUPTED_RUN = "the results of an interrupted run"
    HALF_RUN = "the results of an unfinished run"
    SWEEP = "a sweep"
    EVALUATIONS = "the evaluations of a study"
    HALF_SWEEP = f"the parts of a sweep without their {MANIFEST}"
    BOTH = f"the parts of a sweep with the {MANIFEST} of a run"
    NO_FOLDER = f"a link, or something else that is no folder, in place of {PARTS}"
    DAMAGED = f"a damaged {MANIFEST}"
    UNREADABLE = f"a {MANIFEST} that is neither a run's nor a sweep's"
    OTHER = "other files"


WITH_RESULTS = (
    FolderState.RUN,
    FolderState.RUN_AND_MORE,
    FolderState.INTERRUPTED_RUN,
    FolderState.BOTH,
    FolderState.SWEEP,
    FolderState.EVALUATIONS,
)


def folder_state(folder: Path) -> FolderState:
    """The contents of ``folder``. Hidden files are ignored, except the records of an unfinished
    run."""
    if os.path.lexists(folder / PARTS) and not is_plain_folder(folder / PARTS):
        return FolderState.NO_FOLDER
    parts = any((folder / PARTS).glob("part-*.parquet")) or os.path.lexists(folder / POINTS)
    if os.path.lexists(folder / MANIFEST):
        return _state_by_manifest(folder, parts)
    if parts:
        return FolderState.HALF_SWEEP
    if _is_half_run(folder):
        return FolderState.HALF_RUN
    is_empty = not folder.is_dir() or all(file.name.startswith(".") for file in folder.iterdir())
    return FolderState.NOTHING if is_empty else FolderState.OTHER


def _state_by_manifest(folder: Path, parts: bool) -> FolderState:
    try:
        document = parse_manifest(folder)
    except DamagedResults:
        return FolderState.DAMAGED
    if not isinstance(document, dict):
        return FolderState.UNREADABLE
    if document.get("kind") == SWEEP:
        return FolderState.SWEEP
    if document.get("kind") == EVALUATIONS:
        return FolderState.EVALUATIONS
    # The first format has a list of files.
    files = document.get("files")
    if not {"engine", "resolved"} <= document.keys() or not isinstance(files, dict | list):
        return FolderState.UNREADABLE
    if parts:
        return FolderState.BOTH
    found = {name for name in RUN_FILES if os.path.lexists(folder / name)}
    if any(name not in files for name in found - {MANIFEST}):
        return FolderState.RUN_AND_MORE
    return FolderState.RUN if document.get("complete", True) else FolderState.INTERRUPTED_RUN


def _is_half_run(folder: Path) -> bool:
    """Whether there are records of a run without a manifest; other files are not identified."""
    if os.path.lexists(folder / RECORDS):
        return are_records(folder / RECORDS)
    others = any(os.path.lexists(folder / name) for name in RUN_FILES)
    return os.path.lexists(temporary_name(folder / RECORDS)) and not others


@contextmanager
def lock_folder(
    folder: Path, allowed: Collection[FolderState], forced: Collection[FolderState] = ()
) -> Iterator[FolderState]:
    """Make ``folder``, if it does not exist, and lock it; yields its state.

    Raises :class:`sim.experiments.storage.lock.FolderLocked` if another process uses it, and as
    :func:`require_state`.
    """
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
    with folder_lock(folder):
        yield require_state(folder, allowed, forced)


def require_state(
    folder: Path, allowed: Collection[FolderState], forced: Collection[FolderState] = ()
) -> FolderState:
    """The state of ``folder``.

    Raises :class:`sim.experiments.storage.files.FolderOccupied` for a state that is not
    ``allowed``; the remedy is --force for the ``forced`` ones.
    """
    state = folder_state(folder)
    if state in allowed:
        return state
    remedy = "choose another folder with --out"
    if state in forced:
        remedy += ", or replace the results in it with --force"
    elif state is not FolderState.OTHER:
        remedy += ", or remove this one yourself: --force does not replace it"
    raise FolderOccupied(f"{folder} holds {state.value}", remedy)


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of ``folder``, after a check of its checksum and entries.

    Raises :class:`sim.errors.UsageError` if there is none, or one of another format, and
    :class:`sim.experiments.storage.files.DamagedResults` for a damaged one.
    """
    _require_results(folder, WITH_RESULTS, "results", "run or sweep")
    document: dict[str, Any] = parse_manifest(folder)
    check_manifest(folder, document)
    return document


def require_sweep(folder: Path) -> None:
    """Raise an error, as :func:`read_manifest` does, if ``folder`` does not hold a sweep."""
    _require_results(folder, (FolderState.SWEEP,), "sweep", "sweep")


def _require_results(folder: Path, allowed: Collection[FolderState], what: str, maker: str) -> None:
    state = folder_state(folder)
    if state is FolderState.DAMAGED:
        parse_manifest(folder)  # its error has the reason
    if state not in allowed:
        remedy = f"name a folder that {maker} has made"
        raise UsageError(f"no {what}: {folder} holds {state.value}", remedy)


def remove_parts(folder: Path, pattern: str, *others: str) -> None:
    """Remove the files ``others``, then the parts that match ``pattern``, and the manifest last, so
    that an incomplete removal is still recognised."""
    remove_unfinished(folder, pattern, *others)
    with writing(folder):
        for file in (*(folder / name for name in others), *(folder / PARTS).glob(pattern)):
            file.unlink(missing_ok=True)
        with suppress(OSError):
            (folder / PARTS).rmdir()
        (folder / MANIFEST).unlink()


def remove_unfinished(folder: Path, pattern: str, *others: str) -> None:
    """Remove the unfinished parts, ``others`` and manifest of a killed process."""
    parts = (folder / PARTS).glob(temporary_name(folder / pattern).name)
    with writing(folder):
        for file in (*parts, *(temporary_name(folder / name) for name in (MANIFEST, *others))):
            file.unlink(missing_ok=True)
