"""What a run leaves behind: a folder with its records, a summary and how it was made.

``manifest.json`` says which scenario (whole), which versions, which luck, how many runs were asked
for and done; ``runs.parquet`` has a row a run; ``summary.json`` is what ``run --json`` prints.
A file that is there is whole, the manifest comes last, and a run that is stopped keeps what was
finished.
"""

from __future__ import annotations

import platform
import time
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sim import __version__
from sim.errors import SCHEMA_VERSION
from sim.experiments.storage.files import (
    CannotStore,
    replacing,
    temporary_name,
    write_json,
    writing,
)
from sim.experiments.storage.manifest import (
    MANIFEST,
    RECORDS,
    REPORT,
    RUN_FILES,
    SUMMARY,
    FolderState,
    lock_folder,
)
from sim.experiments.storage.parquet import RecordsFile
from sim.results import Results
from sim.scenario.scenario import Scenario

VERSIONED = ("mesa", "numba", "numpy")

# What --force replaces: what runs have written, and nothing else.
REPLACED = (FolderState.RUN, FolderState.HALF_RUN)


@dataclass(frozen=True, slots=True)
class RunRequest:
    """What was asked of a run; ``runs`` is the cap where a stopping rule is used."""

    scenario: Scenario
    runs: int
    seed: int
    engine: str


class RunFolder:
    """A run's folder, held alone while the run goes on: a new or empty one or, with ``force``, one
    whose run is replaced.

    ``done`` is how many runs are in its file. Left by an exception, it keeps those that were
    finished, if it can; with none, it goes. Raises :class:`CannotStore` where it cannot be written,
    :class:`sim.experiments.storage.files.FolderOccupied` for a folder that holds anything else, and
    :class:`sim.experiments.storage.files.FolderLocked` for one in which another process is at work.
    """

    def __init__(self, folder: Path, asked: RunRequest, force: bool = False) -> None:
        self.folder = folder
        self.asked = asked
        self.force = force
        self.done = 0
        self._records = RecordsFile(folder / RECORDS)
        self._started = datetime.now(UTC)
        self._clocks = time.perf_counter(), time.process_time()
        self._claim = ExitStack()

    def __enter__(self) -> Self:
        allowed = (FolderState.NOTHING, *(REPLACED if self.force else ()))
        with ExitStack() as claim:
            if claim.enter_context(lock_folder(self.folder, allowed, REPLACED)) in REPLACED:
                self._clear()
            self._claim = claim.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._claim:
            if error is not None:
                self._save_what_is_there()
        if error is not None and not self.done:
            # An empty folder only misleads; one with something else in it stays.
            with suppress(OSError):
                self.folder.rmdir()

    def _clear(self) -> None:
        """Remove a run, the manifest last, so that what is left of it is still known for one."""
        records = self.folder / RECORDS
        with writing(self.folder):
            for path in (
                self.folder / SUMMARY,
                self.folder / REPORT,
                temporary_name(records),
                records,
            ):
                path.unlink(missing_ok=True)
            (self.folder / MANIFEST).unlink(missing_ok=True)

    def add(self, records: Any) -> None:
        """Keep a block of records, in run order."""
        with writing(self.folder / RECORDS):
            self._records.add(records)

    def write(self, name: str, writer: Callable[[Path], object]) -> Path:
        """Have ``writer`` write the file ``name``, whole or not at all; its path."""
        path = self.folder / name
        with writing(path), replacing(path) as part:
            writer(part)
        return path

    def finish(self, results: Results) -> None:
        """Write what the whole run came to; the last thing to be called."""
        self._close_records()
        self.write(SUMMARY, lambda path: write_json(path, results.summary()))
        self._write_manifest(results.runs, complete=True)

    def _save_what_is_there(self) -> None:
        try:
            self._close_records()
            if self.done:
                self._write_manifest(self.done, complete=False)
        except CannotStore:
            self.done = 0
        if not self.done:
            with suppress(OSError):
                self._records.discard()

    def _close_records(self) -> None:
        with writing(self.folder / RECORDS):
            self.done = self._records.close()

    def _write_manifest(self, done: int, complete: bool) -> None:
        wall, cpu = self._clocks
        document = {
            "schema_version": SCHEMA_VERSION,
            "scenario": self.asked.scenario.name,
            "digest": self.asked.scenario.digest,
            "engine": self.asked.engine,
            "seed": self.asked.seed,
            "runs": {"asked": self.asked.runs, "done": done},
            "complete": complete,
            "started": self._started.isoformat(timespec="seconds"),
            "wall_seconds": round(time.perf_counter() - wall, 3),
            "cpu_seconds": round(time.process_time() - cpu, 3),
            "versions": versions(),
            "files": [name for name in RUN_FILES if (self.folder / name).exists()],
            "resolved": self.asked.scenario.to_dict(),
        }
        self.write(MANIFEST, lambda path: write_json(path, document))


def versions() -> dict[str, str]:
    """The versions that the numbers depend on."""
    own = {"thinline": __version__, "python": platform.python_version()}
    return own | {name: version(name) for name in VERSIONED}


def new_folder(scenario: Scenario, root: Path = Path("results")) -> Path:
    """Make ``root/<scenario>/<id>``, whose id sorts by time and begins to tell the scenario."""
    stamp = f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{scenario.digest[:6]}"
    folder, turn = root / scenario.name / stamp, 1
    with writing(folder):
        while True:
            try:
                folder.mkdir(parents=True)
            except FileExistsError:
                turn += 1
                folder = folder.with_name(f"{stamp}-{turn}")
            else:
                return folder
