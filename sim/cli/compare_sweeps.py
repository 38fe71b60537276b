"""``thinline compare`` of two folders: what one sweep has more of than the other, by point."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.cli.asked import again, asked
from sim.cli.output import emit, note, say, table
from sim.errors import UsageError

if TYPE_CHECKING:
    from sim.experiments.compare_sweeps import SweepComparison

SHOWN = 12


def are_folders(sources: Sequence[str]) -> bool:
    """Whether it is folders that are to be compared.

    Raises ``UsageError`` for folders other than two of sweeps, or beside scenarios.
    """
    if not any(Path(source).is_dir() for source in sources):
        return False
    from sim.experiments.sweep.store import holds_sweep

    # A folder is what made this about sweeps, so it is the first to be blamed.
    for source in sorted(sources, key=lambda source: not Path(source).is_dir()):
        if not holds_sweep(source):
            raise UsageError(f"{source} holds no sweep", "name scenarios, or two folders of sweeps")
    if len(sources) != 2:
        raise UsageError(f"{len(sources)} sweeps", "two sweeps can be compared")
    return True


def answer(
    sources: Sequence[str], said: Mapping[str, Any], figure: Path | None, as_json: bool
) -> None:
    """Compare two sweeps that were made before; ``said`` has the options that are of no use here.

    Raises ``UsageError`` for one of those, or for sweeps over different points.
    """
    from sim.experiments.compare_sweeps import compare_sweeps

    for option, value in said.items():
        if value:
            written = option.replace("_", "-")
            raise UsageError(f"--{written} has no use here: both were played", "leave it out")
    found = compare_sweeps(*sources)
    if figure:
        _draw(found, figure)
    if as_json:
        emit(found.document())
        return
    _tell(found)
    if not figure:
        note(f"Try next: {asked().adding('--figure', 'difference.html').command}")


def _draw(found: SweepComparison, figure: Path) -> None:
    from sim.experiments.files import storing
    from sim.report.sweep import write_comparison

    with storing(figure):
        write_comparison(found, figure, command=again(asked()), changes=_changes(found))
    note(f"Written: {figure}")


def _changes(found: SweepComparison) -> list[str]:
    """In words, where each of the two differs from the shipped scenario of its name."""
    from sim.cli.origin import set_in
    from sim.shipped import scenario_names

    scenarios = {str(each.folder): each.plan.scenario for each in (found.before, found.after)}
    changed = {
        folder: set_in(scenario, scenario.name)
        for folder, scenario in scenarios.items()
        if scenario.name in scenario_names()
    }
    return [f"{folder}: {'; '.join(told)}" for folder, told in changed.items() if told]


def _tell(found: SweepComparison) -> None:
    from sim.figures.wording import sentence, signed

    say(f"{sentence(found.sentence)}.")
    say()
    differences, design = found.differences, found.before.plan.design
    played = [k for k, pairs in enumerate(found.pairs) if pairs]
    played.sort(key=lambda k: -abs(differences[k].value))
    rows = [
        [*map(str, design.said(k).values()), f"{found.pairs[k]:,}", signed(differences[k])]
        for k in played[:SHOWN]
    ]
    headings = [*design.paths, "pairs", f"difference in {found.watch}, points"]
    table(headings, rows)
    say()
    rest = f", the {SHOWN} largest of {len(played):,} points" if len(played) > SHOWN else ""
    say(f"Run by run on the same luck, seed {found.before.plan.seed}{rest}; 95 % intervals")
