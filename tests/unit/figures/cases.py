"""Every figure, with the little that the contract has to know of each."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any, NamedTuple

from sim.figures import endings, incidence, time_to_end, who_takes_part
from sim.figures.theme import Note
from sim.figures.wording import percent, place_name
from sim.results import Results
from sim.statistics import share
from sim.vocabulary import Outcome


class Case(NamedTuple):
    """A figure module; ``rows`` makes its table from results, ``draw`` the figure from the table.

    ``told`` reads off the table what ``drawn`` reads off the figure; ``leading`` is what the text
    alternative has to name.
    """

    module: ModuleType
    rows: Callable[[Results], list[Any]]
    draw: Callable[[list[Any], Results, Note], Any]
    told: Callable[[list[Any]], Any]
    drawn: Callable[[Any], Any]
    leading: Callable[[list[Any]], str]


def _reached(results: Results) -> dict[Outcome, list[Any]]:
    sums = results.endings.cumsum(axis=0)
    return {w: [share(int(n), results.runs) for n in sums[:, w]] for w in incidence.WARS}


def _curves(figure: Any) -> list[tuple[float, ...]]:
    lines = [trace for trace in figure.data if trace.mode == "lines"]
    heights = zip(*(line.y for line in lines), strict=True)
    return [tuple(round(y / 100, 9) for y in month) for month in heights]


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
}
