"""Dots with their intervals, in named rows on one axis: as many to a row as there are series."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from sim.figures.theme import INK, PAPER, RULE, SOFT, axis, plain
from sim.figures.whiskers import whiskers
from sim.text import Interval

if TYPE_CHECKING:
    from plotly.graph_objects import Scatter

# A series is told by its shape, so that colour is free to tell the row. Each with the sign that
# stands for it in a text.
SHAPES = (
    ("circle", "●"),
    ("square", "■"),
    ("diamond", "◆"),
    ("triangle-up", "▲"),
    ("triangle-down", "▼"),
    ("cross", "✚"),
)
HEAD, FOOT = 110, 52
SPREAD = 0.64


class Dot(NamedTuple):
    """A share or a change with its interval, in the row counted from the top.

    A ``hollow`` dot is one whose interval holds zero.
    """

    row: int
    interval: Interval
    colour: str
    words: str
    hollow: bool = False


def series(name: str, dots: Sequence[Dot], nth: int, many: int, shape: int) -> Scatter:
    """The dots of one series, ``nth`` from the top of ``many`` within each row, in per cent."""
    from plotly.graph_objects import Scatter

    offset = SPREAD * ((nth + 0.5) / many - 0.5)
    return Scatter(
        name=plain(name),
        x=[100 * dot.interval[0] for dot in dots],
        y=[dot.row + offset for dot in dots],
        mode="markers",
        marker={
            "symbol": SHAPES[shape][0],
            "size": 10,
            "color": [PAPER if dot.hollow else dot.colour for dot in dots],
            "line": {"color": INK, "width": 1},
        },
        error_x=whiskers([dot.interval for dot in dots], 100, thickness=2, width=0),
        text=[dot.words for dot in dots],
        hovertemplate="%{text}<extra></extra>",
        cliponaxis=False,
    )


def key(names: Sequence[str], first: int = 0) -> list[tuple[str, str]]:
    """Each series' name with the sign of its shape, for a page's own legend."""
    return [(name, SHAPES[first + nth][1]) for nth, name in enumerate(names)]


def layout(names: Sequence[str], many: int, parts: Sequence[int], **across: Any) -> dict[str, Any]:
    """The rows' names, a fine line between rows, a strong one above each row of ``parts``."""
    tall = max(28, 13 * many + 12) * len(names)
    lines = [_line(row, SOFT if row in parts else RULE) for row in range(1, len(names))]
    return {
        "height": HEAD + FOOT + tall,
        "margin": {"l": 8, "r": 16, "t": HEAD, "b": FOOT},
        "shapes": lines,
        "xaxis": axis(**{"nticks": 6, "zerolinecolor": SOFT, **across}),
        "yaxis": axis(
            tickvals=list(range(len(names))),
            ticktext=list(names),
            range=[len(names) - 0.5, -0.5],
            showgrid=False,
            automargin=True,
        ),
        "legend": {"orientation": "h", "x": 0, "y": 1.01, "yanchor": "bottom"},
    }


def _line(row: int, colour: str) -> dict[str, Any]:
    ends = {"x0": 0, "x1": 1, "y0": row - 0.5, "y1": row - 0.5}
    drawn = {"color": colour, "width": 1}
    return {"type": "line", "xref": "paper", "yref": "y", "layer": "below", "line": drawn, **ends}
