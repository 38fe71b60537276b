"""A sweep as a page that opens from disk."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sim.experiments.sweep.design import ALONE
from sim.experiments.sweep.pairs import between
from sim.experiments.sweep.scattered import scattered
from sim.experiments.sweep.slices import Place, Slice, slices_of
from sim.experiments.sweep.standing import stands
from sim.experiments.sweep.summary import sentence, watched
from sim.figures import endings, sweep_area, sweep_heat, sweep_lines, sweep_map
from sim.figures.sign import area
from sim.report.compare_sweeps import write_comparison
from sim.report.dots import dots
from sim.report.headline import commoner
from sim.report.made import Origin, made
from sim.report.page import write_page
from sim.report.panels import Panel, panel
from sim.report.points import not_averaged
from sim.report.slices import alone, averaged, note_of, scale_of
from sim.statistics import Estimate, pairs_of
from sim.vocabulary import Outcome

if TYPE_CHECKING:
    from sim.experiments.sweep.results import SweepResults

__all__ = ["write_comparison", "write_sweep"]


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
        made=made(origin, plan.scenario.name, counted, plan.seed, kept),
        sentence=f"{sentence(results)}.",
        averaged=said,
        panels=drawn,
    )


def views(results: SweepResults, axes: Sequence[str] | None = None) -> tuple[list[Panel], str]:
    """The pictures of a sweep, and what has to be said of them: cells or lines where the design has
    steps, a dot a point where it has none."""
    plan = results.plan
    if not plan.design.is_stepped:
        shown = scattered(plan.design, results.tally.runs > 0, axes, plan.scenario)
        return dots(results, shown), not_averaged(shown)
    slices = slices_of(results, axes)
    if plan.design.method == ALONE:
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
    return dict(zip(Outcome, between(results, names, first, last, many * len(names)), strict=True))


def ends_apart(results: SweepResults, shown: Slice) -> Estimate | None:
    """How far the places with the least and the most of what is watched are apart, run by run; the
    interval is one of as many as there are pairs of places, all of which hold at once. ``None`` for
    a single place."""
    places, found = shown.gathered.places, results.extremes
    if len(places) == 1:
        return None
    if found is not None and all(len(here) == 1 for here in places.values()):
        return found.apart
    ranked = sorted(places, key=lambda place: shown.watched[place].value)
    least, most = places[ranked[0]], places[ranked[-1]]
    (apart,) = between(results, [results.plan.watch], least, most, pairs_of(len(places)))
    return apart


def maps(results: SweepResults, shown: Slice) -> list[Panel]:
    """The heatmap and the map of a sweep along two axes, the first of them across."""
    across, up = (scale_of(shown.gathered, k) for k in (0, 1))
    what, note = watched(results), note_of(results)
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
    value = stands(results.plan.scenario, shown.axes[0])
    values = [place[0] for place in shown.watched]
    return value if min(values) <= value <= max(values) else None
