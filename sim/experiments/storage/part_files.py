"""The parts of a study in its folder: Parquet files whose names hold their checksums."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sim.experiments.storage.files import (
    DamagedResults,
    is_plain_folder,
    read_plain,
    write_durably,
    writing,
)
from sim.experiments.storage.folder_state import PARTS, FolderState
from sim.experiments.storage.parquet import parse_rows

# Hexadecimal digits of the checksum in a name.
DIGITS = 16
AGAIN = "remove it and repeat the command: its runs are made again"


class PartFiles:
    """The finished parts of a study, by key: ``parts/part-00003-5b0d7a3c1e9f2468.parquet``.

    The checksum in the name is a digest of the study's ``identity``, of the key and of the bytes.
    So an altered part, a part of another study and a part under another key are found. A part is
    written under another name, forced to disk and then renamed.

    Raises :class:`sim.experiments.storage.files.DamagedResults` for two parts with one key, for a
    file that is named otherwise, and for a link in place of the folder.
    """

    def __init__(self, folder: Path, prefix: str, identity: bytes) -> None:
        self.folder = folder / PARTS
        self._prefix = prefix
        self._identity = identity
        self._paths: dict[str, Path] = {}
        if os.path.lexists(self.folder) and not is_plain_folder(self.folder):
            raise DamagedResults(f"{folder} holds {FolderState.NO_FOLDER.value}", "remove it")
        for path in sorted(self.folder.glob(f"{prefix}-*.parquet")):
            found = re.fullmatch(rf"{prefix}-([0-9a-f]+)-[0-9a-f]{{{DIGITS}}}", path.stem)
            if found is None or found[1] in self._paths:
                problem = "is no part of this study" if found is None else "is there a second time"
                raise DamagedResults(f"{path} {problem}", "remove it")
            self._paths[found[1]] = path

    @property
    def keys(self) -> list[str]:
        """The keys of the finished parts, in order."""
        return sorted(self._paths, key=lambda key: (len(key), key))

    @property
    def paths(self) -> list[Path]:
        """The finished parts, in order."""
        return [self._paths[key] for key in self.keys]

    def has(self, key: str) -> bool:
        """Whether a part is finished."""
        return key in self._paths

    def keep(self, key: str, data: bytes) -> None:
        """Write a part; raises ``CannotStore`` if it cannot be written."""
        path = self.folder / f"{self._prefix}-{key}-{self._checksum(key, data)}.parquet"
        write_durably(path, data)
        self._paths[key] = path

    def read(self, key: str, columns: Sequence[str] | None = None, types: Any = None) -> Any:
        """The rows of a finished part, as :func:`sim.experiments.storage.parquet.parse_rows`.

        Raises :class:`sim.experiments.storage.files.DamagedResults` for a part that was altered.
        """
        data = read_plain(self._paths[key])
        if not self._is_written(key, data):
            raise self.damaged(key, "it is not the part that was written under this name")
        return parse_rows(data, self._paths[key], columns, AGAIN, types)

    def remove(self, key: str) -> None:
        """Remove a part, if it is finished; raises ``CannotStore`` if that fails."""
        if path := self._paths.pop(key, None):
            with writing(path):
                path.unlink(missing_ok=True)

    def damaged(self, key: str, reason: str) -> DamagedResults:
        """The error for a part, which says how many others are intact."""
        others = [other for other in self._paths if other != key and self._is_intact(other)]
        left = f"{len(others):,} of the other {len(self._paths) - 1:,} parts are intact"
        return DamagedResults(f"{self._paths[key]} is damaged: {reason}; {left}", AGAIN)

    def _is_intact(self, key: str) -> bool:
        try:
            return self._is_written(key, read_plain(self._paths[key]))
        except DamagedResults:
            return False

    def _is_written(self, key: str, data: bytes) -> bool:
        return self._paths[key].stem.endswith(f"-{self._checksum(key, data)}")

    def _checksum(self, key: str, data: bytes) -> str:
        digest = hashlib.sha256(self._identity)
        digest.update(f" {key} ".encode())
        digest.update(data)
        return digest.hexdigest()[:DIGITS]
