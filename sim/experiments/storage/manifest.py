"""What a folder holds, so that nothing is ever written over results of another kind."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from enum import Enum
from pathlib import Path
from typing import Any

from sim.errors import UsageError
from sim.experiments.storage.files import FolderOccupied, folder_lock, temporary_name, writing

MANIFEST = "manifest.json"
RECORDS = "runs.parquet"
REPORT = "report.html"
SUMMARY = "summary.json"
PARTS = "parts"
POINTS = "points.parquet"
KIND = "sweep"

# All that a run writes.
RUN_FILES = (MANIFEST, RECORDS, REPORT, SUMMARY)


class FolderState(Enum):
    """What is in a folder, in words."""

    NOTHING = "nothing"
    RUN = "the results of a run"
    RUN_AND_MORE = "the results of a run beside files that it did not write"
    HALF_RUN = "part of the results of a run: one under way, or one that was killed"
    SWEEP = "a sweep"
    HALF_SWEEP = f"the parts of a sweep without their {MANIFEST}"
    BOTH = f"the parts of a sweep under the {MANIFEST} of a run"
    UNREADABLE = f"a {MANIFEST} that is neither a run's nor a sweep's"
    OTHER = "other files"


def folder_state(folder: Path) -> FolderState:
    """What ``folder`` holds; hidden files count for nothing, but for the records of a run that is
    being played into it."""
    parts = any((folder / PARTS).glob("part-*.parquet")) or (folder / POINTS).exists()
    if (folder / MANIFEST).exists():
        return _told_by_manifest(folder, parts)
    if parts:
        return FolderState.HALF_SWEEP
    if _is_half_run(folder):
        return FolderState.HALF_RUN
    is_empty = not folder.is_dir() or all(file.name.startswith(".") for file in folder.iterdir())
    return FolderState.NOTHING if is_empty else FolderState.OTHER


def _told_by_manifest(folder: Path, parts: bool) -> FolderState:
    document = _manifest(folder)
    if document.get("kind") == KIND:
        return FolderState.SWEEP
    if not {"engine", "resolved"} <= document.keys():
        return FolderState.UNREADABLE
    if parts:
        return FolderState.BOTH
    there = {name for name in RUN_FILES if (folder / name).exists()}
    return (
        FolderState.RUN
        if there <= {MANIFEST, *document.get("files", ())}
        else FolderState.RUN_AND_MORE
    )


def _is_half_run(folder: Path) -> bool:
    """Whether there are records of a run without a manifest: no other file is one by its name."""
    from sim.experiments.storage.parquet import are_records

    if (folder / RECORDS).exists():
        return are_records(folder / RECORDS)
    others = any((folder / name).exists() for name in RUN_FILES)
    return temporary_name(folder / RECORDS).exists() and not others


@contextmanager
def lock_folder(
    folder: Path, allowed: Collection[FolderState], forced: Collection[FolderState] = ()
) -> Iterator[FolderState]:
    """Make ``folder``, if need be, and hold it alone; yields what it holds.

    Raises :class:`sim.experiments.storage.files.FolderLocked` where another process is at work in it, and as
    :func:`refuse_others` does.
    """
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
    with folder_lock(folder):
        yield require_state(folder, allowed, forced)


def require_state(
    folder: Path, allowed: Collection[FolderState], forced: Collection[FolderState] = ()
) -> FolderState:
    """What ``folder`` holds; raises :class:`sim.experiments.storage.files.FolderOccupied` for anything that is not
    ``allowed``.

    What ``forced`` lists could be replaced with --force, and this is said.
    """
    there = folder_state(folder)
    if there in allowed:
        return there
    remedy = "choose another folder with --out"
    if there in forced:
        remedy += ", or replace the results in it with --force"
    elif there is not FolderState.OTHER:
        remedy += ", or remove this one yourself: --force does not replace it"
    raise FolderOccupied(f"{folder} holds {there.value}", remedy)


def read_manifest(folder: Path) -> dict[str, Any]:
    """What a folder says of itself; raises :class:`sim.errors.UsageError` where it says nothing."""
    document = _manifest(folder)
    if not document:
        what = folder_state(folder).value if folder.is_dir() else "nothing: there is no such folder"
        remedy = "name a folder that run or sweep has made"
        raise UsageError(f"{folder} holds no results but {what}", remedy)
    return document


def require_sweep(folder: Path) -> None:
    """Raise :class:`sim.errors.UsageError` where ``folder`` holds no sweep, with what it holds."""
    if (there := folder_state(folder)) is not FolderState.SWEEP:
        remedy = "name a folder that sweep has made"
        raise UsageError(f"{folder} holds no sweep but {there.value}", remedy)


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        document = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return document if isinstance(document, dict) else {}
