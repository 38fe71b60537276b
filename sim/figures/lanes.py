"""What the figure of one run is drawn from: lanes, marks in them, and a line of steps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sim.enums import Outcome, Participation
from sim.figures.beats import Beat, Kind, Step
from sim.figures.dots import PATTERN_INK
from sim.figures.marks import year_ticks
from sim.figures.theme import INK, SOFT, axis, plain
from sim.text import state_name

if TYPE_CHECKING:
    from plotly.graph_objects import Heatmap, Scatter

LANE_HEIGHT = 18
STEPS_HEIGHT = 130
TOP, BOTTOM, GAP = 150, 44, 24
RUNGS = tuple(Participation)
MARKERS = {
    Kind.DEFIES: {"symbol": "circle", "size": 7, "color": PATTERN_INK},
    Kind.GIVES_WAY: {"symbol": "circle-open", "size": 7, "color": PATTERN_INK},
    Kind.CROSSED: {"symbol": "diamond", "size": 9, "color": Outcome.LIMITED_WAR.style.colour},
}


def lanes(rows: Sequence[Beat]) -> Heatmap:
    """A lane a state, a cell a month: sequential cividis from none to ground."""
    from plotly.graph_objects import Heatmap

    columns = [[rung for _, rung in row.rungs] for row in rows]
    states = states_of(rows)
    return Heatmap(
        x=[row.month for row in rows],
        y=list(range(len(states))),
        z=[list(lane) for lane in zip(*columns, strict=True)],
        text=[[_label(row.rungs[lane][1]) for row in rows] for lane in range(len(states))],
        hovertemplate="%{y}, month %{x}<br>%{text}<extra></extra>",
        colorscale="cividis",
        zmin=RUNGS[0],
        zmax=RUNGS[-1],
        ygap=2,
        showscale=False,
    )


def states_of(rows: Sequence[Beat]) -> list[str]:
    """The states, from the uppermost lane down."""
    return [state for state, _ in rows[0].rungs]


def _label(rung: int | None) -> str:
    return "" if rung is None else RUNGS[rung].label


def marks(kind: Kind, rows: Sequence[Beat]) -> Scatter:
    """The marks of one kind, each in its state's lane."""
    from plotly.graph_objects import Scatter

    states = states_of(rows)
    found = [(row.month, mark) for row in rows for mark in row.marks if mark.kind is kind]
    return Scatter(
        x=[month for month, _ in found],
        y=[states.index(mark.state) for _, mark in found],
        text=[plain(f"{state_name(m.state)}, month {month}: {m.text}") for month, m in found],
        hovertemplate="%{text}<extra></extra>",
        mode="markers",
        name=kind.value,
        marker={**MARKERS[kind], "line": {"color": PATTERN_INK, "width": 1.2}},
    )


def steps(rows: Sequence[Beat]) -> Scatter:
    """How far it goes in each month, as a line of steps."""
    from plotly.graph_objects import Scatter

    return Scatter(
        x=[row.month for row in rows],
        y=[int(row.step) for row in rows],
        text=[plain(f"month {row.month}: {row.told}") for row in rows],
        hovertemplate="%{text}<extra></extra>",
        mode="lines",
        line={"color": INK, "width": 2, "shape": "hvh"},
        name="how far it goes",
        yaxis="y2",
    )


def layout(rows: Sequence[Beat]) -> dict[str, Any]:
    """Lanes above, steps below, on one axis of months; a dotted line for a month with events."""
    states, months = states_of(rows), rows[-1].month
    height = LANE_HEIGHT * len(states)
    inner = height + GAP + STEPS_HEIGHT
    names = [plain(state_name(state)) for state in states]
    upper = axis(tickvals=list(range(len(states))), ticktext=names, showgrid=False)
    upper |= {"domain": [1 - height / inner, 1], "range": [len(states) - 0.5, -0.5]}
    lower = axis(tickvals=list(Step), ticktext=[step.name.lower() for step in Step])
    return {
        "xaxis": axis("month", tickvals=year_ticks(months), anchor="y2", showgrid=False)
        | {"range": [-0.5, months + 0.5]},
        "yaxis": upper | {"automargin": True},
        "yaxis2": lower | {"domain": [0, STEPS_HEIGHT / inner], "range": [-0.3, 4.3]},
        "margin": {"l": 8, "r": 12, "t": TOP, "b": BOTTOM},
        "height": TOP + inner + BOTTOM,
        "showlegend": False,
        "shapes": [_dated(row.month) for row in rows if row.events],
    }


def _dated(month: int) -> dict[str, Any]:
    line = {"color": SOFT, "width": 1.5, "dash": "dot"}
    ends = {"x0": month - 0.5, "x1": month - 0.5, "y0": 0, "y1": 1, "yref": "paper"}
    return {"type": "line", "line": line, **ends}
