"""Atomic writing of files, and checks of paths."""

from __future__ import annotations

import errno
import json
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sim.errors import ThinlineError, UsageError

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class CannotStore(ThinlineError):
    """A folder or file of results could not be written."""

    kind = "cannot_store"


class DamagedResults(ThinlineError):
    """A file of results differs from what was written."""

    kind = "damaged_results"


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
    if error.errno == errno.ENOENT and not os.path.exists(path.parent):
        return _no_folder(path.parent)
    remedy = "free some space there, or " if error.errno in FULL else ""
    reason = error.strerror or str(error)
    return f"cannot write {path}: {reason}", f"{remedy}choose another folder"


def _no_folder(folder: Path) -> tuple[str, str]:
    return f"there is no folder {folder}", "make it first, or choose another"


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
    _require_name(folder)
    if not os.path.isdir(there := _existing_part(folder)):
        raise UsageError(f"{there} is a file, not a folder", "name a folder")
    return there


def _require_name(path: Path) -> None:
    """Raise :class:`sim.errors.UsageError` for a name that the file system or a page refuses."""
    try:
        os.fsencode(path).decode()
        # One by one, because folders that are missing are made later.
        there = _existing_part(path)
        for name in path.absolute().relative_to(there.absolute()).parts:
            with suppress(FileNotFoundError, NotADirectoryError):
                os.lstat(there / name)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "the name is not text"
        raise UsageError(f"cannot write {path}: {reason}", "choose another name") from None


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
    _require_name(path)
    if os.path.isdir(path):
        raise UsageError(f"{path} is a folder", "name a file in it, such as page.html")
    if made is not None and made.absolute() in path.absolute().parents and not os.path.exists(made):
        return
    if not os.path.exists(path.parent):
        raise UsageError(*_no_folder(path.parent))
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


def read_plain(path: Path) -> bytes:
    """The bytes of a plain file.

    Links, pipes, devices and folders are not opened: a link may lead anywhere, and a pipe may never
    end. Raises :class:`DamagedResults` for them, and for a file that cannot be read.
    """
    try:
        mode = os.lstat(path).st_mode
        if not stat.S_ISREG(mode):
            raise DamagedResults(f"{path} is {_kind_of(mode)}, not a file", "put the file there")
        # Also right if the file is replaced in between.
        flags = ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY")
        descriptor = os.open(path, os.O_RDONLY | sum(getattr(os, flag, 0) for flag in flags))
        with open(descriptor, "rb") as stream:
            return stream.read()
    except OSError as error:
        reason = error.strerror or str(error)
        raise DamagedResults(f"cannot read {path}: {reason}", "put the file there") from error


def _kind_of(mode: int) -> str:
    """What a path with this ``mode`` is, if it is no file."""
    kinds = {stat.S_IFLNK: "a link", stat.S_IFDIR: "a folder", stat.S_IFIFO: "a pipe"}
    return kinds.get(stat.S_IFMT(mode), "a device")


def is_plain_folder(path: Path) -> bool:
    """Whether ``path`` is a folder itself, not a link to one."""
    return os.path.isdir(path) and not os.path.islink(path)


def temporary_name(path: Path) -> Path:
    """The name in the same folder under which ``path`` is first written."""
    return path.with_name(f".{path.name}.part")


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """An empty file to write to; it becomes ``path``, or is removed if the block raises.

    It is forced to disk before it gets its name.
    """
    part = temporary_name(path)
    # Made inside, because an interruption may come right after the file is there.
    try:
        yield new_part(path)
        finish_part(path)
    finally:
        part.unlink(missing_ok=True)


def new_part(path: Path) -> Path:
    """Make the temporary file of ``path``, in place of one that a killed process left.

    A link under that name is removed, not followed.
    """
    part = temporary_name(path)
    part.unlink(missing_ok=True)
    part.touch(exist_ok=False)
    return part


def finish_part(path: Path) -> None:
    """Force the temporary file of ``path`` to disk and give it its name."""
    part = temporary_name(path)
    with part.open("rb+") as stream:
        os.fsync(stream.fileno())
    os.replace(part, path)
    if os.name == "posix":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def write_durably(path: Path, data: bytes) -> None:
    """Write ``data`` completely or not at all, and force it to disk.

    Raises :class:`CannotStore`.
    """
    with writing(path), replacing(path) as part:
        part.write_bytes(data)


def json_bytes(document: Any, indent: int | None = None) -> bytes:
    """Plain data as JSON: one line, or indented lines."""
    text = json.dumps(document, indent=indent, ensure_ascii=False, allow_nan=False)
    return (text if indent is None else f"{text}\n").encode()
