"""What pictures over two parameters share: the grid of places, marks on it, and its table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol, TypeVar

from sim.figures.dots import PATTERN_INK
from sim.figures.scale import Scale
from sim.figures.sheet import Sheet
from sim.figures.theme import ON_COLOUR

MARGIN = {"l": 84, "r": 24, "t": 110, "b": 52}


class Place(Protocol):
    """A row of such a picture: where it lies, up and across."""

    @property
    def value(self) -> float:
        """How far up."""

    @property
    def across(self) -> float:
        """How far across."""


P = TypeVar("P", bound=Place)


def grid(
    rows: Sequence[P], cell: Callable[[P], Any]
) -> tuple[list[float], list[float], list[list[Any]]]:
    """Ascending values across and up, and a matrix of what ``cell`` says of each row."""
    across, up = sorted({row.across for row in rows}), sorted({row.value for row in rows})
    found = {(row.value, row.across): cell(row) for row in rows}
    return across, up, [[found.get((u, a)) for a in across] for u in up]


def two_way(rows: Sequence[P], up: Scale, names: Sequence[str], cell: Callable[[P], str]) -> Sheet:
    """A line a value, a column a value of the other, under ``names``; a dash where no row is."""
    _, values, cells = grid(rows, cell)
    return Sheet(
        (up.name, *names),
        tuple(
            (up.say(value), *("–" if text is None else text for text in line))
            for value, line in zip(values, cells, strict=True)
        ),
    )


def columns(rows: Sequence[Place], across: Scale) -> list[str]:
    """The values across, as a reader sees them."""
    return [across.say(value) for value in sorted({row.across for row in rows})]


def marked(rows: Sequence[Place], marker: Mapping[str, Any]) -> Any:
    """A small mark at the place of each of ``rows``."""
    from plotly.graph_objects import Scatter

    return Scatter(
        x=[row.across for row in rows],
        y=[row.value for row in rows],
        mode="markers",
        marker={"size": 7, **marker},
        hoverinfo="skip",
    )


CROSS = {"symbol": "x", "color": PATTERN_INK, "line": {"color": ON_COLOUR, "width": 1}}
CIRCLE = {"color": ON_COLOUR, "line": {"color": PATTERN_INK, "width": 1}}
