"""The points of a sweep as dots, ready for its page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.experiments.sweep.scattered import Scattered
from sim.experiments.sweep.summary import watched
from sim.figures import sweep_points
from sim.report.panels import Panel, panel
from sim.report.points import headings, scales_of, values_said
from sim.report.slices import note_of
from sim.vocabulary import Outcome

if TYPE_CHECKING:
    from sim.experiments.sweep.results import SweepResults


def dots(results: SweepResults, shown: Scattered) -> list[Panel]:
    """Every point by itself, the first axis across, or with one axis against that."""
    scales, what, plan = scales_of(shown), watched(results), results.plan
    across, up = scales if len(scales) == 2 else (None, scales[0])
    rows = _dots(results, shown)
    found = results.extremes
    assert found is not None
    hidden = frozenset(shown.points[~shown.placed].tolist())
    drawn = sweep_points.figure(rows, what, found.apart, up, across, note_of(results), hidden)
    sheet = sweep_points.sheet(rows, headings(plan.design), what)
    return [panel("points", drawn, sheet, 12, sweep_points.key(rows, what, across))]


def _dots(results: SweepResults, shown: Scattered) -> list[sweep_points.Dot]:
    plan, tally = results.plan, results.tally
    shares = tally.estimates(plan.watch)
    endings = {outcome: tally.estimates(outcome.word) for outcome in Outcome}
    return [
        sweep_points.Dot(
            point,
            value=place[-1],
            across=place[0] if len(place) == 2 else 0.0,
            share=shares[point],
            own=own,
            said=values_said(plan.design, point, plan.scenario),
            endings={outcome: each[point] for outcome, each in endings.items()},
        )
        for point, place, own in zip(
            shown.points.tolist(), shown.values.tolist(), shown.own.tolist(), strict=True
        )
    ]
