"""Which months to show: as many as fit, at steps a reader can count in."""

from __future__ import annotations

TICK_STEPS = (1, 3, 6, 12, 24, 60, 120)
MOST_TICKS = 6
STEPS = (1, 2, 3, 4, 6, 12, 24, 36, 60, 120)


def step(months: int, most: int) -> int:
    """The shortest step that takes at most ``most`` steps to cover the horizon."""
    return next((s for s in STEPS if -(-months // s) <= most), -(-months // most))


def marks(months: int, most: int) -> list[int]:
    """Months from 0 to the horizon, both included, ``step`` apart but for the last."""
    return [*range(0, months, step(months, most)), months]


def year_ticks(months: int) -> list[int]:
    """Where to label a time axis: whole years, or fewer, or parts of a short horizon."""
    apart = next((s for s in TICK_STEPS if months <= MOST_TICKS * s), months)
    return list(range(0, months + 1, apart))
