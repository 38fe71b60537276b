"""Scenario files with one error each: the cases in ``tests/data/wrong``.

Each case has the ``line`` of the error in the whole file, and parts of its ``message`` and its
``remedy``. What is wrong is written in one of these ways:

- ``text``: the whole file
- ``after``: text after the last line of ``CAST``
- ``replace``: text in ``CAST``, and what replaces it
- ``state``: keys of one more guarantor
- ``red_line``: a state of ``CAST``, and keys of its red line
- ``event``: one event
- ``clarity``: the value of ``setting.clarity``

``repeated`` is a text that replaces the word ``REPEATED`` so many ``times``, with ``{n}`` counting
from 0.
"""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

import yaml

from tests.scenarios import DATA

FOLDER = DATA / "wrong"
KINDS = sorted(file.stem for file in FOLDER.glob("*.yaml"))
CAST = """\
scenario: wrong
states:
  russia: {role: challenger, capability: 1}
  ukraine: {role: protege, capability: 0.4}
  poland: {capability: 0.3, pledge: ground}
"""


class Wrong(NamedTuple):
    """One wrong file, and the error it must give; ``message`` and ``remedy`` are parts."""

    name: str
    text: str
    line: int
    message: str
    remedy: str


@cache
def wrong_files(kind: str) -> tuple[Wrong, ...]:
    """The cases of one kind."""
    # The compiled reader: all cases take 0.1 s with it, and 1 s with the other.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    cases = yaml.load((FOLDER / f"{kind}.yaml").read_text("utf-8"), loader)
    return tuple(
        Wrong(case["case"], _text(case), case["line"], case["message"], case["remedy"])
        for case in cases
    )


def all_wrong_files() -> list[Wrong]:
    """The cases of every kind."""
    return [wrong for kind in KINDS for wrong in wrong_files(kind)]


def _text(case: dict[str, Any]) -> str:
    text = _with_error(case)
    if repeated := case.get("repeated"):
        parts = (repeated["text"].replace("{n}", str(n)) for n in range(repeated["times"]))
        text = text.replace("REPEATED", "".join(parts))
    return text


def _with_error(case: dict[str, Any]) -> str:
    match case:
        case {"text": str(text)}:
            return text
        case {"after": str(more)}:
            return CAST + more
        case {"replace": dict(replaced)}:
            ((old, new),) = replaced.items()
            return CAST.replace(old, new)
        case {"state": str(keys)}:
            return f"{CAST}  france: {{capability: 0.2, {keys}}}\n"
        case {"red_line": dict(drawn)}:
            ((state, keys),) = drawn.items()
            return CAST.replace(f"{state}: {{", f"{state}: {{red_lines: {{red: {{{keys}}}}}, ")
        case {"event": str(event)}:
            return f"{CAST}events:\n  - {event}\n"
        case {"clarity": str(value)}:
            return f"{CAST}setting: {{clarity: {value}}}\n"
    raise ValueError(f"{case['case']}: no error is written in any of the known ways")
