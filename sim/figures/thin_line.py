"""The thin line: war and its causes by force size, and the valley over a second lever."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import plotly.graph_objects as go

from sim.categories import CAUSES
from sim.figures.chart import Chart
from sim.figures.heatmaps import (
    BAR_FOOT,
    CellLook,
    Grid,
    column_headings,
    place_text,
    two_way_table,
    with_colour_bar,
)
from sim.figures.parts import LABEL_WIDTH, LineEnd, curve, line_labels
from sim.figures.scales import ColourScale, Scale
from sim.figures.theme import INK, PAPER, RULE, Note, axis
from sim.formatting import Interval, format_number, format_share, format_share_ci, join_and, plural
from sim.tables import Table

if TYPE_CHECKING:
    from sim.analysis.thin_line.result import Point, ThinLine

DASHES = {"failure": "dash", "escalation": "dot", "war": "solid"}
INTERIOR = "interior"
HEIGHT, TOP, FOOT = 460, 110, 56

# Height of the range of the minimum, as a share of the plot's.
RANGE_HEIGHT = 0.94
TITLES = {
    INTERIOR: "War is least at {least} times the pledged force, in {war} of runs{somewhere}",
    "more_is_better": "War is least {range} times the pledged force, the upper end tried",
    "more_is_worse": "War is least {range} times the pledged force, the lower end tried",
    "no_difference": "War differs by less than a point at all sizes from {first} to {last}",
    "undecided": "War is least somewhere from {low} to {high} times the pledged force; more runs "
    "would narrow this down",
}
BEYOND = (
    "War is least at {low} times the pledged force or more; larger sizes and more runs would "
    "narrow this down"
)
LEVEL = "War is equally common at all sizes from {first} to {last}"


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
        title = TITLES[self.line.verdict]
        if self.line.verdict == "undecided" and self.line.is_level:
            title = LEVEL
        elif self.line.may_go_on:
            title = BEYOND
        return title.format(
            least=self._least,
            war=format_share(minimum.war),
            range=f"at {low}" if low == high else f"from {low} to {high}",
            somewhere="" if low == high else f"; it may be anywhere from {low} to {high}",
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
        return self.line.result_table.to_text()

    def figure(self, note: Note) -> go.Figure:
        """Three curves labelled at their ends, the least war, its range and its window."""
        curves = [trace for word in CAUSES for trace in self._curve(word)]
        top = 110 * max(0.01, *(row.war[2] for row in self.rows))
        last = self.rows[-1]
        ends = [
            LineEnd(cause.label, getattr(last, word), cause.colour)
            for word, cause in CAUSES.items()
        ]
        layout: dict[str, Any] = {
            "height": HEIGHT,
            "margin": {"l": 56, "r": LABEL_WIDTH, "t": TOP, "b": FOOT},
            "xaxis": axis("force, times the pledge", showgrid=False, range=[0, last.size]),
            "yaxis": axis(range=[0, top], ticksuffix=" %", nticks=6),
            "annotations": line_labels(ends, last.size, top, HEIGHT - TOP - FOOT),
            "showlegend": False,
            "hovermode": "x unified",
        }
        reading = "Share of model runs by the size of the force."
        if self._is_interior:
            layout["shapes"] = [_window(self.line.window)]
            layout["annotations"] += [self._least_label(), self._range_label(top)]
            curves += [self._minimum(), self._range(top)]
            reading += " Shaded: sizes within one point of the least war."
        return self._finish(curves, note, reading, **layout)

    def _curve(self, word: str) -> list[go.Scatter]:
        cause, sizes = CAUSES[word], [row.size for row in self.rows]
        shares = [getattr(row, word) for row in self.rows]
        # War is the sum of the others: wider and below, it leaves an equal curve visible.
        is_war = word == "war"
        look = {"color": cause.colour, "width": 6 if is_war else 3, "dash": DASHES[word]}
        return curve(cause.label, sizes, shares, look, zorder=0 if is_war else 1)

    def _minimum(self) -> go.Scatter:
        least = self.line.minimum
        return go.Scatter(
            x=[least.size],
            y=[100 * least.war.value],
            name="least war",
            mode="markers",
            marker={
                "color": PAPER,
                "size": 13,
                "symbol": "diamond",
                "line": {"color": INK, "width": 2.5},
            },
            zorder=3,
            hoverinfo="skip",
        )

    def _least_label(self) -> dict[str, Any]:
        """The least war, in words above its mark and clear of the curves beside it."""
        least = self.line.minimum
        return {
            "text": f"least war:<br><b>{format_share(least.war)}</b>",
            "x": least.size,
            "y": 100 * least.war[0],
            "standoff": 8,
            "ax": 14,
            "ay": -42,
            "xanchor": "left",
            "yanchor": "bottom",
            "align": "left",
            "showarrow": True,
            "arrowhead": 0,
            "arrowcolor": INK,
            "arrowwidth": 1,
            "font": {"size": 12, "color": INK},
        }

    def _range(self, top: float) -> go.Scatter:
        """The sizes at which war may be least, above the curves."""
        least = self.line.minimum
        return go.Scatter(
            x=[least.low, least.high],
            y=[RANGE_HEIGHT * top] * 2,
            name="range of the minimum",
            mode="lines+markers",
            line={"color": INK, "width": 2},
            marker={"symbol": "line-ns-open", "size": 10, "color": INK},
            hoverinfo="skip",
        )

    def _range_label(self, top: float) -> dict[str, Any]:
        """The range in words, on the side of it that has more room."""
        least, last = self.line.minimum, self.rows[-1].size
        low, high = format_number(least.low), format_number(least.high)
        is_left = least.low + least.high > last
        return {
            "text": f"minimum: {low}" if low == high else f"minimum: {low} to {high}",
            "x": least.low if is_left else least.high,
            "y": RANGE_HEIGHT * top,
            "xanchor": "right" if is_left else "left",
            "xshift": -8 if is_left else 8,
            "showarrow": False,
            "font": {"size": 12, "color": INK},
        }


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
            return f"No clear thin line at any of {count} of {self.lever.name}"
        ends = " to ".join(dict.fromkeys(format_number(end) for end in (min(sizes), max(sizes))))
        lines = len({row.value for row in self.rows if row.interior})
        return (
            f"War is least at {ends} times the pledged force, at {lines} of {count} of "
            f"{self.lever.name}"
        )

    @property
    def alt_text(self) -> str:
        """The minimum at each value of the lever."""
        parts = [
            f"at {self.lever.format(row.value)}, {format_number(row.across)} times the pledge with "
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

    def figure(self, note: Note) -> go.Figure:
        """A cell per value and size, with its share of war, outlined at each minimum."""
        grid = Grid.of(self.rows, self.lever, SIZE)
        scale = ColourScale.from_zero([100 * row.war[0] for row in self.rows])
        layout = grid.layout(BAR_FOOT)
        layout["xaxis"]["title"]["text"] = "force, times the pledge"
        interior, unclear = (
            [row for row in self._minima if row.interior is which] for which in (True, False)
        )
        layout["shapes"] = [*grid.outline(interior), *grid.outline(unclear, "dot")]
        intervals = [row.war for row in self.rows]
        bar = with_colour_bar(layout, scale, " %", intervals)
        dotted = "; dotted if not clearly between the ends" if unclear else ""
        reading = (
            "Model runs that end in war, in per cent. Outlined (* in the table): the least at each "
            f"value{dotted}{' (in brackets)' if unclear else ''}.{grid.spacing_text}"
        )
        cells = grid.cells(self.rows, lambda row: self._look(row, scale))
        return self._finish([cells, *bar], note, reading, **layout)

    def _look(self, row: ValleyCell, scale: ColourScale) -> CellLook:
        hover = f"{place_text(row, self.lever, SIZE)}<br>{format_share_ci(row.war)}"
        number = format_share(row.war).removesuffix(" %")
        return CellLook(scale.colour(100 * row.war[0]), number, hover)


def _valley_cell(row: ValleyCell) -> str:
    mark = "" if not row.least else " *" if row.interior else " (*)"
    return f"{format_share(row.war)}{mark}"
