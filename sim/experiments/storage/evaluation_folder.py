"""The folder of a study's evaluations, from which an interrupted study resumes.

``manifest.json`` has the scenario, the seed and the outcomes; ``parts/`` has a Parquet file for
each batch of runs, named by a digest of all of these and of its points. A batch in the folder is
complete: it is written under another name, forced to disk and then renamed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sim.errors import SCHEMA_VERSION, RunFailed
from sim.experiments.storage.files import (
    FolderOccupied,
    json_bytes,
    write_durably,
    writing,
)
from sim.experiments.storage.manifest import (
    EVALUATIONS,
    MANIFEST,
    PARTS,
    FolderState,
    lock_folder,
    read_manifest,
    remove_parts,
    remove_unfinished,
)
from sim.experiments.storage.parquet import AGAIN, read_rows
from sim.experiments.storage.run_folder import versions

BATCHES = "batch-*.parquet"


class EvaluationFolder:
    """Finished batches of runs, by the digest of their points; ``identity`` is the study's."""

    def __init__(self, folder: Path, identity: Mapping[str, Any]) -> None:
        self.folder = folder
        self._identity = json_bytes(dict(identity))

    def path(self, key: str) -> Path:
        """The path of a batch."""
        name = hashlib.sha256(self._identity + key.encode()).hexdigest()[:24]
        return self.folder / PARTS / f"batch-{name}.parquet"

    def has(self, key: str) -> bool:
        """Whether a batch is finished."""
        return self.path(key).exists()

    def keep(self, key: str, data: bytes) -> None:
        """Write a batch; raises ``CannotStore`` if it cannot be written."""
        with writing(self.path(key)):
            write_durably(self.path(key), data)

    def read(self, key: str, is_complete: Callable[[Any], bool]) -> Any:
        """The table of a finished batch; raises :class:`sim.errors.RunFailed` for another table."""
        table = read_rows(self.path(key))
        if not is_complete(table):
            raise RunFailed(f"{self.path(key)} is damaged: it holds other runs", AGAIN)
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
            if force:
                remove_parts(folder, BATCHES)
            else:
                _check_same(folder, identity)
        remove_unfinished(folder, BATCHES)
        with writing(folder):
            (folder / PARTS).mkdir(exist_ok=True)
            if not (folder / MANIFEST).exists():
                head = {"schema_version": SCHEMA_VERSION, "kind": EVALUATIONS}
                document = {**head, **identity, "versions": versions()}
                write_durably(folder / MANIFEST, json_bytes(document))
        yield EvaluationFolder(folder, identity)


def _check_same(folder: Path, identity: Mapping[str, Any]) -> None:
    document = read_manifest(folder)
    different = [name for name, value in identity.items() if document.get(name) != value]
    if different:
        names = ", ".join(NAMES[name] for name in different)
        raise FolderOccupied(
            f"{folder} holds the evaluations of another study; different: {names}",
            "choose another folder with --out, or replace this one with --force",
        )


NAMES = {
    "scenario": "the name of the scenario",
    "digest": "the values of the scenario",
    "seed": "the seed",
    "outcomes": "the outcome",
    "rules": "the rules of the model, or numba or numpy",
}
