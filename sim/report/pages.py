"""A page of several figures, one under the other, that opens from disk."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sim.figures.wording import sentence
from sim.report.made import Made
from sim.report.page import write_page
from sim.report.panels import Panel


def write_panels(
    path: str | Path,
    name: str,
    made: Made,
    said: str,
    panels: Sequence[tuple[str, Panel]],
    notes: Sequence[str] = (),
    warnings: Sequence[str] = (),
) -> Path:
    """Write the page to ``path`` and return it; each panel comes with what it is about.

    Raises :class:`sim.experiments.files.CannotStore` where it cannot be written.
    """
    return write_page(
        path,
        "panels.html",
        name=name,
        made=made,
        sentence=f"{sentence(said)}.",
        panels=panels,
        notes=notes,
        warnings=warnings,
    )
