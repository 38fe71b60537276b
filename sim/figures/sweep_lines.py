"""Outcomes along one parameter: lines with intervals, and stacked areas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import plotly.graph_objects as go

from sim.enums import Outcome
from sim.figures.chart import Chart
from sim.figures.parts import PATTERN_INK, LegendEntry, Table, outcome_entry
from sim.figures.scales import Scale
from sim.figures.theme import SOFT, Note, axis, band
from sim.text import (
    Interval,
    capitalise,
    excludes_zero,
    format_change,
    format_percent,
    format_share,
    format_share_ci,
    join_and,
)

DASHES = dict(
    zip(Outcome, ("solid", "dash", "dot", "dashdot", "longdash", "dash", "solid"), strict=True)
)
LAYOUT = {
    "legend": {"orientation": "h", "x": 0, "y": -0.16, "yanchor": "top"},
    "margin": {"l": 48, "r": 24, "t": 110, "b": 84},
    "hovermode": "x unified",
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


@dataclass(frozen=True)
class SweepLines(OutcomesAlong):
    """A line with its interval for each outcome.

    ``baseline`` is the scenario's own value, if it is in the chart; ``along`` names the parameter
    in the title if there are several charts.
    """

    baseline: float | None = None
    along: str = ""

    @property
    def title(self) -> str:
        """The ending whose share changes most from the first value to the last, if significant."""
        found = self._finding()
        if not self.along:
            return found
        return f"{capitalise(self.along)}: {found[:1].lower()}{found[1:]}"

    def _finding(self) -> str:
        """The outcome with the largest significant change from the first value to the last."""
        clear = [outcome for outcome in Outcome if excludes_zero(self.changes[outcome])]
        outcome = max(clear or Outcome, key=lambda o: abs(self.changes[o][0]))
        if not clear:
            most = format_change(self.changes[outcome], " points")
            return f"From end to end no ending changes clearly: at most {outcome.label}, {most}"
        first, last = map(format_share, self._ends(outcome))
        verb = "grows" if self.changes[outcome][0] > 0 else "falls"
        return f"{capitalise(outcome.label)} {verb} from {first} to {last} of runs"

    @property
    def legend(self) -> list[LegendEntry]:
        """The legend's entries."""
        return [LegendEntry(o.label, o.style.colour, dash=DASHES[o]) for o in self.occurring]

    def figure(self, note: Note) -> go.Figure:
        """The lines, and a vertical line at the baseline."""
        top = 105 * max(0.01, *(row.share[2] for row in self.rows))
        layout = {
            **LAYOUT,
            "xaxis": self.scale.axis_around([row.value for row in self.rows]),
            "yaxis": axis(range=[0, top], ticksuffix=" %", nticks=6),
            "shapes": [] if self.baseline is None else [_vertical(self.baseline)],
        }
        reading = (
            "Share of model runs by ending; the intervals are for each value alone: paired "
            "differences between values, on the same random numbers, are more precise."
        )
        if self.baseline is not None:
            reading += " Vertical line: the scenario's own value, on average."
        lines = [trace for outcome in self.occurring for trace in _curve(self._of(outcome))]
        return self._finish(lines, note, reading, **layout)


def _curve(rows: Sequence[LevelShare]) -> list[go.Scatter]:
    """The interval as an area, and the line on it."""
    outcome, values = rows[0].outcome, [row.value for row in rows]
    lows, highs = ([100 * row.share[end] for row in rows] for end in (1, 2))
    interval = go.Scatter(
        x=[*values, *reversed(values)],
        y=[*lows, *reversed(highs)],
        fill="toself",
        fillcolor=band(outcome.style.colour),
        mode="none",
        hoverinfo="skip",
        showlegend=False,
    )
    line = go.Scatter(
        x=values,
        y=[100 * row.share[0] for row in rows],
        name=outcome.label,
        mode="lines+markers",
        line={"color": outcome.style.colour, "width": 3, "dash": DASHES[outcome]},
        marker={"size": 6},
        text=[format_share_ci(row.share) for row in rows],
        hovertemplate="%{text}",
    )
    return [interval, line]


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
        first, last = (self._without_war(self.rows[end].value) for end in (0, -1))
        return (
            f"Without war at one end: {format_percent(first)} of runs; at the other: "
            f"{format_percent(last)}"
        )

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
            "xaxis": self.scale.axis(),
            "yaxis": axis(range=[0, 100], ticksuffix=" %", nticks=6, showgrid=False),
        }
        areas = [_area(self._of(outcome)) for outcome in self.occurring]
        return self._finish(areas, note, "Shares of model runs, stacked by ending.", **layout)


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
