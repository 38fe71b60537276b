"""Dots that stand for equal shares of the model runs: how many, and how they are drawn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from sim.enums import Outcome
from sim.figures.theme import INK, PAPER, SOLID_BLACK

if TYPE_CHECKING:
    from plotly.graph_objects import Bar

DIAMETER = 0.84
PATTERN_INK = "#20242b"
PATTERN = {"fillmode": "overlay", "fgcolor": PATTERN_INK, "size": 6, "solidity": 0.25}


class Cell(NamedTuple):
    """A place in a grid of dots; rows count upwards."""

    column: float
    row: float


def apportion(shares: Sequence[float], dots: int) -> list[int]:
    """Dots for each share, by largest remainder; they add up to ``dots`` if the shares do to 1."""
    exact = np.asarray(shares, dtype=float) * dots
    whole = np.floor(exact + 1e-9).astype(int)
    missing = round(exact.sum()) - int(whole.sum())
    order = np.argsort(whole - exact, kind="stable")
    whole[order[:missing]] += 1
    return [int(count) for count in whole]


def quantile_dots(shares: Sequence[float], dots: int) -> list[int]:
    """How many of ``dots`` evenly spaced quantiles fall in each of the ordered classes."""
    reached = np.floor(np.cumsum(shares) * dots + 0.5 + 1e-9).astype(int)
    return [int(count) for count in np.diff(reached, prepend=0)]


def row_by_row(count: int, columns: int, rows: int, skip: int = 0) -> list[Cell]:
    """``count`` cells read like a text, from the top left, after ``skip`` cells already filled."""
    places = range(skip, skip + count)
    return [Cell(place % columns, rows - 1 - place // columns) for place in places]


def outcome_marker(outcome: Outcome) -> dict[str, Any]:
    """The outcome's colour and pattern; the ring keeps pale and dark dots clear of any paper."""
    style = outcome.style
    pattern_ink = PAPER if style.colour == SOLID_BLACK else PATTERN_INK
    return {
        "color": style.colour,
        "pattern": {**PATTERN, "shape": style.pattern, "fgcolor": pattern_ink},
        "line": {"color": INK, "width": 1},
    }


def draw(cells: Sequence[Cell], marker: dict[str, Any], **more: Any) -> Bar:
    """The dots as bars with fully rounded corners: round at any size, and able to bear patterns."""
    from plotly.graph_objects import Bar

    return Bar(
        x=[cell.column for cell in cells],
        base=[cell.row - DIAMETER / 2 for cell in cells],
        y=[DIAMETER] * len(cells),
        width=DIAMETER,
        marker={**marker, "cornerradius": "50%"},
        **more,
    )


def square_grid(columns: float, rows: float) -> dict[str, Any]:
    """A layout in which one step across is as long as one step up."""
    bare = {"showgrid": False, "zeroline": False, "fixedrange": True, "constrain": "domain"}
    upright = {"visible": False, "scaleanchor": "x", "constraintoward": "top"}
    return {
        "barmode": "overlay",
        "margin": {"l": 2, "r": 2, "t": 110, "b": 2},
        "xaxis": {**bare, "visible": False, "range": [-0.5, columns - 0.5]},
        "yaxis": {**bare, **upright, "range": [-0.5, rows - 0.5]},
    }
