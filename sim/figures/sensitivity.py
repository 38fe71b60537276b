"""Sensitivity of an outcome to levers: tornado, indices, convergence and variance shares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import plotly.graph_objects as go

from sim.enums import Outcome
from sim.figures.chart import Chart, TableChart
from sim.figures.parts import PATTERN, LegendEntry, error_bars, marker_entry
from sim.figures.theme import INK, LEGEND_ABOVE, PAPER, SOFT, Note, axis, per_cent_axis
from sim.formatting import (
    INDISTINGUISHABLE,
    MEAN,
    Interval,
    capitalise,
    format_ci,
    format_number,
    format_share_ci,
    format_signed,
    largest,
    parameter_cell,
    parameter_name,
    plural,
)
from sim.tables import ResultTable, Table

if TYPE_CHECKING:
    from sim.analysis.sensitivity.one_at_a_time import Swing
    from sim.experiments.measures import Measure
    from sim.statistics import Estimate

# Two colours that differ in hue and lightness.
BLUE = Outcome.UNTESTED_FORCE.style.colour
RED = Outcome.RENEWED_OFFENSIVE.style.colour
MARGIN = {"l": 16, "r": 24, "t": 130, "b": 52}


# Tornado

ENDS = {"low": "at the low end", "high": "at the high end"}
END_COLOURS = {"low": BLUE, "high": RED}
END_PATTERNS = {"low": "", "high": "/"}
BAR_ROW = 36


@dataclass(frozen=True)
class TornadoChart(TableChart):
    """The change of an outcome at each end of each lever, the longest swing first."""

    numbers: ResultTable[Swing]
    measure: Measure

    @property
    def title(self) -> str:
        """The lever with the largest significant swing."""
        outcome = self.measure.label
        top = next((row for row in self.rows if row.excludes_zero), None)
        if top is None:
            return f"None of {plural(len(self.rows), 'lever')} clearly changes {outcome}"
        most = "most" if top is self.rows[0] else "clearly"
        return (
            f"{capitalise(outcome)} changes {most} with {parameter_name(top.lever.path)}: "
            f"{self.measure.cell(top.swing)} {self.measure.unit}"
        )

    @property
    def alt_text(self) -> str:
        """Every significant swing, and the number of others."""
        clear = [row for row in self.rows if row.excludes_zero]
        parts = [
            f"{parameter_name(row.lever.path)} from {row.lever.format_range()}: "
            f"{self.measure.cell(row.swing)}"
            for row in clear
        ]
        return (
            f"Change of {self.measure.label} with each of {plural(len(self.rows), 'lever')} from "
            f"its low to its high end, in {self.measure.unit}: "
            f"{'; '.join(parts) if parts else 'no clear change'}. Not distinguishable from 0: "
            f"{len(self.rows) - len(clear)}."
        )

    @property
    def legend(self) -> list[LegendEntry]:
        """The legend's entries."""
        return [LegendEntry(ENDS[end], END_COLOURS[end], END_PATTERNS[end]) for end in ENDS]

    def figure(self, note: Note) -> go.Figure:
        """Two bars per lever from the baseline, with their intervals."""
        layout: dict[str, Any] = {
            "barmode": "group",
            "bargap": 0.3,
            "xaxis": axis(self.measure.unit, zeroline=True, zerolinecolor=INK, nticks=6),
            "yaxis": axis(autorange="reversed", showgrid=False, automargin=True),
            "legend": LEGEND_ABOVE,
            "height": 210 + BAR_ROW * len(self.rows),
            "margin": MARGIN,
        }
        reading = (
            f"Change of {self.measure.label} at each end against the scenario as it is, on the "
            "same random numbers; the intervals are simultaneous for all levers."
        )
        return self._finish([self._bars(end) for end in ENDS], note, reading, **layout)

    def _bars(self, end: str) -> go.Bar:
        changes: list[Estimate] = [getattr(row, end) for row in self.rows]
        values = [_ends(row)[0 if end == "low" else 1] for row in self.rows]
        scale = self.measure.scale
        return go.Bar(
            x=[scale * change.value for change in changes],
            # What a lever does depends on how far it is moved.
            y=[f"{parameter_name(r.lever.path)}<br>{r.lever.format_range()}" for r in self.rows],
            orientation="h",
            name=ENDS[end],
            marker={
                "color": END_COLOURS[end],
                "pattern": {**PATTERN, "shape": END_PATTERNS[end]},
            },
            error_x=error_bars(changes, scale),
            text=[
                f"{value}: {self.measure.cell(change)}"
                for value, change in zip(values, changes, strict=True)
            ],
            textposition="none",
            hovertemplate="%{y} %{text}<extra></extra>",
        )


def _ends(row: Swing) -> tuple[str, str]:
    return row.lever.format(row.lever.low), row.lever.format(row.lever.high)


# Sobol' indices or Morris effects

INDEX_COLOURS = (BLUE, RED)
INDEX_SYMBOLS = ("circle", "diamond-open")
NOISE_SYMBOL = "line-ns-open"
NOISE = "noise alone"
INDEX_ROW = 30


class IndexKind(NamedTuple):
    """Keys of the two indices in the table, the axis title, the caption and the title.

    ``finding`` is a template with ``{lever}`` and ``{value}``; ``kind`` is a number format, and
    indices are shown times ``scale``.
    """

    leading: str
    other: str
    axis: str
    reading: str
    finding: str
    kind: str = MEAN
    scale: float = 1.0

    def scaled(self, interval: Interval) -> Interval:
        """An index as it is shown."""
        value, low, high = (self.scale * number for number in interval)
        return value, low, high

    def format(self, interval: Interval) -> str:
        """An index with its interval."""
        return format_ci(self.scaled(interval), self.kind)


@dataclass(frozen=True)
class IndicesChart(TableChart):
    """Two indices per lever with their intervals, the largest leading index first."""

    kind: IndexKind

    @property
    def title(self) -> str:
        """The lever with the largest significant leading index."""
        top = next((row for row in self.rows if row.excludes_zero), None)
        if top is None:
            return f"None of {plural(len(self.rows), 'lever')} is distinguishable from 0"
        value = self.kind.format(top.leading)
        finding = self.kind.finding.format(
            lever=parameter_name(top.path), largest=largest(top, self.rows), value=value
        )
        return capitalise(finding)

    @property
    def alt_text(self) -> str:
        """Every leading index that exceeds noise, and the number of others."""
        clear = [
            f"{parameter_name(row.path)} {self.kind.format(row.leading)}"
            for row in self.rows
            if row.excludes_zero
        ]
        values = "; ".join(clear) if clear else "none is distinguishable from 0"
        return (
            f"{self._names[0]} of {plural(len(self.rows), 'lever')}: {values}. "
            f"{INDISTINGUISHABLE.capitalize()}: {len(self.rows) - len(clear)}."
        )

    @property
    def legend(self) -> list[LegendEntry]:
        """The legend's entries."""
        looks = zip(self._names, INDEX_COLOURS, INDEX_SYMBOLS, strict=True)
        return [*(marker_entry(*look) for look in looks), marker_entry(NOISE, SOFT, NOISE_SYMBOL)]

    @property
    def _names(self) -> tuple[str, str]:
        return self.numbers.heading(self.kind.leading), self.numbers.heading(self.kind.other)

    def figure(self, note: Note) -> go.Figure:
        """Dots with intervals, and a tick at the value of the leading index under noise alone."""
        layout: dict[str, Any] = {
            "xaxis": axis(self.kind.axis, zeroline=True, zerolinecolor=INK, nticks=6),
            "yaxis": axis(
                tickvals=list(range(len(self.rows))),
                ticktext=[parameter_name(row.path) for row in self.rows],
                range=[len(self.rows) - 0.4, -0.6],
                automargin=True,
            ),
            "legend": LEGEND_ABOVE,
            "height": 210 + INDEX_ROW * len(self.rows),
            "margin": MARGIN,
        }
        noise = go.Scatter(
            x=[self.kind.scale * row.noise for row in self.rows],
            y=[k - 0.14 for k in range(len(self.rows))],
            name=NOISE,
            mode="markers",
            marker={"color": SOFT, "symbol": NOISE_SYMBOL, "size": 11, "line": {"width": 2}},
            hoverinfo="skip",
        )
        traces = [self._dots(0), self._dots(1), noise]
        return self._finish(traces, note, self.kind.reading, **layout)

    def _dots(self, which: int) -> go.Scatter:
        found = [(row.leading, row.other)[which] for row in self.rows]
        shown = [self.kind.scaled(index) for index in found]
        colour = INDEX_COLOURS[which]
        return go.Scatter(
            x=[value for value, _, _ in shown],
            y=[k + (-0.14, 0.14)[which] for k in range(len(self.rows))],
            name=self._names[which],
            mode="markers",
            marker={
                "color": colour,
                "symbol": INDEX_SYMBOLS[which],
                "size": 9,
                "line": {"color": colour if which else PAPER, "width": 2 if which else 0},
            },
            error_x=error_bars(shown, color=colour),
            text=[
                f"{parameter_name(row.path)}: {self.kind.format(index)}"
                for row, index in zip(self.rows, found, strict=True)
            ],
            hovertemplate="%{text}<extra></extra>",
        )


# Convergence of indices with sample size

# The levers drawn, distinguished by colour, dash and symbol; the others are in the table.
LINES = (
    (BLUE, "solid", "circle"),
    (Outcome.LIMITED_WAR.style.colour, "dash", "diamond"),
    (Outcome.NEVER_A_FORCE.style.colour, "dot", "square"),
    (INK, "dashdot", "cross"),
)


class Convergence(NamedTuple):
    """A lever's index after each of several numbers of runs.

    ``clear`` is whether the whole sample distinguishes it from 0; ``kind`` is its number format.
    """

    path: str
    runs: tuple[int, ...]
    indices: tuple[Interval, ...]
    clear: bool = True
    kind: str = MEAN

    @property
    def name(self) -> str:
        """The lever's name."""
        return parameter_name(self.path)

    @property
    def has_converged(self) -> bool:
        """Whether the index of half the sample lies within the interval of the whole; false for an
        index not distinguishable from 0."""
        _, low, high = self.indices[-1]
        return self.clear and low <= self.indices[-2][0] <= high


@dataclass(frozen=True)
class ConvergenceChart(Chart):
    """The indices from a quarter, a half and the whole of the sample.

    ``index`` names them on the axis.
    """

    rows: Sequence[Convergence]
    index: str

    @property
    def title(self) -> str:
        """The number of indices that have converged."""
        clear, levers = sum(row.clear for row in self.rows), plural(len(self.rows), "lever")
        if not clear:
            return f"Sample too small: none of {levers} is distinguishable from 0"
        converged = sum(row.has_converged for row in self.rows)
        found = f"{converged} of {plural(clear, 'lever')}: half the sample agrees with the whole"
        others = len(self.rows) - clear
        return f"{found}; not counted: {others} {INDISTINGUISHABLE}" if others else found

    @property
    def alt_text(self) -> str:
        """The largest indices after each number of runs."""
        parts = [
            f"{row.name} {', '.join(format_signed(value, row.kind) for value, _, _ in row.indices)}"
            for row in self.rows[: len(LINES)]
        ]
        runs = " and ".join(f"{count:,}" for count in self.rows[0].runs)
        return f"Index after {runs} model runs: {'; '.join(parts)}."

    @property
    def table(self) -> Table:
        """The numbers behind the chart."""
        return Table(
            ("lever", *(f"{count:,} model runs" for count in self.rows[0].runs)),
            tuple(
                (parameter_cell(row.path), *(format_ci(each, row.kind) for each in row.indices))
                for row in self.rows
            ),
        )

    @property
    def legend(self) -> list[LegendEntry]:
        """The legend's entries."""
        looks = zip(self.rows, LINES, strict=False)
        return [marker_entry(row.name, colour, symbol) for row, (colour, _, symbol) in looks]

    def figure(self, note: Note) -> go.Figure:
        """A line with intervals for each of the first levers."""
        runs = self.rows[0].runs
        layout: dict[str, Any] = {
            "xaxis": axis(
                "model runs",
                type="log",
                tickvals=list(runs),
                ticktext=[format_number(count) for count in runs],
                showgrid=False,
            ),
            "yaxis": axis(self.index, rangemode="tozero", nticks=6),
            "legend": LEGEND_ABOVE,
            "margin": {**MARGIN, "l": 56},
            "height": 420,
        }
        shown = self.rows[: len(LINES)]
        reading = f"The {len(shown)} levers with the largest index; the others are in the table."
        lines = [_convergence_line(row, k) for k, row in enumerate(shown)]
        return self._finish(lines, note, reading, **layout)


def _convergence_line(row: Convergence, k: int) -> go.Scatter:
    colour, dash, symbol = LINES[k]
    return go.Scatter(
        x=[count * (1 + 0.03 * k) for count in row.runs],
        y=[value for value, _, _ in row.indices],
        name=row.name,
        mode="lines+markers",
        line={"color": colour, "dash": dash, "width": 2},
        marker={"color": colour, "symbol": symbol, "size": 9},
        error_y=error_bars(row.indices, width=4),
        hovertemplate=f"%{{y:{row.kind}}}",
    )


# Shares of the variance of single runs

CHANCE, LEVERS = "chance", "levers"
SHARE_COLOURS = {CHANCE: SOFT, LEVERS: BLUE}


class VarianceShare(NamedTuple):
    """A share of the variance of single runs."""

    name: str
    share: Interval


@dataclass(frozen=True)
class VarianceChart(Chart):
    """Shares of the variance of single runs due to chance and due to the levers."""

    rows: Sequence[VarianceShare]

    @classmethod
    def of(cls, chance: Interval) -> VarianceChart:
        """The chart from the share due to chance."""
        value, low, high = chance
        levers = (1 - value, 1 - high, 1 - low)
        return cls([VarianceShare(CHANCE, chance), VarianceShare(LEVERS, levers)])

    @property
    def title(self) -> str:
        """The share due to chance."""
        share = format_share_ci(self.rows[0].share)
        return f"Chance accounts for {share} of the variance of single runs"

    @property
    def alt_text(self) -> str:
        """Both shares."""
        shares = " and ".join(f"{row.name} {format_share_ci(row.share)}" for row in self.rows)
        return f"Of the variance of single model runs: {shares}."

    @property
    def table(self) -> Table:
        """The numbers behind the chart."""
        return Table(
            ("source", "share of the variance of single model runs"),
            tuple((row.name, format_share_ci(row.share)) for row in self.rows),
        )

    @property
    def legend(self) -> list[LegendEntry]:
        """The legend's entries."""
        return [LegendEntry(*each) for each in SHARE_COLOURS.items()]

    def figure(self, note: Note) -> go.Figure:
        """A bar in two parts, with the interval of their border."""
        layout: dict[str, Any] = {
            "barmode": "stack",
            "xaxis": per_cent_axis(),
            "yaxis": axis(visible=False),
            "legend": LEGEND_ABOVE,
            "height": 240,
            "margin": {**MARGIN, "b": 44},
        }
        reading = "Share of the variance of single runs if every lever varies between its ends."
        return self._finish([_part(row) for row in self.rows], note, reading, **layout)


def _part(row: VarianceShare) -> go.Bar:
    interval = error_bars([row.share], 100, color=INK, thickness=2, width=10)
    return go.Bar(
        x=[100 * row.share[0]],
        y=[0],
        orientation="h",
        name=row.name,
        marker={"color": SHARE_COLOURS[row.name]},
        error_x=interval if row.name == CHANCE else None,
        text=[format_share_ci(row.share)],
        textposition="none",
        hovertemplate="%{text}<extra></extra>",
    )
