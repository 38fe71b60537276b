"""The valley: war against force size and a second lever, with the line along its floor."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from sim.figures.over_two import MARGIN, cells, columns, spans, two_way
from sim.figures.scale import Scale
from sim.figures.sheet import Sheet
from sim.figures.theme import INK, PAPER, Note, finish
from sim.text import Interval, format_number, format_share, format_share_ci, plural

if TYPE_CHECKING:
    from plotly.graph_objects import Figure


# The ends of the colour scale, cividis.
DARKEST, LIGHTEST = "#00224e", "#fee838"
SIZE = Scale("setting.force_size")


class Place(NamedTuple):
    """War at one value of the lever and one force size (``across``, times the pledge), whether it
    is that value's least, and whether the least is surely between the ends there."""

    value: float
    across: float
    war: Interval
    least: bool
    line: bool


def table(
    values: Sequence[float],
    sizes: Sequence[float],
    wars: Sequence[Sequence[Interval]],
    lines: Sequence[bool],
) -> list[Place]:
    """Rows value by value, size by size, from shares of war ``wars[value][size]``; ``lines`` says
    of each value whether war is surely least between the ends."""
    return [
        Place(value, size, war, war[0] == min(share[0] for share in row), line)
        for value, row, line in zip(values, wars, lines, strict=True)
        for size, war in zip(sizes, row, strict=True)
    ]


def title(rows: Sequence[Place]) -> str:
    """At how many values of the lever there is a line, and where."""
    count = len({row.value for row in rows})
    sizes = [row.across for row in _floor(rows) if row.line]
    if not sizes:
        return f"No line that the runs could show at any of {plural(count, 'value')} of the lever"
    ends = " to ".join(dict.fromkeys(format_number(end) for end in (min(sizes), max(sizes))))
    having = len({row.value for row in rows if row.line})
    return (
        f"A line at {having} of {plural(count, 'value')} of the lever, at {ends} times the pledge"
    )


def _floor(rows: Sequence[Place]) -> list[Place]:
    return [row for row in rows if row.least]


def alternative(rows: Sequence[Place]) -> str:
    """The floor of the valley, value by value."""
    floor = [
        f"at {format_number(row.value)}, {format_number(row.across)} times the pledge with {format_share_ci(row.war)}"
        f"{'' if row.line else ', not clearly between the ends'}"
        for row in _floor(rows)
    ]
    return f"Where war is least in the model runs: {'; '.join(floor)}."


def sheet(rows: Sequence[Place], lever: Scale) -> Sheet:
    """A line a value, a column a size; the least of each value with an asterisk, in brackets where
    it is not surely between the ends."""
    return two_way(rows, lever, columns(rows, SIZE), _cell)


def _cell(row: Place) -> str:
    mark = "" if not row.least else " *" if row.line else " (*)"
    return f"{format_share(row.war)}{mark}"


def key(rows: Sequence[Place]) -> list[tuple[str, str]]:
    """What the darkest and the lightest colour stand for."""
    wars = sorted(row.war for row in rows)
    ends = zip((wars[0], wars[-1]), (DARKEST, LIGHTEST), strict=True)
    return [(f"war in {format_share(war)} of runs", colour) for war, colour in ends]


def figure(rows: Sequence[Place], lever: Scale, note: Note) -> Figure:
    """A heatmap of war, darker where there is less, and where it is least at each value."""
    from plotly.graph_objects import Figure

    drawn = Figure([_heat(rows, lever), *_floors(rows)])
    layout = {**spans(rows, lever, SIZE), "margin": MARGIN}
    layout["xaxis"]["title"]["text"] = "force, times the pledge"
    reading = (
        "Share of model runs that end in war; diamonds (* in the table): the least at each value, "
        "hollow (in brackets) where it is not surely between the ends."
    )
    return finish(
        drawn, title(rows), note.caption(reading), alternative(rows), showlegend=False, **layout
    )


def _heat(rows: Sequence[Place], lever: Scale) -> Any:
    return cells(
        rows,
        lever,
        SIZE,
        lambda row: 100 * row.war[0],
        lambda row: format_share_ci(row.war),
        colorscale="Cividis",
        showscale=False,
    )


def _floors(rows: Sequence[Place]) -> list[Any]:
    """A diamond at each least: filled where there is a line, hollow elsewhere."""
    from plotly.graph_objects import Scatter

    drawn = []
    for line, symbol in ((True, "diamond"), (False, "diamond-open")):
        floor = [row for row in _floor(rows) if row.line is line]
        for looks in _looks(symbol):
            drawn.append(
                Scatter(
                    x=[row.across for row in floor],
                    y=[row.value for row in floor],
                    mode="markers",
                    marker=looks,
                    cliponaxis=False,
                    hoverinfo="skip",
                )
            )
    return drawn


def _looks(symbol: str) -> list[dict[str, Any]]:
    """A light diamond with a dark edge; a hollow one is light on dark, to show on any colour."""
    if symbol == "diamond":
        return [{"color": PAPER, "size": 11, "symbol": symbol, "line": {"color": INK, "width": 1}}]
    return [
        {"color": colour, "size": 11, "symbol": symbol, "line": {"color": colour, "width": width}}
        for colour, width in ((INK, 4), (PAPER, 2))
    ]
