"""The log of a room on disk: an event a line, flushed at once, and the room read back from it."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from sim.errors import ThinlineError, UsageError
from sim.experiments.storage.files import writing
from sim.room.room import Event, Room
from sim.scenario.load import load_text

# Events after which the state of the room must survive a power failure. Tokens are kept in another
# file, which does: a log without the person to whom a token was given would give it to another.
SYNCED = ("sit", "close", "undo", "inject", "finish", "start")


class Log:
    """A file to which the events of a room are appended.

    Every event is handed to the system at once, which survives the end of this process; the end of
    a step is written through to the disk, which survives a power failure.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        with writing(path):
            path.parent.mkdir(parents=True, exist_ok=True)
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
        """Close the file."""
        self._file.close()


def line_of(event: Event) -> bytes:
    """An event as a line of JSON; equal events give equal bytes."""
    return json.dumps(event, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def begin(room: Room, path: Path) -> Log:
    """Begin the log of a new room.

    Raises :class:`sim.errors.UsageError` if the file exists.
    """
    if path.exists():
        raise UsageError(f"{path} exists", "resume it with --resume, or name another file")
    log = Log(path)
    for event in room.events:
        log.append(event)
    return log


def read(path: Path) -> Room:
    """The room of a log, with all its events applied again.

    A last line that was cut off by a power failure is left out.

    Raises :class:`sim.errors.UsageError` for a file that is no log of a room, and if replaying it
    leads elsewhere, as with another version of the model.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UsageError(
            f"cannot read {path}: {error.strerror}", "name the log of a room"
        ) from None
    return _opened(path, _parsed(path, content[: content.rfind(b"\n") + 1]))


def resume(path: Path) -> tuple[Room, Log]:
    """The room of a log, and the log to go on with; a line that was cut off is removed."""
    room = read(path)
    with writing(path):
        whole = path.read_bytes().rfind(b"\n") + 1
        os.truncate(path, whole)
    return room, Log(path)


def _parsed(path: Path, content: bytes) -> list[Any]:
    try:
        return [json.loads(line) for line in content.splitlines()]
    except ValueError as error:
        raise UsageError(f"{path} is no log of a room: {error!s:.60}", "name another") from None


def _opened(path: Path, lines: list[Any]) -> Room:
    try:
        head, *events = lines
        # What a room writes is complete. A log must not make us read other files.
        if head["kind"] != "room" or "extends" in head["definition"]:
            raise TypeError("it begins otherwise")
        scenario = load_text(json.dumps(head["definition"]))
        room = Room(scenario, head["run"], head["seed"], head["turn"])
        if all(_applied(room, event) == event for event in events):
            return room
    except ThinlineError:
        raise
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise UsageError(f"{path} is no log of a room: {error!s:.60}", "name another") from error
    raise UsageError(
        f"replaying {path} leads elsewhere",
        "it was edited, or played with another version of the model",
    )


def _applied(room: Room, event: Any) -> Event | None:
    """An event as it is logged now; None if it cannot happen."""
    try:
        return room.apply(event)
    except UsageError:
        return None
