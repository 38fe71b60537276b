"""How the verbs that draw answer: a page, what is missing, and the document or the words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol, TypeVar

from sim.cli.output import emit, note


class Study(Protocol):
    """What came of it."""

    def document(self) -> dict[str, Any]:
        """The study as plain data."""


S = TypeVar("S", bound=Study)


def answer(
    found: S,
    write: Callable[[S, Path], object],
    tell: Callable[[S], None],
    figure: Path | None,
    as_json: bool,
    missing: Sequence[str] = (),
) -> int:
    """Write the page if one was asked for, and say the rest; 1 where points are ``missing``: a
    sentence for each kind that could not be played."""
    code = save_page(lambda file: write(found, file), figure)
    for sentence in missing:
        note(f"Missing: {sentence}")
    if as_json:
        emit(found.document())
    else:
        tell(found)
    return 1 if missing else code


def save_page(write: Callable[[Path], object], figure: Path | None) -> int:
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
