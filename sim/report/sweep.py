"""A sweep as a page that opens from disk."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sim.experiments.sweep.pairs import between
from sim.experiments.sweep.slices import Place, Slice, slice_of
from sim.experiments.sweep.summary import sentence, watched
from sim.figures import endings, sweep_area, sweep_heat, sweep_lines, sweep_map
from sim.figures.sign import area
from sim.figures.theme import Note
from sim.report.compare_sweeps import write_comparison
from sim.report.headline import commoner
from sim.report.made import Origin, made
from sim.report.page import write_page
from sim.report.panels import Panel, panel
from sim.report.slices import averaged, scale_of, spanned
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
    shown = slice_of(results, axes)
    drawn = lines(results, shown) if len(shown.axes) == 1 else maps(results, shown)
    plan, counted = results.plan, _note(results).counted
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
        averaged=averaged(shown.gathered),
        panels=drawn,
    )


def lines(results: SweepResults, shown: Slice) -> list[Panel]:
    """The lines and the stack of a sweep along one axis, or the endings at its only place."""
    if len(shown.watched) == 1:
        return alone(results, shown)
    scale, note = scale_of(shown.gathered, 0), _note(results)
    rows = sweep_lines.table([place[0] for place in shown.outcomes], list(shown.outcomes.values()))
    changes = end_to_end(results, shown)
    line = sweep_lines.figure(rows, changes, scale, note, _baseline(results, shown))
    stack = sweep_area.figure(rows, changes, scale, note)
    sheet = sweep_lines.sheet(rows, scale)
    return [
        panel("lines", line, sheet, 12, sweep_lines.key(rows)),
        panel("stack", stack, sheet, 12, sweep_area.key(rows)),
    ]


def alone(results: SweepResults, shown: Slice) -> list[Panel]:
    """How the runs end at the only place along an axis, where there is no change to be shown."""
    (shares,), (leads,) = shown.outcomes.values(), _clearly_led(results, shown).values()
    rows = endings.table(shares)
    key = [area(row.outcome) for row in rows if row.share > 0]
    drawn = endings.figure(rows, _note(results), leads)
    return [panel("endings", drawn, endings.sheet(rows), key=key)]


def end_to_end(results: SweepResults, shown: Slice) -> dict[Outcome, Estimate]:
    """How much more of each ending there is at the last value than at the first, run by run; the
    intervals hold for all endings at once."""
    first, last = (shown.gathered.places[end(shown.watched)] for end in (min, max))
    names = [outcome.word for outcome in Outcome]
    return dict(zip(Outcome, between(results, names, first, last, len(names)), strict=True))


def ends_apart(results: SweepResults, shown: Slice) -> Estimate | None:
    """How far the places with the least and the most of what is watched are apart, run by run; the
    interval is one of as many as there are pairs of places, all of which hold at once. ``None`` for
    a single place."""
    places = shown.gathered.places
    if len(places) == 1:
        return None
    ranked = sorted(places, key=lambda place: shown.watched[place].value)
    least, most = places[ranked[0]], places[ranked[-1]]
    (apart,) = between(results, [results.plan.watch], least, most, pairs_of(len(places)))
    return apart


def maps(results: SweepResults, shown: Slice) -> list[Panel]:
    """The heatmap and the map of a sweep along two axes, the first of them across."""
    across, up = (scale_of(shown.gathered, k) for k in (0, 1))
    what, note = watched(results), _note(results)
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


def _note(results: SweepResults) -> Note:
    each = f"{spanned(results.tally.runs)} model runs a point"
    return Note(results.runs, results.plan.seed, each)


def _baseline(results: SweepResults, shown: Slice) -> float | None:
    """Where the scenario itself stands on the only axis, if that is among what is shown."""
    value = results.plan.scenario.values.get(shown.axes[0].path)
    values = [place[0] for place in shown.watched]
    if value is None or not min(values) <= value.law.mean <= max(values):
        return None
    return value.law.mean
