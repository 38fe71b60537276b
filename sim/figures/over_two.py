"""What pictures over two parameters share: the grid of places, marks on it, and its table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, Protocol, TypeVar

from sim.figures.dots import PATTERN_INK
from sim.figures.scale import Scale
from sim.figures.sheet import Sheet
from sim.figures.theme import ON_COLOUR

MARGIN = {"l": 84, "r": 24, "t": 110, "b": 52}

# Strokes across a cell, as parts of its width from where they would leave the middle stroke.
STROKES = (-0.6, -0.2, 0.2, 0.6)


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
    """Both axes, from the first value to the last and no further."""
    widths = across.edges(sorted({row.across for row in rows}))
    floors = up.edges(sorted({row.value for row in rows}))
    return {
        "xaxis": across.axis(range=[widths[0], widths[-1]]),
        "yaxis": up.axis(range=[floors[0], floors[-1]]),
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


def hatched(cells: Sequence[Box]) -> list[Any]:
    """Strokes across each of ``cells``, dark on a light edge, that show on any colour."""
    from plotly.graph_objects import Scatter

    xs: list[float | None] = []
    ys: list[float | None] = []
    for cell in cells:
        for start, end in map(_stroke, STROKES):
            xs += [cell.left + part * (cell.right - cell.left) for part in (start[0], end[0])]
            ys += [cell.bottom + part * (cell.top - cell.bottom) for part in (start[1], end[1])]
            xs.append(None)
            ys.append(None)
    looks = ({"color": ON_COLOUR, "width": 3}, {"color": PATTERN_INK, "width": 1.2})
    return [Scatter(x=xs, y=ys, mode="lines", line=look, hoverinfo="skip") for look in looks]


def _stroke(aside: float) -> tuple[tuple[float, float], tuple[float, float]]:
    """Where a stroke begins and ends, in parts of the cell's sides."""
    begin, end = max(0.0, -aside), min(1.0, 1.0 - aside)
    return (begin, begin + aside), (end, end + aside)


def circled(cells: Sequence[Box]) -> Any:
    """A small circle in the middle of each of ``cells``."""
    from plotly.graph_objects import Scatter

    return Scatter(
        x=[(cell.left + cell.right) / 2 for cell in cells],
        y=[(cell.bottom + cell.top) / 2 for cell in cells],
        mode="markers",
        marker={"size": 8, "color": ON_COLOUR, "line": {"color": PATTERN_INK, "width": 1}},
        hoverinfo="skip",
    )
