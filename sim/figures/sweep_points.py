"""A sweep at arbitrary points, and differences between two sweeps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

import plotly.graph_objects as go

from sim.enums import Outcome
from sim.figures.chart import Chart
from sim.figures.heatmaps import (
    BAR_FOOT,
    MARGIN,
    CellChange,
    CellLook,
    Grid,
    axes_around,
    change_dots,
    change_line,
    change_look,
    change_scale,
    column_headings,
    place_text,
    two_way_table,
    with_colour_bar,
    with_foot,
    zero_line,
)
from sim.figures.parts import LegendEntry, error_bars, in_scenario, marker_entry, the_scenario
from sim.figures.scales import ColourScale, Scale
from sim.figures.sweep_maps import range_title
from sim.figures.theme import INK, LEGEND_ABOVE, SOFT, Note, axis
from sim.formatting import (
    Interval,
    capitalise,
    equally_at,
    excludes_zero,
    format_share_ci,
    join_and,
    plural,
)
from sim.tables import Table

# Symbols of points that set the axes shown, and of points that leave one at its baseline.
POINT_SYMBOLS = {False: "circle", True: "diamond"}
AT_BASELINE = "leaves an axis at its baseline"

# Size of the dots, by the largest number of dots.
DOT_SIZES = ((60, 14), (400, 10), (10_000_000, 6))


class PointShare(NamedTuple):
    """A point and its share; ``across`` is 0 along one axis.

    ``at_baseline`` is whether it leaves an axis shown at the scenario's value; ``values`` are its
    values on all axes as text, ``outcomes`` the shares of all outcomes.
    """

    point: int
    value: float
    across: float
    share: Interval
    at_baseline: bool
    values: tuple[str, ...]
    outcomes: Mapping[Outcome, Interval]


@dataclass(frozen=True)
class SweepPoints(Chart):
    """The share of runs with ``what`` at each point, without averages.

    With two axes the share is the dot's colour, with one (``across`` is ``None``) its height.
    ``headings`` name the axes of the table; points that are ``unplaced`` are in the table only. For
    ``difference`` see :func:`sim.figures.sweep_maps.range_title`.
    """

    rows: Sequence[PointShare]
    what: str
    difference: Interval
    headings: Sequence[str]
    up: Scale
    across: Scale | None
    unplaced: frozenset[int] = frozenset()

    @property
    def scale(self) -> ColourScale:
        """The colours, from 0 %."""
        return ColourScale.from_zero([100 * row.share[0] for row in self.rows])

    @property
    def title(self) -> str:
        """The least and the most of the shares."""
        return range_title([row.share for row in self.rows], self.what, self.difference, "point")

    @property
    def alt_text(self) -> str:
        """The points with the least and the largest share."""
        ranked = sorted(self.rows, key=lambda row: row.share[0])
        shares = [row.share[0] for row in ranked]
        parts = [
            f"{word} at point {row.point}"
            f"{equally_at(row.share[0], shares, 'point')}, {format_share_ci(row.share)}"
            for word, row in (("least", ranked[0]), ("most", ranked[-1]))
        ]
        return f"Share of model runs with {self.what}, by point: {'; '.join(parts)}."

    @property
    def table(self) -> Table:
        """The numbers behind the chart."""
        return Table(
            ("point", *self.headings, self.what, *(outcome.label for outcome in Outcome)),
            tuple(
                (
                    str(row.point),
                    *row.values,
                    format_share_ci(row.share),
                    *(format_share_ci(row.outcomes[outcome]) for outcome in Outcome),
                )
                for row in self.rows
            ),
        )

    @property
    def legend(self) -> list[LegendEntry]:
        """The symbol of points at the baseline."""
        if not any(row.at_baseline for row in self.rows):
            return []
        return [marker_entry(AT_BASELINE, INK, POINT_SYMBOLS[True])]

    def figure(self, note: Note) -> go.Figure:
        """A dot per point."""
        placed = [row for row in self.rows if row.point not in self.unplaced]
        groups = [[row for row in placed if row.at_baseline is own] for own in POINT_SYMBOLS]
        traces = [self._dots(group) for group in groups if group]
        reading = f"Model runs with {self.what}, in per cent: a dot per point."
        if self.across is None:
            layout = self._layout_along(placed) | {"margin": MARGIN}
        else:
            layout = with_foot(axes_around(placed, self.up, self.across))
            intervals = [row.share for row in self.rows]
            traces += with_colour_bar(layout, self.scale, " %", intervals)
        layout |= {"showlegend": len(groups[-1]) > 0, "legend": LEGEND_ABOVE}
        return self._finish(traces, note, reading, **layout)

    def _layout_along(self, rows: Sequence[PointShare]) -> dict[str, Any]:
        top = 105 * max(0.01, *(row.share[2] for row in rows))
        return {
            "xaxis": self.up.axis_around([row.value for row in rows]),
            "yaxis": axis(range=[0, top], ticksuffix=" %", nticks=6),
        }

    def _dots(self, rows: Sequence[PointShare]) -> go.Scatter:
        size = next(size for most, size in DOT_SIZES if len(self.rows) <= most)
        marker: dict[str, Any] = {
            "symbol": POINT_SYMBOLS[rows[0].at_baseline],
            "size": size,
            "line": {"color": INK, "width": 1},
        }
        values = [row.value for row in rows]
        place: dict[str, Any]
        if self.across is None:
            marker["color"] = INK
            place = {"x": values, "y": [100 * row.share[0] for row in rows]}
            place["error_y"] = error_bars([row.share for row in rows], 100, color=SOFT)
        else:
            scale = self.scale
            marker["color"] = [scale.colour(100 * row.share[0]) for row in rows]
            place = {"x": [row.across for row in rows], "y": values}
        return go.Scatter(
            **place,
            name=AT_BASELINE if rows[0].at_baseline else "sets every axis shown",
            mode="markers",
            marker=marker,
            text=[f"point {row.point}, {format_share_ci(row.share)}" for row in rows],
            hovertemplate="%{text}<extra></extra>",
        )


@dataclass(frozen=True)
class SweepDifferences(Chart):
    """Paired differences between two sweeps: a surface over two parameters or a line along one.

    ``what`` names the outcome, ``versions`` the two sweeps; differences are second minus first.
    Dots are not joined if they are ``scattered``; ``along`` names the parameter in the title if
    there are several charts.
    """

    rows: Sequence[CellChange]
    what: str
    versions: tuple[str, str]
    up: Scale
    across: Scale | None
    scattered: bool = False
    along: str = ""

    @classmethod
    def of(
        cls,
        differences: Mapping[tuple[float, float], Interval],
        what: str,
        versions: tuple[str, str],
        up: Scale,
        across: Scale | None,
        along: str = "",
    ) -> SweepDifferences:
        """The chart of differences by ``(up, across)``."""
        rows = [
            CellChange(*place, difference, excludes_zero(difference))
            for place, difference in sorted(differences.items())
        ]
        return cls(rows, what, versions, up, across, along=along)

    @property
    def title(self) -> str:
        """The numbers of places with significantly more and less."""
        more = sum(row.clear and row.difference[0] > 0 for row in self.rows)
        less = sum(row.clear and row.difference[0] < 0 for row in self.rows)
        places, name = plural(len(self.rows), "place"), capitalise(self.what)
        parts = [f"{word} frequent at {k}" for word, k in (("more", more), ("less", less)) if k]
        found = (
            f"{name} is significantly {join_and(parts)} of {places} "
            f"{in_scenario(self.versions[1])} than in the first sweep"
            if parts
            else f"{name} differs significantly between the two sweeps at none of {places}"
        )
        return f"{capitalise(self.along)}: {found[:1].lower()}{found[1:]}" if self.along else found

    @property
    def alt_text(self) -> str:
        """The extreme differences."""
        ranked = sorted(self.rows, key=lambda row: row.difference)
        values = [row.difference[0] for row in ranked]
        least, most = (
            f"{row.text} at {self._place(row)}{equally_at(row.difference[0], values, 'place')}"
            for row in (ranked[0], ranked[-1])
        )
        return (
            f"Difference in the share of model runs with {self.what}, "
            f"{the_scenario(self.versions[1])} minus {the_scenario(self.versions[0])}: from "
            f"{least} to {most}; it excludes zero at {sum(row.clear for row in self.rows)} of "
            f"{plural(len(self.rows), 'place')}."
        )

    def _place(self, row: CellChange) -> str:
        here = f"{self.up.name} {self.up.format(row.value)}"
        if self.across is None:
            return here
        return f"{self.across.name} {self.across.format(row.across)} and {here}"

    @property
    def table(self) -> Table:
        """A row per value up; with two axes a column per value across, in brackets if the interval
        includes zero."""
        if self.across is None:
            return two_way_table(
                self.rows, self.up, ["difference (95 % interval)"], lambda row: row.text
            )
        headings = column_headings(self.rows, self.across)
        return two_way_table(
            self.rows,
            self.up,
            headings,
            lambda row: row.points,
        )

    def figure(self, note: Note) -> go.Figure:
        """The surface, the line or the dots, marked if the interval includes zero."""
        scale = change_scale(self.rows)
        intervals = [row.difference for row in self.rows]
        spacing = ""
        if self.across is None:
            traces = [change_line(self.rows, "markers" if self.scattered else "lines+markers")]
            mark = "Hollow"
            layout = {
                "xaxis": self.up.axis_around([row.value for row in self.rows]),
                "yaxis": axis("points", nticks=6),
                "shapes": [zero_line()],
                "margin": MARGIN,
            }
        elif self.scattered:
            layout = with_foot(axes_around(self.rows, self.up, self.across))
            bar = with_colour_bar(layout, scale, " points", intervals)
            traces, mark = [change_dots(self.rows, scale), *bar], "Crossed"
        else:
            grid = Grid.of(self.rows, self.up, self.across)
            layout = grid.layout(BAR_FOOT)
            bar = with_colour_bar(layout, scale, " points", intervals)
            traces, mark = [grid.cells(self.rows, partial(self._look, scale)), *bar], "No colour"
            spacing = grid.spacing_text
        unclear = not all(row.clear for row in self.rows)
        reading = (
            f"Percentage points of model runs with {self.what} more (orange) or fewer (blue) "
            f"{in_scenario(self.versions[1])} than {in_scenario(self.versions[0])}, on the same "
            "random numbers."
            f"{f' {mark}: the interval includes zero.' if unclear else ''} The intervals are "
            f"simultaneous for all places.{spacing}"
        )
        return self._finish(traces, note, reading, **layout | {"showlegend": False})

    def _look(self, scale: ColourScale, row: CellChange) -> CellLook:
        assert self.across is not None
        look = change_look(row, scale)
        return look._replace(hover=f"{place_text(row, self.up, self.across)}<br>{look.hover}")
