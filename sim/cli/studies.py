"""How the verbs that draw answer: a page, what is missing, and the words."""

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
    write: Callable[[S, Path], object],
    tell: Callable[[S], None],
    figure: Path | None,
    as_json: bool,
) -> int:
    """Write the page if one was asked for, and say the rest; 1 where points are missing."""
    code = drawn(lambda file: write(found, file), figure)
    for missing in found.missing:
        note(f"Missing: {missing}")
    if as_json:
        emit(found.document())
    else:
        tell(found)
    return 1 if found.missing else code


def drawn(write: Callable[[Path], object], figure: Path | None) -> int:
    """Write the page if one was asked for; 1 where the disk would not have it.

    What was played is told all the same.
    """
    from sim.experiments.files import CannotStore, storing

    if figure is None:
        return 0
    try:
        with storing(figure):
            write(figure)
    except CannotStore as error:
        note(str(error))
        return error.exit_code
    note(f"Written: {figure}")
    return 0
