"""What a folder holds, so that nothing is ever written over results of another kind."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from enum import Enum
from pathlib import Path
from typing import Any

from sim.errors import UsageError
from sim.experiments.files import Taken, part_of, storing
from sim.experiments.lock import locked

MANIFEST = "manifest.json"
RECORDS = "runs.parquet"
REPORT = "report.html"
SUMMARY = "summary.json"
PARTS = "parts"
POINTS = "points.parquet"
KIND = "sweep"

# All that a run writes.
KNOWN = (MANIFEST, RECORDS, REPORT, SUMMARY)


class Held(Enum):
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


def held(folder: Path) -> Held:
    """What ``folder`` holds; hidden files count for nothing, but for the records of a run that is
    being played into it."""
    parts = any((folder / PARTS).glob("part-*.parquet")) or (folder / POINTS).exists()
    if (folder / MANIFEST).exists():
        return _told_by_manifest(folder, parts)
    if parts:
        return Held.HALF_SWEEP
    if _is_half_run(folder):
        return Held.HALF_RUN
    is_empty = not folder.is_dir() or all(file.name.startswith(".") for file in folder.iterdir())
    return Held.NOTHING if is_empty else Held.OTHER


def _told_by_manifest(folder: Path, parts: bool) -> Held:
    document = _manifest(folder)
    if document.get("kind") == KIND:
        return Held.SWEEP
    if not {"engine", "resolved"} <= document.keys():
        return Held.UNREADABLE
    if parts:
        return Held.BOTH
    there = {name for name in KNOWN if (folder / name).exists()}
    return Held.RUN if there <= {MANIFEST, *document.get("files", ())} else Held.RUN_AND_MORE


def _is_half_run(folder: Path) -> bool:
    """Whether there are records of a run without a manifest: no other file is one by its name."""
    from sim.experiments.records_file import are_records

    if (folder / RECORDS).exists():
        return are_records(folder / RECORDS)
    others = any((folder / name).exists() for name in KNOWN)
    return part_of(folder / RECORDS).exists() and not others


@contextmanager
def claimed(
    folder: Path, allowed: Collection[Held], forced: Collection[Held] = ()
) -> Iterator[Held]:
    """Make ``folder``, if need be, and hold it alone; yields what it holds.

    Raises :class:`sim.experiments.lock.InUse` where another process is at work in it, and as
    :func:`refuse_others` does.
    """
    with storing(folder):
        folder.mkdir(parents=True, exist_ok=True)
    with locked(folder):
        yield refuse_others(folder, allowed, forced)


def refuse_others(folder: Path, allowed: Collection[Held], forced: Collection[Held] = ()) -> Held:
    """What ``folder`` holds; raises :class:`sim.experiments.files.Taken` for anything that is not
    ``allowed``.

    What ``forced`` lists could be replaced with --force, and this is said.
    """
    there = held(folder)
    if there in allowed:
        return there
    remedy = "choose another folder with --out"
    if there in forced:
        remedy += ", or replace the results in it with --force"
    elif there is not Held.OTHER:
        remedy += ", or remove this one yourself: --force does not replace it"
    raise Taken(f"{folder} holds {there.value}", remedy)


def read_manifest(folder: Path) -> dict[str, Any]:
    """What a folder says of itself; raises :class:`sim.errors.UsageError` where it says nothing."""
    document = _manifest(folder)
    if not document:
        what = held(folder).value if folder.is_dir() else "nothing: there is no such folder"
        remedy = "name a folder that run or sweep has made"
        raise UsageError(f"{folder} holds no results but {what}", remedy)
    return document


def refuse_no_sweep(folder: Path) -> None:
    """Raise :class:`sim.errors.UsageError` where ``folder`` holds no sweep, with what it holds."""
    if (there := held(folder)) is not Held.SWEEP:
        remedy = "name a folder that sweep has made"
        raise UsageError(f"{folder} holds no sweep but {there.value}", remedy)


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        document = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return document if isinstance(document, dict) else {}
