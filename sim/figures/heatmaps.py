"""Charts over two parameters: the grid of cells, marks in cells, and diverging colours."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, Protocol, TypeVar

import plotly.graph_objects as go

from sim.enums import Outcome
from sim.figures.parts import PATTERN_INK, Table, error_bars
from sim.figures.scales import Scale
from sim.figures.theme import INK, ON_COLOUR, PAPER, RULE, SOFT
from sim.text import Interval, format_change

MARGIN = {"l": 84, "r": 24, "t": 110, "b": 52}

# Size of marks in cells in pixels, by the largest number of marks: many cells are small.
MARK_SIZES = ((150, 8), (500, 5), (10_000_000, 2))


class GridRow(Protocol):
    """A row of a chart over two parameters."""

    @property
    def value(self) -> float:
        """The value on the vertical axis."""

    @property
    def across(self) -> float:
        """The value on the horizontal axis."""


P = TypeVar("P", bound=GridRow)


class CellBox(NamedTuple):
    """The cell around a place."""

    left: float
    right: float
    bottom: float
    top: float


def matrix(
    rows: Sequence[P], cell: Callable[[P], Any]
) -> tuple[list[float], list[float], list[list[Any]]]:
    """Ascending values across and up, and the matrix of ``cell(row)``, with ``None`` for gaps."""
    across, up = sorted({row.across for row in rows}), sorted({row.value for row in rows})
    found = {(row.value, row.across): cell(row) for row in rows}
    return across, up, [[found.get((u, a)) for a in across] for u in up]


def heatmap(
    rows: Sequence[P],
    up: Scale,
    across: Scale,
    value: Callable[[P], float],
    text: Callable[[P], str],
    **looks: Any,
) -> go.Heatmap:
    """A heatmap with a cell per row, coloured by ``value``, with ``text`` as hover text."""
    widths, heights, values = matrix(rows, value)
    return go.Heatmap(
        x=across.edges(widths),
        y=up.edges(heights),
        z=values,
        text=matrix(rows, text)[2],
        hovertemplate="%{text}<extra></extra>",
        hoverongaps=False,
        **looks,
    )


def boxes(every: Sequence[P], some: Sequence[P], up: Scale, across: Scale) -> list[CellBox]:
    """The cells around ``some`` of all rows."""
    values, widths = sorted({row.value for row in every}), sorted({row.across for row in every})
    lefts, bottoms = across.edges(widths), up.edges(values)
    found = []
    for row in some:
        i, j = widths.index(row.across), values.index(row.value)
        found.append(CellBox(lefts[i], lefts[i + 1], bottoms[j], bottoms[j + 1]))
    return found


def axes_of_cells(rows: Sequence[GridRow], up: Scale, across: Scale) -> dict[str, Any]:
    """Both axes over all cells, with ticks at values that have a cell."""
    return {
        "xaxis": across.axis_of_cells(sorted({row.across for row in rows})),
        "yaxis": up.axis_of_cells(sorted({row.value for row in rows})),
    }


def axes_around(rows: Sequence[GridRow], up: Scale, across: Scale) -> dict[str, Any]:
    """Both axes, with a margin around the outermost dots."""
    return {
        "xaxis": across.axis_around([row.across for row in rows]),
        "yaxis": up.axis_around([row.value for row in rows]),
    }


def two_way_table(
    rows: Sequence[P], up: Scale, headings: Sequence[str], cell: Callable[[P], str]
) -> Table:
    """A row per value up and a column per value across; a dash where there is no row."""
    _, values, cells = matrix(rows, cell)
    return Table(
        (up.heading, *headings),
        tuple(
            (up.format(value), *("–" if text is None else text for text in line))
            for value, line in zip(values, cells, strict=True)
        ),
    )


def column_headings(rows: Sequence[GridRow], across: Scale) -> list[str]:
    """The values across as text, the first with the parameter's name."""
    texts = [across.format(value) for value in sorted({row.across for row in rows})]
    return [f"{across.heading}: {texts[0]}", *texts[1:]]


def marks_in(cells: Sequence[CellBox], symbol: str) -> go.Scatter:
    """A mark in the middle of each cell, light with a dark edge: visible on any colour."""
    size = next(size for most, size in MARK_SIZES if len(cells) <= most)
    return go.Scatter(
        x=[(cell.left + cell.right) / 2 for cell in cells],
        y=[(cell.bottom + cell.top) / 2 for cell in cells],
        mode="markers",
        marker={
            "symbol": symbol,
            "size": size,
            "color": ON_COLOUR,
            "line": {"color": PATTERN_INK, "width": size / 8},
        },
        hoverinfo="skip",
    )


# Differences in diverging colours

# Blue for less, orange for more: distinct with colour vision deficiency too.
BLUE = Outcome.UNTESTED_FORCE.style.colour
ORANGE = Outcome.LIMITED_WAR.style.colour
MIDDLE = "#f7f7f7"
DIVERGING = [[0, BLUE], [0.5, MIDDLE], [1, ORANGE]]


class CellChange(NamedTuple):
    """The difference at a place (``across`` is 0 along one axis); ``clear`` if it excludes 0."""

    value: float
    across: float
    difference: Interval
    clear: bool

    @property
    def text(self) -> str:
        """The difference with its interval."""
        return format_change(self.difference, " points")

    @property
    def points(self) -> str:
        """The difference alone, with its sign."""
        return format_change(self.difference).split(" ", 1)[0]


def largest_change(rows: Sequence[CellChange]) -> float:
    """The largest absolute difference, as a share; positive even if all are 0."""
    return max(0.001, *(abs(row.difference[0]) for row in rows))


def change_heatmap(rows: Sequence[CellChange], up: Scale, across: Scale) -> go.Heatmap:
    """Cells, bluer for less and more orange for more."""
    most = 100 * largest_change(rows)
    return heatmap(
        rows,
        up,
        across,
        lambda row: 100 * row.difference[0],
        lambda row: row.text,
        zmin=-most,
        zmax=most,
        colorscale=DIVERGING,
    )


def change_dots(rows: Sequence[CellChange]) -> go.Scatter:
    """Dots in the same colours, crossed if the interval includes zero."""
    most = 100 * largest_change(rows)
    return go.Scatter(
        x=[row.across for row in rows],
        y=[row.value for row in rows],
        mode="markers",
        marker={
            "symbol": ["circle" if row.clear else "circle-x" for row in rows],
            "size": 14,
            "color": [100 * row.difference[0] for row in rows],
            "cmin": -most,
            "cmax": most,
            "colorscale": DIVERGING,
            "line": {"color": PATTERN_INK, "width": 1},
        },
        text=[row.text for row in rows],
        hovertemplate="%{text}<extra></extra>",
    )


def change_line(rows: Sequence[CellChange], mode: str) -> go.Scatter:
    """Dots with intervals, hollow if the interval includes zero; ``mode`` may join them."""
    return go.Scatter(
        x=[row.value for row in rows],
        y=[100 * row.difference[0] for row in rows],
        mode=mode,
        line={"color": RULE, "width": 1.5},
        marker={
            "color": [
                PAPER if not row.clear else ORANGE if row.difference[0] > 0 else BLUE
                for row in rows
            ],
            "size": 10,
            "line": {"color": INK, "width": 1},
        },
        error_y=error_bars([row.difference for row in rows], 100, thickness=2, width=4),
        text=[row.text for row in rows],
        hovertemplate="%{text}<extra></extra>",
    )


def zero_line() -> dict[str, Any]:
    """A dashed line at no difference."""
    line = {"color": SOFT, "width": 1.5, "dash": "dash"}
    return {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": 0, "y1": 0, "line": line}
