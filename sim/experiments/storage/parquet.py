"""Parquet files: the records of a run, written block by block, and their columns."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from sim.errors import RunFailed
from sim.experiments.storage.files import arrow_path, temporary_name
from sim.results import WORDED

# Rows in a row group: enough to compress well, few enough for memory.
GROUP = 16_384


class RecordsFile:
    """A Parquet file with a row a run; it gets its name when it is closed, if it has rows.

    Raises ``OSError`` if it cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._part = temporary_name(path)
        self._writer: Any = None
        self._waiting: list[Any] = []

    def add(self, records: Any) -> None:
        """Append a block of records: a structured array with one dimension."""
        self._waiting.append(records)
        if sum(map(len, self._waiting)) >= GROUP:
            self._flush()

    def close(self) -> int:
        """Write the remaining rows, rename the file and return its number of rows.

        It may be called again, also after an interruption: the rows are counted in the file.
        """
        from pyarrow.parquet import read_metadata

        self._flush()
        if self._writer is not None:
            self._writer.close()
            self._writer = None
            os.replace(self._part, self.path)
        return int(read_metadata(arrow_path(self.path)).num_rows) if self.path.exists() else 0

    def discard(self) -> None:
        """Remove a file that could not be written."""
        self._waiting, self._writer = [], None
        self._part.unlink(missing_ok=True)

    def _flush(self) -> None:
        if not self._waiting:
            return
        # Cleared first: an interruption may lose the last block, but must not write it twice.
        waiting, self._waiting = self._waiting, []
        records = np.concatenate(waiting)
        columns = {name: column(name, records[name]) for name in records.dtype.names or ()}
        table = make_table(columns)
        if self._writer is None:
            from pyarrow.parquet import ParquetWriter

            self._writer = ParquetWriter(arrow_path(self._part), table.schema, compression="zstd")
        self._writer.write_table(table)


def are_records(path: Path) -> bool:
    """Whether the file at ``path`` is a complete file of records."""
    from pyarrow import ArrowInvalid
    from pyarrow.parquet import read_schema

    try:
        return {"replication", "seed", *WORDED} <= {*read_schema(arrow_path(path)).names}
    except (ArrowInvalid, OSError):
        return False


def column(name: str, values: Any, unknown: Any = None) -> Any:
    """A recorded field as a column, ranks as words; null where ``unknown`` (flags) is set."""
    import pyarrow

    numbers = number_column(values) if unknown is None else pyarrow.array(values, mask=unknown)
    if name not in WORDED:
        return numbers
    return worded(numbers, WORDED[name].words())


def worded(ranks: Any, words: Sequence[str]) -> Any:
    """A column of ranks as words in their order."""
    import pyarrow

    return pyarrow.DictionaryArray.from_arrays(ranks, _word_column(words), ordered=True)


def make_table(columns: Mapping[str, Any]) -> Any:
    """The columns as a table; words keep their order in pandas, pyarrow and polars.

    pandas and pyarrow read the order from the type, polars from the field's metadata. DuckDB reads
    words as text.
    """
    import pyarrow

    fields = [
        pyarrow.field(name, each.type, metadata=_enum(each)) for name, each in columns.items()
    ]
    return pyarrow.table(list(columns.values()), schema=pyarrow.schema(fields))


def _enum(column: Any) -> dict[str, str] | None:
    """The metadata of a field that polars reads as an Enum: of older and of newer versions."""
    from pyarrow.types import is_dictionary

    if not is_dictionary(column.type):
        return None
    words = column.dictionary.to_pylist()
    listed = "".join(f"{len(word)};{word}" for word in words)
    return {"_PL_ENUM_VALUES": listed, "_PL_ENUM_VALUES2": listed}


def _word_column(words: Sequence[str]) -> Any:
    """Words as a column, built from bytes as in :func:`number_column`."""
    import pyarrow

    coded = [word.encode() for word in words]
    ends = np.cumsum([0, *map(len, coded)], dtype=np.int32)
    buffers = [None, pyarrow.py_buffer(ends), pyarrow.py_buffer(b"".join(coded))]
    return pyarrow.Array.from_buffers(pyarrow.string(), len(coded), buffers)


def number_column(values: Any) -> Any:
    """Numbers as a column, built from bytes: for an array pyarrow would import pandas."""
    import pyarrow

    kept = pyarrow.py_buffer(np.ascontiguousarray(values))
    kind = pyarrow.from_numpy_dtype(values.dtype)
    return pyarrow.Array.from_buffers(kind, len(values), [None, kept])


def as_bytes(table: Any) -> bytes:
    """The table as a Parquet file."""
    import pyarrow
    from pyarrow.parquet import write_table

    sink = pyarrow.BufferOutputStream()
    write_table(table, sink, compression="zstd")
    return bytes(sink.getvalue().to_pybytes())


def table_of(data: bytes) -> Any:
    """The table in the bytes of a Parquet file."""
    import pyarrow
    from pyarrow.parquet import read_table

    return read_table(pyarrow.BufferReader(data))


AGAIN = "remove it and repeat the command: its runs are made again"


def read_rows(path: Path, columns: Sequence[str] | None = None, remedy: str = AGAIN) -> Any:
    """The rows of a file as a table of ``columns``, by default all.

    Raises :class:`sim.errors.RunFailed`, with the ``remedy``, for a file that cannot be read.
    """
    from pyarrow import ArrowInvalid
    from pyarrow.parquet import read_table

    chosen = None if columns is None else list(columns)
    try:
        return read_table(arrow_path(path), columns=chosen, partitioning=None)
    except (ArrowInvalid, OSError) as error:
        raise RunFailed(f"{path} is damaged: {error}", remedy) from error
