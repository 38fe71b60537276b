"""Files that are whole or absent, and one plain error where they cannot be written."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sim.errors import ThinlineError


class CannotStore(ThinlineError):
    """A folder or file of results could not be written."""

    kind = "cannot_store"


@contextmanager
def storing(path: Path) -> Iterator[None]:
    """Turn the system's refusal to write at ``path`` into :class:`CannotStore`."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise CannotStore(
            f"cannot write {path}: {reason}",
            "free some space there, or choose another folder with --out",
        ) from error


def part_of(path: Path) -> Path:
    """The temporary name, in the same folder, under which ``path`` is written."""
    return path.with_name(f".{path.name}.part")


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A temporary name to write to, which becomes ``path`` if all went well and goes if not."""
    part = part_of(path)
    try:
        yield part
        os.replace(part, path)
    finally:
        if part.exists():
            part.unlink()


def write_lasting(path: Path, data: bytes) -> None:
    """Write ``data`` whole or not at all, so that it is there after a power cut too."""
    with replacing(path) as part, part.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    if os.name == "posix":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def write_json(path: Path, document: Any) -> None:
    """Write plain data as indented JSON."""
    text = json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False)
    path.write_text(text + "\n", encoding="utf-8")
