"""``thinline compare`` of two folders: what one sweep has more of than the other, by point."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.cli.console import note, say, table
from sim.cli.invocation import again, asked
from sim.cli.options import answer
from sim.errors import UsageError
from sim.text import join_and, plural

if TYPE_CHECKING:
    from sim.analysis.compare_sweeps import SweepComparison

SHOWN = 12


def are_folders(sources: Sequence[str]) -> bool:
    """Whether it is folders that are to be compared.

    Raises ``UsageError`` for folders other than two of sweeps, or beside scenarios.
    """
    # What the system cannot look up is no folder either.
    folders = [source for source in sources if os.path.isdir(source)]
    if not folders:
        return False
    from sim.experiments.storage.manifest import require_sweep

    for folder in folders:
        require_sweep(Path(folder))
    if len(folders) < len(sources):
        other = next(source for source in sources if source not in folders)
        raise UsageError(
            f"{folders[0]} holds a sweep, and {other} is no folder",
            "name scenarios alone, or two folders of sweeps",
        )
    if len(sources) != 2:
        told = plural(len(sources), "folder")
        raise UsageError(f"{told} of sweeps: they are compared two by two", "name two folders")
    return True


def compare_folders(
    sources: Sequence[str], said: Mapping[str, Any], figure: Path | None, as_json: bool
) -> int:
    """Compare two sweeps that were made before; ``said`` has the options that are of no use here.

    Raises ``UsageError`` for all of those at once, or for sweeps over different points.
    """
    from sim.analysis.compare_sweeps import compare_sweeps

    useless = [
        f"--{option.replace('_', '-')}"
        for option, value in said.items()
        if value is not None and value is not False and value != ()
    ]
    if useless:
        have, them = ("has", "it") if len(useless) == 1 else ("have", "them")
        raise UsageError(
            f"{join_and(useless)} {have} no use here: both sweeps were played", f"leave {them} out"
        )
    found = compare_sweeps(*sources)
    return answer(found, _write, partial(_tell, is_drawn=figure is not None), figure, as_json)


def _write(found: SweepComparison, file: Path) -> None:
    from sim.report.compare_sweeps import write_sweep_comparison

    write_sweep_comparison(found, file, command=again(asked()), changes=_changes(found))


def _changes(found: SweepComparison) -> list[str]:
    """In words, where each of the two differs from the shipped scenario of its name."""
    from sim.cli.invocation import set_in
    from sim.resources import scenario_names

    scenarios = {str(each.folder): each.plan.scenario for each in (found.before, found.after)}
    changed = {
        folder: set_in(scenario, scenario.name)
        for folder, scenario in scenarios.items()
        if scenario.name in scenario_names()
    }
    return [f"{folder}: {'; '.join(told)}" for folder, told in changed.items() if told]


def _tell(found: SweepComparison, is_drawn: bool) -> None:
    from sim.text import capitalise, format_change

    say(f"{capitalise(found.sentence)}.")
    say()
    differences, design = found.differences, found.before.plan.design
    played = [k for k, pairs in enumerate(found.pairs) if pairs]
    played.sort(key=lambda k: -abs(differences[k].value))
    rows = [
        [*design.format_point(k), f"{found.pairs[k]:,}", format_change(differences[k])]
        for k in played[:SHOWN]
    ]
    first, second = found.names
    headings = [*design.paths, "pairs", f"{found.watch} in {second} less {first}, points"]
    table(headings, rows)
    say()
    for remark in found.notes:
        note(f"Note: {remark}.")
    rest = f", the {SHOWN} largest of {len(played):,} points" if len(played) > SHOWN else ""
    together = (
        f" that hold for all {found.n_comparisons:,} points at once"
        if found.n_comparisons > 1
        else ""
    )
    say(
        f"Run by run on the same luck, seed {found.before.plan.seed}{rest}; 95 % "
        f"intervals{together}"
    )
    if not is_drawn:
        note(f"Try next: {asked().adding('--figure', 'difference.html').command}")
