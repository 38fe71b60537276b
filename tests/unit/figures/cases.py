"""Every figure, with the little that the contract has to know of each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from sim.figures import (
    endings,
    incidence,
    swim_lanes,
    thin_line,
    time_to_end,
    valley,
    who_takes_part,
)
from sim.figures.beats import OneRun
from sim.figures.theme import Note
from sim.figures.wording import percent, place_name
from sim.results import Results
from sim.statistics import share
from sim.vocabulary import Outcome
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
    return {w: [share(int(n), results.runs) for n in sums[:, w]] for w in incidence.WARS}


def _curves(figure: Any) -> list[tuple[float, ...]]:
    lines = [trace for trace in figure.data if trace.mode == "lines"]
    heights = zip(*(line.y for line in lines), strict=True)
    return [tuple(round(y / 100, 9) for y in month) for month in heights]


def _line_rows(results: Results) -> list[Any]:
    """A curve whose heights are what the results hold, so that generated counts reach it."""
    shares = [share(int(n), results.runs) for n in results.endings.sum(axis=0)]
    return thin_line.table([0.0, 0.5, 1.0, 2.0], [(s, s, s) for s in shares[:4]])


def _least(rows: list[Any]) -> thin_line.Least:
    least = min(rows, key=lambda row: row.war[0]).size
    return thin_line.Least(least, least, least, (least, least), 0 < least < 2)


class _WithLeast:
    """The thin line's module, with the minimum that its title and words need besides the table."""

    title = staticmethod(lambda rows: thin_line.title(rows, _least(rows)))
    sheet = staticmethod(thin_line.sheet)


def _valley_rows(results: Results) -> list[Any]:
    shares = [share(int(n), results.runs) for n in results.endings.sum(axis=0)]
    return valley.table([0.1, 0.9], [0.0, 1.0, 2.0], [shares[:3], shares[3:6]])


def _curve_rows(rows: list[Any]) -> list[tuple[float, ...]]:
    by_month = [rows[i : i + 3] for i in range(0, len(rows), 3)]
    return [tuple(round(row.share, 9) for row in month) for month in by_month]


CASES = {
    "endings": Case(
        module=endings,
        rows=lambda r: endings.table(r.outcomes),
        draw=lambda rows, _, note: endings.figure(rows, note),
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
        leading=lambda rows: percent(rows[-1].share),
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
        leading=lambda rows: place_name(rows[0].state),
    ),
    "thin_line": Case(
        module=_WithLeast,
        rows=_line_rows,
        draw=lambda rows, _, note: thin_line.figure(rows, _least(rows), note),
        told=lambda rows: [tuple(round(s[0], 9) for s in row[1:]) for row in rows],
        drawn=_curves,
        leading=lambda rows: f"War is least at {_least(rows).size:g}",
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
    "valley": Case(
        module=valley,
        rows=_valley_rows,
        draw=lambda rows, _, note: valley.figure(rows, "setting.clarity", note),
        told=lambda rows: [round(row.war[0], 9) for row in rows],
        drawn=lambda figure: [round(z / 100, 9) for z in figure.data[0].z],
        leading=lambda rows: f"at 0.9, {[row for row in rows if row.least][-1].size:g} times",
    ),
    **{name: Case(*parts) for name, parts in many_points.CASES.items()},
}
