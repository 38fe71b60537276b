"""``thinline compare`` of two folders: what one sweep has more of than the other, by point."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.cli.output import emit, note, say, table
from sim.cli.studies import drawn
from sim.errors import UsageError

if TYPE_CHECKING:
    from sim.experiments.compare_sweeps import SweepComparison

SHOWN = 12


def are_folders(sources: Sequence[str]) -> bool:
    """Whether it is folders that are to be compared.

    Raises ``UsageError`` for folders other than two of sweeps, or beside scenarios.
    """
    if not any(map(os.path.isdir, sources)):
        return False
    from sim.experiments.sweep.store import holds_sweep

    # A folder is what made this about sweeps, so it is the first to be blamed.
    for source in sorted(sources, key=lambda source: not os.path.isdir(source)):
        if not holds_sweep(source):
            raise UsageError(f"{source} holds no sweep", "name scenarios, or two folders of sweeps")
    if len(sources) != 2:
        raise UsageError(f"{len(sources)} sweeps", "two sweeps can be compared")
    return True


def answer(
    sources: Sequence[str], said: Mapping[str, Any], figure: Path | None, as_json: bool
) -> int:
    """Compare two sweeps that were made before; ``said`` has the options that are of no use here.

    Raises ``UsageError`` for one of those, or for sweeps over different points.
    """
    from sim.experiments.compare_sweeps import compare_sweeps

    for option, value in said.items():
        if value is not None and value is not False and value != ():
            written = option.replace("_", "-")
            raise UsageError(f"--{written} has no use here: both were played", "leave it out")
    found = compare_sweeps(*sources)
    code = drawn(lambda file: _draw(found, file), figure)
    if as_json:
        emit(found.document())
        return code
    _tell(found)
    if not figure:
        note(f"Try next: thinline compare {' '.join(sources)} --figure difference.html")
    return code


def _draw(found: SweepComparison, file: Path) -> None:
    from sim.report.sweep import write_comparison

    write_comparison(found, file)


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
