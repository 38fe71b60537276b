"""The log of a room on disk: an event a line, flushed at once, and the room read back from it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from sim.errors import ThinlineError, UsageError
from sim.experiments.storage.files import writing
from sim.experiments.storage.lock import file_lock
from sim.room.room import Event, Room
from sim.scenario.load import load_text
from sim.scenario.scenario import Scenario

# Events after which the state of the room must survive a power failure. Tokens are kept in another
# file, which does: a log without the person to whom a token was given would give it to another.
SYNCED = ("sit", "close", "undo", "inject", "finish", "start")


class Log:
    """A file to which the events of a room are appended.

    Every event is handed to the system at once, which survives the end of this process; the end of
    a step is written through to the disk, which survives a power failure. No other process can have
    the log: ``lock`` is released when it is closed.
    """

    def __init__(self, path: Path, lock: ExitStack) -> None:
        self.path, self._lock = path, lock
        with writing(path):
            self._file = path.open("ab", buffering=0)

    def append(self, event: Event) -> None:
        """Write one event.

        Raises :class:`sim.experiments.storage.files.CannotStore` if the disk is full, say; then no
        part of the event is in the file.
        """
        with writing(self.path):
            end = self._file.seek(0, os.SEEK_END)
            try:
                self._write(line_of(event))
                if event.get("event") in SYNCED:
                    os.fsync(self._file.fileno())
            except OSError:
                self._file.truncate(end)
                raise

    def _write(self, line: bytes) -> None:
        """Write all of a line: the system may take a part only."""
        rest = memoryview(line)
        while rest:
            rest = rest[self._file.write(rest) :]

    def close(self) -> None:
        """Close the file, and let others have it."""
        self._file.close()
        self._lock.close()


def line_of(event: Event) -> bytes:
    """An event as a line of JSON; equal events give equal bytes."""
    return json.dumps(event, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def begin(room: Room, path: Path) -> Log:
    """Begin the log of a new room.

    Raises :class:`sim.errors.UsageError` if the file exists, and
    :class:`sim.experiments.storage.lock.FolderLocked` if another process is making it.
    """
    with writing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
    with ExitStack() as lock:
        lock.enter_context(file_lock(path))
        if path.exists():
            raise UsageError(f"{path} exists", "resume it with --resume, or name another file")
        log = Log(path, lock.pop_all())
    for event in room.events:
        log.append(event)
    return log


def read(path: Path) -> Room:
    """The room of a log, with all its events applied again.

    A last line that was cut off by a power failure is left out.

    Raises :class:`sim.errors.UsageError` for a file that is no log of a room, and if replaying it
    leads elsewhere, as with another version of the model.
    """
    return _opened(path, _whole_lines(path).splitlines())


def scenario_of(path: Path) -> Scenario:
    """The scenario of a log, without replaying it; errors as :func:`read`."""
    with _reading(path):
        head, *_ = _whole_lines(path).splitlines()
        return _scenario(json.loads(head))


def resume(path: Path) -> tuple[Room, Log]:
    """The room of a log, and the log to go on with; a line that was cut off is removed.

    Raises :class:`sim.experiments.storage.lock.FolderLocked` if a room is open with this log, and
    errors as :func:`read`; then the file is as it was.
    """
    _whole_lines(path)  # else a lock would be made for a file that is not there
    with ExitStack() as lock:
        lock.enter_context(file_lock(path))
        room = read(path)
        with writing(path):
            os.truncate(path, len(_whole_lines(path)))
        return room, Log(path, lock.pop_all())


def _whole_lines(path: Path) -> bytes:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UsageError(
            f"cannot read {path}: {error.strerror}", "name the log of a room"
        ) from None
    return content[: content.rfind(b"\n") + 1]


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    """Report what is wrong with the content of a log."""
    try:
        yield
    except ThinlineError:
        raise
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise UsageError(f"{path} is no log of a room: {error!s:.60}", "name another") from error


def _opened(path: Path, lines: list[bytes]) -> Room:
    with _reading(path):
        head, *events = map(json.loads, lines)
        room = Room(_scenario(head), head["run"], head["seed"], head["turn"])
        if all(_applied(room, event) == event for event in events):
            return room
    raise UsageError(
        f"replaying {path} leads elsewhere",
        "it was edited, or played with another version of the model",
    )


def _scenario(head: Any) -> Scenario:
    # What a room writes is complete. A log must not make us read other files.
    if head["kind"] != "room" or "extends" in head["definition"]:
        raise TypeError("it begins otherwise")
    return load_text(json.dumps(head["definition"]))


def _applied(room: Room, event: Any) -> Event | None:
    """An event as it is logged now; None if it cannot happen."""
    try:
        return room.apply(event)
    except UsageError:
        return None
