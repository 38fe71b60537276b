"""A sweep over two parameters: a share in colour, and a map of the commonest ending."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import plotly.graph_objects as go

from sim.enums import Outcome
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
from sim.figures.parts import LegendEntry, the_scenario
from sim.figures.scales import ColourScale, Scale
from sim.figures.theme import LEGEND_ABOVE, LIGHT_ON_COLOUR, Note, mix
from sim.formatting import (
    Interval,
    capitalise,
    equally_at,
    excludes_zero,
    format_number,
    format_share,
    format_share_ci,
    join_and,
    plural,
)
from sim.tables import Table

# Share of white in the colour of a cell that is not clear.
PALER = 0.55


def range_title(
    shares: Sequence[Interval], what: str, difference: Interval | None, place: str
) -> str:
    """The least and the most of shares of ``what``, and whether these differ significantly.

    ``difference`` is the paired difference between them, with an interval that is simultaneous for
    all pairs, or ``None`` if there is only one ``place``.
    """
    least, most = min(shares), max(shares)
    if difference is None or least[0] == most[0]:
        where = f"every {place}" if difference else f"the only {place} there is"
        return f"{capitalise(what)} in {format_share(least)} of runs at {where}"
    found = f"{capitalise(what)} ranges from {format_share(least)} to {format_share(most)} of runs"
    return found if excludes_zero(difference) else f"{found}: no detectable difference"


class PlaceShare(NamedTuple):
    """The share at a pair of values."""

    value: float
    across: float
    share: Interval


@dataclass(frozen=True)
class SweepHeatmap(Chart):
    """The share of runs with ``what`` over two parameters, in colours from 0 upwards.

    For ``difference`` see :func:`range_title`. ``also`` are shares of charts that are compared with
    this one: they share its colours. ``of_title`` names the sweep in the title if there are two.
    """

    rows: Sequence[PlaceShare]
    what: str
    difference: Interval | None
    up: Scale
    across: Scale
    also: Sequence[Interval] = ()
    of_title: str = ""

    @classmethod
    def of(
        cls,
        shares: Mapping[tuple[float, float], Interval],
        what: str,
        difference: Interval | None,
        up: Scale,
        across: Scale,
        also: Sequence[Interval] = (),
        of_title: str = "",
    ) -> SweepHeatmap:
        """The chart of shares by ``(up, across)``."""
        rows = [PlaceShare(*place, share) for place, share in sorted(shares.items())]
        return cls(rows, what, difference, up, across, also, of_title)

    @property
    def scale(self) -> ColourScale:
        """The colours, from 0 %."""
        shares = [*(row.share for row in self.rows), *self.also]
        return ColourScale.from_zero([100 * share[0] for share in shares])

    @property
    def title(self) -> str:
        """The least and the most of the shares."""
        found = range_title([row.share for row in self.rows], self.what, self.difference, "place")
        if not self.of_title:
            return found
        return f"{capitalise(the_scenario(self.of_title))}: {found[:1].lower()}{found[1:]}"

    @property
    def alt_text(self) -> str:
        """The places of the least and the largest share."""
        ranked = sorted(self.rows, key=lambda row: row.share)
        shares = [row.share[0] for row in ranked]
        parts = [
            f"{word} at {self.across.name} {self.across.format(row.across)} and {self.up.name} "
            f"{self.up.format(row.value)}{equally_at(row.share[0], shares, 'place')}, "
            f"{format_share_ci(row.share)}"
            for word, row in (("least", ranked[0]), ("most", ranked[-1]))
        ]
        return f"Share of model runs with {self.what}: {'; '.join(parts)}."

    @property
    def table(self) -> Table:
        """A row per value up, a column per value across."""
        headings = column_headings(self.rows, self.across)
        return two_way_table(self.rows, self.up, headings, lambda row: format_share(row.share))

    def figure(self, note: Note) -> go.Figure:
        """A cell per pair of values, with its share in per cent, and the colour bar."""
        grid, scale = Grid.of(self.rows, self.up, self.across), self.scale
        layout = grid.layout(BAR_FOOT)
        intervals = [row.share for row in self.rows]
        bar = with_colour_bar(layout, scale, " %", intervals)
        cells = grid.cells(self.rows, lambda row: self._look(row, scale))
        reading = f"Model runs with {self.what}, in per cent.{grid.spacing_text}"
        return self._finish([cells, *bar], note, reading, **layout)

    def _look(self, row: PlaceShare, scale: ColourScale) -> CellLook:
        hover = f"{place_text(row, self.up, self.across)}<br>{format_share_ci(row.share)}"
        number = format_share(row.share).removesuffix(" %")
        return CellLook(scale.colour(100 * row.share[0]), number, hover)


class Commonest(NamedTuple):
    """The commonest ending at a pair of values; ``clear`` if significantly commoner than the
    next."""

    value: float
    across: float
    outcome: Outcome
    share: Interval
    clear: bool


@dataclass(frozen=True)
class OutcomeMap(Chart):
    """The commonest ending over two parameters."""

    rows: Sequence[Commonest]
    up: Scale
    across: Scale

    @classmethod
    def of(
        cls,
        shares: Mapping[tuple[float, float], Mapping[Outcome, Interval]],
        clear: Mapping[tuple[float, float], bool],
        up: Scale,
        across: Scale,
    ) -> OutcomeMap:
        """The chart of shares by ``(up, across)``; ``clear`` is whether the commonest ending is
        significantly commoner than the next, simultaneously for all places."""
        rows = []
        for place, each in sorted(shares.items()):
            first = max(Outcome, key=lambda outcome: each[outcome][0])
            rows.append(Commonest(*place, first, each[first], clear[place]))
        return cls(rows, up, across)

    def _counts(self) -> list[tuple[Outcome, int]]:
        """The number of places per ending, the largest first."""
        counts = [(o, sum(row.outcome is o for row in self.rows)) for o in Outcome]
        return sorted([pair for pair in counts if pair[1]], key=lambda pair: -pair[1])

    @property
    def title(self) -> str:
        """The ending that is commonest at most places, and their number."""
        outcome, count = self._counts()[0]
        sure = sum(row.clear and row.outcome is outcome for row in self.rows)
        clearly = "" if sure == count else f", clearly at {format_number(sure)}"
        places = f"{format_number(count)} of {plural(len(self.rows), 'place')}"
        return f"The commonest ending is {outcome.label} at {places}{clearly}"

    @property
    def alt_text(self) -> str:
        """The number of places per ending."""
        counts = [f"{outcome.label} at {count}" for outcome, count in self._counts()]
        return (
            f"The commonest ending of the model runs: {join_and(counts)} of "
            f"{plural(len(self.rows), 'place')}; at {sum(not row.clear for row in self.rows)} of "
            "them another may be as common."
        )

    @property
    def table(self) -> Table:
        """A row per value up, a column per value across; endings that are not clear are in
        brackets."""
        headings = column_headings(self.rows, self.across)
        return two_way_table(self.rows, self.up, headings, _outcome_cell)

    @property
    def legend(self) -> list[LegendEntry]:
        """The legend's entries."""
        present = {row.outcome for row in self.rows}
        return [LegendEntry(o.label, o.style.colour) for o in Outcome if o in present]

    def figure(self, note: Note) -> go.Figure:
        """The map, paler where another ending may be as common."""
        grid = Grid.of(self.rows, self.up, self.across)
        traces = [self._cells(grid, outcome) for outcome, _ in self._counts()]
        unclear = not all(row.clear for row in self.rows)
        pale = " Pale and in brackets: another may be as common." if unclear else ""
        reading = (
            "The colour is the commonest ending, the number its share of the model runs in per "
            f"cent.{pale}{grid.spacing_text}"
        )
        layout = {**grid.layout(), "showlegend": True, "legend": LEGEND_ABOVE}
        return self._finish(traces, note._replace(has_intervals=False), reading, **layout)

    def _cells(self, grid: Grid, outcome: Outcome) -> go.Bar:
        """The cells of an ending, clear ones first: the legend shows the first colour."""
        here = [row for row in self.rows if row.outcome is outcome]
        cells = grid.cells(sorted(here, key=lambda row: not row.clear), self._look, outcome.label)
        cells.showlegend = True
        return cells

    def _look(self, row: Commonest) -> CellLook:
        colour, share = row.outcome.style.colour, format_share(row.share).removesuffix(" %")
        place = place_text(row, self.up, self.across)
        return CellLook(
            colour if row.clear else mix(colour, LIGHT_ON_COLOUR, PALER),
            share if row.clear else f"({share})",
            f"{place}<br>{row.outcome.label}, {format_share_ci(row.share)}",
        )


def _outcome_cell(row: Commonest) -> str:
    return row.outcome.label if row.clear else f"({row.outcome.label})"
