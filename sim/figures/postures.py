"""Postures against types: what each does to the outcome, the smallest worst case first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from sim.enums import Outcome
from sim.figures.sheet import Sheet
from sim.figures.sign import Sign, dot
from sim.figures.theme import INK, Note, axis, finish
from sim.figures.whiskers import whiskers
from sim.text import MEAN, Interval, format_ci, format_number, format_signed, join_and

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

LOOKS = (
    (Outcome.DURABLE_DETERRENCE.style.colour, "circle"),
    (Outcome.RENEWED_OFFENSIVE.style.colour, "square"),
    (Outcome.LIMITED_WAR.style.colour, "diamond"),
    (Outcome.QUIET_WITHOUT_FORCE.style.colour, "triangle-up"),
    (INK, "cross"),
    (Outcome.TESTED_DETERRENCE.style.colour, "triangle-down"),
)
ROW = 40


class Best(NamedTuple):
    """What is best by a criterion, in words, with what ties with it; what the criterion comes to
    there; and how many others cannot be told from it."""

    held: str
    value: float
    alike: str


class Frame(NamedTuple):
    """What the rows are about: the levers in order, the types, the outcome, what it is counted in
    what a difference of it is counted in, which is best by the worst case and by regret, how many
    postures were played, and how a number of the outcome is written."""

    levers: tuple[str, ...]
    types: tuple[str, ...]
    outcome: str
    unit: str
    apart: str
    worst: Best
    regret: Best
    postures: int = 0
    kind: str = MEAN


class Posture(NamedTuple):
    """A posture's values, its outcome against each type in the unit shown, its regret against each,
    and what it is best for (empty: nothing)."""

    values: tuple[float, ...]
    losses: tuple[Interval, ...]
    regrets: tuple[float, ...]
    best_for: tuple[str, ...]

    @property
    def label(self) -> str:
        """Its values, in the order of the levers."""
        return " · ".join(format_number(value) for value in self.values)


def _held(row: Posture, frame: Frame) -> str:
    pairs = zip(frame.levers, row.values, strict=True)
    return join_and([f"{name} {format_number(value)}" for name, value in pairs])


def _met(row: Posture, frame: Frame) -> str:
    """What it comes to against each type."""
    pairs = zip(frame.types, row.losses, strict=True)
    return join_and([f"{format_ci(loss, frame.kind)} against {type_}" for type_, loss in pairs])


def title(rows: Sequence[Posture], frame: Frame) -> str:
    """The smallest worst case, with what, and what cannot be told from it."""
    best = frame.worst
    least = f"{format_signed(best.value, frame.kind)} {frame.unit}"
    return f"The worst case is least, {least}, with {best.held}; {best.alike}"


def alternative(rows: Sequence[Posture], frame: Frame) -> str:
    """What each posture that is best for something comes to against each type."""
    told = [
        f"best for {join_and(row.best_for)}: {_held(row, frame)}, with {_met(row, frame)}"
        for row in rows
        if row.best_for
    ]
    return (
        f"{frame.outcome} in {frame.unit}. The worst case is least with {frame.worst.held}: "
        f"{format_signed(frame.worst.value, frame.kind)}. {'; '.join(told)}."
    )


def sheet(rows: Sequence[Posture], frame: Frame) -> Sheet:
    """A line a posture: outcomes, then regrets."""
    return Sheet(
        (
            *("posture", "best for"),
            *(f"{frame.outcome} against {type_}" for type_ in frame.types),
            *(f"regret against {type_}" for type_ in frame.types),
        ),
        tuple(
            (
                _held(row, frame),
                join_and(row.best_for),
                *(format_ci(loss, frame.kind) for loss in row.losses),
                *(format_signed(late, frame.kind) for late in row.regrets),
            )
            for row in rows
        ),
    )


def figure(rows: Sequence[Posture], frame: Frame, note: Note) -> Figure:
    """A row of dots a posture, a dot with its interval for each type."""
    from plotly.graph_objects import Figure

    drawn = Figure([_dots(rows, frame, k) for k in range(len(frame.types))])
    layout: dict[str, Any] = {
        "xaxis": axis(f"{frame.outcome}, {frame.unit}", rangemode="tozero", nticks=6),
        "yaxis": axis(
            tickvals=list(range(len(rows))),
            ticktext=[row.label for row in rows],
            range=[len(rows) - 0.4, -0.6],
            automargin=True,
        ),
        "legend": {"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom"},
        "height": 220 + ROW * len(rows),
        "margin": {"l": 16, "r": 24, "t": 130, "b": 52},
    }
    levers = " · ".join(frame.levers)
    reading = f"A row a posture: {levers}. The smallest worst case on top{drawn_of(rows, frame)}."
    words = title(rows, frame), note.caption(reading), alternative(rows, frame)
    return finish(drawn, *words, **layout)


def drawn_of(rows: Sequence[Posture], frame: Frame) -> str:
    """How many of the postures are drawn, where it is not all of them."""
    if len(rows) >= frame.postures:
        return ""
    return (
        f"; drawn are the {len(rows)} of {frame.postures:,} postures with the smallest, and those "
        "that are best for something; the table has all"
    )


def _dots(rows: Sequence[Posture], frame: Frame, k: int) -> Any:
    from plotly.graph_objects import Scatter

    colour, symbol = LOOKS[k % len(LOOKS)]
    losses = [row.losses[k] for row in rows]
    apart = 0.24 * (k - (len(frame.types) - 1) / 2)
    return Scatter(
        x=[value for value, _, _ in losses],
        y=[place + apart for place in range(len(rows))],
        name=frame.types[k],
        mode="markers",
        marker={"color": colour, "symbol": symbol, "size": 9},
        error_x=whiskers(losses, color=colour),
        text=[
            f"{row.label}: {format_ci(loss, frame.kind)}"
            for row, loss in zip(rows, losses, strict=True)
        ],
        hovertemplate="%{text}",
    )


def key(frame: Frame) -> list[Sign]:
    """What the colours and shapes stand for."""
    return [dot(name, *LOOKS[k % len(LOOKS)]) for k, name in enumerate(frame.types)]
