"""A progress bar with rate and remaining time, on a terminal only."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sim.cli.output import note

if TYPE_CHECKING:
    from rich.progress import ProgressColumn


@contextmanager
def progress_bar(label: str, counted: str = "runs") -> Iterator[Callable[[int, int], None] | None]:
    """A callable ``(done, total)`` that moves a bar on standard error; ``None`` off a terminal.

    Whoever waits for runs also waits for the model to be compiled, once, and is told so before.
    """
    _say_if_compiling()
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(*_columns(), console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=None, rate="")

        def move(done: int, total: int) -> None:
            rate = _rate(done, bar.tasks[task].elapsed or 0.0)
            bar.update(task, completed=done, total=total, rate=f"{rate} {counted} a second")

        yield move


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
