"""A sweep as a page that opens from disk."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sim.enums import Outcome
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
from sim.experiments.sweep.summary import outcome_label, sentence
from sim.figures import endings, sweep_area, sweep_heat, sweep_lines, sweep_map, sweep_points
from sim.figures.scale import Scale
from sim.figures.sign import area
from sim.figures.theme import Note
from sim.report.page import write_page
from sim.report.panels import Panel, commoner, panel
from sim.report.reproduce import Origin, page_provenance
from sim.scenario.parameter import Kind
from sim.scenario.scenario import Scenario
from sim.statistics import Estimate, n_pairs
from sim.text import join_and, parameter_cell, plural


def write_sweep(
    results: SweepResults,
    path: str | Path,
    axes: Sequence[str] | None = None,
    origin: Origin | None = None,
) -> Path:
    """Write the page of a sweep, seen along one or two of its axes, to ``path`` and return it.

    Raises :class:`sim.errors.UsageError` for axes that the sweep does not have.
    """
    drawn, said = views(results, axes)
    plan, counted = results.plan, note_of(results).counted
    origin = origin or Origin("", plan.scenario)
    kept = (
        ("Versions of the sweep", results.made.packages),
        ("Digest of the sweep", results.made.digest),
    )
    return write_page(
        path,
        "sweep.html",
        title=f"A sweep of {plan.scenario.name}",
        name=plan.name,
        made=page_provenance(origin, plan.scenario.name, counted, plan.seed, kept),
        sentence=f"{sentence(results)}.",
        averaged=said,
        panels=drawn,
    )


def views(results: SweepResults, axes: Sequence[str] | None = None) -> tuple[list[Panel], str]:
    """The pictures of a sweep, and what has to be said of them: cells or lines where the design has
    steps, a dot a point where it has none."""
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
    return draw(results, only), averaged(only.gathered)


def lines(results: SweepResults, shown: Slice) -> list[Panel]:
    """The lines and the stack of a sweep along one axis, or the endings at its only place."""
    if len(shown.watched) == 1:
        return [only_place(results, shown)]
    scale, note = scale_of(shown.gathered, 0), note_of(results)
    rows, changes = _levels(shown), end_to_end(results, shown)
    line = sweep_lines.figure(rows, changes, scale, note, _baseline(results, shown))
    stack = sweep_area.figure(rows, changes, scale, note)
    sheet = sweep_lines.sheet(rows, scale)
    return [
        panel("lines", line, sheet, 12, sweep_lines.key(rows)),
        panel("stack", stack, sheet, 12, sweep_area.key(rows)),
    ]


def lines_alone(results: SweepResults, shown: Slice, k: int, many: int) -> Panel:
    """The lines of number ``k`` of so ``many`` parameters that are each moved alone; the intervals
    of their changes hold for all of them at once."""
    if len(shown.watched) == 1:
        return only_place(results, shown, k)
    scale, rows = scale_of(shown.gathered, 0), _levels(shown)
    changes, base = end_to_end(results, shown, many), _baseline(results, shown)
    along = scale.name if many > 1 else ""
    drawn = sweep_lines.figure(rows, changes, scale, note_of(results), base, along)
    return panel(f"lines-{k}", drawn, sweep_lines.sheet(rows, scale), 12, sweep_lines.key(rows))


def only_place(results: SweepResults, shown: Slice, k: int = 0) -> Panel:
    """How the runs end at the only place along an axis, where there is no change to be shown."""
    (shares,), (leads,) = shown.outcomes.values(), _clearly_led(results, shown).values()
    rows = endings.table(shares)
    key = [area(row.outcome) for row in rows if row.share > 0]
    drawn = endings.figure(rows, note_of(results), leads)
    return panel(f"endings-{k}" if k else "endings", drawn, endings.sheet(rows), key=key)


def _levels(shown: Slice) -> list[sweep_lines.Level]:
    values = [place[0] for place in shown.outcomes]
    return sweep_lines.table(values, list(shown.outcomes.values()))


def end_to_end(results: SweepResults, shown: Slice, many: int = 1) -> dict[Outcome, Estimate]:
    """How much more of each ending there is at the last value than at the first, run by run; the
    intervals hold at once for all endings of so ``many`` slices."""
    first, last = (shown.gathered.places[end(shown.watched)] for end in (min, max))
    names = [outcome.word for outcome in Outcome]
    return dict(
        zip(
            Outcome, difference_between(results, names, first, last, many * len(names)), strict=True
        )
    )


def ends_apart(results: SweepResults, shown: Slice) -> Estimate | None:
    """How far the places with the least and the most of what is watched are apart, run by run; the
    interval is one of as many as there are pairs of places, all of which hold at once. ``None`` for
    a single place."""
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
    """The heatmap and the map of a sweep along two axes, the first of them across."""
    across, up = (scale_of(shown.gathered, k) for k in (0, 1))
    what, note = outcome_label(results), note_of(results)
    shares = {(place[1], place[0]): share for place, share in shown.watched.items()}
    outcomes = {(place[1], place[0]): each for place, each in shown.outcomes.items()}
    clear = {(place[1], place[0]): led for place, led in _clearly_led(results, shown).items()}
    heat, leading = sweep_heat.table(shares), sweep_map.table(outcomes, clear)
    return [
        panel(
            "heat",
            sweep_heat.figure(heat, what, ends_apart(results, shown), up, across, note),
            sweep_heat.sheet(heat, up, across),
            12,
            sweep_heat.key(heat, what),
        ),
        panel(
            "map",
            sweep_map.figure(leading, up, across, note),
            sweep_map.sheet(leading, up, across),
            12,
            sweep_map.key(leading),
        ),
    ]


def _clearly_led(results: SweepResults, shown: Slice) -> dict[Place, bool]:
    """Whether the commonest ending at each place is clearly commoner than the next, by as many runs
    as one point has; in intervals that hold for all places at once, as they are counted."""
    led = {}
    for place, shares in shown.outcomes.items():
        first, second = sorted(shares.values(), key=lambda share: -share.value)[:2]
        runs = round(float(results.tally.runs[shown.gathered.places[place]].mean()))
        led[place] = commoner(first, second, runs, len(shown.outcomes))
    return led


def _baseline(results: SweepResults, shown: Slice) -> float | None:
    """Where the scenario itself stands on the only axis, if that is among what is shown."""
    value = shown.axes[0].baseline(results.plan.scenario)
    values = [place[0] for place in shown.watched]
    return value if min(values) <= value <= max(values) else None


def dots(results: SweepResults, shown: PointCloud) -> list[Panel]:
    """Every point by itself, the first axis across, or with one axis against that."""
    scales, what, plan = scales_of(shown), outcome_label(results), results.plan
    across, up = scales if len(scales) == 2 else (None, scales[0])
    rows = _dots(results, shown)
    found = min_max(results)
    assert found is not None
    hidden = frozenset(shown.points[~shown.placed].tolist())
    drawn = sweep_points.figure(rows, what, found.apart, up, across, note_of(results), hidden)
    sheet = sweep_points.sheet(rows, headings(plan.design), what)
    return [panel("points", drawn, sheet, 12, sweep_points.key(rows, what, across))]


def _dots(results: SweepResults, shown: PointCloud) -> list[sweep_points.Dot]:
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


def headings(design: Design) -> list[str]:
    """What the columns of the points' values are called."""
    return [parameter_cell(path) for path in design.paths]


def values_said(design: Design, point: int, scenario: Scenario) -> tuple[str, ...]:
    """A point's value on every axis, for a table."""
    values = design.points[point].tolist()
    pairs = zip(design.factors, values, strict=True)
    return tuple(_left(axis, scenario) if math.isnan(v) else axis.format(v) for axis, v in pairs)


def _left(axis: Factor, scenario: Scenario) -> str:
    here = axis.baseline(scenario)
    return "as it is" if math.isnan(here) else f"as it is, {axis.format(here)}"


def scales_of(shown: PointCloud) -> list[Scale]:
    """How the values of each axis shown are said."""
    placed = shown.values[shown.placed]
    return [scale_along(axis, placed[:, k].tolist()) for k, axis in enumerate(shown.axes)]


def not_averaged(shown: PointCloud) -> str:
    """What the picture of the points cannot show."""
    return " ".join(filter(None, [_rest(shown), _covered(shown), _left_out(shown), _own(shown)]))


def _rest(shown: PointCloud) -> str:
    if not shown.rest:
        return ""
    along = join_and([parameter_cell(axis.path) for axis in shown.axes])
    rest = join_and([parameter_cell(axis.path) for axis in shown.rest])
    return f"Drawn along {along} alone; the points differ in {rest}, too, and nothing is averaged."


def _covered(shown: PointCloud) -> str:
    if not shown.covered:
        return ""
    return f"{plural(shown.covered, 'point')} lie on one another: the table has each of them."


def _left_out(shown: PointCloud) -> str:
    left = int((~shown.placed).sum())
    if not left:
        return ""
    one = "leaves" if left == 1 else "leave"
    return (
        f"{plural(left, 'point')} {one} a parameter as it is that has no single value there: in "
        "the table, and not in the picture."
    )


def _own(shown: PointCloud) -> str:
    if not (shown.own & shown.placed).any():
        return ""
    return "A point that leaves a parameter as it is stands where the scenario does, on average."


def averaged(shown: GroupedPoints) -> str:
    """What is averaged over, in words; empty where nothing is."""
    return " ".join(filter(None, [_averaged(shown), _uneven(shown)]))


def alone(plan: Plan, shown: Sequence[GroupedPoints]) -> str:
    """What has to be said where one parameter is moved at a time, the others staying as they are:
    which are not drawn, and where the scenario is not in the picture, or hides behind a level."""
    design, drawn = plan.design, {each.axes[0].path for each in shown}
    others = [parameter_cell(path) for path in design.paths if path not in drawn]
    told = [f"Not drawn: {join_and(others)}."] if others else []
    for each in shown:
        (axis,) = each.axes
        here = axis.baseline(plan.scenario)
        if math.isnan(here):
            told.append(
                f"{parameter_cell(axis.path)} has no single value in the scenario, so that the "
                "scenario as it is is not in that picture."
            )
        elif axis.is_distribution(plan.scenario):
            told.append(
                f"The scenario spreads {parameter_cell(axis.path)}, and stands at its mean in the "
                "picture" + (", behind the value fixed there." if here in axis.levels else ".")
            )
    return " ".join(told)


def _uneven(shown: GroupedPoints) -> str:
    if not shown.uneven:
        return ""
    rest, along = (join_and([a.path for a in axes]) for axes in (shown.rest, shown.axes))
    return (
        f"Not every value of {rest} was played at every {along}, so what differs from one average "
        "to another may be due to which values are in it."
    )


def _averaged(shown: GroupedPoints) -> str:
    if not shown.rest:
        return ""
    rest = join_and([parameter_cell(axis.path) for axis in shown.rest])
    return (
        f"Averaged over {rest}; the interval of an average is "
        "taken to be that of one point; what changes from one average to another is known better."
    )


def scale_of(shown: GroupedPoints, k: int) -> Scale:
    """How the values of an axis are said."""
    return scale_along(shown.axes[k], [place[k] for place in shown.places])


def scale_along(axis: Factor, values: Sequence[float]) -> Scale:
    """How these ``values`` of an axis are said."""
    if axis.parameter.kind in (Kind.NUMBER, Kind.COUNT):
        return Scale(axis.path)
    said = {v: axis.format(v).replace("_", " ") for v in sorted(set(values))}
    return Scale(axis.path, said)


def note_of(results: SweepResults) -> Note:
    """Where the numbers of a sweep's figures come from."""
    each = f"{spanned(results.tally.runs)} model runs a point"
    return Note(results.runs, results.plan.seed, each)


def spanned(counts: Any) -> str:
    """How many there are at any point that has some: ``60``, or ``50 to 200``."""
    there = sorted({int(count) for count in counts if count})
    ends = [f"{count:,}" for count in dict.fromkeys([*there[:1], *there[-1:]])]
    return " to ".join(ends) or "0"
