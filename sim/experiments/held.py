"""What a folder holds, so that nothing is ever written over results of another kind."""

from __future__ import annotations

import json
from collections.abc import Collection
from enum import Enum
from pathlib import Path
from typing import Any

from sim.errors import UsageError
from sim.experiments.files import Taken, part_of

MANIFEST = "manifest.json"
RECORDS = "runs.parquet"
REPORT = "report.html"
SUMMARY = "summary.json"
PARTS = "parts"
POINTS = "points.parquet"
KIND = "sweep"


class Held(Enum):
    """What is in a folder, in words."""

    NOTHING = "nothing"
    RUN = "the results of a run"
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
        document = _manifest(folder)
        if document.get("kind") == KIND:
            return Held.SWEEP
        if "engine" not in document:
            return Held.UNREADABLE
        return Held.BOTH if parts else Held.RUN
    if parts:
        return Held.HALF_SWEEP
    records = folder / RECORDS
    if any(file.exists() for file in (records, part_of(records), folder / SUMMARY)):
        return Held.HALF_RUN
    is_empty = not folder.is_dir() or all(file.name.startswith(".") for file in folder.iterdir())
    return Held.NOTHING if is_empty else Held.OTHER


def refuse_others(folder: Path, allowed: Collection[Held], forced: Collection[Held] = ()) -> None:
    """Raise :class:`sim.experiments.files.Taken` where ``folder`` holds anything not ``allowed``.

    What ``forced`` lists could be replaced with --force, and this is said.
    """
    there = held(folder)
    if there in allowed:
        return
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
