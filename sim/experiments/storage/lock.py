"""A lock on a folder of results, or on a file: one process at a time."""

from __future__ import annotations

import errno
import json
import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sim.errors import ThinlineError
from sim.experiments.storage.files import read_plain, writing

LOCK = ".lock"

# Seconds to try again: the previous holder may be about to remove the file that was just opened.
PATIENCE = 0.1

# The answers of a file system without locks.
NO_LOCKS = (errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP)


class FolderLocked(ThinlineError):
    """Another process uses a folder, or a file."""

    kind = "in_use"


@contextmanager
def folder_lock(folder: Path) -> Iterator[None]:
    """Lock ``folder`` for this process.

    Raises :class:`FolderLocked` with the process that has it.
    """
    with _locked(folder, folder / LOCK):
        yield


@contextmanager
def file_lock(file: Path) -> Iterator[None]:
    """Lock ``file`` likewise, by a file beside it."""
    with _locked(file, file.with_name(f"{file.name}{LOCK}")):
        yield


@contextmanager
def _locked(what: Path, path: Path) -> Iterator[None]:
    """Lock ``what`` by the file ``path``.

    The system drops the lock when its process ends: the file that a killed process leaves behind
    locks nothing. A symbolic link in place of the file is refused, not followed, and a file with a
    second name is not written to.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(
        path, PATIENCE, thread_local=False, poll_interval=PATIENCE / 5, on_acquired=_write_holder
    )
    with writing(path):
        try:
            lock.acquire()
        except Timeout:
            message = f"{what} is in use by {_holder(path)}"
            raise FolderLocked(message, "wait for it to end, or stop it") from None
        except OSError as error:
            # Results without a lock are better than no results.
            if error.errno not in NO_LOCKS:
                raise
    try:
        yield
    finally:
        # Remove it before the release: afterwards it may belong to another process.
        with suppress(OSError):
            path.unlink()
        with suppress(OSError):
            lock.release()


def _write_holder(descriptor: int) -> None:
    if os.fstat(descriptor).st_nlink > 1:
        return
    # Behind a blank, because Windows locks the first byte against reading.
    holder = json.dumps({"pid": os.getpid(), "host": platform.node()})
    os.ftruncate(descriptor, 0)
    os.write(descriptor, f" {holder}".encode())


def _holder(path: Path) -> str:
    who = {"pid": "?", "host": "?"}
    with suppress(ThinlineError, ValueError, TypeError, RecursionError):
        who |= json.loads(read_plain(path)[1:])
    return f"process {who['pid']} on {who['host']}"
