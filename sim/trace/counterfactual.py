"""The same luck with one thing changed: two runs, and the month in which they part."""

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
        """The first month in which something else is done; None if there is none."""
        pairs = zip_longest(self.here.months, self.there.months)
        for number, (here, there) in enumerate(pairs):
            if here is None or there is None or here.deeds != there.deeds:
                return number
        return None

    def to_dict(self) -> dict[str, Any]:
        """The twin as plain data, its months from the parting on."""
        whole = self.there.to_dict()
        parting = self.parting
        whole["months"] = [] if parting is None else whole["months"][parting:]
        return {"parting": parting, "in_words": self.in_words(), **whole}

    def in_words(self) -> str:
        """Where the two part, if they do."""
        parting = self.parting
        if parting is None:
            return "With that changed, the same is done in every month: nothing hung on it."
        alike = f"The two are alike for {plural(parting - 1, 'month')}" if parting > 1 else ""
        parts = f"they part in month {parting}" if parting else "they part at the start"
        return f"{alike} and {parts}." if alike else f"{parts.capitalize()}."

    def chapters(self, full: bool = False) -> list[Chapter]:
        """The twin's story from the parting on."""
        parting = self.parting
        if parting is None:
            return []
        return [chapter for chapter in story(self.there, full).chapters if chapter.month >= parting]

    def endings(self) -> tuple[str, str]:
        """How each ends."""
        return ending(self.here), ending(self.there)
