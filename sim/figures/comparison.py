"""A comparison of scenarios: shares, paired differences and transitions between outcomes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import plotly.graph_objects as go

from sim.enums import Outcome
from sim.figures.categories import CATEGORIES
from sim.figures.chart import Chart
from sim.figures.parts import (
    Dot,
    LegendEntry,
    Table,
    dot_plot_layout,
    dot_series,
    error_bars,
    outcome_marker,
    series_legend,
)
from sim.figures.theme import INK, SOFT, Note, axis, escape_tags
from sim.text import (
    Interval,
    describe_change,
    excludes_zero,
    format_change,
    format_interval,
    format_share,
    format_share_ci,
    join_and,
)

WAR = "war"
LABELS = [category.label for category in CATEGORIES.values()]
ROW_OF = {word: row for row, word in enumerate(CATEGORIES)}
NAMED = 3

# Space left of 0 %, in hundredths of the largest share, so that no dot covers a row's name.
SPACE = 4


class CategoryShare(NamedTuple):
    """The share of a scenario's runs in a category."""

    category: str
    scenario: str
    share: Interval


@dataclass(frozen=True)
class SharesChart(Chart):
    """Shares of outcomes and causes of war in each scenario.

    ``changes`` holds for each scenario but the first its paired difference in war from the first,
    with simultaneous intervals.
    """

    rows: Sequence[CategoryShare]
    changes: Mapping[str, Interval]

    @classmethod
    def of(
        cls, shares: Mapping[str, Mapping[str, Interval]], changes: Mapping[str, Interval]
    ) -> SharesChart:
        """The chart of ``shares[scenario][category]``."""
        rows = [
            CategoryShare(word, name, shares[name][word]) for word in CATEGORIES for name in shares
        ]
        return cls(rows, changes)

    @property
    def title(self) -> str:
        """War in the first scenario and in the one that differs most from it, if significant."""
        first, *others = self._wars()
        clear = [row for row in others if excludes_zero(self.changes[row.scenario])]
        if not clear:
            shares = sorted(row.share for row in (first, *others))
            span = f"{format_share(shares[0])} to {format_share(shares[-1])}"
            return f"War in {span} of the runs: no clear difference from {first.scenario}"
        most = max(clear, key=lambda row: abs(self.changes[row.scenario][0]))
        return (
            f"War in {format_share(first.share)} of the runs of {first.scenario}, in "
            f"{format_share(most.share)} of those of {most.scenario}"
        )

    def _wars(self) -> list[CategoryShare]:
        return [row for row in self.rows if row.category == WAR]

    @property
    def alt_text(self) -> str:
        """The share of war and the commonest ending in each scenario."""
        parts = [
            f"{row.scenario}: war in {format_share_ci(row.share)}, most often "
            f"{self._commonest(row.scenario)}"
            for row in self._wars()
        ]
        return f"Shares of model runs. {'; '.join(parts)}."

    def _commonest(self, scenario: str) -> str:
        outcomes = [
            row for row in self.rows if row.scenario == scenario and row.category in Outcome.words()
        ]
        most = max(outcomes, key=lambda row: row.share[0])
        return f"{CATEGORIES[most.category].label}, {format_share(most.share)}"

    @property
    def table(self) -> Table:
        """The numbers behind the chart."""
        return Table(
            ("outcome of the runs", "scenario", "share of model runs", "95 % interval"),
            tuple(
                (
                    CATEGORIES[row.category].label,
                    row.scenario,
                    format_share(row.share),
                    f"{format_interval(row.share)} %",
                )
                for row in self.rows
            ),
        )

    @property
    def legend(self) -> list[LegendEntry]:
        """The legend's entries."""
        return series_legend(_scenarios(self.rows))

    def figure(self, note: Note) -> go.Figure:
        """A row per category, with a dot and its interval per scenario."""
        names = _scenarios(self.rows)
        traces = [
            dot_series(
                name, [_share_dot(r) for r in self.rows if r.scenario == name], n, len(names), n
            )
            for n, name in enumerate(names)
        ]
        largest = max(row.share[2] for row in self.rows)
        across = {"range": [-SPACE * largest, 104 * largest], "ticksuffix": " %"}
        reading = (
            "Share of model runs by outcome, each scenario on the same random numbers. The last "
            "three rows sum up the wars. Intervals may overlap although the paired difference is "
            "significant."
        )
        layout = dot_plot_layout(LABELS, len(names), [len(Outcome)], **across)
        return self._finish(traces, note, reading, **layout)


def _scenarios(rows: Sequence[Any]) -> list[str]:
    return list(dict.fromkeys(row.scenario for row in rows))


def _share_dot(row: CategoryShare) -> Dot:
    category = CATEGORIES[row.category]
    share = f"{escape_tags(row.scenario)}: {format_share_ci(row.share)} of model runs"
    text = f"<b>{category.label}</b><br>{share}"
    return Dot(ROW_OF[row.category], row.share, category.colour, text)


class CategoryChange(NamedTuple):
    """The paired difference of a category's share between ``scenario`` and ``baseline``."""

    category: str
    scenario: str
    baseline: str
    change: Interval

    @property
    def excludes_zero(self) -> bool:
        """Whether the interval excludes zero."""
        return excludes_zero(self.change)


@dataclass(frozen=True)
class DifferencesChart(Chart):
    """Paired differences from a baseline under common random numbers, in percentage points."""

    rows: Sequence[CategoryChange]

    @classmethod
    def of(cls, baseline: str, changes: Mapping[str, Mapping[str, Interval]]) -> DifferencesChart:
        """The chart of ``changes[scenario][category]``, in shares."""
        return cls(
            [
                CategoryChange(word, name, baseline, changes[name][word])
                for word in CATEGORIES
                for name in changes
            ]
        )

    @property
    def title(self) -> str:
        """The largest significant difference in war."""
        wars = [row for row in self.rows if row.category == WAR]
        clear = [row for row in wars if row.excludes_zero]
        most = max(clear or wars, key=lambda row: abs(row.change[0]))
        if clear:
            change = describe_change(most.change)
            return f"War: {change} in {most.scenario} than in {most.baseline}"
        change = format_change(most.change, " points")
        return f"No clear difference in war: {change} in {most.scenario}"

    @property
    def alt_text(self) -> str:
        """The largest significant differences of each scenario."""
        parts = [f"{name}, {self._largest(name)}" for name in _scenarios(self.rows)]
        return f"Share of model runs against {self.rows[0].baseline}: {'; '.join(parts)}."

    def _largest(self, scenario: str) -> str:
        """The largest significant differences of a scenario."""
        clear = [row for row in self.rows if row.scenario == scenario and row.excludes_zero]
        if not clear:
            return "no clear difference"
        clear.sort(key=lambda row: -abs(row.change[0]))
        return join_and(
            [
                f"{CATEGORIES[row.category].label} {describe_change(row.change)}"
                for row in clear[:NAMED]
            ]
        )

    @property
    def table(self) -> Table:
        """The numbers behind the chart."""
        return Table(
            ("outcome of the runs", "scenario", "points of model runs (95 % interval)"),
            tuple(
                (CATEGORIES[row.category].label, row.scenario, format_change(row.change))
                for row in self.rows
            ),
        )

    @property
    def legend(self) -> list[LegendEntry]:
        """The legend's entries."""
        return series_legend(_scenarios(self.rows), 1)

    def figure(self, note: Note) -> go.Figure:
        """A row per category, with a dot and its interval per scenario, around a zero line.

        The first symbol is left to the baseline, as in the chart of shares.
        """
        names = _scenarios(self.rows)
        traces = [
            dot_series(
                name,
                [_change_dot(row) for row in self.rows if row.scenario == name],
                n,
                len(names),
                1 + n,
            )
            for n, name in enumerate(names)
        ]
        across = {"zeroline": True, "zerolinewidth": 2, "zerolinecolor": SOFT}
        several = f" The intervals are simultaneous for all {len(names)}." if len(names) > 1 else ""
        reading = (
            "Percentage points of model runs more (right) or fewer (left) than in "
            f"{self.rows[0].baseline}, on the same random numbers; hollow: the interval includes "
            f"zero.{several}"
        )
        layout = dot_plot_layout(LABELS, len(names), [len(Outcome)], **across)
        return self._finish(traces, note, reading, **layout)


def _change_dot(row: CategoryChange) -> Dot:
    category = CATEGORIES[row.category]
    text = f"<b>{category.label}</b><br>{escape_tags(row.scenario)}: {describe_change(row.change)}"
    return Dot(ROW_OF[row.category], row.change, category.colour, text, not row.excludes_zero)


MOST_TRANSITIONS = 10
HEAD, FOOT, ROW = 110, 40, 46


class TransitionRow(NamedTuple):
    """Runs with outcome ``before`` in the baseline and ``after`` in the other scenario."""

    before: Outcome
    after: Outcome
    runs: int
    share: Interval

    @property
    def label(self) -> str:
        """Both outcomes."""
        return f"{self.before.label} → {self.after.label}"


@dataclass(frozen=True)
class TransitionsChart(Chart):
    """Outcome transitions between the scenarios ``before`` and ``after`` on the same random
    numbers, the most frequent first."""

    rows: Sequence[TransitionRow]
    before: str
    after: str

    @property
    def title(self) -> str:
        """The most frequent transition."""
        most = self.rows[0]
        share = format_share(most.share)
        return f"{share} of runs turn from {most.before.label} to {most.after.label}"

    @property
    def alt_text(self) -> str:
        """The most frequent transitions, and the number of others."""
        shown = self.rows[:NAMED]
        named = join_and([f"{row.label} in {format_share_ci(row.share)}" for row in shown])
        others = len(self.rows) - len(shown)
        return f"Of the model runs, {named}" + (f"; {others} rarer changes." if others else ".")

    @property
    def table(self) -> Table:
        """The numbers behind the chart."""
        return Table(
            (f"in {self.before}", f"in {self.after}", "model runs", "share (95 % interval)"),
            tuple(
                (r.before.label, r.after.label, f"{r.runs:,}", format_share_ci(r.share))
                for r in self.rows
            ),
        )

    def figure(self, note: Note) -> go.Figure:
        """A bar per transition, in the colour and pattern of the outcome after it."""
        shown = self.rows[:MOST_TRANSITIONS]
        layout = {
            "height": HEAD + FOOT + ROW * len(shown),
            "margin": {"l": 4, "r": 16, "t": HEAD, "b": FOOT},
            "showlegend": False,
            "bargap": 0,
            "barmode": "overlay",
            "annotations": [_bar_label(row, place) for place, row in enumerate(shown)],
            "xaxis": axis(ticksuffix=" %", nticks=5, rangemode="tozero"),
            "yaxis": axis(visible=False, range=[len(shown) - 0.5, -0.5]),
        }
        reading = (
            f"Share of model runs with one outcome in {self.before} (before the arrow) and another "
            f"in {self.after} (after the arrow) on the same random numbers; the colour is that of "
            "the latter."
        )
        bars = [_bar(row, place) for place, row in enumerate(shown)]
        return self._finish(bars, note, reading, **layout)


def _bar(row: TransitionRow, place: int) -> go.Bar:
    text = f"{row.label}<br>{row.runs:,} model runs, {format_share_ci(row.share)}"
    return go.Bar(
        name=row.after.label,
        x=[100 * row.share[0]],
        y=[place + 0.18],
        width=0.34,
        orientation="h",
        marker=outcome_marker(row.after),
        error_x=error_bars([row.share], 100, thickness=2, width=0),
        hovertemplate=f"{text}<extra></extra>",
    )


def _bar_label(row: TransitionRow, place: int) -> dict[str, Any]:
    """Both outcomes and the share above the bar; a telephone has no room beside it."""
    return {
        "text": f"{row.label} <b>{format_share(row.share)}</b>",
        "x": 0,
        "y": place - 0.22,
        "xref": "paper",
        "xanchor": "left",
        "showarrow": False,
        "font": {"size": 12, "color": INK},
    }
