"""The charts of outcomes, comparisons, sweeps and runs, and what the contract knows of each."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, NamedTuple, cast

from sim.analysis.paired import PairedDifference
from sim.analysis.pivotal import COLUMNS as STATES
from sim.analysis.pivotal import Leaver
from sim.analysis.thin_line.result import COLUMNS
from sim.categories import CATEGORIES, WARS
from sim.enums import Outcome
from sim.figures.comparison import (
    MOST_TRANSITIONS,
    DifferencesChart,
    SharesChart,
    TransitionRow,
    TransitionsChart,
)
from sim.figures.heatmaps import CellChange
from sim.figures.outcomes import IncidenceCurves, OutcomeWaffle, TimeToWar
from sim.figures.participation import RUNGS, ParticipationChart
from sim.figures.pivotal import SERIES, PivotalChart
from sim.figures.scales import Scale
from sim.figures.sweep_lines import SweepAreas, SweepLines, Watched, level_shares
from sim.figures.sweep_maps import OutcomeMap, SweepHeatmap
from sim.figures.sweep_points import PointShare, SweepDifferences, SweepPoints
from sim.figures.theme import Note
from sim.figures.thin_line import ThinLineChart, ValleyChart
from sim.figures.trace import RunNote
from sim.formatting import describe_change, format_share, format_share_ci
from sim.model.outcomes import SHARES
from sim.results import Results
from sim.statistics import Estimate, paired_difference_of_proportions, proportion
from sim.tables import ResultTable
from tests.unit.figures import one_run

NOTE = Note(runs=12_345, seed=77)


# What the caption of a chart that shows no intervals ends with.
WITHOUT_INTERVALS = ("n = 12,345 model runs, seed 77.",)


class Case(NamedTuple):
    """A chart made from results.

    ``tabled`` reads from the chart's rows what ``drawn`` reads from its figure; ``leading`` is what
    the alt text has to name; ``sourced`` what the caption has to say of the source of the numbers.
    """

    chart: Callable[[Results], Any]
    tabled: Callable[[Any], Any]
    drawn: Callable[[Any], Any]
    leading: Callable[[Any], str]
    note: Any = NOTE
    sourced: tuple[str, ...] = ("n = 12,345 model runs, seed 77", "95 % Monte-Carlo interval")


def shares_of(results: Results) -> list[Any]:
    """The share of each ending, so that generated counts reach the drawing."""
    return [proportion(int(n), results.runs) for n in results.endings.sum(axis=0)]


CLARITY, SIZE = Scale("setting.clarity"), Scale("setting.force_size")
PLEDGE = Scale("states.poland.pledge", {0.0: "none", 5.0: "ground"})
PLACES = [(0.0, 0.2), (0.0, 0.8), (5.0, 0.2), (5.0, 0.8)]
MOVES = {
    outcome: paired_difference_of_proportions(20 * int(outcome), 5, 1000, 7) for outcome in Outcome
}
VERSIONS = ("“One”", "with fear 0.5")
MOVED = MOVES[Outcome.GENERAL_WAR]


def _incidence(results: Results) -> IncidenceCurves:
    sums = results.endings.cumsum(axis=0)
    return IncidenceCurves.of(
        {war: [proportion(int(n), results.runs) for n in sums[:, war]] for war in WARS},
        results.runs,
    )


def _curves(figure: Any) -> list[tuple[float, ...]]:
    lines = [trace for trace in figure.data if trace.mode == "lines"]
    heights = zip(*(line.y for line in lines), strict=True)
    return [tuple(round(y / 100, 9) for y in month) for month in heights]


def _months(chart: IncidenceCurves) -> list[tuple[float, ...]]:
    by_month = [chart.rows[i : i + 3] for i in range(0, len(chart.rows), 3)]
    return [tuple(round(row.share[0], 9) for row in month) for month in by_month]


def thin_line(shares: list[Any], sizes: tuple[float, ...] = (0.0, 0.5, 1.0, 2.0)) -> Any:
    """A thin line with the same shares of failure, escalation and war at each size."""
    points = [
        SimpleNamespace(size=size, failure=s, escalation=s, war=s)
        for size, s in zip(sizes, shares, strict=False)
    ]
    low = min(point.war.value for point in points)
    least = tuple(point.size for point in points if point.war.value == low)
    first = next(point for point in points if point.size == least[0])
    return SimpleNamespace(
        points=points,
        result_table=ResultTable(COLUMNS, points),
        minimum=SimpleNamespace(size=first.size, low=first.size, high=first.size, war=first.war),
        least=least,
        window=(first.size, first.size),
        is_level=False,
        may_go_on=False,
        verdict="interior" if 0 < first.size < sizes[-1] else "undecided",
    )


def _valley(results: Results) -> ValleyChart:
    shares, sizes = shares_of(results), (0.0, 1.0, 2.0)
    lines = [thin_line(shares[:3], sizes), thin_line(shares[3:6], sizes)]
    return ValleyChart.of(lines, [0.1, 0.9], CLARITY)


def _levels(results: Results) -> Any:
    return level_shares([0.0, 0.5, 1.0], [results.outcomes] * 3)


def _levels_tabled(chart: Any) -> Any:
    there = [row for row in chart.rows if row.outcome in chart.occurring]
    return sorted((row.outcome.label, row.value, round(row.share[0], 9)) for row in there)


def _levels_drawn(figure: Any) -> Any:
    lines = [trace for trace in figure.data if trace.mode.startswith("lines")]
    drawn = [(t.name, x, round(y / 100, 9)) for t in lines for x, y in zip(t.x, t.y, strict=True)]
    return sorted(drawn)


def _heat(results: Results) -> SweepHeatmap:
    shares = dict(zip(PLACES, shares_of(results)[:4], strict=True))
    return SweepHeatmap.of(shares, "war", MOVED, PLEDGE, CLARITY)


def _numbers(figure: Any) -> list[str]:
    """The numbers in the cells, row by row from below."""
    cells = figure.data[0]
    placed = zip(cells.base, cells.x, cells.text, strict=True)
    return [text for _, _, text in sorted(placed, key=lambda each: each[:2])]


def _table_numbers(chart: Any) -> list[str]:
    """The same numbers in the table, without marks and units."""
    rows = chart.table.rows
    return [cell.split(" %")[0] for row in rows for cell in row[1:] if cell != "–"]


def _coloured(chart: Any) -> list[str]:
    """The colour of each share."""
    return [chart.scale.colour(100 * row.share[0]) for row in _by_symbol(chart)]


def _points(results: Results, across: Scale | None) -> SweepPoints:
    rows = [
        PointShare(k, k / 4, 1.0 - k, war, k == 2, (f"{k}",), results.outcomes)
        for k, war in enumerate(shares_of(results)[:4])
    ]
    return SweepPoints(rows, "war", MOVED, ["clarity"], CLARITY, across)


def _by_symbol(chart: SweepPoints) -> list[Any]:
    return sorted(chart.rows, key=lambda row: row.at_baseline)


def _map(results: Results) -> OutcomeMap:
    places = PLACES[:2]
    clear = dict(zip(places, (True, False), strict=True))
    return OutcomeMap.of(dict.fromkeys(places, results.outcomes), clear, PLEDGE, CLARITY)


def _differences(results: Results) -> SweepDifferences:
    changes = {
        place: (0.5 - v, 0.5 - high, 0.5 - low)
        for place, (v, low, high) in zip(PLACES, shares_of(results)[:4], strict=True)
    }
    return SweepDifferences.of(changes, "war", VERSIONS, PLEDGE, CLARITY)


def _scattered(results: Results) -> SweepDifferences:
    return SweepDifferences(
        _differences(results).rows, "war", VERSIONS, PLEDGE, CLARITY, scattered=True
    )


def _along(results: Results) -> SweepDifferences:
    rows: list[CellChange] = [row._replace(across=0.0) for row in _differences(results).rows[::2]]
    return SweepDifferences(rows, "war", VERSIONS, PLEDGE, None)


def _percents(chart: Any) -> list[float]:
    return [round(100 * row.difference[0], 9) for row in chart.rows]


def _largest(chart: Any) -> str:
    return max(chart.rows, key=lambda row: row.difference).text


def _categories(results: Results) -> dict[str, Any]:
    """The share of each ending and each cause of war."""
    endings = {outcome.word: share for outcome, share in results.outcomes.items()}
    return endings | {name: results.measures[name] for name in SHARES}


def _two_scenarios(results: Results) -> SharesChart:
    """A scenario, and another whose shares are in the opposite order."""
    here = _categories(results)
    there = dict(zip(here, reversed(here.values()), strict=True))
    return SharesChart.of({"here": here, "there": there}, {"there": (0.2, 0.1, 0.3)})


def _changes(results: Results) -> dict[str, Any]:
    """A gain in each category, and half as large a loss."""
    counts = {word: round(s.value * results.runs) for word, s in _categories(results).items()}
    return {
        word: paired_difference_of_proportions(n // 2, n // 4, results.runs)
        for word, n in counts.items()
    }


def _two_differences(results: Results) -> DifferencesChart:
    more = _changes(results)
    less = {word: tuple(-x for x in (e.value, e.high, e.low)) for word, e in more.items()}
    return DifferencesChart.of("here", {"there": more, "elsewhere": less})


def _largest_gain(chart: DifferencesChart) -> str:
    """The largest difference of the first scenario, if it is clear."""
    rows = [row for row in chart.rows if row.scenario == "there"]
    most = max(rows, key=lambda row: abs(row.change[0]))
    clear = most.change[1] > 0 or most.change[2] < 0
    return describe_change(most.change) if clear else "no detectable difference"


def _transitions(results: Results) -> TransitionsChart:
    counts = results.endings.sum(axis=0)
    rows = [
        TransitionRow(before, after, int(n), proportion(int(n), results.runs))
        for before, after, n in zip(Outcome, (*list(Outcome)[1:], Outcome(0)), counts, strict=True)
        if n
    ]
    return TransitionsChart(sorted(rows, key=lambda row: -row.runs), "here", "there")


def leavers(changes: dict[str, dict[str, Any]]) -> ResultTable[Leaver]:
    """The table of states from ``changes[state][cause]``, the largest difference in war first."""
    found = [
        Leaver(state, cast("Any", SimpleNamespace(differences=_paired(causes))))
        for state, causes in changes.items()
    ]
    return ResultTable(STATES, sorted(found, key=lambda each: -abs(each.war.share.value)))


def _paired(changes: dict[str, Any]) -> dict[str, PairedDifference]:
    return {c: PairedDifference(Estimate(*each), 0, 0, 1, None) for c, each in changes.items()}


def _departures(results: Results) -> PivotalChart:
    changes = _changes(results)
    words = list(CATEGORIES)[:7]
    return PivotalChart(
        leavers(
            {
                f"state_{k}": {
                    "war": changes[word],
                    "failure": changes[words[0]],
                    "escalation": changes["war"],
                }
                for k, word in enumerate(words)
            }
        )
    )


def _by_series(values: list[list[float]]) -> list[list[float]]:
    return [[round(value, 9) for value in line] for line in values]


def _crosswise(figure: Any) -> list[list[float]]:
    return _by_series([[x / 100 for x in trace.x] for trace in figure.data])


def _dots(chart: Any) -> dict[str, int]:
    return {row.outcome.label: row.dots for row in chart.rows}


def _dots_drawn(figure: Any) -> dict[str, int]:
    return {trace.name: len(trace.x) for trace in figure.data}


def _stacked(figure: Any, side: str) -> list[list[float]]:
    """The shares of the rungs of each row, on one side."""
    bars = [trace for trace in figure.data if (trace.xaxis or "x") == side]
    return _by_series([list(row) for row in zip(*(bar.x for bar in bars), strict=True)])


def _ends(chart: ParticipationChart) -> list[list[list[float]]]:
    return [
        _by_series([[100 * row.shares[rung] for rung in RUNGS] for row in rows])
        for rows in chart._ends
    ]


def _endings_by_scenario(chart: SharesChart) -> dict[str, list[float]]:
    words = [o.word for o in Outcome]
    there = [row for row in chart.rows if row.category in words]
    labels = {o.word: o.label for o in Outcome}
    found: dict[str, list[float]] = {}
    for row in there:
        found.setdefault(labels[row.category], []).append(round(100 * row.share[0], 9))
    return {name: shares for name, shares in found.items() if any(shares)}


def _bars_by_scenario(figure: Any) -> dict[str, list[float]]:
    bars = [trace for trace in figure.data if trace.type == "bar"]
    return {bar.name: [round(x, 9) for x in bar.x] for bar in bars}


def _likeliest(rows: Any) -> str:
    return max(rows, key=lambda row: row.share).outcome.label


CASES = {
    "outcome_waffle": Case(
        chart=lambda r: OutcomeWaffle.of(r.outcomes, leads=True),
        tabled=_dots,
        drawn=_dots_drawn,
        leading=lambda chart: _likeliest(chart.rows),
    ),
    "time_to_war": Case(
        chart=lambda r: TimeToWar.of(
            r.endings[:, list(WARS)].sum(axis=1).tolist(), r.runs, r.measures["war"]
        ),
        tabled=lambda chart: [round(100 * row.share[0], 9) for row in chart.rows[:-1]],
        drawn=lambda figure: [round(y, 9) for y in figure.data[0].y],
        leading=lambda chart: format_share(chart.rows[-1].share),
    ),
    "incidence": Case(
        chart=_incidence,
        tabled=_months,
        drawn=_curves,
        leading=lambda chart: _likeliest(chart.rows[-3:]),
    ),
    "participation": Case(
        chart=lambda r: ParticipationChart.of(r.scenario.states, r.participation),
        tabled=_ends,
        drawn=lambda figure: [_stacked(figure, "x"), _stacked(figure, "x2")],
        leading=lambda chart: max(chart._ends[1], key=lambda row: row.fighting).name,
        sourced=WITHOUT_INTERVALS,
    ),
    "shares": Case(
        chart=_two_scenarios,
        tabled=_endings_by_scenario,
        drawn=_bars_by_scenario,
        leading=lambda chart: f"here: war in {format_share_ci(chart.rows[-2].share)}",
    ),
    "differences": Case(
        chart=_two_differences,
        tabled=lambda chart: _by_series([[row.change[0] for row in chart.rows]]),
        drawn=_crosswise,
        leading=_largest_gain,
    ),
    "transitions": Case(
        chart=_transitions,
        tabled=lambda chart: _by_series([[r.share[0]] for r in chart.rows[:MOST_TRANSITIONS]]),
        drawn=_crosswise,
        leading=lambda chart: max(chart.rows, key=lambda row: row.runs).label,
    ),
    "pivotal": Case(
        chart=_departures,
        tabled=lambda chart: _by_series(
            [[row.share(word).value for row in chart.rows] for word in SERIES]
        ),
        drawn=_crosswise,
        leading=lambda chart: max(chart.rows, key=lambda row: abs(row.war.share.value)).name,
    ),
    "thin_line": Case(
        chart=lambda r: ThinLineChart(thin_line(shares_of(r)[:4])),
        tabled=lambda chart: [
            tuple(round(s[0], 9) for s in (row.failure, row.escalation, row.war))
            for row in chart.rows
        ],
        drawn=_curves,
        leading=lambda chart: f"In these runs war is least at {chart.line.least[0]:g}",
    ),
    "trace": Case(
        chart=one_run.made,
        tabled=one_run.tabled,
        drawn=one_run.drawn,
        leading=one_run.leading,
        note=RunNote(6, 77),
        sourced=("number 6 of the model runs of seed 77", "without intervals"),
    ),
    "sweep_lines": Case(
        chart=lambda r: SweepLines(_levels(r), MOVES, CLARITY, 0.6),
        tabled=_levels_tabled,
        drawn=_levels_drawn,
        leading=lambda chart: _likeliest(chart.rows),
    ),
    "sweep_lines_watched": Case(
        chart=lambda r: SweepLines(
            _levels(r),
            MOVES,
            CLARITY,
            watched=Watched("war", [r.measures["war"]] * 3, MOVED),
        ),
        tabled=lambda chart: (
            [format_share_ci(share) for share in chart.watched.shares]
            + [row[1] for row in chart.table.rows]
        ),
        drawn=lambda figure: 2 * [text for t in figure.data if t.name == "war" for text in t.text],
        leading=lambda chart: _likeliest(chart.rows),
    ),
    "sweep_areas": Case(
        chart=lambda r: SweepAreas(_levels(r), MOVES, CLARITY),
        tabled=_levels_tabled,
        drawn=_levels_drawn,
        leading=lambda chart: _likeliest(chart.rows),
        sourced=WITHOUT_INTERVALS,
    ),
    "sweep_heatmap": Case(
        chart=_heat,
        tabled=_table_numbers,
        drawn=_numbers,
        leading=lambda chart: format_share_ci(max(row.share for row in chart.rows)),
    ),
    "sweep_points": Case(
        chart=lambda r: _points(r, SIZE),
        tabled=_coloured,
        drawn=lambda figure: [
            colour for dots in figure.data if dots.type == "scatter" for colour in dots.marker.color
        ],
        leading=lambda chart: format_share_ci(max(row.share for row in chart.rows)),
    ),
    "sweep_points_along": Case(
        chart=lambda r: _points(r, None),
        tabled=lambda chart: [round(100 * row.share[0], 9) for row in _by_symbol(chart)],
        drawn=lambda figure: [round(y, 9) for dots in figure.data for y in dots.y],
        leading=lambda chart: format_share_ci(max(row.share for row in chart.rows)),
    ),
    "sweep_differences_scattered": Case(
        chart=_scattered,
        tabled=_percents,
        drawn=lambda figure: [round(z, 9) for z in figure.data[0].marker.color],
        leading=_largest,
    ),
    "outcome_map": Case(
        chart=_map,
        tabled=lambda chart: sorted((row.outcome.label, row.across > 0.5) for row in chart.rows),
        drawn=lambda figure: sorted(
            (bar.name, x > 0.5) for bar in figure.data if bar.type == "bar" for x in bar.x
        ),
        leading=lambda chart: f"{chart.rows[0].outcome.label} at 2 of 2 places",
        sourced=WITHOUT_INTERVALS,
    ),
    "sweep_differences": Case(
        chart=_differences,
        tabled=_table_numbers,
        drawn=_numbers,
        leading=_largest,
    ),
    "sweep_differences_along": Case(
        chart=_along,
        tabled=_percents,
        drawn=lambda figure: [round(y, 9) for y in figure.data[0].y],
        leading=_largest,
    ),
    "valley": Case(
        chart=_valley,
        tabled=_table_numbers,
        drawn=_numbers,
        leading=lambda chart: f"at 0.9, {[r for r in chart.rows if r.least][-1].across:g} times",
    ),
}
