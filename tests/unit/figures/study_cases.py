"""The charts of sensitivity, discovery and robustness, and what the contract knows of each."""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

from sim.analysis.discovery.discover import Discovery, Region, TrajectoryBox
from sim.analysis.discovery.prim import Fit, Limit
from sim.analysis.robustness.information import InputValue, input_table
from sim.analysis.sensitivity.one_at_a_time import Swing, swing_table
from sim.analysis.sensitivity.sobol import COLUMNS, Index
from sim.experiments.factors import make_factor
from sim.experiments.measures import Measure
from sim.figures.discovery import BoxChart, TrajectoryChart
from sim.figures.robustness import InformationChart, LossChart, Posture, RegretChart
from sim.figures.sensitivity import (
    Convergence,
    ConvergenceChart,
    IndexKind,
    IndicesChart,
    TornadoChart,
    VarianceChart,
)
from sim.formatting import format_share_ci, format_signed
from sim.report.discovery import box_panel
from sim.results import Results
from sim.statistics import Estimate
from sim.tables import ResultTable
from tests.unit.figures.cases import WITHOUT_INTERVALS, Case, shares_of

KIND = IndexKind("total", "first", "share", "Parts of war.", "{lever} leads: {value}")
PATHS = ("setting.clarity", "states.russia.fear", "constants.precision")
BEST = {"loss": "size 0 and clarity 0.5", "regret": "size 1 and clarity 0.5"}
ROBUSTNESS: Any = SimpleNamespace(
    levers=("setting.force_size", "setting.clarity"),
    types={"dove": None, "hawk": None},
    measure=Measure("war"),
    choices={
        "loss": SimpleNamespace(value=SimpleNamespace(value=0.07)),
        "regret": SimpleNamespace(value=SimpleNamespace(value=0.02)),
    },
    describe_best=BEST.get,
    describe_indistinguishable=lambda _: "1 of the other 2 cannot be told from it",
)


def _swings(results: Results) -> TornadoChart:
    found = zip(PATHS, shares_of(results), strict=False)
    rows = [
        Swing(make_factor(path, bounds=(0.1, 0.9)), Estimate(-x.value, -x.high, -x.low), x, x)
        for path, x in found
    ]
    war = Measure("war")
    return TornadoChart(swing_table(war, sorted(rows, key=lambda row: -row.swing.value)), war)


def _indices(results: Results) -> IndicesChart:
    found = zip(PATHS, shares_of(results), strict=False)
    rows = [Index(path, x, x, 0.01) for path, x in found]
    rows.sort(key=lambda row: -row.total.value)
    return IndicesChart(ResultTable(COLUMNS, rows), KIND)


def _leading_and_other(chart: IndicesChart) -> list[list[Estimate]]:
    return [[row.leading for row in chart.rows], [row.other for row in chart.rows]]


def _convergence(results: Results) -> ConvergenceChart:
    found = zip(PATHS, shares_of(results), strict=False)
    rows = [Convergence(path, (100, 200, 400), (x, x, x)) for path, x in found]
    return ConvergenceChart(rows, "total order")


def box_chart(highest: Sequence[float], is_confirmed: bool = True) -> BoxChart:
    """A box with a largest value of each of the first levers, as a page draws it."""
    limits = tuple(Limit(k, 1, value, 0.01) for k, value in enumerate(highest))
    lift = Estimate(0.2, 0.1 if is_confirmed else -0.1, 0.3)
    found, fresh = Fit(0.6, 0.41, 0.3, 15), Fit(0.5, 0.4, 0.3, 15)
    region = Region(limits, found, fresh, Estimate(0.4, 0.38, 0.42), lift, (), 0, "")
    levers = tuple(make_factor(path, bounds=(0.0, 1.0)) for path in PATHS)
    whole = Discovery("peace", Measure("war"), None, levers, 50, 10, 7, 0.2, 0.2, (region,))
    chart = box_panel(whole, region, 1).chart
    assert isinstance(chart, BoxChart)
    return chart


def _box(results: Results) -> BoxChart:
    return box_chart([share.value for share, _ in zip(shares_of(results), PATHS, strict=False)])


def _tabled_box(chart: BoxChart) -> list[tuple[float, str]]:
    """The share of each range that the box takes, and the limit in the table."""
    widths = [round(100 * (row.inside[1] - row.inside[0]), 7) for row in chart.rows]
    limits = [row[chart.table.headings.index("limit")] for row in chart.table.rows]
    return list(zip(widths, limits, strict=True))


def _drawn_box(figure: Any) -> list[tuple[float, str]]:
    # The last label of a lever is that of the upper end, or of both.
    labels = {label.y: label.text.split(" to ")[-1] for label in figure.layout.annotations}
    bars = zip(figure.data[1].x, figure.data[1].y, strict=True)
    return [(round(width, 7), f"at most {labels[lever]}") for width, lever in bars]


def _trajectory(results: Results) -> TrajectoryChart:
    fits = [Fit(value, low, 0.5, 10) for value, low, _ in shares_of(results)]
    any_estimate = Estimate(0.5, 0.4, 0.6)
    way = tuple(TrajectoryBox(fit, fit) for fit in fits)
    region = Region((), fits[0], fits[0], any_estimate, any_estimate, way, 1, "")
    return TrajectoryChart(region, "war", is_share=True)


def _postures(results: Results) -> tuple[Any, ...]:
    found = [tuple(100 * x for x in share) for share in shares_of(results)]
    rows = [
        Posture((str(k), "0.5"), (found[k], found[k + 1]), (0.0, found[k][0]), best)
        for k, best in enumerate([("regret",), (), ("dove", "hawk")])
    ]
    return rows, rows, ROBUSTNESS


def _information(results: Results) -> InformationChart:
    found = zip(PATHS, shares_of(results), strict=False)
    rows = [InputValue((path, "setting.quorum"), ("a.claim",), x, 0.3) for path, x in found]
    rows.sort(key=lambda row: -row.value.value)
    war = Measure("war")
    return InformationChart(rows, input_table(war, rows), war)


def _xs(figure: Any, k: int) -> list[float]:
    return [round(x, 9) for x in figure.data[k].x]


def _regrets_drawn(figure: Any) -> list[str]:
    """The numbers in the cells, row by row."""
    return list(figure.data[0].text)


CASES = {
    "tornado": Case(
        _swings,
        lambda chart: [
            [round(100 * getattr(r, end).value, 9) for r in chart.rows] for end in ("low", "high")
        ],
        lambda figure: [_xs(figure, 0), _xs(figure, 1)],
        lambda c: "from 0.1 to 0.9" if c.rows[0].excludes_zero else "no clear change",
    ),
    "indices": Case(
        _indices,
        lambda chart: [[round(i.value, 9) for i in each] for each in _leading_and_other(chart)],
        lambda figure: [_xs(figure, 0), _xs(figure, 1)],
        lambda c: f"{c.rows[0].leading[0]:.3g} (" if c.rows[0].excludes_zero else "none is disting",
    ),
    "variance": Case(
        lambda results: VarianceChart.of(shares_of(results)[0]),
        lambda chart: [round(100 * row.share[0], 9) for row in chart.rows],
        lambda figure: [round(trace.x[0], 9) for trace in figure.data],
        lambda chart: f"chance {format_share_ci(chart.rows[0].share)}",
    ),
    "convergence": Case(
        _convergence,
        lambda chart: [[round(v, 9) for v, _, _ in row.indices] for row in chart.rows],
        lambda figure: [[round(y, 9) for y in trace.y] for trace in figure.data],
        lambda chart: f"clarity {chart.rows[0].indices[0][0]:.3g}",
    ),
    "box": Case(
        _box,
        _tabled_box,
        _drawn_box,
        lambda chart: f"clarity from 0 to {chart.rows[0].limits[1]}",
        sourced=WITHOUT_INTERVALS,
    ),
    "trajectory": Case(
        _trajectory,
        lambda chart: [round(100 * row.fresh.density, 9) for row in chart.rows],
        lambda figure: [round(y, 9) for k in (1, 3) for y in figure.data[k].y],
        lambda chart: f"density {chart.density(chart.rows[1].fresh.density)} on fresh points",
        sourced=WITHOUT_INTERVALS,
    ),
    "losses": Case(
        lambda results: LossChart(*_postures(results)),
        lambda chart: [[round(row.losses[k][0], 9) for row in chart.rows] for k in (0, 1)],
        lambda figure: [_xs(figure, 0), _xs(figure, 1)],
        lambda _: f"least with {BEST['loss']}: 7",
    ),
    "regrets": Case(
        lambda results: RegretChart(*_postures(results)),
        lambda chart: [format_signed(x, ".1f") for row in chart.rows for x in row.regrets],
        _regrets_drawn,
        lambda _: f"least with {BEST['regret']}: 2",
        sourced=WITHOUT_INTERVALS,
    ),
    "information": Case(
        _information,
        lambda chart: [round(100 * row.value.value, 9) for row in chart.rows],
        lambda figure: _xs(figure, 0),
        lambda c: f"{c.rows[0].label}: " if c.rows[0].excludes_zero else "no clear value",
    ),
}
