"""Pivotal states: the paired difference that each state's departure makes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import plotly.graph_objects as go

from sim.categories import CAUSES
from sim.figures.chart import TableChart
from sim.figures.parts import Dot, LegendEntry, dot_plot_layout, dot_series, series_legend
from sim.figures.theme import SOFT, Note
from sim.formatting import describe_change, format_change, join_and, plural
from sim.tables import ResultTable

if TYPE_CHECKING:
    from sim.analysis.pivotal import Leaver

MOST = 12
NAMED = 3
# War first: the states are ranked by it.
SERIES = ("war", "failure", "escalation")
READING = (
    "Percentage points of model runs more (right) or fewer (left) if the state leaves the "
    "coalition, on the same random numbers; hollow: the interval includes zero. The intervals are "
    "simultaneous for all states."
)


@dataclass(frozen=True)
class PivotalChart(TableChart):
    """Differences in war and its causes if a state leaves, the largest difference in war first."""

    numbers: ResultTable[Leaver]

    @property
    def title(self) -> str:
        """The first state whose departure changes war significantly."""
        clear = [row for row in self.rows if row.war.excludes_zero]
        if clear:
            return f"Without {clear[0].name} war occurs {describe_change(clear[0].war.share)}"
        first = self.rows[0]
        if not first.war.share.value:
            return "War is equally frequent whichever state leaves: 0.0 points of difference"
        change = f"{format_change(first.war.share, ' points')}, without {first.name}"
        return f"No state is clearly pivotal: the largest change in war is {change}"

    @property
    def alt_text(self) -> str:
        """The states with the largest changes in war."""
        named = [f"{row.name} {format_change(row.war.share)}" for row in self.rows[:NAMED]]
        clear = sum(row.war.excludes_zero for row in self.rows)
        verb = "makes" if clear == 1 else "make"
        return (
            f"Percentage points of war if a state leaves: {join_and(named)}. Of "
            f"{plural(len(self.rows), 'state')}, {clear} {verb} a clear difference to war in the "
            "model runs."
        )

    @property
    def legend(self) -> list[LegendEntry]:
        """The legend's entries."""
        return series_legend([CAUSES[word].label for word in SERIES])

    def figure(self, note: Note) -> go.Figure:
        """A row per state, with a dot and its interval for war and each cause."""
        shown = self.rows[:MOST]
        traces = [
            dot_series(
                CAUSES[word].label,
                [_dot(word, place, row) for place, row in enumerate(shown)],
                n,
                len(SERIES),
                n,
            )
            for n, word in enumerate(SERIES)
        ]
        across: dict[str, Any] = {"zeroline": True, "zerolinewidth": 2, "zerolinecolor": SOFT}
        layout = dot_plot_layout([row.name for row in shown], len(SERIES), **across)
        reading = READING
        if len(self.rows) > MOST:
            reading += f" Shown: the first {len(shown)} of {plural(len(self.rows), 'state')}."
        return self._finish(traces, note, reading, **layout)


def _dot(word: str, place: int, row: Leaver) -> Dot:
    change, cause = row.share(word), CAUSES[word]
    text = f"<b>without {row.name}</b><br>{cause.label}: {describe_change(change)}"
    return Dot(place, change, cause.colour, text, not change.excludes_zero)
