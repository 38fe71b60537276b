"""One process at a time: a lock on a folder that goes with the process, however that ends."""

from __future__ import annotations

import json
import os
import platform
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from sim.errors import ThinlineError
from sim.experiments.files import storing

LOCK = ".lock"

# Far behind what is written, because Windows lets nobody read what is locked.
FAR = 2**20


class InUse(ThinlineError):
    """Another process is at work in a folder."""

    kind = "in_use"


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold ``folder`` alone; raises :class:`InUse` with who has it.

    The system drops the lock with the process that held it: the file that a killed one leaves
    behind holds nobody off.
    """
    path = folder / LOCK
    stream = _taken(path)
    try:
        with storing(path):
            stream.seek(0)
            stream.truncate()
            stream.write(json.dumps({"pid": os.getpid(), "host": platform.node()}))
            stream.flush()
        yield
    finally:
        _drop(path, stream)


def _taken(path: Path) -> IO[str]:
    """The lock file, open and held."""
    while True:
        with storing(path):
            stream = path.open("a+", encoding="utf-8")
        if not _take(stream):
            stream.close()
            raise InUse(
                f"{path.parent} is in use by {_holder(path)}", "let it end, or stop it first"
            )
        if _is_there_still(path, stream):
            return stream
        # Whoever held it has removed it meanwhile: this one is nobody's, and the next may be held.
        stream.close()


def _is_there_still(path: Path, stream: IO[str]) -> bool:
    try:
        return os.path.samestat(os.fstat(stream.fileno()), path.stat())
    except FileNotFoundError:
        return False


def _holder(path: Path) -> str:
    who = {"pid": "?", "host": "?"}
    with suppress(OSError, ValueError):
        who |= json.loads(path.read_text(encoding="utf-8"))
    return f"process {who['pid']} on {who['host']}"


if sys.platform == "win32":
    import msvcrt

    def _take(stream: IO[str]) -> bool:
        stream.seek(FAR)
        try:
            msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _drop(path: Path, stream: IO[str]) -> None:
        # An open file cannot be removed, so neither can one that another process holds by now.
        with suppress(OSError):
            stream.close()
        with suppress(OSError):
            path.unlink()
else:
    import fcntl

    def _take(stream: IO[str]) -> bool:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            # A file system that knows no locks: better results without one than none at all.
            return True
        return True

    def _drop(path: Path, stream: IO[str]) -> None:
        # Removed while it is held: afterwards it may be another's.
        with suppress(OSError):
            path.unlink()
        with suppress(OSError):
            stream.close()
