"""A difference between two sweeps: a surface over two parameters, or a line along one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from sim.figures.dots import PATTERN_INK
from sim.figures.over_two import MARGIN, around, boxes, columns, crossed, grid, spans, two_way
from sim.figures.scale import Scale
from sim.figures.sheet import Sheet
from sim.figures.theme import INK, PAPER, RULE, SOFT, Note, axis, finish
from sim.figures.whiskers import whiskers
from sim.figures.wording import Interval, figures, is_clear, plural
from sim.vocabulary import Outcome

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

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


def table(differences: Mapping[tuple[float, float], Interval]) -> list[Change]:
    """Rows by (up, across), in their order."""
    return [
        Change(*place, difference, is_clear(difference))
        for place, difference in sorted(differences.items())
    ]


def points(share: float) -> str:
    """A difference of shares in percentage points, with its sign."""
    return figures(100 * share, "+.1f")


def hedged(difference: Interval) -> str:
    """A difference with its interval, in percentage points."""
    value, low, high = map(points, difference)
    return f"{value} points ({low} to {high})"


def title(rows: Sequence[Change], what: str) -> str:
    """At how many places there is clearly more, and clearly less."""
    more = sum(row.clear and row.difference[0] > 0 for row in rows)
    less = sum(row.clear and row.difference[0] < 0 for row in rows)
    return f"Clearly more {what} at {more} of {plural(len(rows), 'place')}, clearly less at {less}"


def alternative(rows: Sequence[Change], what: str, up: Scale, across: Scale | None) -> str:
    """The largest differences either way."""
    ranked = sorted(rows, key=lambda row: row.difference)
    told = [f"{hedged(row.difference)} at {_place(row, up, across)}" for row in ranked]
    return (
        f"Difference in the share of model runs with {what}: from {told[0]} to {told[-1]}; its "
        f"sign is clear at {sum(row.clear for row in rows)} of {plural(len(rows), 'place')}."
    )


def _place(row: Change, up: Scale, across: Scale | None) -> str:
    here = f"{up.name} {up.say(row.value)}"
    return here if across is None else f"{across.name} {across.say(row.across)} and {here}"


def sheet(rows: Sequence[Change], up: Scale, across: Scale | None) -> Sheet:
    """A line a value; with two axes a column a value of the other, unclear ones in brackets."""
    names = ["difference, points"] if across is None else columns(rows, across)
    return two_way(rows, up, names, lambda row: _cell(row, across))


def _cell(row: Change, across: Scale | None) -> str:
    if across is None:
        return hedged(row.difference)
    value = points(row.difference[0])
    return value if row.clear else f"({value})"


def key(rows: Sequence[Change]) -> list[tuple[str, str]]:
    """What the colours stand for; along one axis the height says it."""
    if not any(row.across for row in rows):
        return []
    most = points(_largest(rows))
    return [
        (f"{most.replace('+', '−')} points", BLUE),
        ("0 points", MIDDLE),
        (f"{most} points", ORANGE),
    ]


def _largest(rows: Sequence[Change]) -> float:
    return max(0.001, *(abs(row.difference[0]) for row in rows))


def figure(
    rows: Sequence[Change],
    what: str,
    up: Scale,
    across: Scale | None,
    note: Note,
    scattered: bool = False,
) -> Figure:
    """The surface, or with one axis the line; crosses and hollow dots where the sign is unclear.

    Points that are ``scattered`` are dots that nothing joins.
    """
    from plotly.graph_objects import Figure

    if across is None:
        drawn, looks = Figure([_line(rows, "markers" if scattered else "lines+markers")]), "hollow"
        layout = _upright(rows, up)
    elif scattered:
        drawn, looks = Figure([_dots(rows)]), "crossed"
        layout = around(rows, up, across)
    else:
        unclear = boxes(rows, [row for row in rows if not row.clear], up, across)
        drawn, looks = Figure([_heat(rows, up, across), crossed(unclear)]), "crossed"
        layout = spans(rows, up, across)
    reading = (
        f"Percentage points of model runs more (orange) or less (blue) with {what}, run by run on "
        f"the same luck; {looks}: the sign is not clear. The intervals hold for all places at once."
    )
    words = alternative(rows, what, up, across)
    layout["margin"] = MARGIN
    return finish(
        drawn, title(rows, what), note.caption(reading), words, showlegend=False, **layout
    )


def _upright(rows: Sequence[Change], up: Scale) -> dict[str, Any]:
    return {
        "xaxis": up.axis_around([row.value for row in rows]),
        "yaxis": axis("points", nticks=6),
        "shapes": [_zero()],
    }


def _heat(rows: Sequence[Change], up: Scale, across: Scale) -> Any:
    from plotly.graph_objects import Heatmap

    widths, values, differences = grid(rows, lambda row: 100 * row.difference[0])
    most = 100 * _largest(rows)
    return Heatmap(
        x=across.edges(widths),
        y=up.edges(values),
        z=differences,
        text=grid(rows, lambda row: hedged(row.difference))[2],
        hovertemplate="%{text}<extra></extra>",
        hoverongaps=False,
        zmin=-most,
        zmax=most,
        colorscale=COLOURS,
    )


def _dots(rows: Sequence[Change]) -> Any:
    from plotly.graph_objects import Scatter

    most = 100 * _largest(rows)
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


def _line(rows: Sequence[Change], mode: str) -> Any:
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


def _zero() -> dict[str, Any]:
    line = {"color": SOFT, "width": 1.5, "dash": "dash"}
    return {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": 0, "y1": 0, "line": line}
