"""Charts over two parameters: a grid of cells with numbers, a colour bar, and differences."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple, Protocol, TypeVar

import plotly.graph_objects as go

from sim.figures.parts import PATTERN_INK, error_bars
from sim.figures.scales import BLUE, DIVERGING, MIDDLE, ORANGE, ColourScale, Scale
from sim.figures.theme import INK, PAPER, RULE, SOFT, text_on
from sim.formatting import Interval, capitalise, format_change, format_number
from sim.tables import Table

MARGIN = {"l": 56, "r": 24, "t": 110, "b": 52}
TOP = MARGIN["t"]

# Heights in pixels: of a row of cells, of all cells, of the axis below them, and of the colour bar
# with its labels, and the margin below that.
CELL_HEIGHT, HEIGHTS = 44, (130, 460)
AXIS, BAR, BAR_FOOT, BELOW = 74, 12, 62, 8

# A cell of more columns than this is too narrow for a number.
MOST_NUMBERED = 24
STEPS = 60
BAR_FONT = {"size": 12, "color": SOFT}
CELLS, COLOUR_BAR = "cells", "colour bar"

# The layout of cells: a number that does not fit is hidden.
NUMBERED = {
    "barmode": "overlay",
    "bargap": 0,
    "showlegend": False,
    "uniformtext": {"mode": "hide", "minsize": 9},
}


class GridRow(Protocol):
    """A row of a chart over two parameters."""

    @property
    def value(self) -> float:
        """The value on the vertical axis."""

    @property
    def across(self) -> float:
        """The value on the horizontal axis."""


P = TypeVar("P", bound=GridRow)


class CellLook(NamedTuple):
    """How a cell is drawn: its colour, the number in it, and its hover text."""

    colour: str
    number: str
    hover: str


class Grid(NamedTuple):
    """The ascending values of two parameters, whose pairs are the cells."""

    up: Scale
    across: Scale
    rows: list[float]
    columns: list[float]

    @classmethod
    def of(cls, rows: Sequence[GridRow], up: Scale, across: Scale) -> Grid:
        """The grid of the values that these rows have."""
        values, columns = {row.value for row in rows}, {row.across for row in rows}
        return cls(up, across, sorted(values), sorted(columns))

    def cells(self, rows: Sequence[P], look: Callable[[P], CellLook], name: str = CELLS) -> go.Bar:
        """A cell for each row: bars, which stay sharp at any size and can carry text."""
        looks = [look(row) for row in rows]
        return draw_cells(
            [self.columns.index(row.across) for row in rows],
            [self.rows.index(row.value) for row in rows],
            looks,
            name,
            len(self.columns) <= MOST_NUMBERED,
        )

    def outline(self, rows: Sequence[P], dash: str = "solid") -> list[dict[str, Any]]:
        """Shapes around the cells of these rows, dark on light: visible on any colour."""
        shapes = []
        for row in rows:
            x, y = self.columns.index(row.across), self.rows.index(row.value)
            ends = {"x0": x - 0.46, "x1": x + 0.46, "y0": y - 0.44, "y1": y + 0.44}
            for colour, width in ((PAPER, 5), (INK, 2.5)):
                line = {"color": colour, "width": width, "dash": dash if colour == INK else "solid"}
                shapes.append({"type": "rect", "line": line, **ends})
        return shapes

    def layout(self, foot: float = 0.0) -> dict[str, Any]:
        """Both axes above ``foot`` pixels for a colour bar, and the height."""
        low, high = HEIGHTS
        cells = min(max(low, CELL_HEIGHT * len(self.rows)), high)
        inner = cells + (AXIS + foot if foot else 0)
        return {
            "xaxis": self.across.axis_of_cells(self.columns, anchor="y"),
            "yaxis": self.up.axis_of_cells(self.rows) | {"domain": [1 - cells / inner, 1]},
            "height": TOP + inner + (BELOW if foot else MARGIN["b"]),
            "margin": MARGIN | ({"b": BELOW} if foot else {}),
            **NUMBERED,
        }

    @property
    def spacing_text(self) -> str:
        """A remark if the values of an axis are unevenly spaced, although its cells are equally
        wide; otherwise empty."""
        sides = ((self.across, self.columns), (self.up, self.rows))
        uneven = [scale.name for scale, values in sides if scale.is_uneven(values)]
        return f" Steps of {' and '.join(uneven)} are not equal." if uneven else ""


def draw_cells(
    columns: Sequence[float],
    rows: Sequence[float],
    looks: Sequence[CellLook],
    name: str = CELLS,
    is_numbered: bool = True,
) -> go.Bar:
    """Square cells around these places, with thin borders, and numbers where they fit."""
    return go.Bar(
        name=name,
        x=list(columns),
        width=1,
        base=[row - 0.5 for row in rows],
        y=[1] * len(rows),
        marker={
            "color": [look.colour for look in looks],
            "line": {"color": PAPER, "width": 1},
        },
        text=[look.number for look in looks] if is_numbered else None,
        textposition="inside" if is_numbered else "none",
        insidetextanchor="middle",
        textangle=0,
        insidetextfont={"size": 13, "color": [text_on(look.colour) for look in looks]},
        hovertext=[look.hover for look in looks],
        hovertemplate="%{hovertext}<extra></extra>",
        showlegend=False,
    )


def with_colour_bar(
    layout: dict[str, Any], scale: ColourScale, unit: str, intervals: Iterable[Interval] = ()
) -> list[Any]:
    """The traces of a colour bar below the cells; ``layout`` receives its axes and its labels.

    ``intervals`` are those of the shares or differences that are drawn: an interval of median width
    is drawn below the bar, to show which differences in colour may be noise.
    """
    inner = layout["height"] - layout["margin"]["t"] - layout["margin"]["b"]
    domain = [(BAR_FOOT - 20) / inner, (BAR_FOOT - 20 + BAR) / inner]
    layout |= _bar_axes(scale, unit, domain)
    widths = sorted(100 * (high - low) for _, low, high in intervals)
    if widths:
        _add_interval(layout, scale, widths[len(widths) // 2], domain[0] - 12 / inner)
    width = (scale.high - scale.low) / STEPS
    steps = [scale.low + (k + 0.5) * width for k in range(STEPS)]
    colours = [scale.colour(step) for step in steps]
    bar = go.Bar(
        name=COLOUR_BAR,
        x=steps,
        y=[1] * STEPS,
        width=width,
        marker={"color": colours, "line": {"color": colours, "width": 0.5}},
        xaxis="x2",
        yaxis="y2",
        hoverinfo="skip",
        showlegend=False,
    )
    return [bar]


def _bar_axes(scale: ColourScale, unit: str, domain: list[float]) -> dict[str, Any]:
    """The axes of a colour bar: its ends and its middle are labelled, differences with a sign."""
    low, middle, high = scale.low, (scale.low + scale.high) / 2, scale.high
    labels = [f"{format_number(tick)}{unit}" for tick in (low, middle, high)]
    if low < 0:
        # The unit stands in the middle: a longer label at an end is left out on a narrow page.
        labels = [f"−{format_number(high)}", f"0{unit}", f"+{format_number(high)}"]
    bare = {"showgrid": False, "zeroline": False, "fixedrange": True, "ticks": ""}
    across = {
        **bare,
        "range": [low, high],
        "tickvals": [low, middle, high],
        "ticktext": labels,
        "tickfont": BAR_FONT,
        "anchor": "y2",
        "side": "top",
        "ticklabelstandoff": 0,
    }
    up = {**bare, "domain": domain, "range": [0, 1], "visible": False, "anchor": "x2"}
    return {"xaxis2": across, "yaxis2": up}


def _add_interval(layout: dict[str, Any], scale: ColourScale, width: float, y: float) -> None:
    """Add to ``layout`` a line as long as an interval of ``width`` points, and its label."""
    what = "difference" if scale.low < 0 else "share"
    line = {
        "type": "line",
        "line": {"color": INK, "width": 2},
        "xref": "x2",
        "x0": scale.low,
        "x1": min(scale.low + width, scale.high),
        "yref": "paper",
        "y0": y,
        "y1": y,
    }
    label = {
        "text": f"95 % interval of a {what}: ±{width / 2:.2g} points",
        "xref": "x2",
        "x": scale.low,
        "xanchor": "left",
        "yref": "paper",
        "y": y,
        "yanchor": "top",
        "showarrow": False,
        "font": BAR_FONT,
    }
    layout["shapes"] = [*layout.get("shapes", ()), line]
    layout["annotations"] = [*layout.get("annotations", ()), label]


def with_foot(layout: dict[str, Any]) -> dict[str, Any]:
    """The layout of a chart of dots with room for a colour bar below it."""
    inner = 300 + AXIS + BAR_FOOT
    layout["yaxis"] |= {"domain": [1 - 300 / inner, 1]}
    return {
        **layout,
        "height": TOP + inner + BELOW,
        "margin": MARGIN | {"b": BELOW},
        "barmode": "overlay",
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
    across, values = sorted({row.across for row in rows}), sorted({row.value for row in rows})
    found = {(row.value, row.across): cell(row) for row in rows}
    return Table(
        (up.heading, *headings),
        tuple(
            (up.format(value), *(found.get((value, place), "–") for place in across))
            for value in values
        ),
    )


def column_headings(rows: Sequence[GridRow], across: Scale) -> list[str]:
    """The values across as text, the first with the parameter's name."""
    texts = [across.format(value) for value in sorted({row.across for row in rows})]
    return [f"{across.heading}: {texts[0]}", *texts[1:]]


def place_text(row: GridRow, up: Scale, across: Scale) -> str:
    """Where a cell is: ``clarity 0.5, force size 1``."""
    places = (across, row.across), (up, row.value)
    return capitalise(", ".join(f"{scale.name} {scale.format(value)}" for scale, value in places))


# Differences in diverging colours


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
        """The difference alone with its sign, in brackets if its interval includes zero."""
        found = format_change(self.difference).split(" ", 1)[0]
        return found if self.clear else f"({found})"


def change_scale(rows: Sequence[CellChange]) -> ColourScale:
    """The diverging scale of these differences, in points."""
    return ColourScale.around_zero([100 * row.difference[0] for row in rows])


def change_look(row: CellChange, scale: ColourScale) -> CellLook:
    """Bluer for less and more orange for more; no colour if the interval includes zero."""
    colour = scale.colour(100 * row.difference[0]) if row.clear else MIDDLE
    return CellLook(colour, row.points, row.text)


def change_dots(rows: Sequence[CellChange], scale: ColourScale) -> go.Scatter:
    """Dots in the same colours, crossed if the interval includes zero."""
    return go.Scatter(
        x=[row.across for row in rows],
        y=[row.value for row in rows],
        mode="markers",
        marker={
            "symbol": ["circle" if row.clear else "circle-x" for row in rows],
            "size": 14,
            "color": [100 * row.difference[0] for row in rows],
            "cmin": scale.low,
            "cmax": scale.high,
            "colorscale": [[k / 2, colour] for k, colour in enumerate(DIVERGING)],
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
