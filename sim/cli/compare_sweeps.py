"""``thinline compare`` of two folders: two sweeps over the same points, point by point."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import click

from sim.analysis.compare_sweeps import SweepComparison
from sim.analysis.compare_sweeps import compare_sweeps as compare_by_point
from sim.cli.console import print_note, print_rows
from sim.cli.invocation import current_invocation, reproduce_command
from sim.cli.options import present
from sim.cli.origin import changes_from
from sim.errors import UsageError
from sim.experiments.storage.folder_state import FolderState, folder_state, require_sweep
from sim.formatting import capitalise, format_change, join_and, plural
from sim.report.compare_sweeps import write_sweep_comparison
from sim.resources import scenario_names

# Rows of the table.
SHOWN = 12


def _is_scenario(source: str) -> bool:
    """Whether a shipped scenario is meant although there is a folder of its name, such as in
    ``results/``: the folder holds no sweep."""
    return source in scenario_names() and folder_state(Path(source)) is not FolderState.SWEEP


def are_folders(sources: Sequence[str]) -> bool:
    """Whether the sources are the folders of two sweeps.

    Raises ``UsageError`` for other folders, another number of them, or folders beside scenarios.
    """
    folders = [each for each in sources if os.path.isdir(each) and not _is_scenario(each)]
    if not folders:
        return False
    for folder in folders:
        require_sweep(Path(folder))
    if len(folders) < len(sources):
        other = next(source for source in sources if source not in folders)
        raise UsageError(
            f"{folders[0]} holds a sweep, and {other} is no folder",
            "name scenarios alone, or two folders of sweeps",
        )
    if len(sources) != 2:
        raise UsageError(
            f"{plural(len(sources), 'folder')} of sweeps: only two can be compared",
            "name two folders",
        )
    return True


def compare_folders(
    sources: Sequence[str], given: Mapping[str, Any], figure: Path | None, as_json: bool
) -> int:
    """Compare two finished sweeps; ``given`` has the options that do not apply to them.

    Raises ``UsageError`` for any of those, or for sweeps over different points.
    """
    unused = [
        f"--{option.replace('_', '-')}"
        for option, value in given.items()
        if value is not None and value is not False and value != ()
    ]
    if unused:
        do, them = ("does", "it") if len(unused) == 1 else ("do", "them")
        raise UsageError(
            f"{join_and(unused)} {do} not apply to finished sweeps", f"leave {them} out"
        )
    found = compare_by_point(*sources)
    return present(found, _write, partial(_print, is_drawn=figure is not None), figure, as_json)


def _write(found: SweepComparison, file: Path) -> None:
    scenarios = {str(each.folder): each.plan.scenario for each in (found.before, found.after)}
    changed = {
        folder: changes_from(scenario.name, scenario)
        for folder, scenario in scenarios.items()
        if scenario.name in scenario_names()
    }
    changes = [f"{folder}: {'; '.join(parts)}" for folder, parts in changed.items() if parts]
    command = reproduce_command(current_invocation())
    write_sweep_comparison(found, file, command=command, changes=changes)


def _print(found: SweepComparison, is_drawn: bool) -> None:
    click.echo(f"{capitalise(found.sentence)}.")
    click.echo()
    differences, design = found.differences, found.before.plan.design
    compared = [k for k, pairs in enumerate(found.pairs) if pairs]
    compared.sort(key=lambda k: -abs(differences[k].value))
    rows = [
        [*design.format_point(k), f"{found.pairs[k]:,}", format_change(differences[k])]
        for k in compared[:SHOWN]
    ]
    first, second = found.names
    headings = [*design.paths, "pairs", f"{found.watch}, {second} minus {first}, points"]
    print_rows(headings, rows)
    click.echo()
    for remark in found.notes:
        print_note(f"Note: {remark}.")
    rest = (
        f"; the {SHOWN} largest differences of {len(compared):,} points, all of them in --json"
        if len(compared) > SHOWN
        else ""
    )
    simultaneous = (
        f", simultaneous for all {found.n_comparisons:,} points" if found.n_comparisons > 1 else ""
    )
    click.echo(
        f"Run by run with the same random numbers, seed {found.before.plan.seed}{rest}; "
        f"95 % intervals{simultaneous}"
    )
    if not is_drawn:
        draw = current_invocation().with_option("--figure", "difference.html")
        print_note(f"Try next: {draw.command}")
