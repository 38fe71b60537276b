"""The tornado: each lever at its low and its high end, against the scenario as it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from sim.enums import Outcome
from sim.figures.dots import PATTERN
from sim.figures.sheet import Sheet
from sim.figures.sign import Sign
from sim.figures.theme import INK, Note, axis, finish
from sim.figures.whiskers import whiskers
from sim.text import MEAN, Interval, capitalise, format_ci, parameter_cell, parameter_name, plural

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

# Two colours that differ in hue and in lightness.
LOW = Outcome.DURABLE_DETERRENCE.style.colour
HIGH = Outcome.RENEWED_OFFENSIVE.style.colour
NAMES = {"low": "at the low end", "high": "at the high end"}
COLOURS = {"low": LOW, "high": HIGH}
PATTERNS = {"low": "", "high": "/"}
ROW = 36


class Unit(NamedTuple):
    """What a difference is counted in: ``points of model runs``, of ``war``; how it is written."""

    outcome: str
    name: str
    kind: str = MEAN

    def signed(self, interval: Interval) -> str:
        """A difference with its sign."""
        return format_ci(interval, f"+{self.kind}")


class Swing(NamedTuple):
    """A lever between two ends, as words, and what each does to the outcome, in the unit shown.

    ``clear`` is whether the ends differ by more than luck of the draw could make them.
    """

    path: str
    ends: tuple[str, str]
    low: Interval
    high: Interval
    swing: Interval
    clear: bool


def title(rows: Sequence[Swing], unit: Unit) -> str:
    """The lever that moves most, and by how much."""
    top = next((row for row in rows if row.clear), None)
    if top is None:
        return f"None of {plural(len(rows), 'lever')} clearly moves {unit.outcome}"
    name, most = capitalise(unit.outcome), "most" if top is rows[0] else "clearly"
    return (
        f"{name} moves {most} with {parameter_name(top.path)}: {unit.signed(top.swing)} {unit.name}"
    )


def alternative(rows: Sequence[Swing], unit: Unit) -> str:
    """Every lever whose ends clearly differ, and how many do not."""
    clear = [
        f"{parameter_name(row.path)} from {row.ends[0]} to {row.ends[1]}: {unit.signed(row.swing)}"
        for row in rows
        if row.clear
    ]
    rest = len(rows) - len(clear)
    told = "; ".join(clear) if clear else "no lever clearly does"
    return (
        f"What each of {plural(len(rows), 'lever')} does to {unit.outcome} from its low to its "
        f"high end, in {unit.name}: {told}. Not distinguishable from 0: {rest}."
    )


def sheet(rows: Sequence[Swing], unit: Unit) -> Sheet:
    """A line a lever."""
    return Sheet(
        ("lever", "from", "to", *(f"{n}, {unit.name}" for n in NAMES.values()), "low to high"),
        tuple(
            (
                parameter_cell(row.path),
                *row.ends,
                unit.signed(row.low),
                unit.signed(row.high),
                unit.signed(row.swing) if row.clear else "not distinguishable from 0",
            )
            for row in rows
        ),
    )


def figure(rows: Sequence[Swing], unit: Unit, note: Note) -> Figure:
    """Two bars a lever from where the scenario is, with their intervals."""
    from plotly.graph_objects import Figure

    drawn = Figure([_bars(rows, end, unit) for end in NAMES])
    layout: dict[str, Any] = {
        "barmode": "group",
        "bargap": 0.3,
        "xaxis": axis(unit.name, zeroline=True, zerolinecolor=INK, nticks=6),
        "yaxis": axis(autorange="reversed", showgrid=False, automargin=True),
        "legend": {"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom"},
        "height": 210 + ROW * len(rows),
        "margin": {"l": 16, "r": 24, "t": 130, "b": 52},
    }
    reading = (
        f"Change of {unit.outcome} against the scenario as it is, same luck, at each end; the "
        "intervals hold for all levers at once."
    )
    words = title(rows, unit), note.caption(reading), alternative(rows, unit)
    return finish(drawn, *words, **layout)


def _bars(rows: Sequence[Swing], end: str, unit: Unit) -> Any:
    from plotly.graph_objects import Bar

    changes = [getattr(row, end) for row in rows]
    ends = [row.ends[0 if end == "low" else 1] for row in rows]
    return Bar(
        x=[value for value, _, _ in changes],
        y=[parameter_name(row.path) for row in rows],
        orientation="h",
        name=NAMES[end],
        marker={
            "color": COLOURS[end],
            "pattern": {**PATTERN, "shape": PATTERNS[end]},
        },
        error_x=whiskers(changes),
        text=[f"{e}: {unit.signed(change)}" for e, change in zip(ends, changes, strict=True)],
        textposition="none",
        hovertemplate="%{y} %{text}<extra></extra>",
    )


def key() -> list[Sign]:
    """What the two colours stand for."""
    return [Sign(NAMES[end], COLOURS[end], PATTERNS[end]) for end in NAMES]
