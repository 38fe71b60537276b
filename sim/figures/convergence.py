"""Whether an index has settled: the same from a quarter, a half and the whole of the sample."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from sim.enums import Outcome
from sim.figures.sheet import Sheet
from sim.figures.sign import Sign, dot
from sim.figures.theme import INK, Note, axis, finish
from sim.figures.whiskers import whiskers
from sim.text import (
    MEAN,
    Interval,
    format_ci,
    format_number,
    format_signed,
    parameter_cell,
    parameter_name,
    plural,
)

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

# The heaviest levers are told apart by colour, dash and mark; the rest stand in the table.
SHOWN = 4
NOTHING = "not counted: {} not distinguishable from 0"
LOOKS = (
    (Outcome.DURABLE_DETERRENCE.style.colour, "solid", "circle"),
    (Outcome.LIMITED_WAR.style.colour, "dash", "diamond"),
    (Outcome.QUIET_WITHOUT_FORCE.style.colour, "dot", "square"),
    (INK, "dashdot", "cross"),
)


class Settling(NamedTuple):
    """A lever's index after each of several numbers of runs; whether the whole sample tells it from
    0, and how it is written."""

    path: str
    runs: tuple[int, ...]
    figures: tuple[Interval, ...]
    clear: bool = True
    kind: str = MEAN

    @property
    def way(self) -> str:
        """The index after each."""
        return ", ".join(format_signed(value, self.kind) for value, _, _ in self.figures)

    @property
    def has_settled(self) -> bool:
        """Whether half of the sample put the index within the interval of the whole; of one that
        may be nothing, that means nothing."""
        _, low, high = self.figures[-1]
        return self.clear and low <= self.figures[-2][0] <= high


def title(rows: Sequence[Settling]) -> str:
    """How many of the indices moved no further than their interval."""
    clear, levers = sum(row.clear for row in rows), plural(len(rows), "lever")
    if not clear:
        return f"Too small a sample: none of {levers} is distinguishable from 0 by the whole of it"
    settled = sum(row.has_settled for row in rows)
    agreed = f"{settled} of {plural(clear, 'lever')}: half the sample says what the whole says"
    return agreed if clear == len(rows) else f"{agreed}; {NOTHING.format(len(rows) - clear)}"


def alternative(rows: Sequence[Settling]) -> str:
    """The heaviest levers after each number of runs."""
    told = "; ".join(f"{parameter_name(row.path)} {row.way}" for row in rows[:SHOWN])
    runs = " and ".join(f"{count:,}" for count in rows[0].runs)
    return f"Index after {runs} model runs: {told}."


def sheet(rows: Sequence[Settling]) -> Sheet:
    """A line a lever, a column a number of runs."""
    return Sheet(
        ("lever", *(f"{count:,} model runs" for count in rows[0].runs)),
        tuple(
            (parameter_cell(row.path), *(format_ci(each, row.kind) for each in row.figures))
            for row in rows
        ),
    )


def figure(rows: Sequence[Settling], named: str, note: Note) -> Figure:
    """A line with intervals for each of the heaviest levers."""
    from plotly.graph_objects import Figure

    drawn = Figure([_line(row, k) for k, row in enumerate(rows[:SHOWN])])
    layout: dict[str, Any] = {
        "xaxis": axis(
            "model runs",
            type="log",
            tickvals=list(rows[0].runs),
            ticktext=[format_number(count) for count in rows[0].runs],
            showgrid=False,
        ),
        "yaxis": axis(named, rangemode="tozero", nticks=6),
        "legend": {"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom"},
        "margin": {"l": 56, "r": 24, "t": 130, "b": 52},
        "height": 420,
    }
    reading = f"The {min(SHOWN, len(rows))} heaviest levers; the others are in the table."
    return finish(drawn, title(rows), note.caption(reading), alternative(rows), **layout)


def _line(row: Settling, k: int) -> Any:
    from plotly.graph_objects import Scatter

    colour, dash, symbol = LOOKS[k]
    return Scatter(
        x=[count * (1 + 0.03 * k) for count in row.runs],
        y=[value for value, _, _ in row.figures],
        name=parameter_name(row.path),
        mode="lines+markers",
        line={"color": colour, "dash": dash, "width": 2},
        marker={"color": colour, "symbol": symbol, "size": 9},
        error_y=whiskers(row.figures, width=4),
        hovertemplate=f"%{{y:{row.kind}}}",
    )


def key(rows: Sequence[Settling]) -> list[Sign]:
    """What the colours and shapes stand for."""
    looks = zip(rows[:SHOWN], LOOKS, strict=False)
    return [dot(parameter_name(row.path), colour, shape) for row, (colour, _, shape) in looks]
