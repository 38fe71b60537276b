"""A sweep over two parameters: a share in colour bins, and a map of the commonest ending."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import plotly.graph_objects as go

from sim.enums import Outcome
from sim.figures.chart import Chart
from sim.figures.heatmaps import (
    MARGIN,
    axes_of_cells,
    boxes,
    column_headings,
    heatmap,
    marks_in,
    two_way_table,
)
from sim.figures.parts import LegendEntry, Table, outcome_entry, outcome_marker
from sim.figures.scales import ColourBins, Scale, bin_width
from sim.figures.theme import Note
from sim.text import (
    Interval,
    capitalise,
    excludes_zero,
    format_number,
    format_share,
    format_share_ci,
    join_and,
    plural,
)


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
    return found if excludes_zero(difference) else f"{found}, with no clear difference"


class PlaceShare(NamedTuple):
    """The share at a pair of values; ``uncertain`` if its error exceeds a colour bin."""

    value: float
    across: float
    share: Interval
    uncertain: bool


@dataclass(frozen=True)
class SweepHeatmap(Chart):
    """The share of runs with ``what`` over two parameters, in colour bins.

    For ``difference`` see :func:`range_title`.
    """

    rows: Sequence[PlaceShare]
    what: str
    difference: Interval | None
    up: Scale
    across: Scale

    @classmethod
    def of(
        cls,
        shares: Mapping[tuple[float, float], Interval],
        what: str,
        difference: Interval | None,
        up: Scale,
        across: Scale,
    ) -> SweepHeatmap:
        """The chart of shares by ``(up, across)``."""
        width = bin_width(shares.values())
        rows = [
            PlaceShare(*place, share, 50 * (share[2] - share[1]) > width)
            for place, share in sorted(shares.items())
        ]
        return cls(rows, what, difference, up, across)

    @property
    def _bins(self) -> ColourBins:
        return ColourBins.of([row.share for row in self.rows])

    @property
    def title(self) -> str:
        """The least and the most of the shares."""
        return range_title([row.share for row in self.rows], self.what, self.difference, "place")

    @property
    def alt_text(self) -> str:
        """The places of the least and the largest share."""
        ranked = sorted(self.rows, key=lambda row: row.share)
        parts = [
            f"{word} at {self.across.name} {self.across.format(row.across)} and {self.up.name} "
            f"{self.up.format(row.value)}, {format_share_ci(row.share)}"
            for word, row in (("least", ranked[0]), ("most", ranked[-1]))
        ]
        return f"Share of model runs with {self.what}: {'; '.join(parts)}."

    @property
    def table(self) -> Table:
        """A row per value up, a column per value across; uncertain shares are in brackets."""
        headings = column_headings(self.rows, self.across)
        return two_way_table(self.rows, self.up, headings, _share_cell)

    @property
    def legend(self) -> list[LegendEntry]:
        """The legend's entries."""
        return self._bins.legend(self.what)

    def figure(self, note: Note) -> go.Figure:
        """The heatmap, crossed where the error exceeds a bin."""
        bins, uncertain = self._bins, [row for row in self.rows if row.uncertain]
        heat = heatmap(
            self.rows,
            self.up,
            self.across,
            lambda row: bins.bin(row.share[0]),
            lambda row: format_share_ci(row.share),
            showscale=False,
            **bins.colour_scale("zmin", "zmax"),
        )
        crosses = marks_in(boxes(self.rows, uncertain, self.up, self.across), "x")
        reading = (
            f"Share of model runs with {self.what}, in colour bins of {bins.width_text}; each cell "
            "shows the one value in its middle, and outer cells extend beyond the values that were "
            "run. White crosses: the Monte-Carlo error exceeds a bin."
        )
        layout = {**axes_of_cells(self.rows, self.up, self.across), "margin": MARGIN}
        return self._finish([heat, crosses], note, reading, showlegend=False, **layout)


def _share_cell(row: PlaceShare) -> str:
    return f"({format_share(row.share)})" if row.uncertain else format_share(row.share)


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
        return [outcome_entry(outcome) for outcome in Outcome if outcome in present]

    def figure(self, note: Note) -> go.Figure:
        """The map, with circles where another ending may be as common."""
        unclear = boxes(
            self.rows, [row for row in self.rows if not row.clear], self.up, self.across
        )
        traces = [*(self._cells(outcome) for outcome, _ in self._counts())]
        layout = {
            **axes_of_cells(self.rows, self.up, self.across),
            "margin": MARGIN,
            "barmode": "overlay",
        }
        reading = "The commonest ending of the model runs; circles: another may be as common."
        marks = marks_in(unclear, "circle")
        return self._finish([*traces, marks], note, reading, showlegend=False, **layout)

    def _cells(self, outcome: Outcome) -> go.Bar:
        """The cells of an ending, drawn as bars, which can carry its pattern."""
        here = [row for row in self.rows if row.outcome is outcome]
        cells = boxes(self.rows, here, self.up, self.across)
        return go.Bar(
            name=outcome.label,
            x=[(cell.left + cell.right) / 2 for cell in cells],
            width=[cell.right - cell.left for cell in cells],
            base=[cell.bottom for cell in cells],
            y=[cell.top - cell.bottom for cell in cells],
            marker={**outcome_marker(outcome), "line": {"width": 0}},
            text=[f"{outcome.label}, {format_share_ci(row.share)}" for row in here],
            textposition="none",
            hovertemplate="%{text}<extra></extra>",
        )


def _outcome_cell(row: Commonest) -> str:
    return row.outcome.label if row.clear else f"({row.outcome.label})"
