"""A table of regrets: what each posture loses against a type beyond the best one for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sim.figures.postures import Frame, Posture, drawn_of, sheet
from sim.figures.theme import Note, axis, finish, plain
from sim.text import format_signed, plural

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

__all__ = ["alternative", "figure", "sheet", "title"]

ROW = 32


def title(rows: Sequence[Posture], frame: Frame) -> str:
    """The smallest of the largest regrets, with what, and what cannot be told from it."""
    best = frame.regret
    return (
        f"The largest regret is least, {format_signed(best.value, frame.kind)} {frame.apart}, with "
        f"{best.held}; {best.alike}"
    )


def alternative(rows: Sequence[Posture], frame: Frame) -> str:
    """Which posture has the smallest, and the range of all."""
    most = max(late for row in rows for late in row.regrets)
    return (
        f"Regrets in {frame.apart} of {plural(len(rows), 'posture')}, from 0 to "
        f"{format_signed(most, frame.kind)}. The "
        f"largest is least with {frame.regret.held}: {format_signed(frame.regret.value, frame.kind)}."
    )


def figure(rows: Sequence[Posture], frame: Frame, note: Note) -> Figure:
    """A cell a posture and type, with its regret."""
    from plotly.graph_objects import Figure

    drawn = Figure([_cells(rows, frame)])
    layout: dict[str, Any] = {
        "xaxis": axis(
            side="top",
            showgrid=False,
            tickvals=list(range(len(frame.types))),
            ticktext=[plain(name).replace(" ", "<br>") for name in frame.types],
            tickangle=0,
        ),
        "yaxis": axis(
            tickvals=list(range(len(rows))),
            ticktext=[row.label for row in rows],
            range=[len(rows) - 0.5, -0.5],
            showgrid=False,
            automargin=True,
        ),
        "height": 200 + ROW * len(rows),
        "margin": {"l": 16, "r": 24, "t": 150, "b": 24},
    }
    levers = " · ".join(frame.levers)
    reading = (
        f"What is lost beyond the best posture for a type. A row a posture: {levers}"
        f"{drawn_of(rows, frame)}."
    )
    words = title(rows, frame), note.caption(reading), alternative(rows, frame)
    return finish(drawn, *words, **layout)


def _cells(rows: Sequence[Posture], frame: Frame) -> Any:
    from plotly.graph_objects import Heatmap

    return Heatmap(
        x=list(range(len(frame.types))),
        y=list(range(len(rows))),
        z=[list(row.regrets) for row in rows],
        texttemplate=f"%{{z:{frame.kind}}}",
        colorscale="Cividis",
        showscale=False,
        xgap=2,
        ygap=2,
        text=[list(frame.types)] * len(rows),
        hovertemplate=f"%{{text}}: %{{z:{frame.kind}}}<extra></extra>",
    )
