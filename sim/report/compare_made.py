"""How a comparison was made: its runs, its seed, and the digests of its scenarios."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sim.figures.theme import Note
from sim.figures.wording import plural, several
from sim.report.made import Made, versions_said
from sim.report.reproduce import Again

if TYPE_CHECKING:
    from sim.experiments.comparison import Comparison
    from sim.scenario.model import Scenario


def made(found: Comparison, command: str, names: Sequence[str], changes: Sequence[str]) -> Made:
    """How the comparison was made, with the digests of the scenarios named."""
    scenarios = {name: found.results[name].scenario for name in names}
    note = note_of(found)
    again = Again(
        command,
        (
            ("Model runs of each", f"{found.runs:,}"),
            ("Seed, the same for all", str(found.seed)),
            ("Horizon", _horizons(list(scenarios.values()))),
            ("Versions", versions_said()),
            *((f"Digest of {name}", each.digest) for name, each in scenarios.items()),
        ),
    )
    return Made(found.baseline, note.counted, found.seed, changes, again)


def _horizons(scenarios: list[Scenario]) -> str:
    return several([plural(m, "month") for m in dict.fromkeys(each.months for each in scenarios)])


def note_of(found: Comparison) -> Note:
    """How many runs there are of each scenario, and altogether."""
    total = found.runs * (1 + len(found.pairs))
    return Note(total, found.seed, f"{found.runs:,} model runs of each")
