"""Which ending became which: the runs that end in another way on the same luck, by both ends."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from sim.enums import Outcome
from sim.figures.dots import outcome_marker
from sim.figures.sheet import Sheet
from sim.figures.theme import INK, Note, axis, finish
from sim.figures.whiskers import whiskers
from sim.text import Interval, format_share, format_share_ci, join_and

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

MOST = 10
NAMED = 3
HEAD, FOOT, ROW = 110, 40, 46
READING = (
    "Share of model runs that end in one way in {before} (first) and in another in {after} (after "
    "the arrow) on the same luck; coloured by what they became."
)


class Became(NamedTuple):
    """An ending that became another: in how many runs, and in what share of all."""

    before: Outcome
    after: Outcome
    runs: int
    share: Interval

    @property
    def words(self) -> str:
        """Both endings."""
        return f"{self.before.label} → {self.after.label}"


def table(moves: Sequence[tuple[Outcome, Outcome, int, Interval]]) -> list[Became]:
    """A row for each pair of endings, the commonest first."""
    return sorted((Became(*move) for move in moves), key=lambda row: -row.runs)


def title(rows: Sequence[Became]) -> str:
    """The commonest change of ending."""
    most = rows[0]
    return f"{format_share(most.share)} of runs turn from {most.before.label} to {most.after.label}"


def alternative(rows: Sequence[Became]) -> str:
    """The commonest changes of ending, and how many others there are."""
    named = join_and([f"{row.words} in {format_share_ci(row.share)}" for row in rows[:NAMED]])
    others = len(rows) - len(rows[:NAMED])
    return f"Of the model runs, {named}" + (f"; {others} rarer changes." if others else ".")


def sheet(rows: Sequence[Became]) -> Sheet:
    """A line for each pair of endings."""
    return Sheet(
        ("ended in", "ends in", "model runs", "share (95 % interval)"),
        tuple(
            (r.before.label, r.after.label, f"{r.runs:,}", format_share_ci(r.share)) for r in rows
        ),
    )


def figure(rows: Sequence[Became], before: str, after: str, note: Note) -> Figure:
    """A bar for each of the commonest changes, in the colour and pattern of what became of it."""
    from plotly.graph_objects import Figure

    shown = rows[:MOST]
    drawn = Figure([_bar(row, place) for place, row in enumerate(shown)])
    layout = {
        "height": HEAD + FOOT + ROW * len(shown),
        "margin": {"l": 4, "r": 16, "t": HEAD, "b": FOOT},
        "showlegend": False,
        "bargap": 0,
        "barmode": "overlay",
        "annotations": [_label(row, place) for place, row in enumerate(shown)],
        "xaxis": axis(ticksuffix=" %", nticks=5, rangemode="tozero"),
        "yaxis": axis(visible=False, range=[len(shown) - 0.5, -0.5]),
    }
    reading = READING.format(before=before, after=after)
    return finish(drawn, title(rows), note.caption(reading), alternative(rows), **layout)


def _bar(row: Became, place: int) -> Any:
    from plotly.graph_objects import Bar

    return Bar(
        name=row.after.label,
        x=[100 * row.share[0]],
        y=[place + 0.18],
        width=0.34,
        orientation="h",
        marker=outcome_marker(row.after),
        error_x=whiskers([row.share], 100, thickness=2, width=0),
        hovertemplate=f"{row.words}<br>{row.runs:,} model runs, {format_share_ci(row.share)}<extra></extra>",
    )


def _label(row: Became, place: int) -> dict[str, Any]:
    """Both endings and the share, above the bar; beside it there would be no room on a phone."""
    return {
        "text": f"{row.words} <b>{format_share(row.share)}</b>",
        "x": 0,
        "y": place - 0.22,
        "xref": "paper",
        "xanchor": "left",
        "showarrow": False,
        "font": {"size": 12, "color": INK},
    }
