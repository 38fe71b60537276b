"""Counterfactual: a run and its twin under a changed scenario with common random numbers."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from sim.text import plural
from sim.trace.events import TracedRun
from sim.trace.narrative import Chapter, ending, story


@dataclass(frozen=True)
class TwinRuns:
    """A run, and the run of the same number and seed under a changed scenario."""

    here: TracedRun
    there: TracedRun

    @property
    def parting(self) -> int | None:
        """The first month in which actions differ; None if they never do."""
        pairs = zip_longest(self.here.months, self.there.months)
        for number, (here, there) in enumerate(pairs):
            if here is None or there is None or here.deeds != there.deeds:
                return number
        return None

    def to_dict(self) -> dict[str, Any]:
        """The twin as plain data, with its months from the divergence on."""
        whole = self.there.to_dict()
        parting = self.parting
        whole["months"] = [] if parting is None else whole["months"][parting:]
        return {"parting": parting, "in_words": self.in_words(), **whole}

    def in_words(self) -> str:
        """A sentence on where the two runs diverge."""
        parting = self.parting
        if parting is None:
            return "The change makes no difference: every month has the same actions."
        if parting == 0:
            return "The two runs diverge at the start."
        same = f"are identical for {plural(parting - 1, 'month')} and " if parting > 1 else ""
        return f"The two runs {same}diverge in month {parting}."

    def chapters(self, full: bool = False) -> list[Chapter]:
        """The twin's chapters from the divergence on."""
        parting = self.parting
        if parting is None:
            return []
        return [chapter for chapter in story(self.there, full).chapters if chapter.month >= parting]

    def endings(self) -> tuple[str, str]:
        """The ending of each run."""
        return ending(self.here), ending(self.there)
