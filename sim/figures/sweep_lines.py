"""Outcomes along one parameter: lines with intervals, and stacked areas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import plotly.graph_objects as go

from sim.enums import Outcome
from sim.figures.chart import Chart
from sim.figures.parts import (
    LABEL_WIDTH,
    PATTERN_INK,
    LegendEntry,
    LineEnd,
    curve,
    line_labels,
    outcome_entry,
)
from sim.figures.scales import Scale
from sim.figures.theme import LEGEND_ABOVE, SOFT, SOLID_BLACK, Note, axis
from sim.formatting import (
    Interval,
    capitalise,
    excludes_zero,
    format_change,
    format_percent,
    format_share,
    format_share_ci,
    join_and,
)
from sim.tables import Table

DASHES = dict(
    zip(Outcome, ("solid", "dash", "dot", "dashdot", "longdash", "dash", "dot"), strict=True)
)
HEIGHT, TOP, FOOT = 440, 110, 52
WATCHED_COLOUR = SOLID_BLACK
MARKED = {"mode": "lines+markers", "marker": {"size": 6}}
LAYOUT: dict[str, Any] = {
    "height": HEIGHT,
    "margin": {"l": 56, "r": LABEL_WIDTH, "t": TOP, "b": FOOT},
    "hovermode": "x unified",
    "showlegend": False,
}


class LevelShare(NamedTuple):
    """An outcome's share of the model runs at one value of the parameter."""

    value: float
    outcome: Outcome
    share: Interval


@dataclass(frozen=True)
class OutcomesAlong(Chart):
    """Base of both charts.

    ``rows`` are ordered by value, then outcome. ``changes`` holds for each outcome the paired
    difference of its share between the last value and the first, with simultaneous intervals.
    """

    rows: Sequence[LevelShare]
    changes: Mapping[Outcome, Interval]
    scale: Scale

    @property
    def occurring(self) -> list[Outcome]:
        """The outcomes of at least one run."""
        present = {row.outcome for row in self.rows if row.share[0] > 0}
        return [outcome for outcome in Outcome if outcome in present]

    def _of(self, outcome: Outcome) -> list[LevelShare]:
        return [row for row in self.rows if row.outcome is outcome]

    def _ends(self, outcome: Outcome) -> tuple[Interval, Interval]:
        rows = self._of(outcome)
        return rows[0].share, rows[-1].share

    @property
    def alt_text(self) -> str:
        """The shares of each ending at both ends, and which changes are significant."""
        parts = []
        for outcome in self.occurring:
            first, last = map(format_share_ci, self._ends(outcome))
            clear = "" if excludes_zero(self.changes[outcome]) else ", no clear change"
            parts.append(f"{outcome.label} from {first} to {last}{clear}")
        return f"Shares of model runs from the first value to the last: {join_and(parts)}."

    @property
    def table(self) -> Table:
        """The numbers behind the chart."""
        n = len(Outcome)
        lines = [self.rows[i : i + n] for i in range(0, len(self.rows), n)]
        return Table(
            (self.scale.heading, *(outcome.label for outcome in Outcome)),
            tuple(
                (
                    self.scale.format(line[0].value),
                    *(format_share_ci(row.share) for row in line),
                )
                for line in lines
            ),
        )


def level_shares(
    values: Sequence[float], shares: Sequence[Mapping[Outcome, Interval]]
) -> list[LevelShare]:
    """The rows of both charts, from the shares of the outcomes at each value."""
    return [
        LevelShare(value, outcome, each[outcome])
        for value, each in zip(values, shares, strict=True)
        for outcome in Outcome
    ]


class Watched(NamedTuple):
    """The outcome that the sweep measures, if it is a share of the runs but no ending.

    ``change`` is its paired difference between the last value and the first.
    """

    label: str
    shares: Sequence[Interval]
    change: Interval


@dataclass(frozen=True)
class SweepLines(OutcomesAlong):
    """A line with its interval for each outcome, and for the outcome that is measured.

    ``baseline`` is the scenario's own value, if it is in the chart; ``along`` names the parameter
    in the title if there are several charts.
    """

    baseline: float | None = None
    along: str = ""
    watched: Watched | None = None

    @property
    def title(self) -> str:
        """The change of the outcome that is measured, or else of the ending that changes most."""
        found = self._measured() if self.watched else self._finding()
        if not self.along:
            return found
        return f"{capitalise(self.along)}: {found[:1].lower()}{found[1:]}"

    def _measured(self) -> str:
        """The change of the outcome that is measured from the first value to the last."""
        assert self.watched is not None
        label, shares, change = self.watched
        first, last = shares[0], shares[-1]
        ends = [self.scale.format(row.value) for row in (self.rows[0], self.rows[-1])]
        where = f"between {self.scale.name} {ends[0]} and {ends[1]}"
        points = format_change(change, " points")
        if not excludes_zero(change):
            return f"No detectable difference in {label} {where}: {points}"
        verb = "rises" if change[0] > 0 else "falls"
        return (
            f"{capitalise(label)} {verb} from {format_share(first)} to {format_share(last)} of "
            f"runs {where}: {points}"
        )

    def _finding(self) -> str:
        """The outcome with the largest significant change from the first value to the last."""
        clear = [outcome for outcome in Outcome if excludes_zero(self.changes[outcome])]
        outcome = max(clear or Outcome, key=lambda o: abs(self.changes[o][0]))
        if not clear:
            most = format_change(self.changes[outcome], " points")
            return f"No detectable change of any ending: at most {outcome.label}, {most}"
        first, last = map(format_share, self._ends(outcome))
        verb = "rises" if self.changes[outcome][0] > 0 else "falls"
        return f"{capitalise(outcome.label)} {verb} from {first} to {last} of runs"

    @property
    def table(self) -> Table:
        """The numbers behind the chart."""
        table = super().table
        if self.watched is None:
            return table
        name, *outcomes = table.headings
        return Table(
            (name, self.watched.label, *outcomes),
            tuple(
                (row[0], format_share_ci(share), *row[1:])
                for row, share in zip(table.rows, self.watched.shares, strict=True)
            ),
        )

    def figure(self, note: Note) -> go.Figure:
        """The lines with labels at their ends, and a vertical line at the baseline."""
        every = [row.share for row in self.rows]
        if self.watched:
            every += self.watched.shares
        top = 105 * max(0.01, *(high for _, _, high in every))
        ends = [LineEnd(o.label, self._ends(o)[1], o.style.colour) for o in self.occurring]
        if self.watched:
            ends.append(LineEnd(self.watched.label, self.watched.shares[-1], WATCHED_COLOUR))
        layout = {
            **LAYOUT,
            "xaxis": self.scale.axis_around([row.value for row in self.rows]),
            "yaxis": axis(range=[0, top], ticksuffix=" %", nticks=6),
            "shapes": [] if self.baseline is None else [_vertical(self.baseline)],
            "annotations": line_labels(ends, self.rows[-1].value, top, HEIGHT - TOP - FOOT),
        }
        reading = (
            "Share of model runs; the intervals are for each value alone: paired differences "
            "between values, on the same random numbers, are more precise."
        )
        if self.baseline is not None:
            reading += " Vertical line: the scenario's own value, on average."
        lines = [trace for outcome in self.occurring for trace in self._outcome_curve(outcome)]
        if self.watched:
            values = [self._of(Outcome(0))[k].value for k in range(len(self.watched.shares))]
            look = {"color": WATCHED_COLOUR, "width": 5}
            lines = [
                *curve(self.watched.label, values, self.watched.shares, look, **MARKED),
                *lines,
            ]
        return self._finish(lines, note, reading, **layout)

    def _outcome_curve(self, outcome: Outcome) -> list[go.Scatter]:
        rows = self._of(outcome)
        look = {"color": outcome.style.colour, "width": 3, "dash": DASHES[outcome]}
        values, shares = [row.value for row in rows], [row.share for row in rows]
        return curve(outcome.label, values, shares, look, **MARKED)


def _vertical(value: float) -> dict[str, Any]:
    return {
        "type": "line",
        "xref": "x",
        "yref": "paper",
        "x0": value,
        "x1": value,
        "y0": 0,
        "y1": 1,
        "line": {"color": SOFT, "width": 1.5, "dash": "dash"},
        "layer": "below",
    }


@dataclass(frozen=True)
class SweepAreas(OutcomesAlong):
    """The outcomes as stacked areas that sum to all runs."""

    @property
    def title(self) -> str:
        """The share of runs without war at the first value and at the last."""
        first, last = self.rows[0].value, self.rows[-1].value
        shares = [format_percent(self._without_war(value)) for value in (first, last)]
        ends = [f"{self.scale.name} {self.scale.format(first)}", self.scale.format(last)]
        return f"{shares[0]} of runs have no war at {ends[0]}, {shares[1]} at {ends[1]}"

    def _without_war(self, value: float) -> float:
        peaceful = [row for row in self.rows if row.outcome < Outcome.RENEWED_OFFENSIVE]
        return min(1.0, sum(row.share[0] for row in peaceful if row.value == value))

    @property
    def legend(self) -> list[LegendEntry]:
        """The legend's entries."""
        return [outcome_entry(outcome) for outcome in self.occurring]

    def figure(self, note: Note) -> go.Figure:
        """The areas, in the order of the outcomes."""
        layout = {
            **LAYOUT,
            "margin": LAYOUT["margin"] | {"r": 24},
            "xaxis": self.scale.axis(),
            "yaxis": axis(range=[0, 100], ticksuffix=" %", nticks=6, showgrid=False),
            "showlegend": True,
            "legend": LEGEND_ABOVE | {"traceorder": "normal"},
        }
        areas = [_area(self._of(outcome)) for outcome in self.occurring]
        reading = "Shares of model runs, stacked by ending; the table has their 95 % intervals."
        return self._finish(areas, note._replace(has_intervals=False), reading, **layout)


def _area(rows: Sequence[LevelShare]) -> go.Scatter:
    style = rows[0].outcome.style
    return go.Scatter(
        x=[row.value for row in rows],
        y=[100 * row.share[0] for row in rows],
        name=rows[0].outcome.label,
        stackgroup="endings",
        mode="lines",
        line={"color": style.colour, "width": 0.5},
        fillcolor=style.colour,
        fillpattern={
            "shape": style.pattern,
            "bgcolor": style.colour,
            "fgcolor": PATTERN_INK,
            "size": 8,
            "solidity": 0.2,
        },
        text=[format_share_ci(row.share) for row in rows],
        hovertemplate="%{text}",
    )
