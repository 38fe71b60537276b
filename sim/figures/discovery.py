"""Scenario discovery: the trajectory of PRIM boxes, and the limits of a box."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import plotly.graph_objects as go

from sim.enums import Outcome
from sim.figures.chart import Chart
from sim.figures.parts import PATTERN, LegendEntry, marker_entry
from sim.figures.theme import INK, LEGEND_ABOVE, RULE, SOFT, Note, axis
from sim.formatting import capitalise, format_percent, parameter_name, plural
from sim.tables import ResultTable, Table

if TYPE_CHECKING:
    from sim.analysis.discovery.discover import Region, TrajectoryBox

# Results on the points that the box was found on, and on fresh ones.
SAMPLES = {"found": "on the points it was found on", "fresh": "on fresh points"}
LINES = {
    "found": (SOFT, "dot", "circle-open"),
    "fresh": (Outcome.LIMITED_WAR.style.colour, "solid", "circle"),
}


@dataclass(frozen=True)
class TrajectoryChart(Chart):
    """Density against coverage of the boxes that PRIM peeled, from all points inwards.

    The last row is the region itself: the chosen box, widened where that raised its density and
    without limits that chance may have set. ``cases`` names the outcome of which density is a mean
    (``is_share``: a share).
    """

    region: Region
    cases: str
    is_share: bool

    @property
    def rows(self) -> list[TrajectoryBox | Region]:
        """The boxes on the way and the final region."""
        return [*self.region.way, self.region]

    def density(self, density: float) -> str:
        """A density as text."""
        return format_percent(density) if self.is_share else f"{density:.3g}"

    @property
    def _chosen(self) -> TrajectoryBox:
        return self.region.way[self.region.chosen]

    @property
    def title(self) -> str:
        """The gain in density from all points to the final box, on fresh points."""
        first, fresh = self.region.way[0], self.region.fresh
        start = "all points" if first.found.mass == 1 else "points outside earlier boxes"
        ends = [self.density(first.fresh.density), self.density(fresh.density)]
        if not self.region.excludes_zero:
            return f"Not confirmed: {self.cases} goes from {ends[0]} to {ends[1]} on fresh points"
        rises = (
            f"{capitalise(self.cases)} rises from {ends[0]} over {start} to {ends[1]} in the box"
        )
        return f"{rises}, on fresh points"

    @property
    def alt_text(self) -> str:
        """The first, the chosen, the last and the final box on both samples."""
        way = self.region.way
        marked = (
            *(("first", way[0]), ("chosen", self._chosen), ("last", way[-1])),
            ("the final box", self.region),
        )
        parts = "; ".join(
            f"{name}, coverage {format_percent(row.fresh.coverage)} and density "
            f"{self.density(row.fresh.density)} on fresh points, "
            f"{format_percent(row.found.coverage)} and {self.density(row.found.density)} on those "
            "it was found on"
            for name, row in marked
        )
        return f"{plural(len(way), 'box', 'boxes')}, each inside the one before: {parts}."

    @property
    def table(self) -> Table:
        """The numbers behind the chart."""
        return Table(
            ("step", "share of points", "coverage", "density", "fresh coverage", "fresh density"),
            tuple(
                (
                    self._label(k),
                    format_percent(row.found.mass),
                    *(format_percent(row.found.coverage), self.density(row.found.density)),
                    *(format_percent(row.fresh.coverage), self.density(row.fresh.density)),
                )
                for k, row in enumerate(self.rows)
            ),
        )

    def _label(self, k: int) -> str:
        if k == len(self.region.way):
            return "final box"
        return f"{k}, chosen" if k == self.region.chosen else str(k)

    @property
    def legend(self) -> list[LegendEntry]:
        """The legend's entries."""
        lines = [marker_entry(SAMPLES[s], colour, shape) for s, (colour, _, shape) in LINES.items()]
        marks = (("chosen", "diamond"), ("final box", "star-open"))
        return [*lines, *(marker_entry(label, INK, symbol) for label, symbol in marks)]

    def figure(self, note: Note) -> go.Figure:
        """A line per sample of points, with marks at the chosen and the final box."""
        coverage = axis("coverage", range=[104, -4])
        layout: dict[str, Any] = {
            "xaxis": coverage | {"ticksuffix": " %"},
            "yaxis": axis(
                f"density of {self.cases}",
                rangemode="tozero",
                ticksuffix=" %" if self.is_share else "",
            ),
            "legend": LEGEND_ABOVE,
            "margin": {"l": 60, "r": 24, "t": 130, "b": 52},
            "height": 460,
        }
        reading = (
            "Each dot is a box inside the one to its left. Diamond: the chosen box. Star: the "
            "final box, after dropping limits that may be chance."
        )
        traces = [
            *(self._line(sample) for sample in SAMPLES),
            self._mark(self._chosen, "chosen", "diamond", 11),
            self._mark(self.region, "final box", "star-open", 20),
        ]
        return self._finish(traces, note._replace(has_intervals=False), reading, **layout)

    @property
    def _factor(self) -> float:
        return 100.0 if self.is_share else 1.0

    def _line(self, sample: str) -> go.Scatter:
        colour, dash, symbol = LINES[sample]
        fits = [getattr(row, sample) for row in self.region.way]
        return go.Scatter(
            x=[100 * fit.coverage for fit in fits],
            y=[self._factor * fit.density for fit in fits],
            name=SAMPLES[sample],
            mode="lines+markers",
            line={"color": colour, "dash": dash, "width": 1.5},
            marker={"color": colour, "symbol": symbol, "size": 7},
            hovertemplate="coverage %{x:.0f} %, density %{y:.3g}",
        )

    def _mark(self, row: TrajectoryBox | Region, name: str, symbol: str, size: int) -> go.Scatter:
        return go.Scatter(
            x=[100 * row.fresh.coverage],
            y=[self._factor * row.fresh.density],
            name=name,
            mode="markers",
            marker={"color": INK, "symbol": symbol, "size": size},
            hoverinfo="skip",
        )


INSIDE = Outcome.LIMITED_WAR.style.colour
HATCH = "/"
ROW = 48

# A box with a smaller share of the range has no room for two labels.
NARROW = 0.35


class BoxSide(NamedTuple):
    """A lever that the box limits: the ends of its range and the limits as text, the limits as
    shares of the range.
    """

    path: str
    ends: tuple[str, str]
    limits: tuple[str, str]
    inside: tuple[float, float]

    @property
    def name(self) -> str:
        """The lever's name."""
        return parameter_name(self.path)


@dataclass(frozen=True)
class BoxChart(Chart):
    """The range of each lever inside a box.

    ``density`` describes the density of ``cases`` on fresh points; ``coverage`` and ``densities``
    are those on the points the box was found on and on fresh points; ``limits`` has a row for
    each limit.
    """

    rows: Sequence[BoxSide]
    limits: ResultTable[Any]
    cases: str
    density: str
    coverage: tuple[float, float]
    densities: tuple[str, str]
    is_confirmed: bool = True

    @property
    def title(self) -> str:
        """Density and coverage of the box on fresh points, and whether these confirm it."""
        if not self.is_confirmed:
            return (
                "Not confirmed: on fresh points the box is not significantly denser than the rest, "
                f"{self.density}"
            )
        covered = format_percent(self.coverage[1])
        return f"In this box, on fresh points: {self.density}; it has {covered} of {self.cases}"

    @property
    def alt_text(self) -> str:
        """Every limit, and the fit on both samples."""
        limits = "; ".join(f"{row.name} from {' to '.join(row.limits)}" for row in self.rows)
        found, fresh = map(format_percent, self.coverage)
        return (
            f"The box: {limits}. Coverage {found} on the points it was found on, {fresh} on fresh "
            f"ones; density {self.densities[0]} and {self.densities[1]}."
        )

    @property
    def table(self) -> Table:
        """The numbers behind the chart."""
        return self.limits.to_text()

    @property
    def legend(self) -> list[LegendEntry]:
        """The legend's entries."""
        colour, hatch = self._look
        return [LegendEntry(self._inside, colour, hatch), LegendEntry("whole range", RULE)]

    @property
    def _inside(self) -> str:
        return "inside the box" if self.is_confirmed else "inside the box, not confirmed"

    @property
    def _look(self) -> tuple[str, str]:
        """Colour and pattern: a box that is not confirmed has none."""
        return (INSIDE, HATCH) if self.is_confirmed else (SOFT, "")

    def figure(self, note: Note) -> go.Figure:
        """A bar per lever: the whole range in grey, the part inside the box in colour."""
        layout: dict[str, Any] = {
            "barmode": "overlay",
            "xaxis": axis(tickvals=[0, 100], ticktext=["lowest", "highest"], range=[-2, 102]),
            "yaxis": axis(autorange="reversed", showgrid=False, automargin=True),
            "legend": LEGEND_ABOVE,
            "height": 210 + ROW * len(self.rows),
            "margin": {"l": 16, "r": 40, "t": 130, "b": 44},
            "annotations": [label for row in self.rows for label in _limit_labels(row)],
        }
        reading = (
            "Coloured: inside the box, which fresh points confirm."
            if self.is_confirmed
            else "Grey: inside the box, which fresh points do not confirm: it may be chance."
        )
        bars = [self._bars(False), self._bars(True)]
        return self._finish(bars, note._replace(has_intervals=False), reading, **layout)

    def _bars(self, inside: bool) -> go.Bar:
        spans = [row.inside if inside else (0.0, 1.0) for row in self.rows]
        colour, hatch = self._look
        return go.Bar(
            base=[100 * low for low, _ in spans],
            x=[100 * (high - low) for low, high in spans],
            y=[row.name for row in self.rows],
            orientation="h",
            width=0.32,
            name=self._inside if inside else "whole range",
            marker={
                "color": colour if inside else RULE,
                "pattern": {**PATTERN, "shape": hatch if inside else ""},
                "line": {"color": INK, "width": 0 if self.is_confirmed or not inside else 1.5},
            },
            hoverinfo="skip",
        )


def _limit_labels(row: BoxSide) -> list[dict[str, Any]]:
    """A label above each limit, or a joint one above the middle of a narrow box."""
    low, high = row.inside
    if high - low >= NARROW:
        return [_label(row, low, row.limits[0], "left"), _label(row, high, row.limits[1], "right")]
    middle = (low + high) / 2
    anchor = "left" if middle < NARROW else "right" if middle > 1 - NARROW else "center"
    return [_label(row, middle, " to ".join(row.limits), anchor)]


def _label(row: BoxSide, place: float, text: str, anchor: str) -> dict[str, Any]:
    return {
        "x": 100 * place,
        "y": row.name,
        "text": text,
        "showarrow": False,
        "yshift": 19,
        "xanchor": anchor,
        "font": {"size": 12},
    }
