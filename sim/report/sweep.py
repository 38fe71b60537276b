"""The page of a sweep."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sim.enums import Outcome, word_label
from sim.experiments.designs import ONE_AT_A_TIME, Design
from sim.experiments.factors import Factor
from sim.experiments.sweep.paired import difference_between, min_max
from sim.experiments.sweep.plan import Plan
from sim.experiments.sweep.results import SweepResults
from sim.experiments.sweep.slices import (
    GroupedPoints,
    Place,
    PointCloud,
    Slice,
    point_cloud,
    slices_of,
)
from sim.experiments.sweep.summary import (
    describe_shortfall,
    failures,
    findings,
    outcome_label,
    precision_shortfall,
)
from sim.figures.outcomes import OutcomeWaffle
from sim.figures.parts import outcome_entry
from sim.figures.scales import Scale
from sim.figures.sweep_lines import SweepAreas, SweepLines, Watched, level_shares
from sim.figures.sweep_maps import OutcomeMap, SweepHeatmap
from sim.figures.sweep_points import PointShare, SweepPoints
from sim.figures.theme import Note
from sim.formatting import (
    Interval,
    capitalise,
    join_and,
    parameter_cell,
    parameter_name,
    plural,
)
from sim.report.labels import factor_words, in_words
from sim.report.page import write_page
from sim.report.panels import Panel, panel
from sim.report.reproduce import Origin, page_provenance
from sim.scenario.parameter import Kind
from sim.scenario.scenario import Scenario
from sim.statistics import Estimate, commoner, n_pairs

# A title names at most so many parameters.
MOST_NAMED = 3


def write_sweep(
    results: SweepResults,
    path: str | Path,
    axes: Sequence[str] | None = None,
    origin: Origin | None = None,
) -> Path:
    """Write the page of a sweep along one or two of its axes to ``path`` and return it.

    Raises :class:`sim.errors.UsageError` for unknown axes.
    """
    panels, remarks = views(results, axes)
    plan, counted = results.plan, note_of(results).counted
    origin = origin or Origin("", plan.scenario)
    kept = (
        ("Versions of the sweep", results.made.packages),
        ("Digest of the sweep", results.made.digest),
    )
    first, *others = findings(results)
    return write_page(
        path,
        "sweep.html",
        title=_title(plan.design),
        pair=(),
        made=page_provenance(origin, plan.scenario.name, counted, plan.seed, kept),
        sentence=f"{in_words(first, factor_words(plan.design.paths))}.",
        averaged=" ".join([*(f"{capitalise(each)}." for each in others), remarks]),
        panels=panels,
        warnings=_missing(results),
    )


def _missing(results: SweepResults) -> list[str]:
    """The points that failed, and those that did not become as precise as was asked."""
    shortfall = precision_shortfall(results)
    said = [failures(results), describe_shortfall(results, shortfall) if shortfall else ""]
    return [f"{each}." for each in said if each]


def _title(design: Design) -> str:
    names = [parameter_name(path) for path in design.paths]
    varied = join_and(names) if len(names) <= MOST_NAMED else plural(len(names), "parameter")
    return f"A sweep over {varied}"


def views(results: SweepResults, axes: Sequence[str] | None = None) -> tuple[list[Panel], str]:
    """The charts of a sweep and remarks on them: cells or lines for a stepped design, else a dot
    per point."""
    plan = results.plan
    if not plan.design.is_stepped:
        shown = point_cloud(plan.design, results.tally.runs > 0, axes, plan.scenario)
        return dots(results, shown), not_averaged(shown)
    slices = slices_of(results, axes)
    if plan.design.method == ONE_AT_A_TIME:
        panels = [lines_alone(results, each, k, len(slices)) for k, each in enumerate(slices)]
        return panels, alone(plan, [each.gathered for each in slices])
    (only,) = slices
    draw = lines if len(only.axes) == 1 else maps
    return draw(results, only), describe_averaging(only.gathered)


def lines(results: SweepResults, shown: Slice) -> list[Panel]:
    """The lines and areas of a sweep along one axis, or the endings at its only value."""
    if len(shown.watched) == 1:
        return [only_place(results, shown)]
    rows = level_shares(_values(shown), list(shown.outcomes.values()))
    parts = rows, end_to_end(results, shown), scale_of(shown.gathered, 0)
    note = note_of(results)
    return [
        panel(
            "lines",
            SweepLines(*parts, _baseline(results, shown), watched=_watched(results, shown)),
            note,
        ),
        panel("stack", SweepAreas(*parts), note),
    ]


def lines_alone(results: SweepResults, shown: Slice, k: int, many: int) -> Panel:
    """The lines of parameter ``k``, one of ``many`` parameters varied one at a time; the intervals
    of their changes are simultaneous."""
    if len(shown.watched) == 1:
        return only_place(results, shown, k)
    scale = scale_of(shown.gathered, 0)
    chart = SweepLines(
        level_shares(_values(shown), list(shown.outcomes.values())),
        end_to_end(results, shown, many),
        scale,
        _baseline(results, shown),
        scale.name if many > 1 else "",
        _watched(results, shown, many),
    )
    return panel(f"lines-{k}", chart, note_of(results))


def only_place(results: SweepResults, shown: Slice, k: int = 0) -> Panel:
    """The endings at the only value of an axis."""
    (shares,), (leads,) = shown.outcomes.values(), _clearly_led(results, shown).values()
    chart = OutcomeWaffle.of(shares, leads)
    legend = [outcome_entry(row.outcome) for row in chart.rows if row.share[0] > 0]
    name = f"endings-{k}" if k else "endings"
    return panel(name, chart, note_of(results), 0, legend=legend)


def _values(shown: Slice) -> list[float]:
    return [place[0] for place in shown.outcomes]


def end_to_end(results: SweepResults, shown: Slice, many: int = 1) -> dict[Outcome, Estimate]:
    """The paired difference in each ending between the last value and the first; the intervals are
    simultaneous for all endings of ``many`` slices."""
    first, last = (shown.gathered.places[end(shown.watched)] for end in (min, max))
    names = [outcome.word for outcome in Outcome]
    changes = difference_between(results, names, first, last, many * len(names))
    return dict(zip(Outcome, changes, strict=True))


def _watched(results: SweepResults, shown: Slice, many: int = 1) -> Watched | None:
    """The outcome that the sweep measures, unless it is an ending, which has its line anyway."""
    if results.plan.watch in Outcome.words():
        return None
    first, last = (shown.gathered.places[end(shown.watched)] for end in (min, max))
    (change,) = difference_between(results, [results.plan.watch], first, last, many)
    shares = [shown.watched[place] for place in sorted(shown.watched)]
    return Watched(outcome_label(results), shares, change)


def range_difference(results: SweepResults, shown: Slice) -> Estimate | None:
    """The paired difference between the places with the least and the most of the outcome, with an
    interval that is simultaneous for all pairs of places. ``None`` for a single place."""
    places, found = shown.gathered.places, min_max(results)
    if len(places) == 1:
        return None
    if found is not None and all(len(here) == 1 for here in places.values()):
        return found.apart
    ranked = sorted(places, key=lambda place: shown.watched[place].value)
    least, most = places[ranked[0]], places[ranked[-1]]
    (apart,) = difference_between(results, [results.plan.watch], least, most, n_pairs(len(places)))
    return apart


def maps(results: SweepResults, shown: Slice) -> list[Panel]:
    """The heatmap and the outcome map of a sweep along two axes, the first of them across."""
    across, up = (scale_of(shown.gathered, k) for k in (0, 1))
    outcomes = {(place[1], place[0]): each for place, each in shown.outcomes.items()}
    clear = {(place[1], place[0]): led for place, led in _clearly_led(results, shown).items()}
    return [
        share_map(results, shown, "heat"),
        panel("map", OutcomeMap.of(outcomes, clear, up, across), note_of(results)),
    ]


def share_map(
    results: SweepResults,
    shown: Slice,
    name: str,
    also: Sequence[Interval] = (),
    of_title: str = "",
) -> Panel:
    """The heatmap of the outcome; for ``also`` and ``of_title`` see :class:`SweepHeatmap`."""
    across, up = (scale_of(shown.gathered, k) for k in (0, 1))
    shares = {(place[1], place[0]): share for place, share in shown.watched.items()}
    what, difference = outcome_label(results), range_difference(results, shown)
    chart = SweepHeatmap.of(shares, what, difference, up, across, also, of_title)
    return panel(name, chart, note_of(results))


def _clearly_led(results: SweepResults, shown: Slice) -> dict[Place, bool]:
    """Whether the commonest ending at each place is significantly commoner than the next, for the
    number of runs at one point, with simultaneous intervals for all places."""
    led = {}
    for place, shares in shown.outcomes.items():
        first, second = sorted(shares.values(), key=lambda share: -share.value)[:2]
        runs = round(float(results.tally.runs[shown.gathered.places[place]].mean()))
        led[place] = commoner(first, second, runs, len(shown.outcomes))
    return led


def _baseline(results: SweepResults, shown: Slice) -> float | None:
    """The scenario's own value on the only axis, if it is within the chart."""
    value = shown.axes[0].baseline(results.plan.scenario)
    values = [place[0] for place in shown.watched]
    return value if min(values) <= value <= max(values) else None


def dots(results: SweepResults, shown: PointCloud) -> list[Panel]:
    """A dot per point, the first axis across; with one axis, its share is the height."""
    scales, plan = scales_of(shown), results.plan
    across, up = scales if len(scales) == 2 else (None, scales[0])
    found = min_max(results)
    assert found is not None
    chart = SweepPoints(
        _points(results, shown),
        outcome_label(results),
        found.apart,
        value_headings(plan.design),
        up,
        across,
        frozenset(shown.points[~shown.placed].tolist()),
    )
    return [panel("points", chart, note_of(results))]


def _points(results: SweepResults, shown: PointCloud) -> list[PointShare]:
    plan, tally = results.plan, results.tally
    shares = tally.estimates(plan.watch)
    endings = {outcome: tally.estimates(outcome.word) for outcome in Outcome}
    return [
        PointShare(
            point,
            value=place[-1],
            across=place[0] if len(place) == 2 else 0.0,
            share=shares[point],
            at_baseline=own,
            values=point_values(plan.design, point, plan.scenario),
            outcomes={outcome: each[point] for outcome, each in endings.items()},
        )
        for point, place, own in zip(
            shown.points.tolist(), shown.values.tolist(), shown.own.tolist(), strict=True
        )
    ]


def value_headings(design: Design) -> list[str]:
    """Headings of the columns of the points' values."""
    return [parameter_cell(path) for path in design.paths]


def point_values(design: Design, point: int, scenario: Scenario) -> tuple[str, ...]:
    """A point's value on every axis as text."""
    values = design.points[point].tolist()
    pairs = zip(design.factors, values, strict=True)
    return tuple(
        _baseline_text(axis, scenario) if math.isnan(v) else axis.format(v) for axis, v in pairs
    )


def _baseline_text(axis: Factor, scenario: Scenario) -> str:
    here = axis.baseline(scenario)
    return "baseline" if math.isnan(here) else f"baseline, {axis.format(here)}"


def scales_of(shown: PointCloud) -> list[Scale]:
    """The scale of each axis shown."""
    placed = shown.values[shown.placed]
    return [scale_along(axis, placed[:, k].tolist()) for k, axis in enumerate(shown.axes)]


def not_averaged(shown: PointCloud) -> str:
    """Remarks on what the chart of the points cannot show."""
    return " ".join(filter(None, [_rest(shown), _covered(shown), _left_out(shown), _own(shown)]))


def _rest(shown: PointCloud) -> str:
    if not shown.rest:
        return ""
    along = join_and([parameter_cell(axis.path) for axis in shown.axes])
    rest = join_and([parameter_cell(axis.path) for axis in shown.rest])
    return f"Drawn along {along} only; the points also differ in {rest}, without averaging."


def _covered(shown: PointCloud) -> str:
    if not shown.covered:
        return ""
    return f"{plural(shown.covered, 'point')} coincide: the table has each of them."


def _left_out(shown: PointCloud) -> str:
    left = int((~shown.placed).sum())
    if not left:
        return ""
    verb = "leaves" if left == 1 else "leave"
    return (
        f"{plural(left, 'point')} {verb} a parameter at a baseline without a single value: in the "
        "table, not in the chart."
    )


def _own(shown: PointCloud) -> str:
    if not (shown.own & shown.placed).any():
        return ""
    return "A point that leaves a parameter at its baseline is drawn at the baseline's mean."


def describe_averaging(shown: GroupedPoints) -> str:
    """Which parameters are averaged over; empty if none are."""
    return " ".join(filter(None, [_averaged(shown), _uneven(shown)]))


def alone(plan: Plan, shown: Sequence[GroupedPoints]) -> str:
    """Remarks on a one-at-a-time design: parameters not drawn, and baselines that are not in the
    chart or hidden behind a level."""
    design, drawn = plan.design, {each.axes[0].path for each in shown}
    others = [parameter_cell(path) for path in design.paths if path not in drawn]
    remarks = [f"Not drawn: {join_and(others)}."] if others else []
    for each in shown:
        (axis,) = each.axes
        here = axis.baseline(plan.scenario)
        if math.isnan(here):
            remarks.append(
                f"{parameter_cell(axis.path)} has no single value in the scenario, so the baseline "
                "is not in its chart."
            )
        elif axis.is_distribution(plan.scenario):
            remarks.append(
                f"The scenario has a distribution of {parameter_cell(axis.path)}; the chart shows "
                "its mean"
                + (", behind the level of the same value." if here in axis.levels else ".")
            )
    return " ".join(remarks)


def _uneven(shown: GroupedPoints) -> str:
    if not shown.uneven:
        return ""
    rest, along = (join_and([a.path for a in axes]) for axes in (shown.rest, shown.axes))
    return (
        f"Not every value of {rest} was run at every {along}, so averages may differ because they "
        "include different values."
    )


def _averaged(shown: GroupedPoints) -> str:
    if not shown.rest:
        return ""
    rest = join_and([parameter_cell(axis.path) for axis in shown.rest])
    return (
        f"Averaged over {rest}; the interval of an average is that of one point; paired "
        "differences between averages are more precise."
    )


def scale_of(shown: GroupedPoints, k: int) -> Scale:
    """The scale of an axis."""
    return scale_along(shown.axes[k], [place[k] for place in shown.places])


def scale_along(axis: Factor, values: Sequence[float]) -> Scale:
    """The scale of these ``values`` of an axis."""
    if axis.parameter.kind in (Kind.NUMBER, Kind.COUNT):
        return Scale(axis.path)
    words = {v: word_label(axis.format(v)) for v in sorted(set(values))}
    return Scale(axis.path, words)


def note_of(results: SweepResults) -> Note:
    """The source of the numbers of a sweep's charts."""
    each = f"{spanned(results.tally.runs)} model runs a point"
    return Note(results.runs, results.plan.seed, each)


def spanned(counts: Any) -> str:
    """The range of positive counts: ``60``, or ``50 to 200``."""
    there = sorted({int(count) for count in counts if count})
    ends = [f"{count:,}" for count in dict.fromkeys([*there[:1], *there[-1:]])]
    return " to ".join(ends) or "0"
