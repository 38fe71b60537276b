"""Intervals as whiskers on both sides of a value."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sim.figures.theme import SOFT
from sim.text import Interval


def whiskers(
    intervals: Iterable[Interval],
    scale: float = 1.0,
    *,
    color: str = SOFT,
    thickness: float = 1.5,
    width: float = 3,
) -> dict[str, Any]:
    """The intervals, ``scale`` times as long, as plotly takes the errors of a series."""
    known = list(intervals)
    return {
        "type": "data",
        "symmetric": False,
        "array": [scale * (high - value) for value, _, high in known],
        "arrayminus": [scale * (value - low) for value, low, _ in known],
        "color": color,
        "thickness": thickness,
        "width": width,
    }
