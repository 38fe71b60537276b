"""The manifest of a folder of results: its format, its checksum, and the checksums of the files.

The checksum of a manifest is the SHA-256 of its other entries as JSON with sorted keys, so that an
altered value is found and another layout of the lines is not an alteration.
"""

from __future__ import annotations

import hashlib
import json
import warnings
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from sim.errors import ThinlineWarning, UsageError
from sim.experiments.storage.files import (
    DamagedResults,
    json_bytes,
    read_plain,
    write_durably,
)

MANIFEST = "manifest.json"
RUN = "run"
SWEEP = "sweep"
EVALUATIONS = "evaluations"

# 1: no checksums. 2: checksums of the manifest, the records and the parts.
FORMAT = 2
CHECKSUM = "sha256"

NUMBER = (int, float)
EVERY: dict[str, tuple[type, ...]] = {
    "kind": (str,),
    "scenario": (str,),
    "digest": (str,),
    "seed": (int,),
    "versions": (dict,),
}
FIELDS: dict[str, dict[str, tuple[type, ...]]] = {
    RUN: {
        "engine": (str,),
        "runs": (dict,),
        "complete": (bool,),
        "wall_seconds": NUMBER,
        "cpu_seconds": NUMBER,
        "files": (dict,),
        "resolved": (dict,),
    },
    SWEEP: {
        "sweep": (str,),
        "design": (str,),
        "paths": (list,),
        "points": (list,),
        "replications": (int,),
        "until_ci": (*NUMBER, type(None)),
        "watch": (str,),
        "lineage": (str,),
        "rules": (str,),
        "done": (bool,),
        "files": (dict,),
        "resolved": (dict,),
    },
    EVALUATIONS: {"outcomes": (list,), "rules": (str,)},
}


def sha256(data: bytes) -> str:
    """The digest of a file, as ``sha256sum`` prints it."""
    return hashlib.sha256(data).hexdigest()


def file_digests(folder: Path, names: Iterable[str]) -> dict[str, str]:
    """The digest of each file that ``folder`` has, by name."""
    return {name: sha256(read_plain(folder / name)) for name in names if (folder / name).exists()}


def write_manifest(
    folder: Path, kind: str, entries: Mapping[str, Any], indent: int | None = None
) -> None:
    """Write the manifest of ``folder``; raises ``CannotStore`` if it cannot be written."""
    document = {"schema_version": FORMAT, "kind": kind, **entries}
    document[CHECKSUM] = _checksum(document)
    write_durably(folder / MANIFEST, json_bytes(document, indent))


def parse_manifest(folder: Path) -> Any:
    """The JSON document of a manifest, unchecked.

    Raises :class:`sim.experiments.storage.files.DamagedResults` if it is no JSON document.
    """
    path = folder / MANIFEST
    try:
        return json.loads(read_plain(path).decode())
    except (ValueError, RecursionError) as error:
        raise _damaged(path, "it is not a JSON document") from error


def check_manifest(folder: Path, document: dict[str, Any]) -> None:
    """Raise an error unless ``document`` is a manifest as this version writes it.

    :class:`sim.errors.UsageError` for another format, and
    :class:`sim.experiments.storage.files.DamagedResults` for a wrong checksum or entry.
    """
    path = folder / MANIFEST
    found = document.get("schema_version")
    if type(found) is not int or found != FORMAT:
        raise UsageError(f"{path} has the format {found!r:.20}, not {FORMAT}", _remedy(found))
    if not _is_sealed(document):
        raise _damaged(path, "its checksum does not match")
    fields = {**EVERY, **FIELDS.get(str(document.get("kind")), {"kind": ()})}
    wrong = [name for name, types in fields.items() if type(document.get(name)) not in types]
    if wrong:
        raise _damaged(path, f"the entry '{wrong[0]}' is missing or of another type")


def _remedy(found: Any) -> str:
    if type(found) is int and found > FORMAT:
        return "it is of a newer version of thinline: install that one"
    return "repeat the command into another folder, or read it with the version that made it"


def warn_of_altered(folder: Path, document: Mapping[str, Any], read: str) -> None:
    """Warn of files in ``folder`` that were altered, apart from the one that was ``read``.

    Nothing is computed from them, so they do not prevent the use of the results.
    """
    others = {name: digest for name, digest in document["files"].items() if name != read}
    for name, digest in others.items():
        path = folder / Path(name).name
        if path.exists() and sha256(read_plain(path)) != digest:
            note = f"{path} was altered after it was written; the results do not depend on it"
            warnings.warn(note, ThinlineWarning, stacklevel=2)


def _is_sealed(document: Mapping[str, Any]) -> bool:
    try:
        return bool(document.get(CHECKSUM) == _checksum(document))
    except RecursionError:  # it is nested a little less deeply than can be parsed
        return False


def _checksum(document: Mapping[str, Any]) -> str:
    entries = {name: value for name, value in document.items() if name != CHECKSUM}
    return sha256(json.dumps(entries, sort_keys=True, separators=(",", ":")).encode())


def _damaged(path: Path, reason: str) -> DamagedResults:
    return DamagedResults(
        f"{path} is damaged: {reason}",
        "restore it from a copy, or repeat the command into another folder; the Parquet files "
        "beside it can be read by other programs",
    )
