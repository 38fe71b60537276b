"""Who takes part, and how far: a row for each state, a column for each month, darker for less."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.enums import Participation
from sim.figures.marks import marks, year_ticks
from sim.figures.sheet import Sheet
from sim.figures.theme import SOFT, Note, axis, finish, plain
from sim.text import format_percent, join_and, plural, state_name

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

MOST_MARKS = 20
Z95 = 1.96
ROW_HEIGHT = 22
NAMED = 3
RUNGS = tuple(Participation)


class Standing(NamedTuple):
    """One state in one month, over the runs not yet ended: its mean rung and share on each rung.

    ``mean`` and ``half_width`` (of the 95 % interval of the mean) are in rungs from 0 to 5 and NaN
    where no run is left; ``shares`` has one share a rung.
    """

    state: str
    month: int
    runs: int
    mean: float
    half_width: float
    shares: tuple[float, ...]


def table(states: Sequence[str], participation: NDArray[np.int64]) -> list[Standing]:
    """Rows state by state, the furthest-going first, from counts (months + 1, states, rungs)."""
    months = marks(participation.shape[0] - 1, MOST_MARKS)
    lines = [
        [_standing(state, month, participation[month, place]) for month in months]
        for place, state in enumerate(states)
    ]
    lines.sort(key=lambda line: -np.nanmean([row.mean for row in line]))
    return [row for line in lines for row in line]


def _standing(state: str, month: int, counts: NDArray[np.int64]) -> Standing:
    runs = int(counts.sum())
    if runs == 0:
        return Standing(state, month, 0, np.nan, np.nan, (0.0,) * len(RUNGS))
    shares = counts / runs
    rungs = np.arange(len(RUNGS))
    mean = float(shares @ rungs)
    spread = float(shares @ (rungs - mean) ** 2) ** 0.5
    return Standing(state, month, runs, mean, Z95 * spread / runs**0.5, tuple(map(float, shares)))


def title(rows: Sequence[Standing]) -> str:
    """How many states stand mostly on the ground, in the first month and in the last."""
    first = [row for row in rows if row.month == rows[0].month]
    of = plural(len(first), "guarantor")
    start, end = _on_the_ground(first), _on_the_ground(_last(rows))
    return f"Averaging the ground rung: {start} of {of} at the start, {end} at the end"


def _on_the_ground(rows: Sequence[Standing]) -> str:
    count = sum(row.mean >= Participation.GROUND - 0.5 for row in rows)
    return str(count) if count else "none"


def _last(rows: Sequence[Standing]) -> list[Standing]:
    """The rows of the last month in which a run was left."""
    month = max((row.month for row in rows if row.runs), default=0)
    return [row for row in rows if row.month == month]


def alternative(rows: Sequence[Standing]) -> str:
    """Who stands highest at the end, and who lowest."""
    ranked = sorted(_last(rows), key=lambda row: -row.mean)
    named = [f"{state_name(row.state)} ({_rung(row.mean)})" for row in ranked[:NAMED]]
    lowest = ranked[-1]
    return (
        f"A row for each of {plural(len(ranked), 'state')}, coloured by its mean rung from none to "
        f"ground. Highest at month {lowest.month}: {join_and(named)}; lowest: "
        f"{state_name(lowest.state)} ({_rung(lowest.mean)})."
    )


def _rung(mean: float) -> str:
    """The rung nearest to a mean, in words."""
    return "no run left" if np.isnan(mean) else RUNGS[round(mean)].label


def sheet(rows: Sequence[Standing]) -> Sheet:
    """State, month, mean rung and the share of the runs left on each rung."""
    headings = ("state", "month", "model runs left", "mean rung (0–5)")
    return Sheet(
        (*headings, *(rung.label for rung in RUNGS)),
        tuple(_cells(row) for row in rows),
    )


def _cells(row: Standing) -> tuple[str, ...]:
    mean = f"{row.mean:.2f}" if row.runs else "–"
    shares = [format_percent(share, 0) if row.runs else "–" for share in row.shares]
    return state_name(row.state), str(row.month), f"{row.runs:,}", mean, *shares


def figure(rows: Sequence[Standing], note: Note) -> Figure:
    """The heatmap: sequential cividis from none to ground; hover gives the shares."""
    from plotly.graph_objects import Figure, Heatmap

    states = list(dict.fromkeys(row.state for row in rows))
    months = list(dict.fromkeys(row.month for row in rows))
    grid = np.array([row.mean for row in rows]).reshape(len(states), len(months))
    hover = np.array([_hover(row) for row in rows]).reshape(grid.shape)
    drawn = Figure(
        Heatmap(
            x=months,
            y=list(range(len(states))),
            z=[[None if np.isnan(mean) else mean for mean in line] for line in grid.tolist()],
            text=hover.tolist(),
            hovertemplate="%{text}<extra></extra>",
            colorscale="cividis",
            zmin=RUNGS[0],
            zmax=RUNGS[-1],
            xgap=1,
            ygap=2,
            colorbar=_scale(),
        )
    )
    caption = note.caption(_reading(rows))
    return finish(drawn, title(rows), caption, alternative(rows), **_layout(months, states))


def key() -> list[tuple[str, str]]:
    """Each rung's name and the colour of a mean that stands on it, for a page's own legend."""
    from plotly.colors import sample_colorscale

    colours = sample_colorscale("cividis", [rung / RUNGS[-1] for rung in RUNGS])
    return [(rung.label, colour) for rung, colour in zip(RUNGS, colours, strict=True)]


def _reading(rows: Sequence[Standing]) -> str:
    widest = max((row.half_width for row in rows if row.runs), default=0.0)
    return (
        "Mean rung of each guarantor over the model runs not yet ended, "
        f"each mean within ± {widest:.2f} of a rung."
    )


def _hover(row: Standing) -> str:
    held = [
        f"{rung.label} {format_percent(share, 0)}"
        for rung, share in zip(RUNGS, row.shares, strict=True)
        if share
    ]
    head = f"<b>{plain(state_name(row.state))}</b>, month {row.month}"
    return "<br>".join([head, *reversed(held)]) if held else f"{head}<br>no run left"


def _scale() -> dict[str, Any]:
    """The legend: a strip of colour above the rows, the rungs written under it."""
    return {
        "orientation": "h",
        "x": 0.5,
        "len": 1,
        "y": 1,
        "yanchor": "bottom",
        "thickness": 10,
        "outlinewidth": 0,
        "tickvals": list(RUNGS),
        "ticktext": [rung.label.replace(" and ", " & ") for rung in RUNGS],
        "tickfont": {"size": 11, "color": SOFT},
    }


def _layout(months: Sequence[int], states: Sequence[str]) -> dict[str, Any]:
    names = [plain(state_name(state)) for state in states]
    rows = axis(tickvals=list(range(len(states))), ticktext=names, showgrid=False)
    return {
        "xaxis": axis("month", tickvals=year_ticks(months[-1]), showgrid=False),
        "yaxis": rows | {"autorange": "reversed", "automargin": True},
        "margin": {"l": 8, "r": 8, "t": 172, "b": 44},
        "height": 216 + ROW_HEIGHT * len(states),
    }
