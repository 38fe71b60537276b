"""A difference between two sweeps: a surface over two parameters, or a line along one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sim.figures.more_or_less import (
    BLUE,
    MIDDLE,
    ORANGE,
    Change,
    dots,
    heat,
    hedged,
    largest,
    line,
    points,
    zero,
)
from sim.figures.over_two import MARGIN, around, boxes, columns, crossed, spans, two_way
from sim.figures.scale import Scale
from sim.figures.sheet import Sheet
from sim.figures.theme import Note, axis, finish
from sim.text import Interval, capitalise, excludes_zero, plural

if TYPE_CHECKING:
    from plotly.graph_objects import Figure


def table(differences: Mapping[tuple[float, float], Interval]) -> list[Change]:
    """Rows by (up, across), in their order."""
    return [
        Change(*place, difference, excludes_zero(difference))
        for place, difference in sorted(differences.items())
    ]


def title(rows: Sequence[Change], what: str, along: str = "") -> str:
    """At how many places there is clearly more, and clearly less; ``along`` names the parameter
    where there are several pictures."""
    more = sum(row.clear and row.difference[0] > 0 for row in rows)
    less = sum(row.clear and row.difference[0] < 0 for row in rows)
    found = f"clearly more {what} at {more} of {plural(len(rows), 'place')}, clearly less at {less}"
    return f"{capitalise(along)}: {found}" if along else capitalise(found)


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
    most = points(largest(rows))
    return [
        (f"{most.replace('+', '−')} points", BLUE),
        ("0 points", MIDDLE),
        (f"{most} points", ORANGE),
    ]


def figure(
    rows: Sequence[Change],
    what: str,
    up: Scale,
    across: Scale | None,
    note: Note,
    scattered: bool = False,
    along: str = "",
) -> Figure:
    """The surface, or with one axis the line; crosses and hollow dots where the sign is unclear.

    Points that are ``scattered`` are dots that nothing joins; for ``along`` see :func:`title`.
    """
    from plotly.graph_objects import Figure

    if across is None:
        drawn, looks = Figure([line(rows, "markers" if scattered else "lines+markers")]), "hollow"
        layout = _upright(rows, up)
    elif scattered:
        drawn, looks = Figure([dots(rows)]), "crossed"
        layout = around(rows, up, across)
    else:
        unclear = boxes(rows, [row for row in rows if not row.clear], up, across)
        drawn, looks = Figure([heat(rows, up, across), crossed(unclear)]), "marked in white"
        layout = spans(rows, up, across)
    reading = (
        f"Percentage points of model runs more (orange) or less (blue) with {what}, run by run on "
        f"the same luck; {looks}: the sign is not clear. The intervals hold for all places at once."
    )
    words = alternative(rows, what, up, across)
    layout["margin"] = MARGIN
    return finish(
        drawn, title(rows, what, along), note.caption(reading), words, showlegend=False, **layout
    )


def _upright(rows: Sequence[Change], up: Scale) -> dict[str, Any]:
    return {
        "xaxis": up.axis_around([row.value for row in rows]),
        "yaxis": axis("points", nticks=6),
        "shapes": [zero()],
    }
