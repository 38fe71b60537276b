"""Two sweeps compared, as a page that opens from disk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sim.experiments.designs import ONE_AT_A_TIME
from sim.experiments.sweep.slices import GroupedPoints, Place, PointCloud
from sim.experiments.sweep.summary import describe_outcome
from sim.figures import sweep_difference
from sim.figures.more_or_less import Change, hedged
from sim.figures.sheet import Sheet
from sim.figures.theme import Note
from sim.report.page import write_page
from sim.report.panels import Panel, panel
from sim.report.reproduce import PageProvenance, Reproduction, format_versions
from sim.report.sweep import (
    alone,
    averaged,
    headings,
    not_averaged,
    scale_of,
    scales_of,
    spanned,
    values_said,
)
from sim.statistics import Estimate
from sim.text import capitalise

if TYPE_CHECKING:
    from sim.analysis.compare_sweeps import SweepComparison


def write_sweep_comparison(
    compared: SweepComparison,
    path: str | Path,
    axes: Sequence[str] | None = None,
    command: str = "",
    changes: Sequence[str] = (),
) -> Path:
    """Write the page of two sweeps compared, along one or two axes, to ``path`` and return it.

    ``command`` makes it again, ``changes`` says in words what was set in which of them.
    """
    panels, said = _views(compared, axes)
    return write_page(
        path,
        "sweep.html",
        title="Two sweeps compared",
        name="Two sweeps compared",
        made=_both_made(compared, command, changes),
        sentence=f"{capitalise(compared.sentence)}.",
        averaged=" ".join([*(f"{capitalise(n)}." for n in compared.notes), said]),
        panels=panels,
    )


def _both_made(compared: SweepComparison, command: str, changes: Sequence[str]) -> PageProvenance:
    """How the two sweeps were made that are compared."""
    sweeps = {"First": compared.before, "Second": compared.after}
    note = _pairs_note(compared)
    facts = [
        *(
            (f"{nth} sweep", f"{each.plan.scenario.name}, in {each.folder}")
            for nth, each in sweeps.items()
        ),
        ("Pairs of runs", note.counted),
        ("Seed", str(note.seed)),
        *((f"Versions of the {nth.lower()}", each.made.packages) for nth, each in sweeps.items()),
        ("Versions of the page", format_versions()),
        *((f"Digest of the {nth.lower()}", each.made.digest) for nth, each in sweeps.items()),
    ]
    again = Reproduction(command, tuple(facts))
    return PageProvenance(" → ".join(compared.names), note.counted, note.seed, changes, again)


def _views(compared: SweepComparison, axes: Sequence[str] | None) -> tuple[list[Panel], str]:
    """The pictures, and what has to be said of them: as of a single sweep."""
    plan = compared.before.plan
    if not plan.design.is_stepped:
        shown = compared.scattered(axes)
        return [_dots(compared, shown)], not_averaged(shown)
    slices = compared.along(axes)
    many = len(slices) > 1
    panels = [_change(compared, *each, k, many) for k, each in enumerate(slices)]
    shown_of = [shown for shown, _ in slices]
    said = alone(plan, shown_of) if plan.design.method == ONE_AT_A_TIME else averaged(shown_of[0])
    return panels, said


def _change(
    compared: SweepComparison,
    gathered: GroupedPoints,
    differences: Mapping[Place, Estimate],
    k: int,
    many: bool,
) -> Panel:
    """The surface of differences, the first axis across; with one axis the line."""
    scales = [scale_of(gathered, axis) for axis in range(len(gathered.axes))]
    across, up = scales if len(scales) == 2 else (None, scales[0])
    rows = sweep_difference.table(
        {(place[-1], place[0] if across else 0.0): each for place, each in differences.items()}
    )
    note, along = _pairs_note(compared), up.name if many else ""
    drawn = sweep_difference.figure(rows, _more(compared), up, across, note, along=along)
    sheet = sweep_difference.sheet(rows, up, across)
    return panel(f"difference-{k}", drawn, sheet, 12, sweep_difference.key(rows))


def _dots(compared: SweepComparison, shown: PointCloud) -> Panel:
    """A dot a point, the first axis across; with one axis against that."""
    plan, scales, differences = compared.before.plan, scales_of(shown), compared.differences
    across, up = scales if len(scales) == 2 else (None, scales[0])
    placed = zip(shown.points[shown.placed].tolist(), shown.values[shown.placed], strict=True)
    rows = [
        Change(
            float(place[-1]),
            float(place[0]) if across else 0.0,
            differences[point],
            differences[point].excludes_zero,
        )
        for point, place in placed
    ]
    note, what = _pairs_note(compared), _more(compared)
    drawn = sweep_difference.figure(rows, what, up, across, note, scattered=True)
    sheet = Sheet(
        ("point", *headings(plan.design), "difference, points"),
        tuple(
            (
                str(point),
                *values_said(plan.design, point, plan.scenario),
                hedged(differences[point]),
            )
            for point in shown.points.tolist()
        ),
    )
    return panel("difference-0", drawn, sheet, 12, sweep_difference.key(rows))


def _more(compared: SweepComparison) -> str:
    """More of what, and in which sweep."""
    first, second = compared.names
    return f"{describe_outcome(compared.watch)} in {second} than in {first}"


def _pairs_note(compared: SweepComparison) -> Note:
    each = f"{spanned(compared.pairs)} pairs of model runs a point"
    return Note(int(compared.pairs.sum()), compared.before.plan.seed, each)
