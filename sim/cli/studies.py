"""How the verbs that play many points answer: a page, what is missing, and the words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol, TypeVar

from sim.cli.output import emit, note


class Study(Protocol):
    """What came of it: ``missing`` says which points could not be played."""

    @property
    def missing(self) -> tuple[str, ...]:
        """A sentence for each kind of point that could not be played."""

    def document(self) -> dict[str, Any]:
        """The study as plain data."""


S = TypeVar("S", bound=Study)


def answer(
    found: S,
    write: Callable[[S, Path], Path],
    tell: Callable[[S], None],
    figure: Path | None,
    as_json: bool,
) -> int:
    """Write the page if one was asked for, and say the rest; 1 where points are missing."""
    if figure:
        note(f"Written: {write(found, figure)}")
    for missing in found.missing:
        note(f"Missing: {missing}")
    if as_json:
        emit(found.document())
    else:
        tell(found)
    return 1 if found.missing else 0
