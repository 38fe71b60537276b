"""How the verbs speak: data on standard output, all else on standard error."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

import click

from sim.errors import ThinlineError

C = TypeVar("C", bound=Callable[..., Any])

json_option: Callable[[C], C] = click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON document instead of text."
)


class Interrupted(ThinlineError):
    """The user stopped it."""

    exit_code = 130
    kind = "interrupted"


def settle_streams() -> None:
    """Let no terminal's narrow character set turn a word into a crash."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]


def emit(document: Any) -> None:
    """Print a JSON document to standard output."""
    say(json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False))


def say(text: str = "") -> None:
    """Print a line of data to standard output."""
    click.echo(text)


def note(text: str) -> None:
    """Print a line about the work itself to standard error."""
    click.echo(text, err=True)


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print rows of text under headings: ruled on a terminal, plain columns elsewhere."""
    cells = [list(row) for row in rows]
    if sys.stdout.isatty():
        _ruled(headings, cells)
    else:
        say(plain_table([list(headings), *cells]))


def plain_table(rows: list[list[str]]) -> str:
    """Rows of text as aligned columns, two blanks apart."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )


def _ruled(headings: Sequence[str], rows: list[list[str]]) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    ruled = Table(*headings, box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for row in rows:
        ruled.add_row(*(Text(cell) for cell in row))
    Console().print(ruled)
