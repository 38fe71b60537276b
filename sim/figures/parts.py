"""Parts of charts: tables, legend entries, time ticks, error bars, dots and dot plots."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from textwrap import wrap
from typing import Any, NamedTuple

import numpy as np
import plotly.graph_objects as go

from sim.enums import Outcome
from sim.figures.theme import (
    INK,
    LEGEND_ABOVE,
    PAPER,
    RULE,
    SOFT,
    SOLID_BLACK,
    axis,
    band,
    escape_tags,
)
from sim.formatting import Interval, format_share, format_share_ci

# Plotly's marker symbols and the characters that show them in a legend.
SYMBOLS = {
    "circle": "●",
    "square": "■",
    "diamond": "◆",
    "triangle-up": "▲",
    "triangle-down": "▼",
    "cross": "✚",
    "circle-open": "○",
    "diamond-open": "◇",
    "line-ns-open": "❘",
    "star-open": "☆",
}

# One symbol per series of a dot plot: colour is then free to identify the row.
SERIES_SYMBOLS = tuple(SYMBOLS)[:6]


class LegendEntry(NamedTuple):
    """A label, its colour, and the pattern of an area, the dash of a line or a symbol."""

    label: str
    colour: str
    pattern: str = ""
    dash: str = ""
    symbol: str = ""


def outcome_entry(outcome: Outcome) -> LegendEntry:
    """An outcome drawn as an area."""
    return LegendEntry(outcome.label, outcome.style.colour, pattern=outcome.style.pattern)


def in_scenario(label: str) -> str:
    """A phrase that names a scenario by its title, or a version by its changes: ``in …`` or ``with
    …``."""
    return label if label.startswith("with ") else f"in {label}"


def the_scenario(label: str) -> str:
    """A scenario by its title, or a version by its changes."""
    return f"the version {label}" if label.startswith("with ") else label


def wrapped(text: str, characters: int) -> str:
    """A label in lines of so many characters."""
    return "<br>".join(wrap(escape_tags(text), characters))


def marker_entry(label: str, colour: str, symbol: str) -> LegendEntry:
    """A marker with a plotly symbol."""
    return LegendEntry(label, colour, symbol=SYMBOLS[symbol])


def series_legend(labels: Sequence[str], first: int = 0) -> list[LegendEntry]:
    """The series of a dot plot, from the symbol number ``first``."""
    return [marker_entry(label, INK, SERIES_SYMBOLS[first + n]) for n, label in enumerate(labels)]


# Time axes

TICK_STEPS = (1, 3, 6, 12, 24, 60, 120)
MOST_TICKS = 6
STEPS = (1, 2, 3, 4, 6, 12, 24, 36, 60, 120)


def month_step(months: int, most: int) -> int:
    """The shortest step that covers the horizon in at most ``most`` steps."""
    return next((s for s in STEPS if -(-months // s) <= most), -(-months // most))


def month_marks(months: int, most: int) -> list[int]:
    """Months from 0 to the horizon, both included, in at most ``most`` steps."""
    return [*range(0, months, month_step(months, most)), months]


def year_ticks(months: int) -> list[int]:
    """Ticks of a time axis in whole years, in several years, or in months if it is short."""
    step = next((s for s in TICK_STEPS if months <= MOST_TICKS * s), months)
    return list(range(0, months + 1, step))


# Error bars


def error_bars(
    intervals: Iterable[Interval],
    factor: float = 1.0,
    *,
    color: str = SOFT,
    thickness: float = 1.5,
    width: float = 3,
) -> dict[str, Any]:
    """Plotly's error bars for intervals, scaled by ``factor``."""
    known = list(intervals)
    return {
        "type": "data",
        "symmetric": False,
        "array": [factor * (high - value) for value, _, high in known],
        "arrayminus": [factor * (value - low) for value, low, _ in known],
        "color": color,
        "thickness": thickness,
        "width": width,
    }


# Labels at the right ends of lines

# Widths of the labels and of the leaders to them, height of a line of text and gap between labels,
# in pixels, and characters in a line.
LABEL_WIDTH, LEADER, LABEL_LINE, LABEL_GAP, LABEL_CHARACTERS = 124, 18, 15, 4, 14


class LineEnd(NamedTuple):
    """The right end of a line of shares: the line's name, its last share, and its colour."""

    name: str
    share: Interval
    colour: str


def line_labels(
    ends: Sequence[LineEnd], at: float, top: float, height: float
) -> list[dict[str, Any]]:
    """Labels to the right of lines, each with a leader in its line's colour from the line's end.

    ``at`` is the value at which the lines end, ``top`` the highest share of the plot in per cent,
    and ``height`` that of the plot in pixels; labels are moved apart to avoid overlap.
    """
    ranked = sorted(ends, key=lambda end: end.share[0])
    heights = [100 * end.share[0] / top for end in ranked]
    texts = [_label(end) for end in ranked]
    sizes = [(LABEL_LINE * (1 + text.count("<br>")) + LABEL_GAP) / height for text in texts]
    places = separate(heights, sizes)
    return [
        {
            "text": text,
            "font": {"size": 12, "color": INK},
            "bgcolor": PAPER,
            "x": at,
            "xref": "x",
            "xanchor": "left",
            "ax": LEADER,
            "y": own,
            "yref": "paper",
            "yanchor": "middle",
            "ay": round(height * (own - place), 1),
            "align": "left",
            "showarrow": True,
            "arrowhead": 0,
            "arrowwidth": 2,
            "arrowcolor": end.colour,
        }
        for end, own, text, place in zip(ranked, heights, texts, places, strict=True)
    ]


def _label(end: LineEnd) -> str:
    """The name in lines, and the number in bold behind it, in its last line if there is room."""
    lines, number = wrap(escape_tags(end.name), LABEL_CHARACTERS), format_share(end.share)
    has_room = len(lines[-1]) + len(number) < LABEL_CHARACTERS
    return "<br>".join(lines) + (" " if has_room else "<br>") + f"<b>{number}</b>"


def separate(places: Sequence[float], sizes: Sequence[float]) -> list[float]:
    """Ascending centres, moved apart so that objects of these ``sizes`` around them do not overlap.

    They are as near to their places as possible, by the sum of squares. They stay between 0 and 1
    if there is room.
    """
    n, offsets = len(places), np.cumsum(sizes) - np.asarray(sizes) / 2
    # Less the room below each, the centres may only rise: an isotonic regression, by its minimax
    # formula.
    wished = np.asarray(places) - offsets
    rising = [
        max(min(wished[i:j].mean() for j in range(k + 1, n + 1)) for i in range(k + 1))
        for k in range(n)
    ]
    return list(map(float, np.clip(rising, 0, 1 - sum(sizes)) + offsets))


# Dots that each represent an equal share of the model runs

DIAMETER = 0.84
PATTERN_INK = "#20242b"
PATTERN = {"fillmode": "overlay", "fgcolor": PATTERN_INK, "size": 6, "solidity": 0.25}


class Cell(NamedTuple):
    """A place in a grid of dots; rows count upwards."""

    column: float
    row: float


def apportion(shares: Sequence[float], dots: int) -> list[int]:
    """Dots per share by largest remainder; they sum to ``dots`` if the shares sum to 1."""
    exact = np.asarray(shares, dtype=float) * dots
    whole = np.floor(exact + 1e-9).astype(int)
    missing = round(exact.sum()) - int(whole.sum())
    order = np.argsort(whole - exact, kind="stable")
    whole[order[:missing]] += 1
    return [int(count) for count in whole]


def row_by_row(count: int, columns: int, rows: int, skip: int = 0) -> list[Cell]:
    """``count`` cells in reading order from the top left, after ``skip`` filled cells."""
    places = range(skip, skip + count)
    return [Cell(place % columns, rows - 1 - place // columns) for place in places]


def outcome_marker(outcome: Outcome) -> dict[str, Any]:
    """The outcome's colour and pattern; an outline keeps dots visible on any paper."""
    style = outcome.style
    pattern_ink = PAPER if style.colour == SOLID_BLACK else PATTERN_INK
    return {
        "color": style.colour,
        "pattern": {**PATTERN, "shape": style.pattern, "fgcolor": pattern_ink},
        "line": {"color": INK, "width": 1},
    }


def draw_dots(cells: Sequence[Cell], marker: dict[str, Any], **more: Any) -> go.Bar:
    """Dots drawn as bars with rounded corners: round at any size, and able to carry patterns."""
    return go.Bar(
        x=[cell.column for cell in cells],
        base=[cell.row - DIAMETER / 2 for cell in cells],
        y=[DIAMETER] * len(cells),
        width=DIAMETER,
        marker={**marker, "cornerradius": "50%"},
        **more,
    )


def square_grid(columns: float, rows: float) -> dict[str, Any]:
    """A layout with equal horizontal and vertical steps."""
    bare = {"showgrid": False, "zeroline": False, "fixedrange": True, "constrain": "domain"}
    upright = {"visible": False, "scaleanchor": "x", "constraintoward": "top"}
    return {
        "barmode": "overlay",
        "margin": {"l": 2, "r": 2, "t": 110, "b": 2},
        "xaxis": {**bare, "visible": False, "range": [-0.5, columns - 0.5]},
        "yaxis": {**bare, **upright, "range": [-0.5, rows - 0.5]},
    }


# Dot plots: named rows, one dot with its interval per series in each row

HEAD, FOOT = 110, 52
SPREAD = 0.64


class Dot(NamedTuple):
    """A share or a change with its interval, in a row counted from the top.

    ``text`` is its hover text. A dot is ``hollow`` if its interval includes zero.
    """

    row: int
    interval: Interval
    colour: str
    text: str
    hollow: bool = False


def dot_series(name: str, dots: Sequence[Dot], n: int, of: int, symbol: int) -> go.Scatter:
    """Series number ``n`` of ``of`` series in each row, in per cent."""
    offset = SPREAD * ((n + 0.5) / of - 0.5)
    return go.Scatter(
        name=escape_tags(name),
        x=[100 * dot.interval[0] for dot in dots],
        y=[dot.row + offset for dot in dots],
        mode="markers",
        marker={
            "symbol": SERIES_SYMBOLS[symbol],
            "size": 10,
            "color": [PAPER if dot.hollow else dot.colour for dot in dots],
            "line": {"color": INK, "width": 1},
        },
        error_x=error_bars([dot.interval for dot in dots], 100, thickness=2, width=0),
        text=[dot.text for dot in dots],
        hovertemplate="%{text}<extra></extra>",
        cliponaxis=False,
    )


def dot_plot_layout(
    names: Sequence[str], n_series: int, divided_at: Sequence[int] = (), **across: Any
) -> dict[str, Any]:
    """Row names with a thin line between rows, and a strong one above rows in ``divided_at``."""
    height = max(28, 13 * n_series + 12) * len(names)
    return {
        "height": HEAD + FOOT + height,
        "margin": {"l": 8, "r": 16, "t": HEAD, "b": FOOT},
        "shapes": [
            _row_line(row, SOFT if row in divided_at else RULE) for row in range(1, len(names))
        ],
        "xaxis": axis(**{"nticks": 6, "zerolinecolor": SOFT, **across}),
        "yaxis": axis(
            tickvals=list(range(len(names))),
            ticktext=list(names),
            range=[len(names) - 0.5, -0.5],
            showgrid=False,
            automargin=True,
        ),
        "legend": LEGEND_ABOVE,
    }


def _row_line(row: int, colour: str) -> dict[str, Any]:
    ends = {"x0": 0, "x1": 1, "y0": row - 0.5, "y1": row - 0.5}
    line = {"color": colour, "width": 1}
    return {"type": "line", "xref": "paper", "yref": "y", "layer": "below", "line": line, **ends}


def curve(
    name: str,
    values: Sequence[float],
    shares: Sequence[Interval],
    look: dict[str, Any],
    **more: Any,
) -> list[go.Scatter]:
    """Shares over a quantity: the interval as an area, and on it the line with this ``look``, its
    colour included; ``more`` are properties of the line's trace."""
    lows, highs = ([100 * share[end] for share in shares] for end in (1, 2))
    interval = go.Scatter(
        x=[*values, *reversed(values)],
        y=[*lows, *reversed(highs)],
        fill="toself",
        fillcolor=band(look["color"]),
        mode="none",
        hoverinfo="skip",
        showlegend=False,
    )
    line = go.Scatter(
        x=list(values),
        y=[100 * share[0] for share in shares],
        name=name,
        line=look,
        text=[format_share_ci(share) for share in shares],
        hovertemplate="%{text}",
        **{"mode": "lines", **more},
    )
    return [interval, line]
