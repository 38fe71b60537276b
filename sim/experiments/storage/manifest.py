"""The manifest and the state of a folder of results, so that no other results are overwritten."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from enum import Enum
from pathlib import Path
from typing import Any

from sim.errors import UsageError
from sim.experiments.storage.files import FolderOccupied, temporary_name, writing
from sim.experiments.storage.lock import folder_lock
from sim.experiments.storage.parquet import are_records

MANIFEST = "manifest.json"
RECORDS = "runs.parquet"
REPORT = "report.html"
SUMMARY = "summary.json"
PARTS = "parts"
POINTS = "points.parquet"
KIND = "sweep"
EVALUATIONS = "evaluations"

# Every file that a run writes.
RUN_FILES = (MANIFEST, RECORDS, REPORT, SUMMARY)


class FolderState(Enum):
    """The contents of a folder."""

    NOTHING = "nothing"
    RUN = "the results of a run"
    RUN_AND_MORE = "the results of a run and files that it did not write"
    HALF_RUN = "the results of an unfinished run"
    SWEEP = "a sweep"
    EVALUATIONS = "the evaluations of a study"
    HALF_SWEEP = f"the parts of a sweep without their {MANIFEST}"
    BOTH = f"the parts of a sweep with the {MANIFEST} of a run"
    UNREADABLE = f"a {MANIFEST} that is neither a run's nor a sweep's"
    OTHER = "other files"


def folder_state(folder: Path) -> FolderState:
    """The contents of ``folder``; of hidden files only the records of an unfinished run count."""
    parts = any((folder / PARTS).glob("part-*.parquet")) or (folder / POINTS).exists()
    if (folder / MANIFEST).exists():
        return _state_by_manifest(folder, parts)
    if parts:
        return FolderState.HALF_SWEEP
    if _is_half_run(folder):
        return FolderState.HALF_RUN
    is_empty = not folder.is_dir() or all(file.name.startswith(".") for file in folder.iterdir())
    return FolderState.NOTHING if is_empty else FolderState.OTHER


def _state_by_manifest(folder: Path, parts: bool) -> FolderState:
    document = _manifest(folder)
    if document.get("kind") == KIND:
        return FolderState.SWEEP
    if document.get("kind") == EVALUATIONS:
        return FolderState.EVALUATIONS
    if not {"engine", "resolved"} <= document.keys():
        return FolderState.UNREADABLE
    if parts:
        return FolderState.BOTH
    found = {name for name in RUN_FILES if (folder / name).exists()}
    is_run = found <= {MANIFEST, *document.get("files", ())}
    return FolderState.RUN if is_run else FolderState.RUN_AND_MORE


def _is_half_run(folder: Path) -> bool:
    """Whether there are records of a run without a manifest; other files are not identified."""
    if (folder / RECORDS).exists():
        return are_records(folder / RECORDS)
    others = any((folder / name).exists() for name in RUN_FILES)
    return temporary_name(folder / RECORDS).exists() and not others


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
    """The manifest of ``folder``; raises :class:`sim.errors.UsageError` if there is none."""
    document = _manifest(folder)
    if not document:
        found = f"holds {folder_state(folder).value}" if folder.is_dir() else "does not exist"
        remedy = "name a folder that run or sweep has made"
        raise UsageError(f"no results: {folder} {found}", remedy)
    return document


def remove_parts(folder: Path, pattern: str, *others: str) -> None:
    """Remove the files ``others``, the parts whose names match, and the manifest last, so that an
    incomplete removal is still recognised."""
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


def require_sweep(folder: Path) -> None:
    """Raise :class:`sim.errors.UsageError` if ``folder`` does not hold a sweep."""
    if (state := folder_state(folder)) is not FolderState.SWEEP:
        remedy = "name a folder that sweep has made"
        raise UsageError(f"no sweep: {folder} holds {state.value}", remedy)


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        document = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return document if isinstance(document, dict) else {}
