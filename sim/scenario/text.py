"""A scenario file's text, or a clear reason why there is none."""

from __future__ import annotations

import os
import re
from pathlib import Path

from sim.errors import Place, Problem, ScenarioError

MAX_BYTES = 2**20
UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def shown(path: Path) -> str:
    """The path as a user would type it: from the current folder, where it lies below that."""
    full = os.path.abspath(path)
    below = os.path.relpath(full) if Path(full).is_relative_to(Path.cwd()) else full
    return Path(below).as_posix()


def read_text(path: Path) -> str:
    """The file's text; raises ``ScenarioError`` if it is missing, too large or not UTF-8."""
    file = shown(path)
    if os.path.isfile(path / "manifest.json"):
        remedy = "name a scenario; the folders of two sweeps are for thinline compare"
        raise _refused(file, "this is a folder of results, no scenario", remedy)
    if os.path.isdir(path):
        raise _refused(file, "this is a folder", "name a file inside it")
    if not os.path.isfile(path):
        raise _refused(file, "there is no such file", "check the name and the folder")
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise _refused(
            file, f"it cannot be read: {error.strerror}", "check its permissions"
        ) from None
    if len(data) > MAX_BYTES:
        raise _refused(file, "larger than 1 MiB", "a scenario is a short text file")
    return _decoded(data, file)


def _decoded(data: bytes, file: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace")
        message = f"not UTF-8: byte 0x{data[error.start]:02x}"
        raise _refused(file, message, "save the file as UTF-8 text", before) from None


def check_printable(text: str, file: str) -> None:
    """Raise ``ScenarioError`` at a character that no text should hold."""
    bad = UNPRINTABLE.search(text)
    if bad:
        message = f"an unprintable character, U+{ord(bad.group()):04X}"
        raise _refused(file, message, "remove it, or save the file as UTF-8", text[: bad.start()])


def _refused(file: str, message: str, remedy: str, before: str = "") -> ScenarioError:
    place = Place(file, before.count("\n") + 1, len(before) - before.rfind("\n"))
    return ScenarioError([Problem(place, message, remedy)])
