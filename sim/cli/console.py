"""Output to the terminal: lines, tables, JSON, and progress.

Data go to standard output, everything about the work itself to standard error. ``rich`` is imported
only on a terminal: elsewhere nothing of it is used.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
import time
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from textwrap import wrap
from typing import TYPE_CHECKING, Any, TypeVar

import click

from sim.errors import ThinlineError, ThinlineWarning
from sim.formatting import format_distinct, format_duration, override_in_words, plural, visible

if TYPE_CHECKING:
    from rich.progress import ProgressColumn

    from sim.experiments.simulate import Progress
    from sim.tables import Table

# Columns of a paragraph.
WIDTH = 96

# Seconds to the first progress line; each further line is due after twice the time elapsed.
FIRST = 2.0
# A run expected to be shorter than this, in seconds, prints no progress line.
SHORT = 10.0
# From this number of runs on, the total is printed before the points are drawn.
MANY = 1_000_000


C = TypeVar("C", bound=Callable[..., Any])

json_option: Callable[[C], C] = click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON document instead of text."
)


class Interrupted(ThinlineError):
    """The user pressed Ctrl-C, or the system asked the process to end."""

    exit_code = 130
    kind = "interrupted"


def configure_streams() -> None:
    """Escape characters that the terminal's character set lacks, instead of failing.

    Does nothing where a stream is missing, as in a service, or cannot be configured, as in a
    notebook.
    """
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def print_warnings_as_notes() -> None:
    """Print the package's warnings as one line each, without a place in the code."""
    usual = warnings.showwarning

    def show(message: Warning | str, category: type[Warning], *place: Any) -> None:
        if issubclass(category, ThinlineWarning):
            print_note(str(message))
        else:
            usual(message, category, *place)

    warnings.showwarning = show  # type: ignore[assignment]


def is_terminal(stream: Any) -> bool:
    """Whether a stream is a terminal; streams of other programs may lack the question."""
    return bool(getattr(stream, "isatty", bool)())


# Where a command keeps what it changes in the scenario: texts ``path=value``.
CHANGES = "changes"


def note_changes(texts: Iterable[str]) -> None:
    """Keep what this command changes in the scenario, as ``path=value``."""
    click.get_current_context().meta[CHANGES] = list(map(str, texts))


def changes_made() -> list[str]:
    """What this command changes in the scenario, as ``path=value``."""
    context = click.get_current_context(silent=True)
    return list(context.meta.get(CHANGES, ())) if context else []


def print_changes() -> None:
    """Print what this command changes in the scenario, so that nobody takes the results for those
    of the scenario as it is."""
    if changes := changes_made():
        words = ", ".join(map(override_in_words, changes))
        click.echo(f"Changed in the scenario: {visible(words)}")


def print_json(document: Any) -> None:
    """Print a JSON document to standard output: in UTF-8, or in ASCII for any other encoding.

    Below its head it says what this command changes in the scenario.
    """
    if changes := changes_made():
        head = {name: document[name] for name in ("schema_version", "kind")}
        document = {**head, "overrides": changes, **document}
    is_utf8 = (getattr(sys.stdout, "encoding", None) or "").lower().replace("-", "") == "utf8"
    click.echo(json.dumps(document, indent=2, ensure_ascii=not is_utf8, allow_nan=False))


def print_note(text: str) -> None:
    """Print a line to standard error."""
    click.echo(visible(text), err=True)


# A name, and its path as code.
PATH = re.compile(r"^[^`]* `([^`]+)`$")


def print_table(table: Table, most: int | None = None) -> None:
    """Print a table, of its rows the first ``most``."""
    print_rows(table.headings, table.rows[:most])


def print_rows(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print rows of text under headings: with a rule on a terminal, as plain columns elsewhere.

    Of a cell with a name and its path as code, the path is printed, which options take.
    """
    cells = [[PATH.sub(r"\1", cell) for cell in row] for row in rows]
    if is_terminal(sys.stdout):
        _print_ruled(headings, cells)
    else:
        click.echo(plain_table([list(headings), *cells]))


def plain_table(rows: list[list[str]]) -> str:
    """Rows of text as aligned columns, two blanks apart."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )


def _print_ruled(headings: Sequence[str], rows: list[list[str]]) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    ruled = Table(*headings, box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for row in rows:
        ruled.add_row(*(Text(cell) for cell in row))
    Console().print(ruled)


def print_heading(text: str) -> None:
    """Print an empty line and a heading, bold on a terminal."""
    plain = not is_terminal(sys.stdout) or "NO_COLOR" in os.environ
    click.echo()
    click.echo(text if plain else click.style(text, bold=True))


def print_paragraph(text: str, indent: int = 0, mark: str = "") -> None:
    """Print a text wrapped, indented by ``indent`` blanks, with ``mark`` before its first line."""
    first = " " * indent + mark
    width = shutil.get_terminal_size((WIDTH, 24)).columns if is_terminal(sys.stdout) else WIDTH
    lines = wrap(
        text,
        min(WIDTH, width),
        initial_indent=first,
        subsequent_indent=" " * len(first),
        break_on_hyphens=False,
        break_long_words=False,
    )
    for line in lines:
        click.echo(line)


def print_list(heading: str, items: Sequence[str]) -> None:
    """Print items as a bulleted list under a heading; nothing where there are no items."""
    if items:
        print_heading(heading)
    for item in items:
        print_paragraph(item, mark="- ")


@contextmanager
def progress_bar(label: str) -> Iterator[Progress]:
    """A callable ``(done, total)``, in runs, that shows progress on standard error.

    On a terminal it is a bar with rate and remaining time, elsewhere an occasional line.
    """
    from sim.jit import COMPILING, is_kept

    if COMPILING and not is_kept():
        print_note("Compiling the model, once on this machine: up to a minute.")
    if not is_terminal(sys.stderr):
        yield progress_lines(label)
        return
    from rich.console import Console
    from rich.progress import Progress as Bars

    with Bars(*_columns(), console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=None, rate="")

        def update(done: int, total: int) -> None:
            rate = _rate(done, bar.tasks[task].elapsed or 0.0)
            bar.update(task, completed=done, total=total, rate=f"{rate} runs a second")

        yield update


def progress_lines(label: str, clock: Callable[[], float] = time.monotonic) -> Progress:
    """A callable ``(done, total)`` that prints ever rarer lines with the remaining time.

    It prints nothing for short work.
    """
    due, begun = FIRST, (clock(), 0)

    def update(done: int, total: int) -> None:
        nonlocal due, begun
        if not done and total >= MANY:
            print_note(f"{label}: {total:,} runs in all")
        # The clock starts with the first finished runs, so that preparation does not count.
        begun = begun if begun[1] else (clock(), done)
        gone = clock() - begun[0]
        if gone < due or not begun[1] < done < total:
            return
        due = 2 * gone
        left = gone * (total - done) / (done - begun[1])
        if gone + left > SHORT:
            print_note(f"{label}: {done:,} of {total:,} runs, about {format_duration(left)} to go")

    return update


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


def describe_precision(width: float, runs: int, wanted: float) -> str:
    """Whether the widest interval is as narrow as ``--until-ci`` asked, after so many runs."""
    played, widest = plural(runs, "run"), format_distinct(width, wanted)
    if width < wanted:
        return f"Every interval is narrower than {wanted:g} after {played}; the widest is {widest}."
    return f"After all {played} the widest interval is still {widest}: raise --runs."
