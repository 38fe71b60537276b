"""Timing things side by side, in turns, so that a drifting machine slows them alike."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

Work = Callable[[], Any]


class Spread(NamedTuple):
    """The middle of several measurements, and their ends."""

    middle: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{figures(self.middle)} ({figures(self.low)}–{figures(self.high)})"


class Timed(NamedTuple):
    """Processor and clock seconds of the same work, several times over."""

    cpu: tuple[float, ...]
    wall: tuple[float, ...]


def in_turns(works: Mapping[str, Work], rounds: int) -> dict[str, Timed]:
    """Do each of ``works`` in turn, ``rounds`` times, after once to warm up."""
    seconds: dict[str, list[tuple[float, float]]] = {name: [] for name in works}
    for work in works.values():
        work()
    for _ in range(rounds):
        for name, work in works.items():
            seconds[name].append(once(work))
    return {name: Timed(*zip(*pairs, strict=True)) for name, pairs in seconds.items()}


def once(work: Work) -> tuple[float, float]:
    """Processor and clock seconds of doing ``work``."""
    cpu, wall = time.process_time(), time.perf_counter()
    work()
    return time.process_time() - cpu, time.perf_counter() - wall


def spread(values: tuple[float, ...] | list[float]) -> Spread:
    """The median and the ends."""
    return Spread(statistics.median(values), min(values), max(values))


def ratio(slow: tuple[float, ...], fast: tuple[float, ...], scale: float = 1.0) -> Spread:
    """How many times as long ``slow`` took, round by round."""
    return spread([scale * s / f for s, f in zip(slow, fast, strict=True)])


def figures(x: float) -> str:
    """A number to three figures, without an exponent."""
    return f"{x:,.0f}" if abs(x) >= 100 else f"{x:.3g}"
