"""The valley: war against force size and a second lever, with the line along its floor."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from sim.figures.sheet import Sheet
from sim.figures.theme import INK, PAPER, Note, axis, finish
from sim.figures.wording import Interval, hedged, number, rounded

if TYPE_CHECKING:
    from plotly.graph_objects import Figure


# The ends of the colour scale, cividis.
DARKEST, LIGHTEST = "#00224e", "#fee838"


class Place(NamedTuple):
    """War at one value of the lever and one force size, and whether it is that value's least."""

    value: float
    size: float
    war: Interval
    least: bool


def table(
    values: Sequence[float], sizes: Sequence[float], wars: Sequence[Sequence[Interval]]
) -> list[Place]:
    """Rows value by value, size by size, from shares of war ``wars[value][size]``."""
    return [
        Place(value, size, war, war is min(line, key=lambda share: share[0]))
        for value, line in zip(values, wars, strict=True)
        for size, war in zip(sizes, line, strict=True)
    ]


def title(rows: Sequence[Place]) -> str:
    """Where the floor of the valley begins and ends."""
    floor = _floor(rows)
    first, last = floor[0], floor[-1]
    if first.size == last.size:
        return f"War is least at {number(first.size)} times the pledge at both ends of the lever"
    return f"War is least at {number(first.size)}, then at {number(last.size)} times the pledge"


def _floor(rows: Sequence[Place]) -> list[Place]:
    return [row for row in rows if row.least]


def alternative(rows: Sequence[Place]) -> str:
    """The floor of the valley, value by value."""
    floor = [
        f"at {number(row.value)}, {number(row.size)} times the pledge with {hedged(row.war)}"
        for row in _floor(rows)
    ]
    return f"Where war is least in the model runs: {'; '.join(floor)}."


def sheet(rows: Sequence[Place]) -> Sheet:
    """A line a value, a column a size."""
    values = sorted({row.value for row in rows})
    sizes = sorted({row.size for row in rows})
    shown = {(row.value, row.size): rounded(row.war) for row in rows}
    return Sheet(
        ("lever", *(number(size) for size in sizes)),
        tuple((number(v), *(shown[v, s] for s in sizes)) for v in values),
    )


def key(rows: Sequence[Place]) -> list[tuple[str, str]]:
    """What the darkest and the lightest colour stand for."""
    wars = sorted(row.war for row in rows)
    ends = zip((wars[0], wars[-1]), (DARKEST, LIGHTEST), strict=True)
    return [(f"war in {rounded(war)} of runs", colour) for war, colour in ends]


def figure(rows: Sequence[Place], lever: str, note: Note) -> Figure:
    """A heatmap of war, darker where there is less, and the line along its floor."""
    from plotly.graph_objects import Figure

    drawn = Figure([_heat(rows), _line(rows)])
    layout = {
        "xaxis": axis("force, times the pledge", showgrid=False),
        "yaxis": axis(lever, showgrid=False),
        "margin": {"l": 64, "r": 24, "t": 110, "b": 52},
    }
    reading = "Share of model runs that end in war; diamonds: the least at each value."
    return finish(
        drawn, title(rows), note.caption(reading), alternative(rows), showlegend=False, **layout
    )


def _heat(rows: Sequence[Place]) -> Any:
    from plotly.graph_objects import Heatmap

    return Heatmap(
        x=[row.size for row in rows],
        y=[row.value for row in rows],
        z=[100 * row.war[0] for row in rows],
        text=[hedged(row.war) for row in rows],
        hovertemplate="%{y} and %{x}: %{text}<extra></extra>",
        colorscale="Cividis",
        showscale=False,
    )


def _line(rows: Sequence[Place]) -> Any:
    from plotly.graph_objects import Scatter

    floor = _floor(rows)
    return Scatter(
        x=[row.size for row in floor],
        y=[row.value for row in floor],
        mode="lines+markers",
        line={"color": PAPER, "width": 2},
        marker={
            "color": PAPER,
            "size": 11,
            "symbol": "diamond",
            "line": {"color": INK, "width": 1},
        },
        hoverinfo="skip",
    )
