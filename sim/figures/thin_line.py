"""The thin line: war and its causes by force size, and the valley over a second lever."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import plotly.graph_objects as go

from sim.figures.categories import CAUSES
from sim.figures.chart import Chart
from sim.figures.heatmaps import MARGIN, axes_of_cells, column_headings, heatmap, two_way_table
from sim.figures.parts import LegendEntry, Table, error_bars
from sim.figures.scales import Scale
from sim.figures.theme import INK, PAPER, RULE, Note, axis, band
from sim.text import Interval, format_number, format_share, format_share_ci, join_and, plural

if TYPE_CHECKING:
    from sim.analysis.thin_line.result import Point, ThinLine

DASHES = {"failure": "dash", "escalation": "dot", "war": "solid"}
INTERIOR = "interior"
TITLES = {
    INTERIOR: "War is least at {least} times the pledged force, in {war} of runs",
    "more_is_better": "War is least {range} times the pledged force, the upper end tried",
    "more_is_worse": "War is least {range} times the pledged force, the lower end tried",
    "no_difference": "War differs by less than a point at all sizes from {first} to {last}",
    "undecided": "Too few runs to tell where from {low} to {high} times the pledge war is least",
}


@dataclass(frozen=True)
class ThinLineChart(Chart):
    """Failure, escalation and war against force size, with the minimum of war and its window."""

    line: ThinLine

    @property
    def rows(self) -> Sequence[Point]:
        """Shares at each force size."""
        return self.line.points

    @property
    def _is_interior(self) -> bool:
        return self.line.verdict == INTERIOR

    @property
    def _least(self) -> str:
        """The sizes with least war in these runs."""
        return join_and([format_number(size) for size in self.line.least])

    @property
    def title(self) -> str:
        """The verdict: where war is least."""
        minimum = self.line.minimum
        low, high = format_number(minimum.low), format_number(minimum.high)
        return TITLES[self.line.verdict].format(
            least=self._least,
            war=format_share(minimum.war),
            range=f"at {low}" if low == high else f"from {low} to {high}",
            low=low,
            high=high,
            first=format_number(self.rows[0].size),
            last=format_number(self.rows[-1].size),
        )

    @property
    def alt_text(self) -> str:
        """The ends of the curves, and the minimum."""
        first, last = self.rows[0], self.rows[-1]
        ends = [
            f"{cause.label} from {format_share_ci(getattr(first, word))} to "
            f"{format_share_ci(getattr(last, word))}"
            for word, cause in CAUSES.items()
        ]
        return (
            f"Shares of model runs as the force grows from {format_number(first.size)} to "
            f"{format_number(last.size)} times the pledge: {join_and(ends)}. In these runs war is "
            f"least at {self._least}: {format_share_ci(self.line.minimum.war)}."
        )

    @property
    def table(self) -> Table:
        """The numbers behind the chart."""
        return Table(
            ("times the pledge", *(cause.label for cause in CAUSES.values())),
            tuple(
                (
                    format_number(row.size),
                    *(format_share_ci(getattr(row, word)) for word in CAUSES),
                )
                for row in self.rows
            ),
        )

    @property
    def legend(self) -> list[LegendEntry]:
        """The legend's entries."""
        return [LegendEntry(cause.label, cause.colour) for cause in CAUSES.values()]

    def figure(self, note: Note) -> go.Figure:
        """Three curves with intervals, the shaded window, and the minimum with its interval."""
        curves = [trace for word in CAUSES for trace in self._curve(word)]
        top = 105 * max(0.01, *(row.war[2] for row in self.rows))
        layout = {
            "shapes": [_window(self.line.window)] if self._is_interior else [],
            "xaxis": axis("force, times the pledge", showgrid=False, rangemode="tozero"),
            "yaxis": axis(range=[0, top], ticksuffix=" %", nticks=6),
            "legend": {"orientation": "h", "x": 0, "y": -0.16, "yanchor": "top"},
            "margin": {"l": 48, "r": 24, "t": 110, "b": 84},
            "hovermode": "x unified",
        }
        reading = "Share of model runs."
        if self._is_interior:
            curves.append(self._minimum())
            reading = (
                "Share of model runs; shaded: sizes within one point of the least war; bar: other "
                "sizes at which it may be least."
            )
        return self._finish(curves, note, reading, **layout)

    def _curve(self, word: str) -> list[go.Scatter]:
        cause, sizes = CAUSES[word], [row.size for row in self.rows]
        shares = [getattr(row, word) for row in self.rows]
        highs, lows = [100 * high for _, _, high in shares], [100 * low for _, low, _ in shares]
        interval = go.Scatter(
            x=[*sizes, *reversed(sizes)],
            y=[*highs, *reversed(lows)],
            fill="toself",
            fillcolor=band(cause.colour),
            mode="none",
            hoverinfo="skip",
            showlegend=False,
        )
        # War is the sum of the others: wider and below, it leaves an equal curve visible.
        is_war = word == "war"
        line = go.Scatter(
            x=sizes,
            y=[100 * share for share, _, _ in shares],
            name=cause.label,
            mode="lines",
            line={"color": cause.colour, "width": 6 if is_war else 3, "dash": DASHES[word]},
            zorder=0 if is_war else 1,
            text=[format_share_ci(share) for share in shares],
            hovertemplate="%{text}",
        )
        return [interval, line]

    def _minimum(self) -> go.Scatter:
        least = self.line.minimum
        return go.Scatter(
            x=[least.size],
            y=[100 * least.war.value],
            name="least war",
            mode="markers",
            marker={"color": INK, "size": 11, "symbol": "diamond"},
            error_x=error_bars([(least.size, least.low, least.high)], thickness=2, width=6),
            hoverinfo="skip",
        )


def _window(ends: tuple[float, float]) -> dict[str, Any]:
    return {
        "type": "rect",
        "xref": "x",
        "yref": "paper",
        "x0": ends[0],
        "x1": ends[1],
        "y0": 0,
        "y1": 1,
        "fillcolor": RULE,
        "opacity": 0.45,
        "line": {"width": 0},
        "layer": "below",
    }


# The ends of the cividis colour scale.
DARKEST, LIGHTEST = "#00224e", "#fee838"
SIZE = Scale("setting.force_size")


class ValleyCell(NamedTuple):
    """War at one value of the lever and one force size (``across``, times the pledge).

    ``least`` is whether war is least here at this value, ``interior`` whether its minimum there is
    clearly between the ends.
    """

    value: float
    across: float
    war: Interval
    least: bool
    interior: bool


@dataclass(frozen=True)
class ValleyChart(Chart):
    """War against force size and a second lever, with the minimum at each value of the lever."""

    rows: Sequence[ValleyCell]
    lever: Scale

    @classmethod
    def of(cls, lines: Sequence[ThinLine], values: Sequence[float], lever: Scale) -> ValleyChart:
        """The chart of a thin line at each of the lever's ``values``."""
        rows = [
            ValleyCell(
                value,
                point.size,
                point.war,
                point.war.value == line.minimum.war.value,
                line.verdict == INTERIOR,
            )
            for value, line in zip(values, lines, strict=True)
            for point in line.points
        ]
        return cls(rows, lever)

    @property
    def _minima(self) -> list[ValleyCell]:
        return [row for row in self.rows if row.least]

    @property
    def title(self) -> str:
        """At how many values of the lever there is a thin line, and where."""
        count = plural(len({row.value for row in self.rows}), "value")
        sizes = [row.across for row in self._minima if row.interior]
        if not sizes:
            return f"No clear thin line at any of {count} of the lever"
        ends = " to ".join(dict.fromkeys(format_number(end) for end in (min(sizes), max(sizes))))
        lines = len({row.value for row in self.rows if row.interior})
        return f"A thin line at {lines} of {count} of the lever, at {ends} times the pledge"

    @property
    def alt_text(self) -> str:
        """The minimum at each value of the lever."""
        parts = [
            f"at {format_number(row.value)}, {format_number(row.across)} times the pledge with "
            f"{format_share_ci(row.war)}{'' if row.interior else ', not clearly between the ends'}"
            for row in self._minima
        ]
        return f"The least war in the model runs: {'; '.join(parts)}."

    @property
    def table(self) -> Table:
        """A row per value, a column per size; minima have an asterisk, in brackets if they are not
        clearly between the ends."""
        headings = column_headings(self.rows, SIZE)
        return two_way_table(self.rows, self.lever, headings, _valley_cell)

    @property
    def legend(self) -> list[LegendEntry]:
        """The legend's entries."""
        wars = sorted(row.war for row in self.rows)
        ends = ((wars[0], DARKEST), (wars[-1], LIGHTEST))
        return [LegendEntry(f"war in {format_share(war)} of runs", colour) for war, colour in ends]

    def figure(self, note: Note) -> go.Figure:
        """A heatmap of war, darker for less, with a diamond at each minimum."""
        heat = heatmap(
            self.rows,
            self.lever,
            SIZE,
            lambda row: 100 * row.war[0],
            lambda row: format_share_ci(row.war),
            colorscale="Cividis",
            showscale=False,
        )
        layout = {**axes_of_cells(self.rows, self.lever, SIZE), "margin": MARGIN}
        layout["xaxis"]["title"]["text"] = "force, times the pledge"
        reading = (
            "Share of model runs that end in war; diamonds (* in the table): the least at each "
            "value, hollow (in brackets) if not clearly between the ends."
        )
        traces = [heat, *self._diamonds()]
        return self._finish(traces, note, reading, showlegend=False, **layout)

    def _diamonds(self) -> list[go.Scatter]:
        """A diamond at each minimum, filled if it is clearly between the ends."""
        return [
            go.Scatter(
                x=[row.across for row in minima],
                y=[row.value for row in minima],
                mode="markers",
                marker=marker,
                cliponaxis=False,
                hoverinfo="skip",
            )
            for interior in (True, False)
            for minima in [[row for row in self._minima if row.interior is interior]]
            for marker in (FILLED if interior else HOLLOW)
        ]


# A filled diamond is light with a dark edge; a hollow one light on dark: visible on any colour.
FILLED: list[dict[str, Any]] = [
    {"color": PAPER, "size": 11, "symbol": "diamond", "line": {"color": INK, "width": 1}}
]
HOLLOW: list[dict[str, Any]] = [
    {"color": c, "size": 11, "symbol": "diamond-open", "line": {"color": c, "width": width}}
    for c, width in ((INK, 4), (PAPER, 2))
]


def _valley_cell(row: ValleyCell) -> str:
    mark = "" if not row.least else " *" if row.interior else " (*)"
    return f"{format_share(row.war)}{mark}"
