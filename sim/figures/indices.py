"""Two figures a lever with their intervals: Sobol' indices, or Morris's effects."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from sim.enums import Outcome
from sim.figures.sheet import Sheet
from sim.figures.sign import Sign, dot
from sim.figures.theme import INK, PAPER, SOFT, Note, axis, finish
from sim.figures.whiskers import whiskers
from sim.text import (
    MEAN,
    Interval,
    capitalise,
    format_ci,
    format_signed,
    parameter_cell,
    parameter_name,
    plural,
)

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

COLOURS = (Outcome.DURABLE_DETERRENCE.style.colour, Outcome.RENEWED_OFFENSIVE.style.colour)
SYMBOLS = ("circle", "diamond-open")
NOISE = "line-ns-open"
INDISTINCT = "not distinguishable from 0"
ROW = 30


class Kind(NamedTuple):
    """What the two figures are called, what the axis says, and how to read them.

    ``finding`` takes a lever's name and its leading figure in words; ``kind`` is how a figure is
    written.
    """

    leading: str
    other: str
    axis: str
    reading: str
    finding: str
    kind: str = MEAN

    def said(self, interval: Interval) -> str:
        """A figure with its interval."""
        return format_ci(interval, self.kind)


class Index(NamedTuple):
    """A lever's ``leading`` figure and its ``other`` one; ``floor`` is what the leading one would
    be by Monte-Carlo noise alone, ``clear`` whether it is more than that."""

    path: str
    leading: Interval
    other: Interval
    floor: float
    clear: bool


def title(rows: Sequence[Index], kind: Kind) -> str:
    """The lever with the largest leading figure."""
    top = next((row for row in rows if row.clear), None)
    if top is None:
        return f"None of {plural(len(rows), 'lever')} is distinguishable from 0"
    found = kind.finding.format(lever=parameter_name(top.path), value=kind.said(top.leading))
    return capitalise(found)


def alternative(rows: Sequence[Index], kind: Kind) -> str:
    """The leading figure of every lever that is clear, and how many are not."""
    clear = [f"{parameter_name(row.path)} {kind.said(row.leading)}" for row in rows if row.clear]
    told = "; ".join(clear) if clear else "none is distinguishable from 0"
    rest = len(rows) - len(clear)
    first = f"{kind.leading} of {plural(len(rows), 'lever')}: {told}."
    return f"{first} {INDISTINCT.capitalize()}: {rest}."


def sheet(rows: Sequence[Index], kind: Kind) -> Sheet:
    """A line a lever."""
    return Sheet(
        ("lever", kind.leading, kind.other, "of mere noise"),
        tuple(
            (
                parameter_cell(row.path),
                kind.said(row.leading) if row.clear else f"{INDISTINCT}: {kind.said(row.leading)}",
                kind.said(row.other),
                format_signed(row.floor, kind.kind),
            )
            for row in rows
        ),
    )


def figure(rows: Sequence[Index], kind: Kind, note: Note) -> Figure:
    """Dots with intervals, and a tick where noise alone would put the leading figure."""
    from plotly.graph_objects import Figure

    drawn = Figure([_dots(rows, kind, 0), _dots(rows, kind, 1), _floors(rows)])
    layout: dict[str, Any] = {
        "xaxis": axis(kind.axis, zeroline=True, zerolinecolor=INK, nticks=6),
        "yaxis": axis(
            tickvals=list(range(len(rows))),
            ticktext=[parameter_name(row.path) for row in rows],
            range=[len(rows) - 0.4, -0.6],
            automargin=True,
        ),
        "legend": {"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom"},
        "height": 210 + ROW * len(rows),
        "margin": {"l": 16, "r": 24, "t": 130, "b": 52},
    }
    words = title(rows, kind), note.caption(kind.reading), alternative(rows, kind)
    return finish(drawn, *words, **layout)


def _dots(rows: Sequence[Index], kind: Kind, which: int) -> Any:
    from plotly.graph_objects import Scatter

    shown = [(row.leading, row.other)[which] for row in rows]
    return Scatter(
        x=[value for value, _, _ in shown],
        y=[k + (-0.14, 0.14)[which] for k in range(len(rows))],
        name=(kind.leading, kind.other)[which],
        mode="markers",
        marker={
            "color": COLOURS[which],
            "symbol": SYMBOLS[which],
            "size": 9,
            "line": {"color": COLOURS[which] if which else PAPER, "width": 2 if which else 0},
        },
        error_x=whiskers(shown, color=COLOURS[which]),
        text=[
            f"{parameter_name(r.path)}: {kind.said(f)}" for r, f in zip(rows, shown, strict=True)
        ],
        hovertemplate="%{text}<extra></extra>",
    )


def _floors(rows: Sequence[Index]) -> Any:
    from plotly.graph_objects import Scatter

    return Scatter(
        x=[row.floor for row in rows],
        y=[k - 0.14 for k in range(len(rows))],
        name="mere noise",
        mode="markers",
        marker={"color": SOFT, "symbol": NOISE, "size": 11, "line": {"width": 2}},
        hoverinfo="skip",
    )


def key(kind: Kind) -> list[Sign]:
    """What the colours and shapes stand for."""
    looks = zip((kind.leading, kind.other), COLOURS, SYMBOLS, strict=True)
    return [*(dot(*look) for look in looks), dot("mere noise", SOFT, NOISE)]
