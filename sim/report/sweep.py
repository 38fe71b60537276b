"""A sweep as a page that opens from disk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.experiments.sweep.pairs import between
from sim.experiments.sweep.slices import Gathered, Place, Slice, slice_of
from sim.experiments.sweep.summary import as_written, sentence, watched, words_for
from sim.figures import (
    sweep_area,
    sweep_difference,
    sweep_heat,
    sweep_lines,
    sweep_map,
    wording,
)
from sim.figures.scale import Scale
from sim.figures.theme import Note
from sim.report.headline import commoner
from sim.report.made import Made, Origin, made, versions_said
from sim.report.page import render
from sim.report.panels import Panel, panel
from sim.report.reproduce import Again
from sim.scenario.parameter import Kind
from sim.statistics import Estimate, pairs_of
from sim.vocabulary import Outcome

if TYPE_CHECKING:
    from sim.experiments.compare_sweeps import SweepComparison
    from sim.experiments.sweep.results import SweepResults


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
    plan = results.plan
    origin = origin or Origin("", plan.scenario)
    page = render(
        "sweep.html",
        title=f"A sweep of {plan.scenario.name}",
        name=plan.name,
        made=made(origin, plan.scenario.name, _note(results).counted, plan.seed),
        sentence=f"{sentence(results)}.",
        averaged=averaged(shown.gathered),
        panels=drawn,
    )
    path = Path(path)
    path.write_text(page, encoding="utf-8")
    return path


def write_comparison(
    compared: SweepComparison,
    path: str | Path,
    axes: Sequence[str] | None = None,
    command: str = "",
    changes: Sequence[str] = (),
) -> Path:
    """Write the page of two sweeps compared, along one or two axes, to ``path`` and return it.

    ``command`` makes it again, ``changes`` says in words what was set in which of them.
    """
    gathered, differences = compared.along(axes)
    page = render(
        "sweep.html",
        title="Two sweeps compared",
        name="Two sweeps compared",
        made=_both_made(compared, command, changes),
        sentence=f"{wording.sentence(compared.sentence)}.",
        averaged=" ".join(
            [*(f"{wording.sentence(n)}." for n in compared.notes), averaged(gathered)]
        ),
        panels=[_change(compared, gathered, differences)],
    )
    path = Path(path)
    path.write_text(page, encoding="utf-8")
    return path


def _both_made(compared: SweepComparison, command: str, changes: Sequence[str]) -> Made:
    """How the two sweeps were made that are compared."""
    sweeps = {"First": compared.before, "Second": compared.after}
    names = dict(zip(sweeps, compared.names, strict=True))
    note = _pairs_note(compared)
    facts = [
        *((f"{nth} sweep", f"{names[nth]}, in {each.folder}") for nth, each in sweeps.items()),
        ("Pairs of runs", note.counted),
        ("Seed", str(note.seed)),
        ("Versions", versions_said()),
        *((f"Digest of the {nth.lower()}", each.plan.digest) for nth, each in sweeps.items()),
    ]
    again = Again(command, tuple(facts))
    return Made(" → ".join(names.values()), note.counted, note.seed, changes, again)


def _change(
    compared: SweepComparison, gathered: Gathered, differences: Mapping[Place, Estimate]
) -> Panel:
    """The surface of differences, the first axis across; with one axis the line."""
    scales = [scale_of(gathered, k) for k in range(len(gathered.axes))]
    across, up = scales if len(scales) == 2 else (None, scales[0])
    rows = sweep_difference.table(
        {(place[-1], place[0] if across else 0.0): each for place, each in differences.items()}
    )
    note = _pairs_note(compared)
    first, second = compared.names
    what = f"{words_for(compared.watch)} in {second} than in {first}"
    drawn = sweep_difference.figure(rows, what, up, across, note)
    key = sweep_difference.key(rows)
    return panel("difference", drawn, sweep_difference.sheet(rows, up, across), 12, key)


def averaged(shown: Gathered) -> str:
    """What is averaged over, in words; empty where nothing is."""
    return " ".join(filter(None, [_averaged(shown), _uneven(shown)]))


def _uneven(shown: Gathered) -> str:
    if not shown.uneven:
        return ""
    rest, along = (wording.several([a.path for a in axes]) for axes in (shown.rest, shown.axes))
    return (
        f"Not every value of {rest} was played at every {along}, so what differs from one average "
        "to another may be due to which values are in it."
    )


def _averaged(shown: Gathered) -> str:
    if not shown.rest:
        return ""
    rest = wording.several([wording.lever_cell(axis.path) for axis in shown.rest])
    return (
        f"Averaged over {rest}; the interval of an average is "
        "taken to be that of one point; what changes from one average to another is known better."
    )


def lines(results: SweepResults, shown: Slice) -> list[Panel]:
    """The lines and the stack of a sweep along one axis."""
    scale, note = scale_of(shown.gathered, 0), _note(results)
    rows = sweep_lines.table([place[0] for place in shown.outcomes], list(shown.outcomes.values()))
    changes = end_to_end(results, shown)
    line = sweep_lines.figure(rows, changes, scale, note, _baseline(results, shown))
    area = sweep_area.figure(rows, changes, scale, note)
    sheet = sweep_lines.sheet(rows, scale)
    return [
        panel("lines", line, sheet, 12, sweep_lines.key(rows)),
        panel("stack", area, sheet, 12, sweep_area.key(rows)),
    ]


def end_to_end(results: SweepResults, shown: Slice) -> dict[Outcome, Estimate]:
    """How much more of each ending there is at the last value than at the first, run by run; the
    intervals hold for all endings at once."""
    first, last = (shown.gathered.places[end(shown.watched)] for end in (min, max))
    names = [outcome.word for outcome in Outcome]
    return dict(zip(Outcome, between(results, names, first, last, len(names)), strict=True))


def ends_apart(results: SweepResults, shown: Slice) -> Estimate:
    """How far the places with the least and the most of what is watched are apart, run by run; the
    interval is one of as many as there are pairs of places, all of which hold at once."""
    places = shown.gathered.places
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
    as one point has."""
    led = {}
    for place, shares in shown.outcomes.items():
        first, second = sorted(shares.values(), key=lambda share: -share.value)[:2]
        runs = round(float(results.tally.runs[shown.gathered.places[place]].mean()))
        led[place] = commoner(first, second, runs)
    return led


def scale_of(shown: Gathered, k: int) -> Scale:
    """How the values of an axis are said."""
    axis = shown.axes[k]
    if axis.parameter.kind in (Kind.NUMBER, Kind.COUNT):
        return Scale(axis.path)
    values = sorted({place[k] for place in shown.places})
    said = {value: as_written(axis.say(value)).replace("_", " ") for value in values}
    return Scale(axis.path, said)


def _note(results: SweepResults) -> Note:
    each = f"{_spanned(results.tally.runs)} model runs a point"
    return Note(results.runs, results.plan.seed, each)


def _pairs_note(compared: SweepComparison) -> Note:
    each = f"{_spanned(compared.pairs)} pairs of model runs a point"
    return Note(int(compared.pairs.sum()), compared.before.plan.seed, each)


def _spanned(counts: Any) -> str:
    """How many there are at any point that has some: ``60``, or ``50 to 200``."""
    there = sorted({int(count) for count in counts if count})
    ends = [f"{count:,}" for count in dict.fromkeys([*there[:1], *there[-1:]])]
    return " to ".join(ends) or "0"


def _baseline(results: SweepResults, shown: Slice) -> float | None:
    """Where the scenario itself stands on the only axis, if that is among what is shown."""
    value = results.plan.scenario.values.get(shown.axes[0].path)
    values = [place[0] for place in shown.watched]
    if value is None or not min(values) <= value.law.mean <= max(values):
        return None
    return value.law.mean
