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

    The system drops the lock with the process that held it, so a dead one leaves nothing behind.
    """
    path = folder / LOCK
    with storing(path):
        stream = path.open("a+", encoding="utf-8")
    with stream:
        if not _take(stream):
            raise InUse(f"{folder} is in use by {_holder(path)}", "let it end, or stop it first")
        with storing(path):
            stream.seek(0)
            stream.truncate()
            stream.write(json.dumps({"pid": os.getpid(), "host": platform.node()}))
            stream.flush()
        yield


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
else:
    import fcntl

    def _take(stream: IO[str]) -> bool:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            # A file system that knows no locks: better a sweep without one than none at all.
            return True
        return True
