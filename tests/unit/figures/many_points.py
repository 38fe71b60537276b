"""The figures of sensitivity, discovery and postures, and what the contract knows of each."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from sim.figures import (
    box_limits,
    convergence,
    indices,
    luck_bar,
    peeling,
    postures,
    regrets,
    tornado,
)
from sim.results import Results
from sim.statistics import proportion
from sim.text import format_share_ci

UNIT = tornado.Unit("war", "points of model runs")
KIND = indices.Kind("with others", "alone", "share", "Parts of war.", "{lever} leads: {value}")
WORST = postures.Best("size 0 and clarity 0.5", 7.0, "1 of the other 2 cannot be told from it")
LATE = postures.Best("size 1 and clarity 0.5", 2.0, "none of the other 2 can be told from it")
FRAME = postures.Frame(
    *(("size", "clarity"), ("dove", "hawk")),
    *("war", "% of model runs", "points of model runs"),
    *(WORST, LATE),
)
SCALE = peeling.Scale("war", True)
FITTED = box_limits.Fitted("war", "40 % (38–42) of model runs", (0.6, 0.5), ("41 %", "40 %"))
PATHS = ("setting.clarity", "states.russia.fear", "constants.precision")


def _shares(results: Results) -> list[Any]:
    """Figures for as many rows as are wanted, so that generated counts reach the drawing."""
    return [proportion(int(n), results.runs) for n in results.endings.sum(axis=0)]


def _less(one: Any) -> tuple[float, float, float]:
    value, low, high = one
    return -value, -high, -low


def _swings(results: Results) -> list[Any]:
    found = zip(PATHS, _shares(results), strict=False)
    rows = [tornado.Swing(p, ("0.1", "0.9"), _less(x), x, x, x[1] > 0) for p, x in found]
    return sorted(rows, key=lambda row: -row.swing[0])


def _index_rows(results: Results) -> list[Any]:
    found = zip(PATHS, _shares(results), strict=False)
    rows = [indices.Index(p, x, x, 0.01, x[1] > 0.01) for p, x in found]
    return sorted(rows, key=lambda row: -row.leading[0])


def _settling(results: Results) -> list[Any]:
    found = zip(PATHS, _shares(results), strict=False)
    return [convergence.Settling(path, (100, 200, 400), (x, x, x)) for path, x in found]


def _sides(results: Results) -> list[Any]:
    rows = []
    for path, (value, *_) in zip(PATHS, _shares(results), strict=False):
        inside = (0.0, round(value, 9))
        rows.append(box_limits.Side(path, ("0", "2"), ("0", f"{value:.2g}"), inside, (None, 0.01)))
    return rows


def _steps(results: Results) -> list[Any]:
    steps = [(value, low) for value, low, _ in _shares(results)]
    way = [peeling.Step(pair, pair, 0.5, k == 1) for k, pair in enumerate(steps)]
    return [*way, peeling.Step(steps[0], steps[0], 0.5, final=True)]


def _postures(results: Results) -> list[Any]:
    found = _shares(results)
    return [
        postures.Posture((k, 0.5), (found[k], found[k + 1]), (0.0, found[k][0]), best)
        for k, best in enumerate([("regret",), (), ("dove", "hawk")])
    ]


def _with(module: Any, *more: Any) -> Any:
    """The module, given what its title and sheet need besides the table."""
    return SimpleNamespace(
        title=lambda rows: module.title(rows, *more),
        sheet=lambda rows: module.sheet(rows, *more),
    )


def _xs(figure: Any, k: int) -> list[float]:
    return [round(x, 9) for x in figure.data[k].x]


CASES: dict[str, tuple[Any, ...]] = {
    "tornado": (
        _with(tornado, UNIT),
        _swings,
        lambda rows, _, note: tornado.figure(rows, UNIT, note),
        lambda rows: [[round(getattr(r, end)[0], 9) for r in rows] for end in ("low", "high")],
        lambda figure: [_xs(figure, 0), _xs(figure, 1)],
        lambda rows: "from 0.1 to 0.9" if rows[0].clear else "no lever clearly does",
    ),
    "indices": (
        _with(indices, KIND),
        _index_rows,
        lambda rows, _, note: indices.figure(rows, KIND, note),
        lambda rows: [[round(r[1 + k][0], 9) for r in rows] for k in (0, 1)],
        lambda figure: [_xs(figure, 0), _xs(figure, 1)],
        lambda rows: f"{rows[0].leading[0]:.3g} (" if rows[0].clear else "none is disting",
    ),
    "luck_bar": (
        luck_bar,
        lambda results: luck_bar.table(_shares(results)[0]),
        lambda rows, _, note: luck_bar.figure(rows, note),
        lambda rows: [round(100 * row.share[0], 9) for row in rows],
        lambda figure: [round(trace.x[0], 9) for trace in figure.data],
        lambda rows: f"luck {format_share_ci(rows[0].share)}",
    ),
    "convergence": (
        convergence,
        _settling,
        lambda rows, _, note: convergence.figure(rows, "total order", note),
        lambda rows: [[round(v, 9) for v, _, _ in row.figures] for row in rows],
        lambda figure: [[round(y, 9) for y in trace.y] for trace in figure.data],
        lambda rows: f"clarity {rows[0].figures[0][0]:.3g}",
    ),
    "box_limits": (
        _with(box_limits, FITTED),
        _sides,
        lambda rows, _, note: box_limits.figure(rows, FITTED, note),
        lambda rows: [round(100 * (row.inside[1] - row.inside[0]), 7) for row in rows],
        lambda figure: [round(x, 7) for x in figure.data[1].x],
        lambda rows: f"clarity from 0 to {rows[0].limits[1]}",
    ),
    "peeling": (
        _with(peeling, SCALE),
        _steps,
        lambda rows, _, note: peeling.figure(rows, SCALE, note),
        lambda rows: [round(100 * row.fresh[1], 9) for row in rows],
        lambda figure: [round(y, 9) for k in (1, 3) for y in figure.data[k].y],
        lambda rows: f"density {SCALE.say(rows[1].fresh[1])} on fresh points",
    ),
    "postures": (
        _with(postures, FRAME),
        _postures,
        lambda rows, _, note: postures.figure(rows, FRAME, note),
        lambda rows: [[round(row.losses[k][0], 9) for row in rows] for k in (0, 1)],
        lambda figure: [_xs(figure, 0), _xs(figure, 1)],
        lambda rows: f"least with {WORST.held}: 7",
    ),
    "regrets": (
        _with(regrets, FRAME),
        _postures,
        lambda rows, _, note: regrets.figure(rows, FRAME, note),
        lambda rows: [[round(late, 9) for late in row.regrets] for row in rows],
        lambda figure: [[round(z, 9) for z in line] for line in figure.data[0].z],
        lambda rows: f"least with {LATE.held}: 2",
    ),
}
