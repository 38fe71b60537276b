"""Every figure, with the little that the contract has to know of each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from sim.enums import Outcome
from sim.figures import (
    apart,
    became,
    endings,
    incidence,
    leavers,
    more_or_less,
    side_by_side,
    sweep_area,
    sweep_difference,
    sweep_heat,
    sweep_lines,
    sweep_map,
    sweep_points,
    swim_lanes,
    thin_line,
    time_to_end,
    valley,
    who_takes_part,
)
from sim.figures.beats import OneRun
from sim.figures.scale import Scale
from sim.figures.shades import shades
from sim.figures.theme import Note
from sim.figures.ways import WAYS
from sim.results import SHARES, Results
from sim.statistics import paired_difference_of_proportions, proportion
from sim.text import describe_change, format_percent, format_share_ci, state_name
from tests.unit.figures import many_points, one_run


class Case(NamedTuple):
    """A figure module; ``rows`` makes its table from results, ``draw`` the figure from the table.

    ``told`` reads off the table what ``drawn`` reads off the figure; ``leading`` is what the text
    alternative has to name; ``sourced`` what the caption has to say of where the numbers are from.
    """

    module: Any
    rows: Callable[[Results], list[Any]]
    draw: Callable[[list[Any], Results, Note], Any]
    told: Callable[[list[Any]], Any]
    drawn: Callable[[Any], Any]
    leading: Callable[[list[Any]], str]
    sourced: tuple[str, ...] = ("n = 12,345 model runs, seed 77", "95 % Monte-Carlo interval")


def _reached(results: Results) -> dict[Outcome, list[Any]]:
    sums = results.endings.cumsum(axis=0)
    return {w: [proportion(int(n), results.runs) for n in sums[:, w]] for w in incidence.WARS}


def _curves(figure: Any) -> list[tuple[float, ...]]:
    lines = [trace for trace in figure.data if trace.mode == "lines"]
    heights = zip(*(line.y for line in lines), strict=True)
    return [tuple(round(y / 100, 9) for y in month) for month in heights]


def _line_rows(results: Results) -> list[Any]:
    """A curve whose heights are what the results hold, so that generated counts reach it."""
    shares = [proportion(int(n), results.runs) for n in results.endings.sum(axis=0)]
    return thin_line.table([0.0, 0.5, 1.0, 2.0], [(s, s, s) for s in shares[:4]])


def _least(rows: list[Any]) -> thin_line.Least:
    least = min(rows, key=lambda row: row.war[0]).size
    verdict = "interior" if 0 < least < 2 else "undecided"
    return thin_line.Least(least, least, least, (least, least), verdict)


class _WithLeast:
    """The thin line's module, with the minimum that its title and words need besides the table."""

    title = staticmethod(lambda rows: thin_line.title(rows, _least(rows)))
    sheet = staticmethod(thin_line.sheet)


CLARITY = Scale("setting.clarity")
PLEDGE = Scale("states.poland.pledge", {0.0: "none", 5.0: "ground"})


def _valley_rows(results: Results) -> list[Any]:
    shares = [proportion(int(n), results.runs) for n in results.endings.sum(axis=0)]
    wars = [shares[:3], shares[3:6]]
    return valley.table([0.1, 0.9], [0.0, 1.0, 2.0], wars, [True, False])


class _Against:
    """The valley's module, with the lever that its table needs besides the rows."""

    title = staticmethod(valley.title)
    sheet = staticmethod(lambda rows: valley.sheet(rows, CLARITY))


def _level_rows(results: Results) -> list[Any]:
    return sweep_lines.table([0.0, 0.5, 1.0], [results.outcomes] * 3)


def _levels_told(rows: list[Any]) -> Any:
    there = [row for row in rows if row.outcome in sweep_lines.occurring(rows)]
    return sorted((row.outcome.label, row.value, round(row.share[0], 9)) for row in there)


def _levels_drawn(figure: Any) -> Any:
    lines = [trace for trace in figure.data if trace.mode.startswith("lines")]
    drawn = [(t.name, x, round(y / 100, 9)) for t in lines for x, y in zip(t.x, t.y, strict=True)]
    return sorted(drawn)


MOVES = {
    outcome: paired_difference_of_proportions(20 * int(outcome), 5, 1000, 7) for outcome in Outcome
}


class _OfClarity:
    """What a sweep's lines say of themselves, along an axis of numbers."""

    title = staticmethod(lambda rows: sweep_lines.title(rows, MOVES))
    sheet = staticmethod(lambda rows: sweep_lines.sheet(rows, CLARITY))


class _AreaOfClarity(_OfClarity):
    title = staticmethod(sweep_area.title)


def _heat_rows(results: Results) -> list[Any]:
    wars = [proportion(int(n), results.runs) for n in results.endings.sum(axis=0)[:4]]
    places = [(0.0, 0.2), (0.0, 0.8), (5.0, 0.2), (5.0, 0.8)]
    return sweep_heat.table(dict(zip(places, wars, strict=True)))


def _steps_told(rows: list[Any]) -> list[int]:
    """In which colour step each share lies."""
    steps = shades([row.share for row in rows])
    return [steps.of(row.share[0]) for row in rows]


def _dot_rows(results: Results) -> list[Any]:
    wars = [proportion(int(n), results.runs) for n in results.endings.sum(axis=0)[:4]]
    return [
        sweep_points.Dot(k, k / 4, 1.0 - k, war, k == 2, (f"{k}",), results.outcomes)
        for k, war in enumerate(wars)
    ]


class _Dots:
    """What points say of themselves, each a dot."""

    title = staticmethod(lambda rows: sweep_points.title(rows, "war", MOVES[Outcome.GENERAL_WAR]))
    sheet = staticmethod(lambda rows: sweep_points.sheet(rows, ["clarity"], "war"))


def _dots_of(across: Scale | None) -> Callable[[list[Any], Results, Note], Any]:
    moved = MOVES[Outcome.GENERAL_WAR]
    return lambda rows, _, note: sweep_points.figure(rows, "war", moved, CLARITY, across, note)


def _in_order(rows: list[Any]) -> list[Any]:
    return sorted(rows, key=lambda row: row.own)


class _Heat:
    """What a sweep's heatmap says of itself, words up and numbers across."""

    title = staticmethod(lambda rows: sweep_heat.title(rows, "war", MOVES[Outcome.GENERAL_WAR]))
    sheet = staticmethod(lambda rows: sweep_heat.sheet(rows, PLEDGE, CLARITY))


def _map_rows(results: Results) -> list[Any]:
    places = [(0.0, 0.2), (0.0, 0.8)]
    clear = dict(zip(places, (True, False), strict=True))
    return sweep_map.table(dict.fromkeys(places, results.outcomes), clear)


class _Map:
    title = staticmethod(sweep_map.title)
    sheet = staticmethod(lambda rows: sweep_map.sheet(rows, PLEDGE, CLARITY))


def _change_rows(results: Results) -> list[Any]:
    shares = [proportion(int(n), results.runs) for n in results.endings.sum(axis=0)[:4]]
    places = [(0.0, 0.2), (0.0, 0.8), (5.0, 0.2), (5.0, 0.8)]
    return sweep_difference.table(
        {
            place: (0.5 - v, 0.5 - high, 0.5 - low)
            for place, (v, low, high) in zip(places, shares, strict=True)
        }
    )


class _Surface:
    """What a surface of differences says of itself."""

    title = staticmethod(lambda rows: sweep_difference.title(rows, "war"))
    sheet = staticmethod(lambda rows: sweep_difference.sheet(rows, PLEDGE, CLARITY))


def _along(results: Results) -> list[Any]:
    return [row._replace(across=0.0) for row in _change_rows(results)[::2]]


class _Along(_Surface):
    sheet = staticmethod(lambda rows: sweep_difference.sheet(rows, PLEDGE, None))


def _filled(figure: Any) -> list[float]:
    return [round(z, 9) for line in figure.data[0].z for z in line]


def _curve_rows(rows: list[Any]) -> list[tuple[float, ...]]:
    by_month = [rows[i : i + 3] for i in range(0, len(rows), 3)]
    return [tuple(round(row.share, 9) for row in month) for month in by_month]


def _ways(results: Results) -> dict[str, Any]:
    """The share of each ending and each road to war."""
    endings = {outcome.word: share for outcome, share in results.outcomes.items()}
    return endings | {name: results.measures[name] for name in SHARES}


def _taken_rows(results: Results) -> list[Any]:
    """A scenario, and another whose endings are the other way round."""
    here = _ways(results)
    there = dict(zip(here, reversed(here.values()), strict=True))
    return side_by_side.table({"here": here, "there": there})


class _Endings:
    """The waffle of endings, of which one leads."""

    title = staticmethod(lambda rows: endings.title(rows, leads=True))
    sheet = staticmethod(endings.sheet)


AWAY = {"there": (0.2, 0.1, 0.3)}


class _SideBySide:
    """Scenarios side by side, with what is known of them run by run."""

    title = staticmethod(lambda rows: side_by_side.title(rows, AWAY))
    sheet = staticmethod(side_by_side.sheet)


def _changes(results: Results) -> dict[str, Any]:
    """So many runs gained by each way, half as many lost."""
    counts = {way: round(s.value * results.runs) for way, s in _ways(results).items()}
    return {
        way: paired_difference_of_proportions(n // 2, n // 4, results.runs)
        for way, n in counts.items()
    }


def _apart_rows(results: Results) -> list[Any]:
    more = _changes(results)
    less = {way: tuple(-x for x in (e.value, e.high, e.low)) for way, e in more.items()}
    return apart.table("here", {"there": more, "elsewhere": less})


def _furthest(rows: list[Any]) -> str:
    """What the first scenario gained most of, if that is clear."""
    most = max((row for row in rows if row.scenario == "there"), key=lambda row: abs(row.change[0]))
    clear = most.change[1] > 0 or most.change[2] < 0
    return describe_change(most.change) if clear else "no clear difference"


def _became_rows(results: Results) -> list[Any]:
    counts = results.endings.sum(axis=0)
    moves = [
        (before, after, int(n), proportion(int(n), results.runs))
        for before, after, n in zip(Outcome, (*list(Outcome)[1:], Outcome(0)), counts, strict=True)
        if n
    ]
    return became.table(moves)


def _leaves_rows(results: Results) -> list[Any]:
    changes = _changes(results)
    ways = [way.word for way in WAYS[:7]]
    return leavers.table(
        {
            f"state_{k}": {
                "war": changes[way],
                "failure": changes[ways[0]],
                "escalation": changes["war"],
            }
            for k, way in enumerate(ways)
        }
    )


def _by_series(values: list[list[float]]) -> list[list[float]]:
    return [[round(value, 9) for value in line] for line in values]


def _crosswise(figure: Any) -> list[list[float]]:
    return _by_series([[x / 100 for x in trace.x] for trace in figure.data])


CASES = {
    "endings": Case(
        module=_Endings,
        rows=lambda r: endings.table(r.outcomes),
        draw=lambda rows, _, note: endings.figure(rows, note, leads=True),
        told=lambda rows: {row.outcome.label: row.dots for row in rows},
        drawn=lambda figure: {trace.name: len(trace.x) for trace in figure.data},
        leading=lambda rows: max(rows, key=lambda row: row.share).outcome.label,
    ),
    "time_to_end": Case(
        module=time_to_end,
        rows=lambda r: time_to_end.table(
            r.endings[:, list(incidence.WARS)].sum(axis=1).tolist(), r.runs
        ),
        draw=lambda rows, r, note: time_to_end.figure(rows, r.measures["war"], note),
        told=lambda rows: {row.label: row.dots for row in rows},
        drawn=lambda figure: {trace.name: len(trace.x) for trace in figure.data},
        leading=lambda rows: format_percent(rows[-1].share),
    ),
    "incidence": Case(
        module=incidence,
        rows=lambda r: incidence.table(_reached(r)),
        draw=lambda rows, _, note: incidence.figure(rows, note),
        told=_curve_rows,
        drawn=_curves,
        leading=lambda rows: max(rows[-3:], key=lambda row: row.share).outcome.label,
    ),
    "who_takes_part": Case(
        module=who_takes_part,
        rows=lambda r: who_takes_part.table(r.scenario.states, r.participation),
        draw=lambda rows, _, note: who_takes_part.figure(rows, note),
        told=lambda rows: [row.mean if row.runs else None for row in rows],
        drawn=lambda figure: [mean for line in figure.data[0].z for mean in line],
        leading=lambda rows: state_name(rows[0].state),
    ),
    "side_by_side": Case(
        module=_SideBySide,
        rows=_taken_rows,
        draw=lambda rows, _, note: side_by_side.figure(rows, AWAY, note),
        told=lambda rows: _by_series(
            [[row.share[0] for row in rows if row.scenario == s] for s in ("here", "there")]
        ),
        drawn=_crosswise,
        leading=lambda rows: f"here: war in {format_share_ci(rows[-2].share)}",
    ),
    "apart": Case(
        module=apart,
        rows=_apart_rows,
        draw=lambda rows, _, note: apart.figure(rows, note),
        told=lambda rows: _by_series(
            [[row.change[0] for row in rows if row.scenario == s] for s in ("there", "elsewhere")]
        ),
        drawn=_crosswise,
        leading=_furthest,
    ),
    "became": Case(
        module=became,
        rows=_became_rows,
        draw=lambda rows, _, note: became.figure(rows, "here", "there", note),
        told=lambda rows: _by_series([[row.share[0]] for row in rows[: became.MOST]]),
        drawn=_crosswise,
        leading=lambda rows: max(rows, key=lambda row: row.runs).words,
    ),
    "leavers": Case(
        module=leavers,
        rows=_leaves_rows,
        draw=lambda rows, _, note: leavers.figure(rows, note),
        told=lambda rows: _by_series(
            [[getattr(row, road)[0] for row in rows] for road in leavers.ROADS]
        ),
        drawn=_crosswise,
        leading=lambda rows: state_name(max(rows, key=lambda row: abs(row.war[0])).state),
    ),
    "thin_line": Case(
        module=_WithLeast,
        rows=_line_rows,
        draw=lambda rows, _, note: thin_line.figure(rows, _least(rows), note),
        told=lambda rows: [tuple(round(s[0], 9) for s in row[1:]) for row in rows],
        drawn=_curves,
        leading=lambda rows: f"In these runs war is least at {_least(rows).size:g}",
    ),
    "swim_lanes": Case(
        module=swim_lanes,
        rows=one_run.made,
        draw=lambda rows, _, note: swim_lanes.figure(rows, OneRun(6, note.seed)),
        told=one_run.told,
        drawn=one_run.drawn,
        leading=one_run.leading,
        sourced=("Number 6 of the model runs of seed 77", "without intervals"),
    ),
    "sweep_lines": Case(
        module=_OfClarity,
        rows=_level_rows,
        draw=lambda rows, _, note: sweep_lines.figure(rows, MOVES, CLARITY, note, 0.6),
        told=_levels_told,
        drawn=_levels_drawn,
        leading=lambda rows: max(rows, key=lambda row: row.share).outcome.label,
    ),
    "sweep_area": Case(
        module=_AreaOfClarity,
        rows=_level_rows,
        draw=lambda rows, _, note: sweep_area.figure(rows, MOVES, CLARITY, note),
        told=_levels_told,
        drawn=_levels_drawn,
        leading=lambda rows: max(rows, key=lambda row: row.share).outcome.label,
    ),
    "sweep_heat": Case(
        module=_Heat,
        rows=_heat_rows,
        draw=lambda rows, _, note: sweep_heat.figure(
            rows, "war", MOVES[Outcome.GENERAL_WAR], PLEDGE, CLARITY, note
        ),
        told=_steps_told,
        drawn=_filled,
        leading=lambda rows: format_share_ci(max(row.share for row in rows)),
    ),
    "sweep_points": Case(
        module=_Dots,
        rows=_dot_rows,
        draw=_dots_of(Scale("setting.force_size")),
        told=lambda rows: _steps_told(_in_order(rows)),
        drawn=lambda figure: [step for dots in figure.data for step in dots.marker.color],
        leading=lambda rows: format_share_ci(max(row.share for row in rows)),
    ),
    "sweep_points_along": Case(
        module=_Dots,
        rows=_dot_rows,
        draw=_dots_of(None),
        told=lambda rows: [round(100 * row.share[0], 9) for row in _in_order(rows)],
        drawn=lambda figure: [round(y, 9) for dots in figure.data for y in dots.y],
        leading=lambda rows: format_share_ci(max(row.share for row in rows)),
    ),
    "sweep_difference_scattered": Case(
        module=_Surface,
        rows=_change_rows,
        draw=lambda rows, _, note: sweep_difference.figure(
            rows, "war", PLEDGE, CLARITY, note, scattered=True
        ),
        told=lambda rows: [round(100 * row.difference[0], 9) for row in rows],
        drawn=lambda figure: [round(z, 9) for z in figure.data[0].marker.color],
        leading=lambda rows: more_or_less.hedged(max(row.difference for row in rows)),
    ),
    "sweep_map": Case(
        module=_Map,
        rows=_map_rows,
        draw=lambda rows, _, note: sweep_map.figure(rows, PLEDGE, CLARITY, note),
        told=lambda rows: sorted((row.outcome.label, row.across > 0.5) for row in rows),
        drawn=lambda figure: sorted(
            (bar.name, x > 0.5) for bar in figure.data if bar.type == "bar" for x in bar.x
        ),
        leading=lambda rows: f"{rows[0].outcome.label} at 2 of 2 places",
    ),
    "sweep_difference": Case(
        module=_Surface,
        rows=_change_rows,
        draw=lambda rows, _, note: sweep_difference.figure(rows, "war", PLEDGE, CLARITY, note),
        told=lambda rows: [round(100 * row.difference[0], 9) for row in rows],
        drawn=_filled,
        leading=lambda rows: more_or_less.hedged(max(row.difference for row in rows)),
    ),
    "sweep_difference_along": Case(
        module=_Along,
        rows=_along,
        draw=lambda rows, _, note: sweep_difference.figure(rows, "war", PLEDGE, None, note),
        told=lambda rows: [round(100 * row.difference[0], 9) for row in rows],
        drawn=lambda figure: [round(y, 9) for y in figure.data[0].y],
        leading=lambda rows: more_or_less.hedged(max(row.difference for row in rows)),
    ),
    "valley": Case(
        module=_Against,
        rows=_valley_rows,
        draw=lambda rows, _, note: valley.figure(rows, CLARITY, note),
        told=lambda rows: [round(row.war[0], 9) for row in rows],
        drawn=lambda figure: [round(z / 100, 9) for line in figure.data[0].z for z in line],
        leading=lambda rows: f"at 0.9, {[row for row in rows if row.least][-1].across:g} times",
    ),
    **{name: Case(*parts) for name, parts in many_points.CASES.items()},
}
