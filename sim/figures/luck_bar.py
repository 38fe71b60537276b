"""One bar: how much of what differs between runs is luck, and how much the levers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from sim.enums import Outcome
from sim.figures.sheet import Sheet
from sim.figures.theme import SOFT, Note, axis, finish
from sim.text import Interval, format_share_ci

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

LUCK, LEVERS = "luck", "where the levers stand"
COLOURS = {LUCK: SOFT, LEVERS: Outcome.DURABLE_DETERRENCE.style.colour}


class Part(NamedTuple):
    """A part of the variance of single runs."""

    name: str
    share: Interval


def table(luck: Interval) -> list[Part]:
    """The two parts, from the share of luck."""
    value, low, high = luck
    return [Part(LUCK, luck), Part(LEVERS, (1 - value, 1 - high, 1 - low))]


def title(rows: Sequence[Part]) -> str:
    """How much is luck."""
    return f"Luck makes {format_share_ci(rows[0].share)} of what differs between single runs"


def alternative(rows: Sequence[Part]) -> str:
    """Both parts."""
    told = " and ".join(f"{row.name} {format_share_ci(row.share)}" for row in rows)
    return f"Of the variance of single model runs: {told}."


def sheet(rows: Sequence[Part]) -> Sheet:
    """A line a part."""
    return Sheet(
        ("part", "share of the variance of single model runs"),
        tuple((row.name, format_share_ci(row.share)) for row in rows),
    )


def key() -> list[tuple[str, str]]:
    """What the colours stand for."""
    return list(COLOURS.items())


def figure(rows: Sequence[Part], note: Note) -> Figure:
    """A bar in two parts, with the interval where they meet."""
    from plotly.graph_objects import Figure

    drawn = Figure([_part(row) for row in rows])
    layout: dict[str, Any] = {
        "barmode": "stack",
        "xaxis": axis(range=[0, 100], ticksuffix=" %", nticks=6, showgrid=False),
        "yaxis": axis(visible=False),
        "legend": {"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom"},
        "height": 240,
        "margin": {"l": 16, "r": 24, "t": 130, "b": 44},
    }
    reading = "Share of the variance of single runs when every lever is drawn between its ends."
    return finish(drawn, title(rows), note.caption(reading), alternative(rows), **layout)


def _part(row: Part) -> Any:
    from plotly.graph_objects import Bar

    value, low, high = (100 * number for number in row.share)
    interval = {
        "type": "data",
        "symmetric": False,
        "array": [high - value],
        "arrayminus": [value - low],
        "thickness": 2,
        "width": 10,
    }
    return Bar(
        x=[value],
        y=[0],
        orientation="h",
        name=row.name,
        marker={"color": COLOURS[row.name]},
        error_x=interval if row.name == LUCK else None,
        text=[format_share_ci(row.share)],
        textposition="none",
        hovertemplate="%{text}<extra></extra>",
    )
