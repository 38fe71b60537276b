"""How the runs end as one parameter moves: the endings stacked up to all of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sim.enums import Outcome
from sim.figures.dots import PATTERN_INK
from sim.figures.scale import Scale
from sim.figures.sign import Sign, area
from sim.figures.sweep_lines import Changes, Level, alternative, occurring, sheet, table
from sim.figures.theme import Note, axis, finish
from sim.text import format_percent, format_share_ci

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

__all__ = ["alternative", "figure", "key", "sheet", "table", "title"]


def title(rows: Sequence[Level]) -> str:
    """How many runs stay without war at the first value and at the last."""
    first, last = (_without_war(rows, value) for value in (rows[0].value, rows[-1].value))
    return f"Without war at one end: {format_percent(first)} of runs; at the other: {format_percent(last)}"


def _without_war(rows: Sequence[Level], value: float) -> float:
    peaceful = [row for row in rows if row.outcome < Outcome.RENEWED_OFFENSIVE]
    return min(1.0, sum(row.share[0] for row in peaceful if row.value == value))


def key(rows: Sequence[Level]) -> list[Sign]:
    """The endings in the stack, as they look."""
    return [area(outcome) for outcome in occurring(rows)]


def figure(rows: Sequence[Level], changes: Changes, scale: Scale, note: Note) -> Figure:
    """The stack, in the order of the endings."""
    from plotly.graph_objects import Figure

    endings = [[row for row in rows if row.outcome is o] for o in occurring(rows)]
    drawn = Figure([_area(ending) for ending in endings])
    layout = {
        "xaxis": scale.axis(),
        "yaxis": axis(range=[0, 100], ticksuffix=" %", nticks=6, showgrid=False),
        "legend": {"orientation": "h", "x": 0, "y": -0.16, "yanchor": "top"},
        "margin": {"l": 48, "r": 24, "t": 110, "b": 84},
        "hovermode": "x unified",
    }
    caption = note.caption("Shares of model runs, one ending on top of the other.")
    return finish(drawn, title(rows), caption, alternative(rows, changes), **layout)


def _area(rows: Sequence[Level]) -> Any:
    from plotly.graph_objects import Scatter

    style = rows[0].outcome.style
    return Scatter(
        x=[row.value for row in rows],
        y=[100 * row.share[0] for row in rows],
        name=rows[0].outcome.label,
        stackgroup="endings",
        mode="lines",
        line={"color": style.colour, "width": 0.5},
        fillcolor=style.colour,
        fillpattern={
            "shape": style.pattern,
            "bgcolor": style.colour,
            "fgcolor": PATTERN_INK,
            "size": 8,
            "solidity": 0.2,
        },
        text=[format_share_ci(row.share) for row in rows],
        hovertemplate="%{text}",
    )
