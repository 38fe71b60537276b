"""The page of two sweeps compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sim.experiments.designs import ONE_AT_A_TIME
from sim.experiments.sweep.slices import GroupedPoints, Place, PointCloud, slices_of
from sim.experiments.sweep.summary import describe_outcome
from sim.figures.heatmaps import CellChange
from sim.figures.sweep_points import SweepDifferences
from sim.figures.theme import Note
from sim.formatting import capitalise, format_change
from sim.report.labels import factor_words, in_words, scenario_labels
from sim.report.page import write_page
from sim.report.panels import Panel, panel
from sim.report.reproduce import PageProvenance, Reproduction, format_versions
from sim.report.sweep import (
    alone,
    describe_averaging,
    not_averaged,
    point_values,
    scale_of,
    scales_of,
    share_map,
    spanned,
    value_headings,
)
from sim.statistics import Estimate
from sim.tables import Table

if TYPE_CHECKING:
    from sim.analysis.compare_sweeps import SweepComparison


SURFACE = "surface-"


def write_sweep_comparison(
    compared: SweepComparison,
    path: str | Path,
    axes: Sequence[str] | None = None,
    command: str = "",
    changes: Sequence[str] = (),
) -> Path:
    """Write the page of two sweeps compared, along one or two axes, to ``path`` and return it.

    ``command`` reproduces it; ``changes`` describes the overrides of each sweep.
    """
    panels, remarks = difference_views(compared, axes)
    return write_page(
        path,
        "sweep.html",
        title="Two sweeps compared",
        pair=[panel.name for panel in panels if panel.name.startswith(SURFACE)],
        made=_both_made(compared, command, changes),
        sentence=f"{capitalise(in_words(compared.sentence, _words(compared)))}.",
        averaged=" ".join([*(f"{capitalise(n)}." for n in compared.notes), remarks]),
        panels=panels,
        warnings=(),
    )


def _both_made(compared: SweepComparison, command: str, changes: Sequence[str]) -> PageProvenance:
    """The provenance of both sweeps."""
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
    title = " → ".join(_versions(compared))
    return PageProvenance(
        " → ".join(compared.names), title, note.counted, note.seed, changes, again
    )


def difference_views(
    compared: SweepComparison, axes: Sequence[str] | None = None
) -> tuple[list[Panel], str]:
    """The charts and remarks on them, as for a single sweep."""
    plan = compared.before.plan
    if not plan.design.is_stepped:
        cloud = compared.scattered(axes)
        return [_dots(compared, cloud)], not_averaged(cloud)
    slices = compared.along(axes)
    many = len(slices) > 1
    panels = [_change(compared, *each, k, many) for k, each in enumerate(slices)]
    if not many and len(slices[0][0].axes) == 2:
        panels += _surfaces(compared, axes)
    shown_of = [shown for shown, _ in slices]
    remarks = (
        alone(plan, shown_of)
        if plan.design.method == ONE_AT_A_TIME
        else describe_averaging(shown_of[0])
    )
    return panels, remarks


def _surfaces(compared: SweepComparison, axes: Sequence[str] | None) -> list[Panel]:
    """The shares of both sweeps, in the same colours, to be shown beside their difference."""
    sweeps = compared.before, compared.after
    slices = [slices_of(sweep, axes)[0] for sweep in sweeps]
    titles = _versions(compared)
    return [
        share_map(sweep, shown, f"{SURFACE}{k}", also=list(other.watched.values()), of_title=title)
        for k, (sweep, shown, other, title) in enumerate(
            zip(sweeps, slices, reversed(slices), titles, strict=True)
        )
    ]


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
    by_place = {(place[-1], place[0] if across else 0.0): d for place, d in differences.items()}
    along = up.name if many else ""
    chart = SweepDifferences.of(
        by_place, describe_outcome(compared.watch), _versions(compared), up, across, along
    )
    return panel(f"difference-{k}", chart, _pairs_note(compared))


def _dots(compared: SweepComparison, shown: PointCloud) -> Panel:
    """A dot per point, the first axis across; with one axis, the difference is the height."""
    plan, scales, differences = compared.before.plan, scales_of(shown), compared.differences
    across, up = scales if len(scales) == 2 else (None, scales[0])
    placed = zip(shown.points[shown.placed].tolist(), shown.values[shown.placed], strict=True)
    rows = [
        CellChange(
            float(place[-1]),
            float(place[0]) if across else 0.0,
            differences[point],
            differences[point].excludes_zero,
        )
        for point, place in placed
    ]
    table = Table(
        ("point", *value_headings(plan.design), "difference (95 % interval)"),
        tuple(
            (
                str(point),
                *point_values(plan.design, point, plan.scenario),
                format_change(differences[point], " points"),
            )
            for point in shown.points.tolist()
        ),
    )
    chart = SweepDifferences(
        rows, describe_outcome(compared.watch), _versions(compared), up, across, scattered=True
    )
    return panel("difference-0", chart, _pairs_note(compared), table=table)


def _versions(compared: SweepComparison) -> tuple[str, str]:
    """Labels of both sweeps: the titles of their scenarios, or what the second changes."""
    sweeps = zip(compared.names, (compared.before, compared.after), strict=True)
    first, second = scenario_labels({name: sweep.plan.scenario for name, sweep in sweeps}).values()
    return first, second


def _words(compared: SweepComparison) -> dict[str, str]:
    """Readers' words for the folders of the sweeps and for the parameters."""
    first, second = compared.names
    return {
        f"compared with {first}, {second} has": "compared with the first sweep, the second has",
        **factor_words(compared.before.plan.design.paths),
    }


def _pairs_note(compared: SweepComparison) -> Note:
    each = f"{spanned(compared.pairs)} pairs of model runs a point"
    return Note(int(compared.pairs.sum()), compared.before.plan.seed, each)
