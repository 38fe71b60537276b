"""The cache of compiled code, which works with damaged files and on a full disk.

numba reads whatever is in a file of its cache. Here every file ends with a checksum: code from a
damaged file is compiled again, and the file is replaced. Code that cannot be written is used
without being kept. Tables that are kept beside the code have such checksums too.
"""

from __future__ import annotations

import hashlib
import warnings
from contextlib import suppress
from pathlib import Path
from typing import Any

from numba.core.caching import FunctionCache, IndexDataCacheFile

from sim.errors import ThinlineWarning

CHECKSUM_BYTES = 32


class _CheckedFiles(IndexDataCacheFile):  # type: ignore[misc]
    """The index and the code of one function; a checksum follows the contents of each file."""

    def _dump(self, contents: Any) -> bytes:
        return with_checksum(super()._dump(contents))

    def _load_data(self, name: str) -> Any:
        if not is_whole(Path(self._data_path(name))):
            raise ValueError(f"{name} is damaged")
        return super()._load_data(name)


def with_checksum(contents: bytes) -> bytes:
    """The data of a file with these ``contents``."""
    return contents + hashlib.sha256(contents).digest()


def contents_of(file: Path) -> bytes | None:
    """The contents of a file, without their checksum; ``None`` if the file is damaged."""
    data = file.read_bytes()
    contents = data[:-CHECKSUM_BYTES]
    return contents if with_checksum(contents) == data else None


def is_whole(file: Path) -> bool:
    """Whether a file has the checksum of its contents."""
    return contents_of(file) is not None


class CodeCache(FunctionCache):  # type: ignore[misc]
    """The cache of one function."""

    def __init__(self, function: Any) -> None:
        super().__init__(function)
        files: Any = self._cache_file
        base = files._index_name.removesuffix(".nbi")
        self._cache_file: Any = _CheckedFiles(files._cache_path, base, files._source_stamp)

    def load_overload(self, signature: Any, target: Any) -> Any:
        """The compiled code; ``None`` if no intact file has it, so that numba compiles the
        function."""
        try:
            return super().load_overload(signature, target)
        except Exception:  # a damaged pickle raises errors of any kind
            with suppress(OSError):
                Path(self._cache_file._index_path).unlink()
            return None

    def save_overload(self, signature: Any, compiled: Any) -> None:
        """Keep compiled code; a warning, once, if it cannot be written."""
        try:
            super().save_overload(signature, compiled)
        except OSError as error:
            warnings.warn(
                f"compiled code cannot be kept in {self.cache_path}: {error.strerror or error}; "
                "set THINLINE_CACHE to a folder with free space",
                ThinlineWarning,
                stacklevel=2,
            )
