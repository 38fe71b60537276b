"""Participation of each guarantor: shares of the rungs at the start and at the end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from sim.enums import Participation
from sim.figures.chart import Chart
from sim.figures.parts import LegendEntry, month_marks
from sim.figures.theme import LEGEND_ABOVE, PAPER, RUNG_SHADES, Note, axis, escape_tags
from sim.formatting import format_percent, join_and, name_states, plural
from sim.statistics import Estimate, bounded_mean, difference_independent
from sim.tables import Table

MOST_MARKS = 6
ROW_HEIGHT = 24
NAMED = 3
RUNGS = tuple(Participation)

RUNG_COLOURS = dict(zip(RUNGS, RUNG_SHADES, strict=True))


def rung_legend() -> list[LegendEntry]:
    """Each rung with its colour."""
    return [LegendEntry(rung.label, colour) for rung, colour in RUNG_COLOURS.items()]


class RungShares(NamedTuple):
    """The rungs of a state, or of ``members`` equal states, in a month, over the runs that have not
    ended.

    ``mean`` is in rungs from 0 to 5, and NaN if no run is left; ``shares`` has a share per rung.
    """

    name: str
    members: int
    month: int
    runs: int
    mean: Estimate
    shares: tuple[float, ...]

    @classmethod
    def of(cls, name: str, month: int, counts: NDArray[np.int64]) -> RungShares:
        """The shares and the mean of ``counts`` of runs, ``(states, rungs)``."""
        runs = int(counts[0].sum())
        if runs == 0:
            nothing = Estimate(np.nan, np.nan, np.nan)
            return cls(name, len(counts), month, 0, nothing, (0.0,) * len(RUNGS))
        shares = counts.sum(axis=0) / counts.sum()
        rungs = np.arange(len(RUNGS))
        # States that share a row have runs in common, so that a run counts once.
        total, squares = (runs * float(shares @ rungs**power) for power in (1, 2))
        mean = bounded_mean((0, len(RUNGS) - 1), total, squares, runs)
        return cls(name, len(counts), month, runs, mean, tuple(map(float, shares)))

    @property
    def fighting(self) -> float:
        """The share with fighting forces: air and sea, or ground."""
        return sum(self.shares[Participation.AIR_SEA :])


@dataclass(frozen=True)
class ParticipationChart(Chart):
    """Shares of the rungs of each guarantor by month; rows by state, the highest start first."""

    rows: Sequence[RungShares]

    @classmethod
    def of(cls, states: Sequence[str], counts: NDArray[np.int64]) -> ParticipationChart:
        """The chart of ``counts`` of runs, ``(months + 1, states, rungs)``."""
        months = month_marks(counts.shape[0] - 1, MOST_MARKS)
        lines = [
            [RungShares.of(name, month, counts[month, places]) for month in months]
            for name, places in name_states(states)
        ]
        lines.sort(key=lambda line: (-line[0].mean.value, -line[-1].mean.value))
        return cls([row for line in lines for row in line])

    @property
    def _ends(self) -> tuple[list[RungShares], list[RungShares]]:
        """The rows of the first month, and of the last one with a run left."""
        last = max((row.month for row in self.rows if row.runs), default=0)
        first = self.rows[0].month
        return (
            [row for row in self.rows if row.month == first],
            [row for row in self.rows if row.month == last],
        )

    @property
    def title(self) -> str:
        """The number of rows whose average commitment falls or rises."""
        pairs = list(zip(*self._ends, strict=True))
        falls = sum(_is_lower(end, start) for start, end in pairs)
        rises = sum(_is_lower(start, end) for start, end in pairs)
        many = f"{falls} of {plural(len(pairs), 'state')}"
        if any(row.members > 1 for row, _ in pairs):
            many += " and groups"
        found = f"Average commitment falls in {many} and rises in {rises}"
        if 2 * falls > len(pairs):
            return f"The coalition thins: {found[:1].lower()}{found[1:]}"
        if 2 * rises > len(pairs):
            return f"The coalition grows: {found[:1].lower()}{found[1:]}"
        return found

    @property
    def alt_text(self) -> str:
        """The rows that fight most often at the end, and the one that does so least often."""
        start, end = self._ends
        ranked = sorted(end, key=lambda row: -row.fighting)
        named = [f"{row.name} {format_percent(row.fighting, 0)}" for row in ranked[:NAMED]]
        return (
            f"For each of {plural(len(end), 'row')}, the shares of the rungs at month "
            f"{start[0].month} and at month {end[0].month}. Fighting forces at the end, in the "
            f"model runs left: {join_and(named)}; least often {ranked[-1].name}, "
            f"{format_percent(ranked[-1].fighting, 0)}."
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
        """Two stacked bars per row: the shares of the rungs at the start and at the end."""
        start, end = self._ends
        names = [escape_tags(row.name) for row in start]
        bars = [
            _bars(rows, rung, side)
            for side, rows in enumerate((start, end), start=1)
            for rung in RUNGS
        ]
        # The end of the left side has no label: on a narrow page it would meet the right side's.
        sides = {
            "xaxis": (start, [0, 0.48], [0, 50]),
            "xaxis2": (end, [0.52, 1], [0, 50, 100]),
        }
        share = {"showgrid": False, "range": [0, 100], "ticksuffix": " %"}
        across = {
            name: axis(f"at month {rows[0].month}", domain=domain, tickvals=ticks, **share)
            for name, (rows, domain, ticks) in sides.items()
        }
        layout = {
            **across,
            "yaxis": axis(
                tickvals=list(range(len(names))),
                ticktext=names,
                range=[len(names) - 0.5, -0.5],
                showgrid=False,
            ),
            "barmode": "stack",
            "bargap": 0.22,
            "legend": LEGEND_ABOVE | {"traceorder": "normal"},
            "margin": {"l": 8, "r": 16, "t": 110, "b": 56},
            "height": 110 + 56 + ROW_HEIGHT * len(names),
        }
        left = f"{end[0].runs:,} of {start[0].runs:,}"
        reading = f"Shares of the model runs not yet ended ({left} at month {end[0].month})."
        return self._finish(bars, note._replace(has_intervals=False), reading, **layout)


def _is_lower(one: RungShares, other: RungShares) -> bool:
    """Whether the mean of one is significantly lower, given the intervals of both."""
    return difference_independent(other.mean, one.mean).low > 0


def _cells(row: RungShares) -> tuple[str, ...]:
    mean = f"{row.mean.value:.2f}" if row.runs else "–"
    shares = [format_percent(share, 0) if row.runs else "–" for share in row.shares]
    return row.name, str(row.month), f"{row.runs:,}", mean, *shares


def _bars(rows: Iterable[RungShares], rung: Participation, side: int) -> go.Bar:
    """The part of each row's bar that is on one rung; ``side`` is the number of the axis."""
    shown = list(rows)
    marker: dict[str, Any] = {"color": RUNG_COLOURS[rung], "line": {"color": PAPER, "width": 0.5}}
    return go.Bar(
        name=rung.label,
        x=[100 * row.shares[rung] for row in shown],
        y=list(range(len(shown))),
        orientation="h",
        marker=marker,
        xaxis=f"x{side}" if side > 1 else "x",
        showlegend=side == 1,
        hovertemplate=f"<b>%{{y}}</b>, month {shown[0].month}<br>{rung.label} %{{x:.1f}} %"
        "<extra></extra>",
    )
