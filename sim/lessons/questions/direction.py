"""A question for the direction in which a measure changes from run to run."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Any, ClassVar

from sim.experiments.measures import Measure
from sim.lessons.cell import LessonCell
from sim.lessons.observed import Observed
from sim.lessons.questions.question import Question
from sim.lessons.questions.verdict import AnswerVerdict, MarkedAnswer

SAME = "same"
DIRECTIONS: dict[str, tuple[int, ...]] = {
    "rises": (1,),
    "falls": (-1,),
    SAME: (),
    "falls then rises": (-1, 1),
    "rises then falls": (1, -1),
}


@dataclass(frozen=True, slots=True)
class DirectionQuestion(Question):
    """Does a measure rise or fall along the cells, in their order?"""

    kind: ClassVar[str] = "direction"
    cells: ClassVar[str] = "two cells or more, such as [small.war, large.war]"

    @property
    def how(self) -> str:
        """How an answer is written."""
        return f"one of: {', '.join(self.words)}"

    @property
    def words(self) -> tuple[str, ...]:
        """The directions; with only two cells, those without a turning point."""
        return tuple(DIRECTIONS) if len(self.of) > 2 else tuple(DIRECTIONS)[:3]

    def fault(self) -> str:
        """What is wrong with the question's cells or claim; empty if nothing is."""
        if len(self.of) < 2:
            return f"{len(self.of)} cells"
        return "" if self.expect in DIRECTIONS else f"the claim {self.expect!r:.40}"

    def answer(self, key: Observed) -> str:
        """The direction, with the values along it and the change from end to end."""
        values = " → ".join(map(key.text, self.of))
        measure = Measure(self.of[0].measure)
        change, interval = measure.cell(key.difference(self.of[-1], self.of[0])).split(" ", 1)
        unit = " points" if measure.is_share else ""
        return f"{direction(self.of, key)}: {values}; from first to last {change}{unit} {interval}"

    def drift(self, key: Observed) -> str:
        """How the model contradicts the claim; empty if it does not."""
        found = direction(self.of, key)
        return "" if found == self.expect else f"{self.expect} is claimed, the model: {found}"

    def parse(self, given: Any) -> str | None:
        """The direction's word; a form such as ``falls, then rises`` is also accepted."""
        word = " ".join(str(given).lower().replace(",", " ").split())
        return word if word in DIRECTIONS else None

    def mark_parsed(self, parsed: Any, own: Observed, key: Observed) -> MarkedAnswer:
        """Right if the student's own runs or the key's runs show it."""
        mine, full = direction(self.of, own), direction(self.of, key)
        values = " → ".join(map(own.text, self.of))
        if parsed == full:
            return MarkedAnswer(AnswerVerdict.RIGHT, f"your runs: {values}")
        if parsed == mine:
            seen = "are too few to tell" if parsed == SAME else "show it"
            whole = "stays the same" if full == SAME else full
            reason = f"your runs {seen} ({values}); in the key's the measure {whole}"
            return MarkedAnswer(AnswerVerdict.RIGHT, reason)
        return MarkedAnswer(AnswerVerdict.WRONG, f"look at '{self.of[0].label}' in order: {values}")


def direction(cells: tuple[LessonCell, ...], seen: Observed) -> str:
    """The direction in which the cells change, counting changes whose intervals exclude zero."""
    steps = [_sign(after, before, seen) for before, after in itertools.pairwise(cells)]
    turns = [sign for sign in steps if sign]
    if not turns:
        turns = [sign] if (sign := _sign(cells[-1], cells[0], seen)) else []
    merged = tuple(sign for k, sign in enumerate(turns) if k == 0 or sign != turns[k - 1])
    words = {signs: word for word, signs in DIRECTIONS.items()}
    return words.get(merged, "turns more than once")


def _sign(after: LessonCell, before: LessonCell, seen: Observed) -> int:
    change = seen.difference(after, before)
    if not change.excludes_zero:
        return 0
    return 1 if change.value > 0 else -1
