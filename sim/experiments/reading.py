"""Files with a row a run, read again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sim.errors import RunFailed
from sim.experiments.files import located

AGAIN = "remove it and give the same command again: it is played anew"


def rows_of(path: Path, columns: Sequence[str] | None = None, remedy: str = AGAIN) -> Any:
    """The rows of a file as a table, of all its columns or of those named.

    Raises :class:`sim.errors.RunFailed`, with the ``remedy``, for a file that cannot be read.
    """
    from pyarrow import ArrowInvalid
    from pyarrow.parquet import read_table

    chosen = None if columns is None else list(columns)
    try:
        return read_table(located(path), columns=chosen, partitioning=None)
    except (ArrowInvalid, OSError) as error:
        raise RunFailed(f"{path} is damaged: {error}", remedy) from error
