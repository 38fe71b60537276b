"""The folder of a study's evaluations, from which an interrupted study resumes.

``manifest.json`` has the scenario, the seed and the outcomes; ``parts/`` has a Parquet file for
each batch of runs, whose key is a digest of its points.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sim.errors import UsageError
from sim.experiments.storage.files import FolderOccupied, json_bytes, writing
from sim.experiments.storage.folder_state import (
    ANOTHER,
    PARTS,
    FolderState,
    lock_folder,
    read_manifest,
    remove_parts,
    remove_unfinished,
)
from sim.experiments.storage.manifest import EVALUATIONS, MANIFEST, write_manifest
from sim.experiments.storage.part_files import PartFiles
from sim.experiments.storage.run_folder import versions

BATCH = "batch"
BATCHES = f"{BATCH}-*.parquet"

# Digits of the digest of a batch's points in its name.
SHORT = 24


class EvaluationFolder:
    """Finished batches of runs, by the digest of their points; ``identity`` is the study's."""

    def __init__(self, folder: Path, identity: Mapping[str, Any]) -> None:
        self.folder = folder
        self._parts = PartFiles(folder, BATCH, json_bytes(dict(identity)))

    def has(self, key: str) -> bool:
        """Whether a batch is finished."""
        return self._parts.has(key[:SHORT])

    def keep(self, key: str, data: bytes) -> None:
        """Write a batch; raises ``CannotStore`` if it cannot be written."""
        self._parts.keep(key[:SHORT], data)

    def read(self, key: str, is_complete: Callable[[Any], bool]) -> Any:
        """The table of a finished batch.

        Raises :class:`sim.experiments.storage.files.DamagedResults` for another table.
        """
        table = self._parts.read(key[:SHORT])
        if not is_complete(table):
            raise self._parts.damaged(key[:SHORT], "it holds other runs")
        return table


@contextmanager
def open_evaluation_folder(
    folder: Path, identity: Mapping[str, Any], force: bool = False
) -> Iterator[EvaluationFolder]:
    """Lock the folder of evaluations with this ``identity``: a new one, or one that has them.

    With ``force`` other evaluations in it are removed. Raises
    :class:`sim.experiments.storage.files.FolderOccupied` for a folder that holds anything else, and
    :class:`sim.experiments.storage.lock.FolderLocked` for one in use.
    """
    with lock_folder(folder, (FolderState.NOTHING, FolderState.EVALUATIONS)) as there:
        if there is FolderState.EVALUATIONS:
            try:
                _check_same(folder, identity)
            except FolderOccupied:
                if not force:
                    raise
                remove_parts(folder, BATCHES)
        remove_unfinished(folder, BATCHES)
        with writing(folder):
            (folder / PARTS).mkdir(exist_ok=True)
        if not (folder / MANIFEST).exists():
            write_manifest(folder, EVALUATIONS, {**identity, "versions": versions()})
        yield EvaluationFolder(folder, identity)


def _check_same(folder: Path, identity: Mapping[str, Any]) -> None:
    try:
        document = read_manifest(folder)
    except UsageError as error:  # of another format
        raise FolderOccupied(error.message, ANOTHER) from None
    different = [name for name, value in identity.items() if document.get(name) != value]
    if different:
        names = ", ".join(NAMES[name] for name in different)
        raise FolderOccupied(
            f"{folder} holds the evaluations of another study; different: {names}",
            ANOTHER,
        )


NAMES = {
    "scenario": "the name of the scenario",
    "digest": "the values of the scenario",
    "seed": "the seed",
    "outcomes": "the outcome",
    "rules": "the rules of the model, or numba or numpy",
}
