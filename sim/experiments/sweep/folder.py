"""A sweep's folder: a Parquet file a part, and how they were made.

``manifest.json`` says which scenario (whole), which points, whose luck, how it is cut into parts;
``parts/`` has a row a run; ``points.parquet``, written last, a row a point. A part that is there is
whole: it is written under another name, forced to disk and then renamed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sim.errors import SCHEMA_VERSION, ThinlineError
from sim.experiments.storage.files import FolderOccupied, temporary_name, write_durably, writing
from sim.experiments.storage.manifest import (
    KIND,
    MANIFEST,
    PARTS,
    POINTS,
    FolderState,
    lock_folder,
    read_manifest,
)
from sim.experiments.storage.run_folder import versions
from sim.experiments.sweep.parts import Tally, as_bytes, points_table
from sim.experiments.sweep.plan import Plan, plan_of
from sim.experiments.sweep.provenance import describe_differences, goes_on, provenance_differences

ANOTHER = "choose another folder with --out, or replace what is there with --force"
FEWER = f"more --replications go on with it, fewer do not: {ANOTHER}"


class SweepStore:
    """The folder of one plan."""

    def __init__(self, folder: Path, plan: Plan) -> None:
        self.folder = folder
        self.plan = plan

    def part(self, number: int) -> Path:
        """The file of a part."""
        return self.folder / PARTS / f"part-{number:05}.parquet"

    def has(self, number: int) -> bool:
        """Whether a part is finished."""
        return self.part(number).exists()

    def keep(self, number: int, data: bytes) -> None:
        """Write a part; raises ``CannotStore`` where the disk will not have it."""
        self._write(self.part(number), data)

    def claim(self) -> None:
        """Write the manifest of a sweep that is under way."""
        self._write_manifest(done=False)

    def begin(self) -> None:
        """Write the manifest, unless it is there, and clear what a killed process left half-way."""
        if not (self.folder / MANIFEST).exists():
            self.claim()
        with writing(self.folder):
            (self.folder / PARTS).mkdir(exist_ok=True)
        _clear_halves(self.folder)

    def finish(self, tally: Tally) -> None:
        """Write what the points came to; the last thing to be done."""
        self._write(self.folder / POINTS, as_bytes(points_table(self.plan, tally)))
        self._write_manifest(
            done=True, runs=int(tally.runs.sum()), points_failed=int((tally.failed > 0).sum())
        )

    def _write_manifest(self, **state: Any) -> None:
        document = {
            "schema_version": SCHEMA_VERSION,
            "kind": KIND,
            "scenario": self.plan.scenario.name,
            "digest": self.plan.digest,
            "design_digest": self.plan.design_digest,
            "rules": self.plan.rules,
            **state,
            "versions": versions(),
            **self.plan.written(),
        }
        self._write(self.folder / MANIFEST, _text(document))

    def _write(self, path: Path, data: bytes) -> None:
        with writing(path):
            write_durably(path, data)


def _text(document: dict[str, Any]) -> bytes:
    return json.dumps(document, ensure_ascii=False, allow_nan=False).encode()


@contextmanager
def opened(folder: Path, plan: Plan, force: bool = False) -> Iterator[SweepStore]:
    """The folder of ``plan``, held alone: a new one, or the same sweep's to go on with, be it with
    more runs at each point.

    With ``force`` another sweep that is there is removed. Raises :class:`Taken` for a folder
    that holds anything else, :class:`sim.experiments.storage.files.FolderLocked` for one in use.
    """
    with lock_folder(folder, (FolderState.NOTHING, FolderState.SWEEP)) as there:
        if there is FolderState.SWEEP:
            if force:
                _clear(folder)
            else:
                _take_up(folder, plan)
        store = SweepStore(folder, plan)
        store.begin()
        yield store


def _clear(folder: Path) -> None:
    """Remove a sweep, the manifest last, so that what is left of it is never taken for another."""
    _clear_halves(folder)
    with writing(folder):
        (folder / POINTS).unlink(missing_ok=True)
        for part in (folder / PARTS).glob("part-*.parquet"):
            part.unlink()
        with suppress(OSError):
            (folder / PARTS).rmdir()
        (folder / MANIFEST).unlink()


def _clear_halves(folder: Path) -> None:
    """Remove the files that a killed process left half-written."""
    parts = (folder / PARTS).glob(temporary_name(folder / "part-*.parquet").name)
    with writing(folder):
        for half in (temporary_name(folder / MANIFEST), temporary_name(folder / POINTS), *parts):
            half.unlink(missing_ok=True)


def _take_up(folder: Path, plan: Plan) -> None:
    """Make the sweep that is there ready to go on as ``plan``; refuse it if it is another."""
    document = read_manifest(folder)
    if document.get("digest") == plan.digest:
        return
    before = plan_there(document)
    if before is None or before.digest != document.get("digest"):
        raise FolderOccupied(
            f"{folder} holds a sweep by other rules ({_made_by(document)})", ANOTHER
        )
    if not goes_on(before, plan):
        found = provenance_differences(before, plan)
        fewer = [each.path for each in found] == ["replications"]
        told = describe_differences(found, "there", "asked for")
        raise FolderOccupied(f"{folder} holds another sweep: {told}", FEWER if fewer else ANOTHER)
    _lengthen(folder, document, before, plan)


def plan_there(document: dict[str, Any]) -> Plan | None:
    """The plan in a manifest; ``None`` for one that means nothing to this version."""
    try:
        return plan_of(document)
    except (ThinlineError, LookupError):
        return None


def _made_by(document: dict[str, Any]) -> str:
    made = document.get("versions", {})
    other = {name: made.get(name) for name, now in versions().items() if made.get(name) != now}
    told = ", ".join(f"{name} {version}" for name, version in other.items())
    return f"made with {told}" if told else "the model has changed since"


def _lengthen(folder: Path, document: dict[str, Any], before: Plan, plan: Plan) -> None:
    """Let the sweep ``before`` be the beginning of ``plan``, which has more runs at each point.

    Whenever this is stopped, there is a whole sweep: the one before, or the one to come.
    """
    with writing(folder):
        write_durably(folder / MANIFEST, _text({**document, "done": False}))
        (folder / POINTS).unlink(missing_ok=True)
        # The last pass was cut short, if it was not a whole one: it is played anew.
        for number in range(*before.short_parts):
            SweepStore(folder, plan).part(number).unlink(missing_ok=True)
    SweepStore(folder, plan).claim()
