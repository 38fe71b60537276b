"""How danger adds up: the share of model runs that have ended in each kind of war by a month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from sim.enums import Outcome
from sim.figures.marks import marks, year_ticks
from sim.figures.sheet import Sheet
from sim.figures.theme import INK, SOFT, Note, axis, band, finish
from sim.text import Interval, capitalise, format_share, format_share_ci, join_and, plural

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

WARS = (Outcome.RENEWED_OFFENSIVE, Outcome.LIMITED_WAR, Outcome.GENERAL_WAR)
DASHES = {WARS[0]: "dash", WARS[1]: "solid", WARS[2]: "dot"}
MOST_MARKS = 60
LABEL_GAP = 0.18


class Reached(NamedTuple):
    """Share of the model runs that have ended with ``outcome`` by ``month``, with its interval."""

    month: int
    outcome: Outcome
    share: float
    low: float
    high: float

    @property
    def interval(self) -> Interval:
        """Share, low and high."""
        return self.share, self.low, self.high


def table(by_month: Mapping[Outcome, Sequence[Interval]]) -> list[Reached]:
    """Rows month by month, from cumulative shares at months 0, 1, … for each war-like ending."""
    months = len(by_month[WARS[0]]) - 1
    return [
        Reached(month, outcome, *by_month[outcome][month])
        for month in marks(months, MOST_MARKS)
        for outcome in WARS
    ]


def title(rows: Sequence[Reached]) -> str:
    """The likeliest war at the horizon, if the intervals let one be named."""
    first, second = _last(rows)[:2]
    within = f"within {plural(first.month, 'month')}"
    if first.share == 0:
        return f"No kind of war comes in any model run {within}"
    if first.low > second.high:
        name = capitalise(first.outcome.label)
        return f"{name} is the likeliest war: {format_share(first.interval)} of runs {within}"
    pair = join_and([first.outcome.label, second.outcome.label])
    return f"{capitalise(pair)} come about equally often {within}"


def _last(rows: Sequence[Reached]) -> list[Reached]:
    """The rows of the last month, the largest share first."""
    return sorted(rows[-len(WARS) :], key=lambda row: -row.share)


def alternative(rows: Sequence[Reached]) -> str:
    """Where each line ends, the highest first."""
    ends = [f"{row.outcome.label} {format_share_ci(row.interval)}" for row in _last(rows)]
    months = plural(rows[-1].month, "month")
    return f"Lines that rise over {months} and end at these shares of model runs: {join_and(ends)}."


def sheet(rows: Sequence[Reached]) -> Sheet:
    """A line a month, a column an ending."""
    lines = [rows[i : i + len(WARS)] for i in range(0, len(rows), len(WARS))]
    return Sheet(
        ("by month", *(outcome.label for outcome in WARS)),
        tuple(
            (str(line[0].month), *(format_share_ci(row.interval) for row in line)) for line in lines
        ),
    )


def figure(rows: Sequence[Reached], note: Note) -> Figure:
    """A line with its band for each ending, named where it ends."""
    from plotly.graph_objects import Figure

    drawn = Figure()
    for outcome in WARS:
        drawn.add_traces(_line([row for row in rows if row.outcome is outcome]))
    top = 110 * max(0.01, *(row.high for row in rows))
    months = rows[-1].month
    caption = note.caption("Share of model runs that have ended so by each month.")
    layout = {
        "xaxis": _month_axis(months),
        "yaxis": axis(range=[0, top], ticksuffix=" %", nticks=6),
        "annotations": _labels(_last(rows), top),
        "margin": {"l": 48, "r": 84, "t": 110, "b": 44},
        "hovermode": "x unified",
    }
    return finish(drawn, title(rows), caption, alternative(rows), showlegend=False, **layout)


def _month_axis(months: int) -> dict[str, Any]:
    return axis(
        "month",
        range=[0, months],
        tickvals=year_ticks(months),
        showgrid=False,
        unifiedhovertitle={"text": "month %{x}"},
        spikethickness=1,
        spikecolor=SOFT,
        spikedash="solid",
    )


def _line(rows: Sequence[Reached]) -> list[Any]:
    from plotly.graph_objects import Scatter

    outcome = rows[0].outcome
    months = [row.month for row in rows]
    lows, highs = [row.low for row in rows], [row.high for row in rows]
    edge = [100 * share for share in (*lows, *reversed(highs))]
    interval = Scatter(
        x=[*months, *reversed(months)],
        y=edge,
        fill="toself",
        fillcolor=band(outcome.style.colour),
        mode="none",
        hoverinfo="skip",
    )
    line = Scatter(
        x=months,
        y=[100 * row.share for row in rows],
        name=outcome.label,
        mode="lines",
        line={"color": outcome.style.colour, "width": 3, "dash": DASHES[outcome]},
        text=[format_share_ci(row.interval) for row in rows],
        hovertemplate="%{text}",
    )
    return [interval, line]


def _labels(ends: Sequence[Reached], top: float) -> list[dict[str, Any]]:
    """The endings' names to the right of their lines, moved apart where they would touch."""
    heights = spread([100 * row.share / top for row in reversed(ends)], LABEL_GAP)
    return [
        {
            "text": f"{row.outcome.label.replace(' ', '<br>')}<br><b>{format_share(row.interval)}</b>",
            "font": {"size": 12, "color": INK},
            "x": 1,
            "xref": "paper",
            "xanchor": "left",
            "xshift": 8,
            "y": height,
            "yref": "paper",
            "yanchor": "middle",
            "align": "left",
            "showarrow": False,
        }
        for row, height in zip(reversed(ends), heights, strict=True)
    ]


def spread(heights: Sequence[float], gap: float) -> list[float]:
    """Ascending heights, each moved up just enough to stand ``gap`` above the one before."""
    placed: list[float] = []
    for height in heights:
        placed.append(max(height, placed[-1] + gap) if placed else max(height, gap / 2))
    return placed
