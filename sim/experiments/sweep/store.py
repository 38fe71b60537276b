"""A sweep's folder: a Parquet file a part, and how they were made.

``manifest.json`` says which scenario (whole), which points, whose luck, how it is cut into parts;
``parts/`` has a row a run; ``points.parquet``, written last, a row a point. A part that is there is
whole: it is written under another name, forced to disk and then renamed.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sim.errors import SCHEMA_VERSION, UsageError
from sim.experiments.files import Taken, storing, write_lasting
from sim.experiments.store import MANIFEST, versions
from sim.experiments.sweep.lock import LOCK, locked
from sim.experiments.sweep.plan import Plan
from sim.experiments.sweep.table import as_bytes
from sim.experiments.sweep.tally import Tally, points_table

PARTS = "parts"
POINTS = "points.parquet"
KIND = "sweep"


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

    def begin(self) -> None:
        """Write the manifest, unless it is there, and clear what a killed process left half-way."""
        if not (self.folder / MANIFEST).exists():
            self._write_manifest(done=False)
        with storing(self.folder):
            (self.folder / PARTS).mkdir(exist_ok=True)
            for half in [*self.folder.glob(".*.part"), *(self.folder / PARTS).glob(".*.part")]:
                half.unlink()

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
            **state,
            "versions": versions(),
            **self.plan.written(),
        }
        text = json.dumps(document, ensure_ascii=False, allow_nan=False)
        self._write(self.folder / MANIFEST, text.encode())

    def _write(self, path: Path, data: bytes) -> None:
        with storing(path):
            write_lasting(path, data)


@contextmanager
def opened(folder: Path, plan: Plan, force: bool = False) -> Iterator[SweepStore]:
    """The folder of ``plan``, held alone: a new one, or the same sweep's to go on with.

    With ``force`` another sweep that is there is removed. Raises :class:`Taken` for a folder
    that holds anything else, :class:`sim.experiments.sweep.lock.InUse` for one in use.
    """
    with storing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        strange = [f for f in folder.iterdir() if f.name != LOCK and not f.name.startswith(".")]
    if strange and not (folder / MANIFEST).exists():
        raise Taken(f"{folder} is not empty", "choose another folder with --out")
    with locked(folder):
        if force:
            _clear(folder)
        _refuse_another(folder, plan)
        store = SweepStore(folder, plan)
        store.begin()
        yield store


def read_manifest(folder: Path) -> dict[str, Any]:
    """What a folder says of itself; raises :class:`sim.errors.UsageError` where it says nothing."""
    try:
        document = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        document = None
    if not isinstance(document, dict):
        raise UsageError(f"{folder} holds no results", "name a folder that run or sweep has made")
    return document


def holds_sweep(folder: str | Path) -> bool:
    """Whether a folder is one that a sweep has made."""
    try:
        return read_manifest(Path(folder)).get("kind") == KIND
    except UsageError:
        return False


def _clear(folder: Path) -> None:
    """Remove a sweep, the manifest last, so that what is left of it is never taken for another."""
    if not (folder / MANIFEST).exists():
        return
    if read_manifest(folder).get("kind") != KIND:
        raise Taken(f"{folder} holds something else", "choose another folder with --out")
    with storing(folder):
        (folder / POINTS).unlink(missing_ok=True)
        if (folder / PARTS).exists():
            shutil.rmtree(folder / PARTS)
        (folder / MANIFEST).unlink()


def _refuse_another(folder: Path, plan: Plan) -> None:
    if (folder / MANIFEST).exists() and read_manifest(folder).get("digest") != plan.digest:
        raise Taken(
            f"{folder} holds another sweep, or one by other rules",
            "choose another folder with --out, or replace what is there with --force",
        )
