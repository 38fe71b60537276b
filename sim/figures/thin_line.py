"""The thin line: failure and escalation against force size, their sum, its minimum and window."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from sim.enums import Outcome
from sim.figures.sheet import Sheet
from sim.figures.theme import INK, RULE, Note, axis, band, finish
from sim.figures.whiskers import whiskers
from sim.text import Interval, format_number, format_share, format_share_ci, join_and

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

CURVES = ("failure", "escalation", "war")
NAMES = {
    "failure": "deterrence fails",
    "escalation": "escalation",
    "war": "war, by either road",
}
# The two roads to war wear the colours of the endings they lead to most.
COLOURS = {
    "failure": Outcome.RENEWED_OFFENSIVE.style.colour,
    "escalation": Outcome.LIMITED_WAR.style.colour,
    "war": Outcome.GENERAL_WAR.style.colour,
}
DASHES = {"failure": "dash", "escalation": "dot", "war": "solid"}


class Sized(NamedTuple):
    """Shares of the model runs at one force size (times the pledge), with their intervals."""

    size: float
    failure: Interval
    escalation: Interval
    war: Interval


class Least(NamedTuple):
    """The size with least war, the smallest and largest that may be least for all the runs can
    tell, the window of sizes near it, and the verdict: a key of ``TITLES``."""

    size: float
    low: float
    high: float
    window: tuple[float, float]
    verdict: str

    @property
    def is_interior(self) -> bool:
        """Whether war is surely least between the ends."""
        return self.verdict == "interior"


TITLES = {
    "interior": "War is least at {least} times the pledged force, in {war} of runs",
    "more_is_better": "War is least {shelf} times the pledged force, the upper end tried",
    "more_is_worse": "War is least {shelf} times the pledged force, the lower end tried",
    "no_difference": "War differs by less than a point at all sizes from {first} to {last}",
    "undecided": "Too few runs to tell where from {low} to {high} times the pledge war is least",
}


def table(
    sizes: Sequence[float], shares: Sequence[tuple[Interval, Interval, Interval]]
) -> list[Sized]:
    """A row a size, from its shares of failure, escalation and war."""
    return [Sized(size, *three) for size, three in zip(sizes, shares, strict=True)]


def title(rows: Sequence[Sized], least: Least) -> str:
    """Where war is least, as far as the runs can tell."""
    low, high = format_number(least.low), format_number(least.high)
    return TITLES[least.verdict].format(
        least=_tied(rows, least),
        war=format_share(_at(rows, least.size).war),
        shelf=f"at {low}" if low == high else f"from {low} to {high}",
        low=low,
        high=high,
        first=format_number(rows[0].size),
        last=format_number(rows[-1].size),
    )


def _tied(rows: Sequence[Sized], least: Least) -> str:
    """The size with least war, and those that tie with it."""
    low = _at(rows, least.size).war[0]
    return join_and([format_number(row.size) for row in rows if row.war[0] == low])


def _at(rows: Sequence[Sized], size: float) -> Sized:
    return next(row for row in rows if row.size == size)


def alternative(rows: Sequence[Sized], least: Least) -> str:
    """The ends of the curves and the minimum."""
    first, last = rows[0], rows[-1]
    ends = [
        f"{NAMES[curve]} from {format_share_ci(getattr(first, curve))} to {format_share_ci(getattr(last, curve))}"
        for curve in CURVES
    ]
    here = _at(rows, least.size)
    return (
        f"Shares of model runs as the force grows from {format_number(first.size)} to "
        f"{format_number(last.size)} times the pledge: {join_and(ends)}. In these runs war is least at "
        f"{_tied(rows, least)}: {format_share_ci(here.war)}."
    )


def sheet(rows: Sequence[Sized]) -> Sheet:
    """A line a size."""
    return Sheet(
        ("times the pledge", *NAMES.values()),
        tuple(
            (format_number(row.size), *(format_share_ci(getattr(row, curve)) for curve in CURVES))
            for row in rows
        ),
    )


def figure(rows: Sequence[Sized], least: Least, note: Note) -> Figure:
    """Three curves with their bands; the window shaded, the minimum and its interval marked."""
    from plotly.graph_objects import Figure

    drawn = Figure()
    for curve in CURVES:
        drawn.add_traces(_curve(rows, curve))
    top = 105 * max(0.01, *(row.war[2] for row in rows))
    if least.is_interior:
        drawn.add_traces(_mark(rows, least))
    layout = {
        "shapes": [_window(least)] if least.is_interior else [],
        "xaxis": axis("force, times the pledge", showgrid=False, rangemode="tozero"),
        "yaxis": axis(range=[0, top], ticksuffix=" %", nticks=6),
        "legend": {"orientation": "h", "x": 0, "y": -0.16, "yanchor": "top"},
        "margin": {"l": 48, "r": 24, "t": 110, "b": 84},
        "hovermode": "x unified",
    }
    marks = "; shaded: sizes within one point of the least war; bar: where else it may be least"
    reading = f"Share of model runs{marks if least.is_interior else ''}."
    return finish(
        drawn, title(rows, least), note.caption(reading), alternative(rows, least), **layout
    )


def _curve(rows: Sequence[Sized], curve: str) -> list[Any]:
    from plotly.graph_objects import Scatter

    sizes = [row.size for row in rows]
    shares = [getattr(row, curve) for row in rows]
    edge = [100 * high for _, _, high in shares] + [100 * low for _, low, _ in reversed(shares)]
    interval = Scatter(
        x=[*sizes, *reversed(sizes)],
        y=edge,
        fill="toself",
        fillcolor=band(COLOURS[curve]),
        mode="none",
        hoverinfo="skip",
        showlegend=False,
    )
    line = Scatter(
        x=sizes,
        y=[100 * share for share, _, _ in shares],
        name=NAMES[curve],
        mode="lines",
        # War is the sum of the others: drawn wider and below, it leaves a curve it equals in sight.
        line={"color": COLOURS[curve], "width": 6 if curve == "war" else 3, "dash": DASHES[curve]},
        zorder=0 if curve == "war" else 1,
        text=[format_share_ci(share) for share in shares],
        hovertemplate="%{text}",
    )
    return [interval, line]


def _mark(rows: Sequence[Sized], least: Least) -> list[Any]:
    from plotly.graph_objects import Scatter

    war = 100 * _at(rows, least.size).war[0]
    mark = Scatter(
        x=[least.size],
        y=[war],
        name="least war",
        mode="markers",
        marker={"color": INK, "size": 11, "symbol": "diamond"},
        error_x=whiskers([(least.size, least.low, least.high)], thickness=2, width=6),
        hoverinfo="skip",
    )
    return [mark]


def _window(least: Least) -> dict[str, Any]:
    first, last = least.window
    return {
        "type": "rect",
        "xref": "x",
        "yref": "paper",
        "x0": first,
        "x1": last,
        "y0": 0,
        "y1": 1,
        "fillcolor": RULE,
        "opacity": 0.45,
        "line": {"width": 0},
        "layer": "below",
    }
