"""A comparison of scenarios: shares, paired differences and transitions between outcomes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, repeat
from typing import Any, NamedTuple

import plotly.graph_objects as go

from sim.categories import CATEGORIES, change_table, share_table
from sim.enums import Outcome
from sim.figures.chart import Chart
from sim.figures.parts import (
    Dot,
    LegendEntry,
    dot_plot_layout,
    dot_series,
    error_bars,
    in_scenario,
    outcome_entry,
    outcome_marker,
    wrapped,
)
from sim.figures.theme import (
    INK,
    LABEL_MARGIN,
    LEGEND_ABOVE,
    SOFT,
    Note,
    axis,
    escape_tags,
    per_cent_axis,
)
from sim.formatting import (
    Interval,
    describe_change,
    excludes_zero,
    format_change,
    format_share,
    format_share_ci,
    join_and,
)
from sim.tables import Table

WAR = "war"
LABELS = [category.label for category in CATEGORIES.values()]
NAMED = 3
HEAD, FOOT = 110, 40

# Height in pixels of a scenario's bar with its interval and of a line of its name, and characters
# in a line, which fit a telephone; names in a block of rows are beside the names of the rows.
BAR_ROW, NAME_LINE = 50, 16
WIDE, NARROW = 46, 28


class CategoryShare(NamedTuple):
    """The share of a scenario's runs in a category."""

    category: str
    scenario: str
    share: Interval


def _by_scenario(cells: Iterable[tuple[str, str, Interval]]) -> dict[str, dict[str, Interval]]:
    """The numbers of each scenario by category."""
    columns: dict[str, dict[str, Interval]] = {}
    for scenario, category, number in cells:
        columns.setdefault(scenario, {})[category] = number
    return columns


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
            return f"War in {span} of runs: no detectable difference from the baseline"
        most = max(clear, key=lambda row: abs(self.changes[row.scenario][0]))
        verb = "rises" if self.changes[most.scenario][0] > 0 else "falls"
        return (
            f"War {verb} from {format_share(first.share)} of runs in the baseline to "
            f"{format_share(most.share)} {in_scenario(most.scenario)}"
        )

    def _wars(self) -> list[CategoryShare]:
        return [row for row in self.rows if row.category == WAR]

    @property
    def alt_text(self) -> str:
        """The share of war and the most frequent outcome in each scenario."""
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
        columns = _by_scenario((row.scenario, row.category, row.share) for row in self.rows)
        return share_table(columns)

    @property
    def legend(self) -> list[LegendEntry]:
        """The endings that occur."""
        return [outcome_entry(outcome) for outcome in self._occurring]

    @property
    def _occurring(self) -> list[Outcome]:
        found = {row.category for row in self.rows if row.share[0] > 0}
        return [outcome for outcome in Outcome if outcome.word in found]

    def figure(self, note: Note) -> go.Figure:
        """A bar per scenario, of its endings, with the interval of war below it."""
        wars = self._wars()
        names = [
            wrapped(f"{row.scenario}{role}: war in {format_share_ci(row.share)}", WIDE)
            for row, role in zip(wars, chain([" (baseline)"], repeat("")), strict=False)
        ]
        row_height = BAR_ROW + NAME_LINE * max(1 + name.count("<br>") for name in names)
        layout: dict[str, Any] = {
            "barmode": "stack",
            "height": HEAD + FOOT + row_height * len(wars),
            "margin": {"l": LABEL_MARGIN, "r": 24, "t": HEAD, "b": FOOT},
            "xaxis": per_cent_axis(),
            "yaxis": axis(visible=False, range=[-row_height * len(wars), 0]),
            "legend": LEGEND_ABOVE | {"traceorder": "normal"},
            "annotations": [
                bar_label(name, self._place(k, row_height, BAR_ROW - 4)) | {"yanchor": "bottom"}
                for k, name in enumerate(names)
            ],
        }
        reading = (
            "Share of model runs by ending, every scenario on the same random numbers; wars are on "
            "the right, and the line below a bar is the interval of their sum."
        )
        bars = [self._bars(outcome, row_height) for outcome in self._occurring]
        places = [self._place(k, row_height, 10) for k in range(len(wars))]
        return self._finish([*bars, _whiskers(wars, places)], note, reading, **layout)

    @staticmethod
    def _place(k: int, row_height: int, above: int) -> int:
        """The position ``above`` pixels over the foot of row ``k``, measured downwards from the
        top."""
        return above - row_height * (k + 1)

    def _bars(self, outcome: Outcome, row_height: int) -> go.Bar:
        rows = [row for row in self.rows if row.category == outcome.word]
        return go.Bar(
            name=outcome.label,
            x=[100 * row.share[0] for row in rows],
            y=[self._place(k, row_height, 32) for k in range(len(rows))],
            width=24,
            orientation="h",
            marker=outcome_marker(outcome),
            hovertext=[
                f"<b>{outcome.label}</b><br>{escape_tags(row.scenario)}: "
                f"{format_share_ci(row.share)} of model runs"
                for row in rows
            ],
            hovertemplate="%{hovertext}<extra></extra>",
        )


def _whiskers(wars: Sequence[CategoryShare], places: Sequence[float]) -> go.Scatter:
    """The interval of the share of war, drawn at the share of runs without war."""
    without = [(1 - value, 1 - high, 1 - low) for value, low, high in (row.share for row in wars)]
    return go.Scatter(
        name=WAR,
        x=[100 * value for value, _, _ in without],
        y=list(places),
        mode="markers",
        marker={"symbol": "triangle-up", "size": 9, "color": INK},
        error_x=error_bars(without, 100, color=INK, thickness=2.5, width=0),
        hoverinfo="skip",
        showlegend=False,
        cliponaxis=False,
    )


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
                for name in changes
                for word in CATEGORIES
            ]
        )

    @property
    def title(self) -> str:
        """The largest significant difference in war."""
        wars = [row for row in self.rows if row.category == WAR]
        clear = [row for row in wars if row.excludes_zero]
        most = max(clear or wars, key=lambda row: abs(row.change[0]))
        change = format_change(most.change, " points")
        here = in_scenario(most.scenario)
        if clear:
            word = "more" if most.change[0] > 0 else "less"
            return f"War is {word} frequent {here} than in the baseline: {change}"
        return f"No detectable difference in war {here}: {change}"

    @property
    def alt_text(self) -> str:
        """The largest significant differences of each scenario."""
        parts = [f"{name}, {self._largest(name)}" for name in self._scenarios]
        return f"Share of model runs against {self.rows[0].baseline}: {'; '.join(parts)}."

    @property
    def _scenarios(self) -> list[str]:
        return list(dict.fromkeys(row.scenario for row in self.rows))

    def _largest(self, scenario: str) -> str:
        """The largest significant differences of a scenario."""
        clear = [row for row in self.rows if row.scenario == scenario and row.excludes_zero]
        if not clear:
            return "no detectable difference"
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
        columns = _by_scenario((row.scenario, row.category, row.change) for row in self.rows)
        return change_table(self.rows[0].baseline, columns)

    def figure(self, note: Note) -> go.Figure:
        """A block per scenario with a row per category: a dot with its interval around zero."""
        names = self._scenarios
        # Each block begins with a row for the scenario's name.
        block = 1 + len(CATEGORIES)
        dots = [_change_dot(row, 1 + k + k // len(CATEGORIES)) for k, row in enumerate(self.rows)]
        across = {"zeroline": True, "zerolinewidth": 2, "zerolinecolor": SOFT, "title": "points"}
        divided = [
            at for k in range(len(names)) for at in (k * block, k * block + 1 + len(Outcome))
        ]
        layout = dot_plot_layout(["", *LABELS] * len(names), 1, divided, **across)
        layout["showlegend"] = False
        layout["annotations"] = [
            bar_label(f"<b>{wrapped(name, NARROW)}</b>", k * block) for k, name in enumerate(names)
        ]
        several = f" The intervals are simultaneous for all {len(names)}." if len(names) > 1 else ""
        unclear = not all(row.excludes_zero for row in self.rows)
        hollow = "; hollow: the interval includes zero" if unclear else ""
        reading = (
            "Percentage points of model runs more (right) or fewer (left) than "
            f"{in_scenario(self.rows[0].baseline)}, on the same random numbers{hollow}.{several}"
        )
        return self._finish([dot_series("change", dots, 0, 1, 0)], note, reading, **layout)


def _change_dot(row: CategoryChange, place: int) -> Dot:
    category = CATEGORIES[row.category]
    text = f"<b>{category.label}</b><br>{escape_tags(row.scenario)}: {describe_change(row.change)}"
    return Dot(place, row.change, category.colour, text, not row.excludes_zero)


def bar_label(text: str, place: float) -> dict[str, Any]:
    """A label at the left end, above the bar or the rows that it names."""
    return {
        "text": text,
        "x": 0,
        "y": place,
        "xref": "paper",
        "xanchor": "left",
        "align": "left",
        "showarrow": False,
        "font": {"size": 12, "color": INK},
    }


MOST_TRANSITIONS = 10
ROW = 46


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
            (
                *(in_scenario(self.before), in_scenario(self.after)),
                *("model runs", "share (95 % interval)"),
            ),
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
            "margin": {"l": LABEL_MARGIN, "r": 16, "t": HEAD, "b": FOOT},
            "showlegend": False,
            "bargap": 0,
            "barmode": "overlay",
            "annotations": [
                bar_label(f"{row.label} <b>{format_share(row.share)}</b>", place - 0.22)
                for place, row in enumerate(shown)
            ],
            "xaxis": axis(ticksuffix=" %", nticks=5, rangemode="tozero"),
            "yaxis": axis(visible=False, range=[len(shown) - 0.5, -0.5]),
        }
        reading = (
            f"Share of model runs with one outcome {in_scenario(self.before)} (before the arrow) "
            f"and another {in_scenario(self.after)} (after the arrow) on the same random numbers; "
            "the colour is that of the latter."
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
