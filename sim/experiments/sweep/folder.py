"""The folder of a sweep: a Parquet file for each part, and their provenance.

``manifest.json`` has the resolved scenario, the points, the seed and the division into parts;
``parts/`` has a row a run; ``points.parquet``, written last, has a row a point.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sim.errors import ThinlineError, UsageError
from sim.experiments.storage.files import FolderOccupied, write_durably, writing
from sim.experiments.storage.folder_state import (
    ANOTHER,
    PARTS,
    POINTS,
    FolderState,
    lock_folder,
    read_manifest,
    remove_parts,
    remove_unfinished,
)
from sim.experiments.storage.manifest import MANIFEST, SWEEP, file_digests, write_manifest
from sim.experiments.storage.parquet import as_bytes
from sim.experiments.storage.run_folder import versions
from sim.experiments.sweep.parts import PointTally, SweepParts, points_table
from sim.experiments.sweep.plan import Plan, plan_from_dict
from sim.experiments.sweep.provenance import (
    describe_mismatch,
    is_extension_of,
    provenance_differences,
)

PART_FILES = "part-*.parquet"
FEWER = f"a sweep can continue with more --replications, not with fewer: {ANOTHER}"


class SweepFolder:
    """The folder of a plan, open for writing; ``parts`` are its finished parts."""

    def __init__(self, folder: Path, plan: Plan) -> None:
        self.folder = folder
        self.plan = plan
        self.parts = SweepParts(folder, plan, plan.lineage)

    def claim(self) -> None:
        """Write the manifest of an unfinished sweep."""
        self._write_manifest(done=False)

    def begin(self) -> None:
        """Write the manifest, if there is none, and remove the files of a killed process."""
        if not (self.folder / MANIFEST).exists():
            self.claim()
        with writing(self.folder):
            (self.folder / PARTS).mkdir(exist_ok=True)
        remove_unfinished(self.folder, PART_FILES, POINTS)
        self._remove_broken_off()

    def _remove_broken_off(self) -> None:
        """Remove the parts in which a run broke off, so that they are run again.

        The later passes of their points go too: a stopping rule may now decide otherwise.
        """
        end = self.plan.ranges * self.plan.passes
        found = [number for number in self.parts.numbers if self.parts.broke_off(number)]
        if not found:
            return
        self.claim()
        with writing(self.folder):
            (self.folder / POINTS).unlink(missing_ok=True)
        for number in found:
            for later in range(number, end, self.plan.ranges):
                self.parts.remove(later)

    def finish(self, tally: PointTally) -> None:
        """Write the table of points and the final manifest."""
        write_durably(self.folder / POINTS, as_bytes(points_table(self.plan, tally)))
        self._write_manifest(
            done=True, runs=int(tally.runs.sum()), points_failed=int((tally.failed > 0).sum())
        )

    def _write_manifest(self, **state: Any) -> None:
        entries = {
            "scenario": self.plan.scenario.name,
            "digest": self.plan.digest,
            "lineage": self.plan.lineage,
            "design_digest": self.plan.design_digest,
            "rules": self.plan.rules,
            **state,
            "versions": versions(),
            "files": file_digests(self.folder, (POINTS,)) if state["done"] else {},
            **self.plan.to_dict(),
        }
        write_manifest(self.folder, SWEEP, entries)


@contextmanager
def open_sweep_folder(folder: Path, plan: Plan, force: bool = False) -> Iterator[SweepFolder]:
    """Lock the folder of ``plan``: a new one, or that of the same sweep with as many or fewer runs.

    With ``force`` another sweep in it is removed. Raises
    :class:`sim.experiments.storage.files.FolderOccupied` for a folder that holds anything else, and
    :class:`sim.experiments.storage.lock.FolderLocked` for one in use.
    """
    with lock_folder(folder, (FolderState.NOTHING, FolderState.SWEEP)) as there:
        if there is FolderState.SWEEP:
            try:
                _resume(folder, plan)
            except FolderOccupied:
                if not force:
                    raise
                remove_parts(folder, PART_FILES, POINTS)
        store = SweepFolder(folder, plan)
        store.begin()
        yield store


def _resume(folder: Path, plan: Plan) -> None:
    """Prepare the sweep in ``folder`` to continue as ``plan``; raise if it is another one."""
    try:
        document = read_manifest(folder)
    except UsageError as error:  # of another format
        raise FolderOccupied(error.message, ANOTHER) from None
    if document.get("digest") == plan.digest:
        return
    before = plan_in_manifest(document)
    if before is None or before.digest != document.get("digest"):
        raise FolderOccupied(
            f"{folder} holds a sweep by other rules ({_changed_versions(document)})", ANOTHER
        )
    if not is_extension_of(plan, before):
        found = provenance_differences(before, plan)
        fewer = [each.path for each in found] == ["replications"]
        differences = describe_mismatch(found, "there", "in this command")
        message = f"{folder} holds another sweep: {differences}"
        raise FolderOccupied(message, FEWER if fewer else ANOTHER)
    _extend(folder, document, before, plan)


def plan_in_manifest(document: dict[str, Any]) -> Plan | None:
    """The plan in a manifest; ``None`` if this version cannot read it."""
    try:
        return plan_from_dict(document)
    except (ThinlineError, LookupError, TypeError, ValueError, OverflowError):
        return None


def _changed_versions(document: dict[str, Any]) -> str:
    made = document.get("versions", {})
    other = {name: made.get(name) for name, now in versions().items() if made.get(name) != now}
    packages = ", ".join(f"{name} {version}" for name, version in other.items())
    return f"made with {packages}" if packages else "the model has changed since"


def _extend(folder: Path, document: dict[str, Any], before: Plan, plan: Plan) -> None:
    """Turn the sweep ``before`` into the beginning of ``plan``, which has more replications.

    An interruption leaves a valid sweep: the earlier one or the new one.
    """
    write_manifest(folder, SWEEP, {**document, "done": False, "files": {}})
    with writing(folder):
        (folder / POINTS).unlink(missing_ok=True)
    store = SweepFolder(folder, plan)
    # A last pass with fewer than PASS runs is run again.
    for number in range(*before.short_parts):
        store.parts.remove(number)
    store.claim()
