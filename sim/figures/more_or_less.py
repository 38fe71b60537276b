"""Differences drawn in blue and orange: cells, dots, and dots along a line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from sim.enums import Outcome
from sim.figures.dots import PATTERN_INK
from sim.figures.over_two import cells
from sim.figures.scale import Scale
from sim.figures.theme import INK, PAPER, RULE, SOFT
from sim.figures.whiskers import whiskers
from sim.text import Interval, format_signed

# Fewer, none, more: blue and orange are told apart by everyone.
BLUE = Outcome.DURABLE_DETERRENCE.style.colour
ORANGE = Outcome.LIMITED_WAR.style.colour
MIDDLE = "#f7f7f7"
COLOURS = [[0, BLUE], [0.5, MIDDLE], [1, ORANGE]]


class Change(NamedTuple):
    """The difference at a place (``across`` is 0 along one axis); ``clear`` where its sign is."""

    value: float
    across: float
    difference: Interval
    clear: bool


def points(share: float) -> str:
    """A difference of shares in percentage points, with its sign."""
    return format_signed(100 * share, "+.1f")


def hedged(difference: Interval) -> str:
    """A difference with its interval, in percentage points."""
    value, low, high = map(points, difference)
    return f"{value} points ({low} to {high})"


def largest(rows: Sequence[Change]) -> float:
    """The largest difference either way, as a share; hardly anything where there is none."""
    return max(0.001, *(abs(row.difference[0]) for row in rows))


def heat(rows: Sequence[Change], up: Scale, across: Scale) -> Any:
    """Cells, bluer for less and more orange for more."""
    most = 100 * largest(rows)
    return cells(
        rows,
        up,
        across,
        lambda row: 100 * row.difference[0],
        lambda row: hedged(row.difference),
        zmin=-most,
        zmax=most,
        colorscale=COLOURS,
    )


def dots(rows: Sequence[Change]) -> Any:
    """Dots in the same colours, crossed where the sign is unclear."""
    from plotly.graph_objects import Scatter

    most = 100 * largest(rows)
    return Scatter(
        x=[row.across for row in rows],
        y=[row.value for row in rows],
        mode="markers",
        marker={
            "symbol": ["circle" if row.clear else "circle-x" for row in rows],
            "size": 14,
            "color": [100 * row.difference[0] for row in rows],
            "cmin": -most,
            "cmax": most,
            "colorscale": COLOURS,
            "line": {"color": PATTERN_INK, "width": 1},
        },
        text=[hedged(row.difference) for row in rows],
        hovertemplate="%{text}<extra></extra>",
    )


def line(rows: Sequence[Change], mode: str) -> Any:
    """Dots with their intervals, hollow where the sign is unclear; ``mode`` may join them."""
    from plotly.graph_objects import Scatter

    return Scatter(
        x=[row.value for row in rows],
        y=[100 * row.difference[0] for row in rows],
        mode=mode,
        line={"color": RULE, "width": 1.5},
        marker={
            "color": [_colour(row) for row in rows],
            "size": 10,
            "line": {"color": INK, "width": 1},
        },
        error_y=whiskers([row.difference for row in rows], 100, thickness=2, width=4),
        text=[hedged(row.difference) for row in rows],
        hovertemplate="%{text}<extra></extra>",
    )


def _colour(row: Change) -> str:
    """Orange for clearly more, blue for clearly less, nothing for neither."""
    if not row.clear:
        return PAPER
    return ORANGE if row.difference[0] > 0 else BLUE


def zero() -> dict[str, Any]:
    """A line where there is no difference."""
    line = {"color": SOFT, "width": 1.5, "dash": "dash"}
    return {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": 0, "y1": 0, "line": line}
