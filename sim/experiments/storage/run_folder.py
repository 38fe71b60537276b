"""The folder of a run: its records, summary and provenance.

``manifest.json`` has the resolved scenario, the versions, the seed, and the numbers of requested
and finished runs; ``runs.parquet`` has a row a run; ``summary.json`` is the output of
``run --json``. Files are complete, the manifest is written last, and an interrupted run keeps its
finished runs. The manifest has the checksum of every other file and its own.
"""

from __future__ import annotations

import platform
import time
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sim.errors import ThinlineError
from sim.experiments.storage.files import (
    CannotStore,
    FolderOccupied,
    json_bytes,
    temporary_name,
    write_durably,
    writing,
)
from sim.experiments.storage.folder_state import (
    RECORDS,
    REPORT,
    RUN_FILES,
    SUMMARY,
    FolderState,
    lock_folder,
    read_manifest,
)
from sim.experiments.storage.manifest import MANIFEST, RUN, file_digests, write_manifest
from sim.experiments.storage.parquet import RecordsFile
from sim.results import Results
from sim.scenario.scenario import Scenario

VERSIONED = ("mesa", "numba", "numpy")

# The states that --force replaces.
REPLACED = (FolderState.RUN, FolderState.INTERRUPTED_RUN, FolderState.HALF_RUN)


@dataclass(frozen=True, slots=True)
class RunRequest:
    """The request for a run; ``runs`` is the maximum if there is a stopping rule."""

    scenario: Scenario
    runs: int
    seed: int
    engine: str


class RunFolder:
    """The folder of a run, locked during the run: empty or, with ``force``, an earlier run's.

    The same run may be repeated without ``force`` if it was interrupted. ``done`` is the number of
    runs in its file. If the block raises, finished runs are kept and an empty folder is removed.
    Raises :class:`CannotStore` if it cannot be written,
    :class:`sim.experiments.storage.files.FolderOccupied` for a folder that holds anything else, and
    :class:`sim.experiments.storage.lock.FolderLocked` for one that another process uses.
    """

    def __init__(self, folder: Path, request: RunRequest, force: bool = False) -> None:
        self.folder = folder
        self.request = request
        self.force = force
        self.done = 0
        self._records = RecordsFile(folder / RECORDS)
        self._started = datetime.now(UTC)
        self._clocks = time.perf_counter(), time.process_time()
        self._lock = ExitStack()

    def __enter__(self) -> Self:
        interrupted = FolderState.INTERRUPTED_RUN
        allowed = REPLACED if self.force else (interrupted,)
        with ExitStack() as lock:
            state = lock.enter_context(
                lock_folder(self.folder, (FolderState.NOTHING, *allowed), REPLACED)
            )
            if state is interrupted and not self.force:
                self._require_same()
            if state in REPLACED:
                self._clear()
            self._lock = lock.pop_all()
        return self

    def _require_same(self) -> None:
        """Raise ``FolderOccupied`` unless the interrupted run in the folder is the one requested.

        It is made again from its first run on, with the same numbers.
        """
        request, found = self.request, None
        with suppress(ThinlineError):
            document = read_manifest(self.folder)
            found = document["digest"], document["seed"], document["runs"].get("asked")
        if found != (request.scenario.digest, request.seed, request.runs):
            raise FolderOccupied(
                f"{self.folder} holds the results of another run, which was interrupted",
                "choose another folder with --out, or replace the results in it with --force",
            )

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._lock:
            if error is not None:
                self._save_finished()
        if error is not None and not self.done:
            # Fails, as it should, for a folder with other files in it.
            with suppress(OSError):
                self.folder.rmdir()

    def _clear(self) -> None:
        """Remove a run, the manifest last, so that an incomplete removal is still recognised."""
        records = self.folder / RECORDS
        with writing(self.folder):
            others = (self.folder / name for name in (SUMMARY, REPORT))
            for path in (*others, temporary_name(records), records, self.folder / MANIFEST):
                path.unlink(missing_ok=True)

    def add(self, records: Any) -> None:
        """Append a block of records, in run order."""
        with writing(self.folder / RECORDS):
            self._records.add(records)

    def finish(self, results: Results) -> None:
        """Write the summary and the final manifest."""
        self._close_records()
        summary = json_bytes(results.to_dict(), indent=2)
        write_durably(self.folder / SUMMARY, summary)
        self._write_manifest(results.runs, complete=True)

    def _save_finished(self) -> None:
        try:
            self._close_records()
            if self.done:
                self._write_manifest(self.done, complete=False)
        except CannotStore:
            self.done = 0
        if not self.done:
            self._records.discard()
            with suppress(OSError):
                for name in RUN_FILES:
                    (self.folder / name).unlink(missing_ok=True)

    def _close_records(self) -> None:
        with writing(self.folder / RECORDS):
            self.done = self._records.close()

    def _write_manifest(self, done: int, complete: bool) -> None:
        wall, cpu = self._clocks
        entries = {
            "scenario": self.request.scenario.name,
            "digest": self.request.scenario.digest,
            "engine": self.request.engine,
            "seed": self.request.seed,
            "runs": {"asked": self.request.runs, "done": done},
            "complete": complete,
            "started": self._started.isoformat(timespec="seconds"),
            "wall_seconds": round(time.perf_counter() - wall, 3),
            "cpu_seconds": round(time.process_time() - cpu, 3),
            "versions": versions(),
            "files": file_digests(self.folder, (RECORDS, REPORT, SUMMARY)),
            "overrides": list(self.request.scenario.overrides),
            "resolved": self.request.scenario.to_dict(),
        }
        write_manifest(self.folder, RUN, entries, indent=2)


def versions() -> dict[str, str]:
    """The versions that the numbers depend on."""
    own = {"thinline": version("thinline"), "python": platform.python_version()}
    return own | {name: version(name) for name in VERSIONED}


def new_folder(scenario: Scenario, root: Path = Path("results")) -> Path:
    """Make ``root/<scenario>/<id>``; the id has the time and the start of the scenario's digest."""
    stamp = f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{scenario.digest[:6]}"
    folder, turn = root / scenario.name / stamp, 1
    with writing(folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
        while True:
            try:
                folder.mkdir()
            except FileExistsError:
                turn += 1
                folder = folder.with_name(f"{stamp}-{turn}")
            else:
                return folder
