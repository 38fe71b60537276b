"""Parquet files: the records of a run, written block by block, and their columns."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import numpy as np

from sim.experiments.storage.files import (
    DamagedResults,
    finish_part,
    new_part,
    read_plain,
    temporary_name,
)
from sim.results import WORDED

# Rows in a row group: enough to compress well, few enough for memory.
GROUP = 16_384

# Bytes up to which a file is read faster without threads.
SMALL = 2**20

WRITTEN = {"compression": "zstd", "write_page_checksum": True}


class RecordsFile:
    """A Parquet file with a row a run; it gets its name when it is closed, if it has rows.

    Raises ``OSError`` if it cannot be written; then nothing is left of it.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._stream: Any = None
        self._writer: Any = None
        self._waiting: list[Any] = []

    def add(self, records: Any) -> None:
        """Append a block of records: a structured array with one dimension."""
        self._waiting.append(records)
        if sum(map(len, self._waiting)) >= GROUP:
            self._flush()

    def close(self) -> int:
        """Write the remaining rows, name the file and return its number of rows.

        It may be called again, also after an interruption: the rows are counted in the file.
        """
        from pyarrow.parquet import read_metadata

        self._flush()
        with self._or_nothing():
            if self._writer is not None:
                self._writer.close()
                self._writer = None
                self._stream.close()
                finish_part(self.path)
        found = self.path.absolute()
        return int(read_metadata(os.fspath(found)).num_rows) if found.exists() else 0

    def discard(self) -> None:
        """Remove the unfinished file."""
        self._waiting = []
        if self._stream is None or self._stream.closed:
            return
        # What the writer still holds goes nowhere: closing it would fail on a full disk again.
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, self._stream.fileno())
        os.close(nowhere)
        if self._writer is not None:
            self._writer.close()
            self._writer = None
        self._stream.close()
        with suppress(OSError):
            temporary_name(self.path).unlink(missing_ok=True)

    def _flush(self) -> None:
        if not self._waiting:
            return
        # Cleared first: an interruption may lose the last block, but must not write it twice.
        waiting, self._waiting = self._waiting, []
        records = np.concatenate(waiting)
        columns = {name: column(name, records[name]) for name in records.dtype.names or ()}
        table = make_table(columns)
        with self._or_nothing():
            if self._writer is None:
                from pyarrow import OSFile
                from pyarrow.parquet import ParquetWriter

                # Not a stream of Python: an interruption in its middle would spoil the file.
                self._stream = OSFile(os.fspath(new_part(self.path)), "wb")
                self._writer = ParquetWriter(self._stream, table.schema, **WRITTEN)
            self._writer.write_table(table)

    @contextmanager
    def _or_nothing(self) -> Iterator[None]:
        """Discard the file if the block cannot write it."""
        try:
            yield
        except OSError:
            self.discard()
            raise


def are_records(path: Path) -> bool:
    """Whether the file at ``path`` is a complete file of records."""
    try:
        table = parse_rows(read_plain(path), path, ("replication", "seed", *WORDED), "")
    except DamagedResults:
        return False
    return bool(table.num_columns)


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
    write_table(table, sink, **WRITTEN)
    return bytes(sink.getvalue().to_pybytes())


def table_of(data: bytes) -> Any:
    """The table in the bytes of a Parquet file."""
    import pyarrow
    from pyarrow.parquet import read_table

    return read_table(pyarrow.BufferReader(data))


def parse_rows(
    data: bytes, path: Path, columns: Sequence[str] | None, remedy: str, types: Any = None
) -> Any:
    """The rows in the bytes of a file at ``path``, as a table of ``columns``, by default all.

    ``types`` is a schema: columns in it must have its types, and its words if they are words.
    Raises :class:`sim.experiments.storage.files.DamagedResults`, with the ``remedy``, for bytes
    that are no such table.
    """
    import pyarrow
    from pyarrow.parquet import ParquetFile

    try:
        file = ParquetFile(pyarrow.BufferReader(data), page_checksum_verification=True)
        missing = {*(columns or ())} - {*file.schema_arrow.names}
        if missing:
            raise DamagedResults(f"{path} has no column '{min(missing)}'", remedy)
        table = file.read(columns, use_threads=len(data) > SMALL)
        table.validate(full=True)
    except (pyarrow.ArrowException, OSError) as error:
        reason = str(error).partition("\n")[0]
        raise DamagedResults(f"{path} is damaged: {reason}", remedy) from error
    for name in table.column_names:
        if types is not None and name in types.names and not _is_of(table[name], types.field(name)):
            raise DamagedResults(f"{path} is damaged: other values in '{name}'", remedy)
    return table


def _is_of(column: Any, field: Any) -> bool:
    """Whether a column has the type of ``field``, and its words."""
    if column.type != field.type:
        return False
    words = WORDED.get(field.name)
    return words is None or all(
        chunk.dictionary.to_pylist() == words.words() for chunk in column.chunks
    )
