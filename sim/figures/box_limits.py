"""The limits of a box: how much of each lever's way lies inside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from sim.enums import Outcome
from sim.figures.dots import PATTERN
from sim.figures.sheet import Sheet
from sim.figures.sign import Sign
from sim.figures.theme import RULE, Note, axis, finish
from sim.text import format_percent, parameter_cell, parameter_name

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

INSIDE = Outcome.LIMITED_WAR.style.colour
HATCH = "/"
ROW = 48

# A box that takes up less of the way has no room for two labels.
NARROW = 0.35


class Fitted(NamedTuple):
    """What is dense in the box (in words), how dense on fresh points, and its coverage and density
    on the points it was found on and on fresh ones."""

    cases: str
    density: str
    coverage: tuple[float, float]
    dense: tuple[str, str]


class Side(NamedTuple):
    """A lever that the box limits: its ends and its limits in words, where the limits lie on the
    way (0 to 1), and the quasi-p-values of the low and the high one (``None``: no limit)."""

    path: str
    ends: tuple[str, str]
    limits: tuple[str, str]
    inside: tuple[float, float]
    quasi_p: tuple[float | None, float | None]


def title(rows: Sequence[Side], fitted: Fitted) -> str:
    """How dense the box is, and how much of the whole it holds."""
    return (
        f"In this box, on fresh points: {fitted.density}; {format_percent(fitted.coverage[1])} of all "
        f"{fitted.cases} lies in it"
    )


def alternative(rows: Sequence[Side], fitted: Fitted) -> str:
    """Every limit, and the fit on both sets of points."""
    told = "; ".join(
        f"{parameter_name(row.path)} from {row.limits[0]} to {row.limits[1]}" for row in rows
    )
    return (
        f"The box: {told}. Coverage {format_percent(fitted.coverage[0])} on the points it was found on, "
        f"{format_percent(fitted.coverage[1])} on fresh ones; density {fitted.dense[0]} and "
        f"{fitted.dense[1]}."
    )


def sheet(rows: Sequence[Side], fitted: Fitted) -> Sheet:
    """A line a lever."""
    return Sheet(
        ("lever", "tried from", "to", "box from", "to", "quasi-p, low", "quasi-p, high"),
        tuple(
            (parameter_cell(row.path), *row.ends, *row.limits, *map(_p, row.quasi_p))
            for row in rows
        ),
    )


def _p(quasi_p: float | None) -> str:
    return "no limit" if quasi_p is None else f"{quasi_p:.2g}"


def figure(rows: Sequence[Side], fitted: Fitted, note: Note) -> Figure:
    """A bar a lever: the whole way in grey, what is inside the box in colour."""
    from plotly.graph_objects import Figure

    drawn = Figure([_bars(rows, False), _bars(rows, True)])
    layout: dict[str, Any] = {
        "barmode": "overlay",
        "xaxis": axis(
            tickvals=[0, 100], ticktext=["lowest tried", "highest tried"], range=[-2, 102]
        ),
        "yaxis": axis(autorange="reversed", showgrid=False, automargin=True),
        "legend": {"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom"},
        "height": 210 + ROW * len(rows),
        "margin": {"l": 16, "r": 40, "t": 130, "b": 44},
        "annotations": [label for row in rows for label in _limits(row)],
    }
    reading = "Coloured: inside the box. Checked on fresh points."
    words = title(rows, fitted), note.caption(reading), alternative(rows, fitted)
    return finish(drawn, *words, **layout)


def _bars(rows: Sequence[Side], inside: bool) -> Any:
    from plotly.graph_objects import Bar

    spans = [row.inside if inside else (0.0, 1.0) for row in rows]
    return Bar(
        base=[100 * low for low, _ in spans],
        x=[100 * (high - low) for low, high in spans],
        y=[parameter_name(row.path) for row in rows],
        orientation="h",
        width=0.32,
        name="inside the box" if inside else "tried",
        marker={
            "color": INSIDE if inside else RULE,
            "pattern": {**PATTERN, "shape": HATCH if inside else ""},
        },
        hoverinfo="skip",
    )


def _limits(row: Side) -> list[dict[str, Any]]:
    """Both limits above the box's ends; in one, above its middle, where they would meet."""
    low, high = row.inside
    if high - low >= NARROW:
        return [_label(row, low, row.limits[0], "left"), _label(row, high, row.limits[1], "right")]
    middle = (low + high) / 2
    anchor = "left" if middle < NARROW else "right" if middle > 1 - NARROW else "center"
    return [_label(row, middle, " to ".join(row.limits), anchor)]


def _label(row: Side, place: float, text: str, anchor: str) -> dict[str, Any]:
    return {
        "x": 100 * place,
        "y": parameter_name(row.path),
        "text": text,
        "showarrow": False,
        "yshift": 19,
        "xanchor": anchor,
        "font": {"size": 12},
    }


def key() -> list[Sign]:
    """What the colours stand for."""
    return [Sign("inside the box", INSIDE, HATCH), Sign("tried", RULE)]
