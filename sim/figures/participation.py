"""Participation of each guarantor over time, as a heatmap of mean rungs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray
from plotly.colors import sample_colorscale

from sim.enums import Participation
from sim.figures.chart import Chart
from sim.figures.parts import LegendEntry, Table, month_marks, year_ticks
from sim.figures.theme import SOFT, Note, axis, escape_tags
from sim.text import format_percent, join_and, plural, state_name

MOST_MARKS = 20
Z95 = 1.96
ROW_HEIGHT = 22
NAMED = 3
RUNGS = tuple(Participation)


def rung_legend() -> list[LegendEntry]:
    """Each rung with its colour in the heatmaps of rungs."""
    colours = sample_colorscale("cividis", [rung / RUNGS[-1] for rung in RUNGS])
    return [LegendEntry(rung.label, colour) for rung, colour in zip(RUNGS, colours, strict=True)]


class MeanRung(NamedTuple):
    """A state in a month, over the runs not yet ended.

    ``mean`` and ``half_width`` (of its 95 % interval) are in rungs from 0 to 5, and NaN if no run
    is left; ``shares`` has a share per rung.
    """

    state: str
    month: int
    runs: int
    mean: float
    half_width: float
    shares: tuple[float, ...]

    @classmethod
    def of(cls, state: str, month: int, counts: NDArray[np.int64]) -> MeanRung:
        """The mean of the numbers of runs on each rung."""
        runs = int(counts.sum())
        if runs == 0:
            return cls(state, month, 0, np.nan, np.nan, (0.0,) * len(RUNGS))
        shares = counts / runs
        rungs = np.arange(len(RUNGS))
        mean = float(shares @ rungs)
        spread = float(shares @ (rungs - mean) ** 2) ** 0.5
        return cls(state, month, runs, mean, Z95 * spread / runs**0.5, tuple(map(float, shares)))

    @property
    def name(self) -> str:
        """The state's name."""
        return state_name(self.state)

    @property
    def rung(self) -> str:
        """The rung nearest to the mean."""
        return "no run left" if np.isnan(self.mean) else RUNGS[round(self.mean)].label


@dataclass(frozen=True)
class ParticipationHeatmap(Chart):
    """Mean rung of each guarantor and month; rows by state, the highest mean first."""

    rows: Sequence[MeanRung]

    @classmethod
    def of(cls, states: Sequence[str], counts: NDArray[np.int64]) -> ParticipationHeatmap:
        """The chart of ``counts`` of runs, ``(months + 1, states, rungs)``."""
        months = month_marks(counts.shape[0] - 1, MOST_MARKS)
        lines = [
            [MeanRung.of(state, month, counts[month, place]) for month in months]
            for place, state in enumerate(states)
        ]
        lines.sort(key=lambda line: -np.nanmean([row.mean for row in line]))
        return cls([row for line in lines for row in line])

    @property
    def title(self) -> str:
        """The number of states that average the ground rung, at the start and at the end."""
        first = [row for row in self.rows if row.month == self.rows[0].month]
        of = plural(len(first), "guarantor")
        start, end = _on_the_ground(first), _on_the_ground(self._last())
        return f"Averaging the ground rung: {start} of {of} at the start, {end} at the end"

    def _last(self) -> list[MeanRung]:
        """The rows of the last month with a run left."""
        month = max((row.month for row in self.rows if row.runs), default=0)
        return [row for row in self.rows if row.month == month]

    @property
    def alt_text(self) -> str:
        """The highest and the lowest mean rung at the end."""
        ranked = sorted(self._last(), key=lambda row: -row.mean)
        named = [f"{row.name} ({row.rung})" for row in ranked[:NAMED]]
        lowest = ranked[-1]
        return (
            f"A row for each of {plural(len(ranked), 'state')}, coloured by its mean rung from "
            f"none to ground. Highest at month {lowest.month}: {join_and(named)}; lowest: "
            f"{lowest.name} ({lowest.rung})."
        )

    @property
    def table(self) -> Table:
        """The numbers behind the chart."""
        headings = ("state", "month", "model runs left", "mean rung (0–5)")
        return Table(
            (*headings, *(rung.label for rung in RUNGS)),
            tuple(_cells(row) for row in self.rows),
        )

    @property
    def legend(self) -> list[LegendEntry]:
        """The legend's entries."""
        return rung_legend()

    def figure(self, note: Note) -> go.Figure:
        """The heatmap, from none to ground; hover text has the shares."""
        states = list(dict.fromkeys(row.state for row in self.rows))
        months = list(dict.fromkeys(row.month for row in self.rows))
        grid = np.array([row.mean for row in self.rows]).reshape(len(states), len(months))
        hover = np.array([_hover(row) for row in self.rows]).reshape(grid.shape)
        heat = go.Heatmap(
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
            colorbar=_colour_bar(),
        )
        widest = max((row.half_width for row in self.rows if row.runs), default=0.0)
        reading = (
            "Mean rung of each guarantor over the model runs not yet ended, "
            f"each mean within ± {widest:.2f} of a rung."
        )
        return self._finish([heat], note, reading, **_layout(months, states))


def _on_the_ground(rows: Sequence[MeanRung]) -> str:
    count = sum(row.mean >= Participation.GROUND - 0.5 for row in rows)
    return str(count) if count else "none"


def _cells(row: MeanRung) -> tuple[str, ...]:
    mean = f"{row.mean:.2f}" if row.runs else "–"
    shares = [format_percent(share, 0) if row.runs else "–" for share in row.shares]
    return row.name, str(row.month), f"{row.runs:,}", mean, *shares


def _hover(row: MeanRung) -> str:
    shares = [
        f"{rung.label} {format_percent(share, 0)}"
        for rung, share in zip(RUNGS, row.shares, strict=True)
        if share
    ]
    head = f"<b>{escape_tags(row.name)}</b>, month {row.month}"
    return "<br>".join([head, *reversed(shares)]) if shares else f"{head}<br>no run left"


def _colour_bar() -> dict[str, Any]:
    """A colour bar above the rows, with the rungs below it."""
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
    names = [escape_tags(state_name(state)) for state in states]
    rows = axis(tickvals=list(range(len(states))), ticktext=names, showgrid=False)
    return {
        "xaxis": axis("month", tickvals=year_ticks(months[-1]), showgrid=False),
        "yaxis": rows | {"autorange": "reversed", "automargin": True},
        "margin": {"l": 8, "r": 8, "t": 172, "b": 44},
        "height": 216 + ROW_HEIGHT * len(states),
    }
