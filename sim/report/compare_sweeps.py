"""Two sweeps compared, as a page that opens from disk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sim.experiments.sweep.slices import Gathered, Place
from sim.experiments.sweep.summary import words_for
from sim.figures import sweep_difference
from sim.figures.theme import Note
from sim.figures.wording import sentence
from sim.report.made import Made, versions_said
from sim.report.page import write_page
from sim.report.panels import Panel, panel
from sim.report.reproduce import Again
from sim.report.slices import averaged, scale_of, spanned
from sim.statistics import Estimate

if TYPE_CHECKING:
    from sim.experiments.sweep_comparison import SweepComparison


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
    return write_page(
        path,
        "sweep.html",
        title="Two sweeps compared",
        name="Two sweeps compared",
        made=_both_made(compared, command, changes),
        sentence=f"{sentence(compared.sentence)}.",
        averaged=" ".join([*(f"{sentence(n)}." for n in compared.notes), averaged(gathered)]),
        panels=[_change(compared, gathered, differences)],
    )


def _both_made(compared: SweepComparison, command: str, changes: Sequence[str]) -> Made:
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
        ("Versions of the page", versions_said()),
        *((f"Digest of the {nth.lower()}", each.made.digest) for nth, each in sweeps.items()),
    ]
    again = Again(command, tuple(facts))
    return Made(" → ".join(compared.names), note.counted, note.seed, changes, again)


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


def _pairs_note(compared: SweepComparison) -> Note:
    each = f"{spanned(compared.pairs)} pairs of model runs a point"
    return Note(int(compared.pairs.sum()), compared.before.plan.seed, each)
