"""What was found of a valley: the thin line at each of several values of a second lever."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sim.errors import head
from sim.experiments.levers import is_worded, written
from sim.experiments.line import ThinLine
from sim.experiments.line_words import span
from sim.experiments.verdict import Verdict
from sim.figures.wording import number, plural, several

# Values that are listed one by one.
MOST_LISTED = 6

FOUND = {
    Verdict.INTERIOR: "there is a line: war is least at {sizes} times the pledged force ({reach} "
    "for all that {runs} a size can tell)",
    Verdict.MORE_IS_BETTER: "war is least at the upper end of the sizes tried",
    Verdict.MORE_IS_WORSE: "war is least at the lower end of the sizes tried",
    Verdict.NO_DIFFERENCE: "the size makes no difference of a percentage point",
    Verdict.UNDECIDED: "there are too few runs to tell",
}


@dataclass(frozen=True, slots=True)
class Valley:
    """The thin line at each of several values of a second lever, all on the same luck."""

    lever: str
    values: tuple[float, ...]
    lines: tuple[ThinLine, ...]

    def say(self, value: float) -> str:
        """A value as a reader sees it: a number, or the word of that rank."""
        return written(self.lever, value) if is_worded(self.lever) else number(value)

    @property
    def sentence(self) -> str:
        """At which values there is a line, and what is said of the others."""
        told = [self._found(verdict) for verdict in Verdict if self._having(verdict)]
        return f"with {self.lever} {'; '.join(told)}"

    def _having(self, verdict: Verdict) -> list[int]:
        return [k for k, line in enumerate(self.lines) if line.verdict is verdict]

    def _found(self, verdict: Verdict) -> str:
        having = self._having(verdict)
        lines = [self.lines[k] for k in having]
        sizes = [size for line in lines for size in line.least]
        ends = [end for line in lines for end in (line.minimum.low, line.minimum.high)]
        told = FOUND[verdict].format(
            sizes=span(min(sizes), max(sizes)),
            reach=span(min(ends), max(ends)),
            runs=plural(lines[0].runs, "run"),
        )
        return f"at {self._listed(having)}, {told}"

    def _listed(self, having: list[int]) -> str:
        if len(having) > MOST_LISTED:
            return f"{len(having):,} of {plural(len(self.values), 'value')}"
        return several([self.say(self.values[k]) for k in having])

    def document(self) -> dict[str, Any]:
        """The valley as plain data."""
        first = self.lines[0]
        lines = [
            {"value": value, **line.document()}
            for value, line in zip(self.values, self.lines, strict=True)
        ]
        return {
            **head("valley", first.scenario, first.runs, first.seed),
            "against": self.lever,
            "lines": lines,
            "sentence": self.sentence,
        }
