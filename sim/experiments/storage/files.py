"""Atomic writing of files, and checks of paths."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sim.errors import ThinlineError, UsageError

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class CannotStore(ThinlineError):
    """A folder or file of results could not be written."""

    kind = "cannot_store"


class FolderOccupied(CannotStore):
    """A folder holds other files or results."""

    exit_code = UsageError.exit_code
    kind = UsageError.kind


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Raise an ``OSError`` in the block as :class:`CannotStore`, naming ``path``."""
    try:
        yield
    except OSError as error:
        raise CannotStore(*_explain(path, error)) from error


def _explain(path: Path, error: OSError) -> tuple[str, str]:
    """The message and the remedy for an error of the system."""
    existing = _existing_part(path)
    if error.errno in (errno.ENOTDIR, errno.EEXIST) and not os.path.isdir(existing):
        return f"cannot write {path}: {existing} is a file, not a folder", "choose another folder"
    remedy = "free some space there, or " if error.errno in FULL else ""
    reason = error.strerror or str(error)
    return f"cannot write {path}: {reason}", f"{remedy}choose another folder"


def _existing_part(path: Path) -> Path:
    """The path, or the longest part of it that exists."""
    return next(each for each in (path, *path.absolute().parents) if os.path.lexists(each))


def check_folder(folder: Path) -> None:
    """Raise :class:`sim.errors.UsageError` unless files can be written into ``folder``.

    It need not exist: then it can be made.
    """
    _try_to_write(folder, _folder_for(folder) / "results")


def _folder_for(folder: Path) -> Path:
    """The existing part of ``folder``; raises :class:`sim.errors.UsageError` if it is a file."""
    try:
        os.fsencode(folder).decode()
        os.lstat(folder)
    except (FileNotFoundError, NotADirectoryError):
        pass
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "the name is not text"
        raise UsageError(f"cannot write {folder}: {reason}", "choose another folder") from None
    if not os.path.isdir(there := _existing_part(folder)):
        raise UsageError(f"{there} is a file, not a folder", "name a folder")
    return there


def as_folder(folder: object) -> Path:
    """The path of a folder; raises :class:`sim.errors.UsageError` for anything that is no path."""
    if not isinstance(folder, str | os.PathLike):
        raise UsageError(f"{folder!r:.60} is not the path of a folder", "write 'results/mine'")
    return Path(os.path.expanduser(folder))


def existing_folder(name: object) -> Path:
    """The path of a folder; raises :class:`sim.errors.UsageError` if there is none."""
    folder = as_folder(name)
    if not os.path.isdir(folder):
        problem = "is a file, not a folder" if os.path.exists(folder) else "does not exist"
        raise UsageError(f"{folder} {problem}", "name a folder that run or sweep has made")
    return folder


def check_file(path: Path, made: Path | None = None) -> None:
    """Raise :class:`sim.errors.UsageError` if no file can be written at ``path``.

    A temporary file is written, unless ``path`` lies in the folder ``made``, which is made later.
    """
    if os.path.isdir(path):
        raise UsageError(f"{path} is a folder", "name a file in it, such as page.html")
    if made is not None and made.absolute() in path.absolute().parents and not os.path.exists(made):
        return
    if not os.path.exists(path.parent):
        raise UsageError(f"there is no folder {path.parent}", "make it first, or choose another")
    _folder_for(path.parent)
    _try_to_write(path, path)


def _try_to_write(path: Path, file: Path) -> None:
    """Write a temporary file for ``file``; an error names ``path``."""
    try:
        with suppress(FileExistsError):
            temporary_name(file).touch(exist_ok=False)
            temporary_name(file).unlink()
    except OSError as error:
        raise UsageError(*_explain(path, error)) from error


def arrow_path(path: Path) -> Path:
    """The absolute path: Arrow reads a relative one with a colon as a remote address."""
    return path.absolute()


def temporary_name(path: Path) -> Path:
    """The name in the same folder under which ``path`` is first written."""
    return path.with_name(f".{path.name}.part")


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A temporary name to write to; it becomes ``path``, or is removed if the block raises."""
    part = temporary_name(path)
    try:
        yield part
        os.replace(part, path)
    finally:
        if part.exists():
            part.unlink()


def write_durably(path: Path, data: bytes) -> None:
    """Write ``data`` completely or not at all, and force it to disk."""
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


def json_bytes(document: Any) -> bytes:
    """Plain data as one line of JSON."""
    return json.dumps(document, ensure_ascii=False, allow_nan=False).encode()


def write_json(path: Path, document: Any) -> None:
    """Write plain data as indented JSON."""
    text = json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False)
    path.write_text(text + "\n", encoding="utf-8")
