"""What pictures over two parameters share: the grid of places, marks on it, and its table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, Protocol, TypeVar

from sim.figures.dots import PATTERN_INK
from sim.figures.scale import Scale
from sim.figures.sheet import Sheet
from sim.figures.theme import ON_COLOUR

MARGIN = {"l": 84, "r": 24, "t": 110, "b": 52}

# How large the marks in cells are, in pixels, by how many there are at most: many cells are small.
SIZES = ((150, 8), (500, 5), (10_000_000, 2))


class Place(Protocol):
    """A row of such a picture: where it lies, up and across."""

    @property
    def value(self) -> float:
        """How far up."""

    @property
    def across(self) -> float:
        """How far across."""


P = TypeVar("P", bound=Place)


class Box(NamedTuple):
    """The cell around a place: from left to right, from bottom to top."""

    left: float
    right: float
    bottom: float
    top: float


def grid(
    rows: Sequence[P], cell: Callable[[P], Any]
) -> tuple[list[float], list[float], list[list[Any]]]:
    """Ascending values across and up, and a matrix of what ``cell`` says of each row."""
    across, up = sorted({row.across for row in rows}), sorted({row.value for row in rows})
    found = {(row.value, row.across): cell(row) for row in rows}
    return across, up, [[found.get((u, a)) for a in across] for u in up]


def cells(
    rows: Sequence[P],
    up: Scale,
    across: Scale,
    value: Callable[[P], float],
    said: Callable[[P], str],
    **looks: Any,
) -> Any:
    """A heatmap: a cell a row, coloured by ``value``, that says ``said`` when pointed at."""
    from plotly.graph_objects import Heatmap

    widths, heights, values = grid(rows, value)
    return Heatmap(
        x=across.edges(widths),
        y=up.edges(heights),
        z=values,
        text=grid(rows, said)[2],
        hovertemplate="%{text}<extra></extra>",
        hoverongaps=False,
        **looks,
    )


def boxes(every: Sequence[P], some: Sequence[P], up: Scale, across: Scale) -> list[Box]:
    """The cells around ``some`` of all rows."""
    values, widths = sorted({row.value for row in every}), sorted({row.across for row in every})
    sides, floors = across.edges(widths), up.edges(values)
    found = []
    for row in some:
        i, j = widths.index(row.across), values.index(row.value)
        found.append(Box(sides[i], sides[i + 1], floors[j], floors[j + 1]))
    return found


def spans(rows: Sequence[Place], up: Scale, across: Scale) -> dict[str, Any]:
    """Both axes, over all cells and no further, with marks at values that have a cell."""
    return {
        "xaxis": across.axis_of_cells(sorted({row.across for row in rows})),
        "yaxis": up.axis_of_cells(sorted({row.value for row in rows})),
    }


def around(rows: Sequence[Place], up: Scale, across: Scale) -> dict[str, Any]:
    """Both axes, with room around dots at the outermost values."""
    return {
        "xaxis": across.axis_around([row.across for row in rows]),
        "yaxis": up.axis_around([row.value for row in rows]),
    }


def two_way(rows: Sequence[P], up: Scale, names: Sequence[str], cell: Callable[[P], str]) -> Sheet:
    """A line a value, a column a value of the other, under ``names``; a dash where no row is."""
    _, values, cells = grid(rows, cell)
    return Sheet(
        (up.heading, *names),
        tuple(
            (up.say(value), *("–" if text is None else text for text in line))
            for value, line in zip(values, cells, strict=True)
        ),
    )


def columns(rows: Sequence[Place], across: Scale) -> list[str]:
    """The values across, as a reader sees them, the first with what they are values of."""
    said = [across.say(value) for value in sorted({row.across for row in rows})]
    return [f"{across.heading}: {said[0]}", *said[1:]]


def crossed(cells: Sequence[Box]) -> Any:
    """A cross in the middle of each of ``cells``, light with a dark edge: on any colour."""
    return _marked(cells, "x")


def circled(cells: Sequence[Box]) -> Any:
    """A small circle in the middle of each of ``cells``."""
    return _marked(cells, "circle")


def _marked(cells: Sequence[Box], symbol: str) -> Any:
    from plotly.graph_objects import Scatter

    size = next(size for most, size in SIZES if len(cells) <= most)
    return Scatter(
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
