"""Outcomes of a scenario's runs: shares, time to war, and cumulative incidence of wars."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, NamedTuple

import plotly.graph_objects as go

from sim.categories import WARS
from sim.enums import Outcome
from sim.figures.chart import Chart
from sim.figures.parts import (
    LABEL_WIDTH,
    LineEnd,
    apportion,
    curve,
    draw_dots,
    error_bars,
    line_labels,
    month_marks,
    month_step,
    outcome_marker,
    row_by_row,
    square_grid,
    year_ticks,
)
from sim.figures.theme import INK, PAPER, SOFT, Note, axis
from sim.formatting import (
    Interval,
    capitalise,
    format_interval,
    format_share,
    format_share_ci,
    join_and,
    plural,
)
from sim.statistics import Estimate, commoner, proportion
from sim.tables import Table

WAFFLE_DOTS, WAFFLE_COLUMNS = 100, 10


class OutcomeShare(NamedTuple):
    """An outcome's share of the model runs with its 95 % interval, and its number of dots out of a
    hundred."""

    outcome: Outcome
    share: Interval
    dots: int


@dataclass(frozen=True)
class OutcomeWaffle(Chart):
    """Shares of the outcomes as a hundred dots, each 1 % of the model runs.

    ``leads`` is whether the most frequent outcome is significantly more frequent than the next.
    """

    rows: Sequence[OutcomeShare]
    leads: bool

    @classmethod
    def of(cls, shares: Mapping[Outcome, Interval], leads: bool) -> OutcomeWaffle:
        """The chart of every outcome's share."""
        counts = apportion([shares[outcome][0] for outcome in Outcome], WAFFLE_DOTS)
        return cls(
            [OutcomeShare(o, shares[o], dots) for o, dots in zip(Outcome, counts, strict=True)],
            leads,
        )

    @property
    def title(self) -> str:
        """The most frequent outcome, if it is significantly more frequent than the next."""
        first, second = self._ranked()[:2]
        if second.share[0] == 0:
            return f"Every run has the ending {first.outcome.label}"
        if self.leads:
            share = format_share(first.share)
            return f"The commonest ending is {first.outcome.label}: {share} of runs"
        pair = join_and(
            [f"{row.outcome.label} {format_share(row.share)}" for row in (first, second)]
        )
        return f"No ending stands out: {pair} are too close to rank"

    @property
    def alt_text(self) -> str:
        """The shares of the endings, the largest first."""
        first, *rest = [row for row in self._ranked() if row.share[0] > 0]
        others = join_and([f"{format_share(row.share)} {row.outcome.label}" for row in rest])
        return (
            f"A hundred dots, each 1 % of the model runs: {format_share_ci(first.share)} end in "
            f"{first.outcome.label}" + (f"; {others}." if others else ".")
        )

    def _ranked(self) -> list[OutcomeShare]:
        return sorted(self.rows, key=lambda row: -row.share[0])

    @property
    def table(self) -> Table:
        """The numbers behind the chart."""
        return Table(
            ("ending", "meaning", "share of model runs", "95 % interval", "dots"),
            tuple(
                (
                    row.outcome.label,
                    row.outcome.style.meaning,
                    format_share(row.share),
                    format_interval(row.share),
                    str(row.dots),
                )
                for row in self.rows
            ),
        )

    def figure(self, note: Note) -> go.Figure:
        """The dots, row by row in the order of the outcomes."""
        traces, filled = [], 0
        for row in self.rows:
            label = row.outcome.label
            cells = row_by_row(row.dots, WAFFLE_COLUMNS, WAFFLE_DOTS // WAFFLE_COLUMNS, filled)
            filled += row.dots
            hover = f"<b>{label}</b><br>{format_share_ci(row.share)} of model runs<extra></extra>"
            marker = outcome_marker(row.outcome)
            traces.append(draw_dots(cells, marker, name=label, hovertemplate=hover))
        grid = square_grid(WAFFLE_COLUMNS, WAFFLE_DOTS // WAFFLE_COLUMNS) | {"height": 560}
        return self._finish(traces, note, "Each dot is 1 % of the model runs.", **grid)


# The month in which war began

MOST_BINS = 24
WAR_BARS = Outcome.LIMITED_WAR.style.colour


class TimeBin(NamedTuple):
    """The share of runs in which war began in months ``first`` to ``last`` (``None``: no war)."""

    first: int | None
    last: int | None
    runs: int
    share: Interval

    @property
    def label(self) -> str:
        """The months as text."""
        if self.first is None:
            return "never within the horizon"
        return f"month {self.first}" + ("" if self.first == self.last else f"–{self.last}")


@dataclass(frozen=True)
class TimeToWar(Chart):
    """When war began, in bins of months; the last row has the runs without war.

    ``war`` is the share of runs that end in war, and ``median`` the month by which half of the wars
    have begun.
    """

    rows: Sequence[TimeBin]
    war: Interval
    median: int

    @classmethod
    def of(cls, wars: Sequence[int], runs: int, war: Interval) -> TimeToWar:
        """The chart of the number of ``runs`` that ended in war in each month 0, 1, …"""
        months = len(wars) - 1
        width = month_step(months, MOST_BINS)
        spans = [(first, min(first + width - 1, months)) for first in range(1, months + 1, width)]
        counts = [int(sum(wars[first : last + 1])) for first, last in spans]
        counts[0] += int(wars[0])
        ends: list[tuple[int | None, int | None]] = [*spans, (None, None)]
        rows = [
            TimeBin(*span, count, proportion(count, runs))
            for span, count in zip(ends, (*counts, runs - sum(counts)), strict=True)
        ]
        reached = list(accumulate(map(int, wars)))
        return cls(rows, war, bisect_left(reached, reached[-1] / 2))

    @property
    def _wars(self) -> Sequence[TimeBin]:
        return self.rows[:-1]

    @property
    def _never(self) -> TimeBin:
        return self.rows[-1]

    @property
    def _horizon(self) -> str:
        return plural(self._wars[-1].last or 0, "month")

    @property
    def title(self) -> str:
        """The share of runs without war, and the month by which half of the wars have begun."""
        never = self._never.share[0]
        if never == 1:
            return f"No model run ended in war within {self._horizon}"
        half = f"month {self.median}"
        if never == 0:
            return f"Every run ends in war, half of them by {half}"
        return (
            f"{format_share(self._never.share)} of runs see no war; half of the wars come by {half}"
        )

    @property
    def alt_text(self) -> str:
        """The runs without war, and the bin with most wars."""
        worst = max(self._wars, key=lambda row: row.runs)
        peak = f" Most wars come in {worst.label} ({format_share(worst.share)} of runs)."
        return (
            f"A bar for each stretch of months: the share of model runs in which war begins. "
            f"{format_share(self._never.share)} never end in war within {self._horizon}."
            f"{peak if worst.runs else ''}"
        )

    @property
    def table(self) -> Table:
        """The numbers behind the chart."""
        return Table(
            ("war begins in", "model runs", "share of model runs", "95 % interval"),
            tuple(
                (
                    row.label,
                    f"{row.runs:,}",
                    format_share(row.share),
                    format_interval(row.share),
                )
                for row in self.rows
            ),
        )

    def figure(self, note: Note) -> go.Figure:
        """A bar with its interval per bin of months, and the runs without war in words."""
        wars, months = self._wars, self._wars[-1].last or 1
        widths = [(row.last or 0) - (row.first or 0) + 1 for row in wars]
        bars = go.Bar(
            name="war begins",
            x=[(row.first or 0) - 1 + width / 2 for row, width in zip(wars, widths, strict=True)],
            y=[100 * row.share[0] for row in wars],
            width=[0.86 * width for width in widths],
            marker={"color": WAR_BARS},
            error_y=error_bars([row.share for row in wars], 100, width=0),
            hovertext=[f"<b>{row.label}</b><br>{format_share_ci(row.share)}" for row in wars],
            hovertemplate="%{hovertext} of model runs<extra></extra>",
        )
        top = 145 * max(0.01, *(row.share[2] for row in wars))
        layout = {
            "height": 400,
            "showlegend": False,
            "xaxis": axis("month", range=[0, months], tickvals=year_ticks(months), showgrid=False),
            "yaxis": axis(range=[0, top], ticksuffix=" %", nticks=6),
            "annotations": [self._without_war()],
            "margin": {"l": 48, "r": 24, "t": 110, "b": 44},
        }
        length = "month" if widths[0] == 1 else plural(widths[0], "month")
        reading = (
            f"Share of model runs in which war begins, for every {length}; "
            f"{format_share_ci(self.war)} of them end in war."
        )
        return self._finish([bars], note, reading, **layout)

    def _without_war(self) -> dict[str, Any]:
        """The share of runs without war, in words above the bars."""
        return {
            "text": f"no war within {self._horizon}:<br>"
            f"<b>{format_share_ci(self._never.share)}</b>",
            "x": 1,
            "y": 1,
            "xref": "paper",
            "yref": "paper",
            "xanchor": "right",
            "yanchor": "top",
            "align": "right",
            "showarrow": False,
            "bgcolor": PAPER,
            "font": {"size": 13, "color": INK},
        }


# Cumulative incidence of each kind of war

DASHES = {WARS[0]: "dash", WARS[1]: "solid", WARS[2]: "dot"}
MOST_MARKS = 60


class Incidence(NamedTuple):
    """Share of the model runs that have ended with ``outcome`` by ``month``."""

    month: int
    outcome: Outcome
    share: Interval


@dataclass(frozen=True)
class IncidenceCurves(Chart):
    """Cumulative incidence of each kind of war, month by month."""

    rows: Sequence[Incidence]
    runs: int

    @classmethod
    def of(cls, by_month: Mapping[Outcome, Sequence[Interval]], runs: int) -> IncidenceCurves:
        """The chart of cumulative shares of ``runs`` at months 0, 1, … for each kind of war."""
        months = len(by_month[WARS[0]]) - 1
        return cls(
            [
                Incidence(month, outcome, by_month[outcome][month])
                for month in month_marks(months, MOST_MARKS)
                for outcome in WARS
            ],
            runs,
        )

    @property
    def title(self) -> str:
        """The most frequent kind of war at the horizon, if it is significantly so."""
        first, second = self._last()[:2]
        within = f"within {plural(first.month, 'month')}"
        if first.share[0] == 0:
            return f"No kind of war comes in any model run {within}"
        name = f"{capitalise(first.outcome.label)} is the"
        if second.share[0] == 0:
            return f"{name} only kind of war {within}: {format_share(first.share)} of runs"
        if commoner(Estimate(*first.share), Estimate(*second.share), self.runs):
            return f"{name} likeliest war: {format_share(first.share)} of runs {within}"
        pair = [f"{row.outcome.label} ({format_share(row.share)})" for row in (first, second)]
        return f"{capitalise(join_and(pair))} are too close to rank {within}"

    def _last(self) -> list[Incidence]:
        """The rows of the last month, the largest share first."""
        return sorted(self.rows[-len(WARS) :], key=lambda row: -row.share[0])

    @property
    def alt_text(self) -> str:
        """The last value of each line, the highest first."""
        ends = [f"{row.outcome.label} {format_share_ci(row.share)}" for row in self._last()]
        months = plural(self.rows[-1].month, "month")
        return (
            f"Lines that rise over {months} and end at these shares of model runs: "
            f"{join_and(ends)}."
        )

    @property
    def table(self) -> Table:
        """The numbers behind the chart."""
        lines = [self.rows[i : i + len(WARS)] for i in range(0, len(self.rows), len(WARS))]
        return Table(
            ("by month", *(outcome.label for outcome in WARS)),
            tuple(
                (str(line[0].month), *(format_share_ci(row.share) for row in line))
                for line in lines
            ),
        )

    def figure(self, note: Note) -> go.Figure:
        """A line with its interval for each kind of war, labelled at its end."""
        top = 110 * max(0.01, *(row.share[2] for row in self.rows))
        months = self.rows[-1].month
        layout = {
            "xaxis": axis(
                "month",
                range=[0, months],
                tickvals=year_ticks(months),
                showgrid=False,
                unifiedhovertitle={"text": "month %{x}"},
                spikethickness=1,
                spikecolor=SOFT,
                spikedash="solid",
            ),
            "yaxis": axis(range=[0, top], ticksuffix=" %", nticks=6),
            "annotations": line_labels(
                [
                    LineEnd(row.outcome.label, row.share, row.outcome.style.colour)
                    for row in self._last()
                ],
                months,
                top,
                440 - 154,
            ),
            "margin": {"l": 48, "r": LABEL_WIDTH, "t": 110, "b": 44},
            "hovermode": "x unified",
            "showlegend": False,
        }
        lines = [
            trace
            for outcome in WARS
            for trace in _curve([row for row in self.rows if row.outcome is outcome])
        ]
        reading = "Share of model runs that have ended in each kind of war by each month."
        return self._finish(lines, note, reading, **layout)


def _curve(rows: Sequence[Incidence]) -> list[go.Scatter]:
    """The share of runs that have ended in one kind of war, over the months."""
    outcome, months = rows[0].outcome, [row.month for row in rows]
    look = {"color": outcome.style.colour, "width": 3, "dash": DASHES[outcome]}
    return curve(outcome.label, months, [row.share for row in rows], look)
