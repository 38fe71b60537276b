"""How far it is: a bar with rate and remaining time on a terminal, elsewhere a line at times."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sim.cli.output import note
from sim.cli.sizes import as_time

if TYPE_CHECKING:
    from rich.progress import ProgressColumn

    from sim.experiments.run import Progress

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
            note(f"{label}: {done:,} of {total:,} runs, about {as_time(left)} to go")

    return move


def _say_if_compiling() -> None:
    from sim.compiled import COMPILING, is_kept

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
