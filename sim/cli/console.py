"""How far it is: a bar with rate and remaining time on a terminal, elsewhere a line at times."""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from textwrap import wrap
from typing import TYPE_CHECKING, Any, TypeVar

import click

from sim.errors import ThinlineError
from sim.text import format_duration

if TYPE_CHECKING:
    from rich.progress import ProgressColumn

    from sim.experiments.simulate import Progress


# When a line is due for the first time, in seconds; the next is when as long again has gone by.
FIRST = 2.0
# What is done sooner than that needs no line.
SOON = 10.0
# So many runs are said before the points for them are even drawn.
MANY = 1_000_000


@contextmanager
def progress_bar(label: str) -> Iterator[Progress]:
    """A callable ``(done, total)``, in runs, that says on standard error how far it is.

    Whoever waits for runs also waits for the model to be compiled, once, and is told so before.
    """
    _say_if_compiling()
    if not sys.stderr.isatty():
        yield lines(label)
        return
    from rich.console import Console
    from rich.progress import Progress as Bars

    with Bars(*_columns(), console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=None, rate="")

        def move(done: int, total: int) -> None:
            rate = _rate(done, bar.tasks[task].elapsed or 0.0)
            bar.update(task, completed=done, total=total, rate=f"{rate} runs a second")

        yield move


def lines(label: str, clock: Callable[[], float] = time.monotonic) -> Progress:
    """A callable that says how many runs there are and how long they will take, ever more seldom;
    nothing of what is soon done."""
    due, begun = FIRST, (clock(), 0)

    def move(done: int, total: int) -> None:
        nonlocal due, begun
        if not done and total >= MANY:
            note(f"{label}: {total:,} runs in all")
        # Not before the first runs are there, so that getting ready does not count as playing.
        begun = begun if begun[1] else (clock(), done)
        gone = clock() - begun[0]
        if gone < due or not begun[1] < done < total:
            return
        due = 2 * gone
        left = gone * (total - done) / (done - begun[1])
        if gone + left > SOON:
            note(f"{label}: {done:,} of {total:,} runs, about {format_duration(left)} to go")

    return move


def _say_if_compiling() -> None:
    from sim.jit import COMPILING, is_kept

    if COMPILING and not is_kept():
        note("Compiling the model, once on this machine: up to a minute.")


def _rate(done: int, seconds: float) -> str:
    rate = done / seconds if seconds else 0.0
    return f"{rate:,.0f}" if rate >= 10 else f"{rate:.2g}"


def _columns() -> list[ProgressColumn]:
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn

    return [
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    ]


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


PAGE = 96


def heading(text: str) -> None:
    """Print a heading, bold on a terminal, after an empty line."""
    plain = not sys.stdout.isatty() or "NO_COLOR" in os.environ
    say()
    say(text if plain else click.style(text, bold=True))


def paragraph(text: str, indent: int = 0, mark: str = "") -> None:
    """Print a text, its lines ``indent`` blanks in, the first after ``mark``."""
    first = " " * indent + mark
    lines = wrap(
        text,
        _width(),
        initial_indent=first,
        subsequent_indent=" " * len(first),
        break_on_hyphens=False,
        break_long_words=False,
    )
    for line in lines:
        say(line)


def _width() -> int:
    return min(PAGE, shutil.get_terminal_size((PAGE, 24)).columns) if sys.stdout.isatty() else PAGE
