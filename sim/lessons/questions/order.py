"""A question for an order, in which cells whose intervals overlap may be tied."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Any, ClassVar

from sim.lessons.cell import LessonCell
from sim.lessons.observed import Observed
from sim.lessons.questions.question import Question
from sim.lessons.questions.verdict import AnswerVerdict, MarkedAnswer

Groups = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class OrderQuestion(Question):
    """Which cell is lowest, which next, and which cannot be told apart?"""

    kind: ClassVar[str] = "order"
    cells: ClassVar[str] = "two cells or more, such as [small.war, large.war]"

    @property
    def how(self) -> str:
        """How an answer is written."""
        return (
            f"the names from lowest to highest, such as [{', '.join(self.options)}]; "
            f"join names that cannot be told apart with =, such as {' = '.join(self.options[:2])}"
        )

    def fault(self) -> str:
        """What is wrong with the question's cells or claim; empty if nothing is."""
        if len(self.of) < 2:
            return f"{len(self.of)} cells"
        return "" if self.parse(self.expect) else "a claim that does not name each cell once"

    def answer(self, key: Observed) -> str:
        """The cells from lowest to highest; ``≈`` joins neighbours whose intervals overlap."""
        ranked = sorted(self.of, key=lambda cell: key.estimate(cell).value)
        words = [f"{self._name(ranked[0])} ({key.text(ranked[0])})"]
        for below, above in pairwise(ranked):
            sign = "≈" if _overlap(below, above, key) else "<"
            words.append(f"{sign} {self._name(above)} ({key.text(above)})")
        return " ".join(words)

    def drift(self, key: Observed) -> str:
        """The first pair that contradicts the claim; empty if there is none."""
        groups = self.parse(self.expect)
        for below, above in self._pairs(groups or ()):
            if not _below(below, above, key):
                return f"{self._name(below)} < {self._name(above)} is claimed: {self.answer(key)}"
        for one, other in self._ties(groups or ()):
            if not _overlap(one, other, key):
                return f"{self._name(one)} = {self._name(other)} is claimed: {self.answer(key)}"
        return ""

    def parse(self, given: Any) -> Groups | None:
        """The groups of tied names, lowest first; ``None`` unless each name is there once."""
        text = str(given) if not isinstance(given, list | tuple) else "<".join(map(_joined, given))
        parts = [part.split("=") for part in re.split(r"[<,]", text)]
        groups = tuple(tuple(name.strip(" []'\"") for name in part) for part in parts)
        names = [name for group in groups for name in group]
        return groups if sorted(names) == sorted(self.options) else None

    def mark_parsed(self, parsed: Any, own: Observed, key: Observed) -> MarkedAnswer:
        """Right unless the student's own intervals, and the key's, exclude a pair of it."""
        if not all(self._conflict(parsed, seen) for seen in (own, key)):
            return MarkedAnswer(AnswerVerdict.RIGHT, f"your runs: {self.answer(own)}")
        if len(parsed) > 1 and not self._conflict(parsed[::-1], key):
            return MarkedAnswer(
                AnswerVerdict.WRONG, "this is the order from highest to lowest: turn it round"
            )
        return MarkedAnswer(
            AnswerVerdict.WRONG, self._conflict(parsed, own) or self._conflict(parsed, key)
        )

    def _conflict(self, groups: Groups, seen: Observed) -> str:
        """A pair that the intervals exclude, in words; empty if there is none."""
        for below, above in self._pairs(groups):
            if _below(above, below, seen):
                return (
                    f"{self._name(below)} is not below {self._name(above)}: "
                    f"{seen.level(below)} against {seen.level(above)}"
                )
        for one, other in self._ties(groups):
            if not _overlap(one, other, seen):
                return (
                    f"{self._name(one)} and {self._name(other)} can be told apart: their intervals "
                    f"do not overlap, {seen.level(one)} against {seen.level(other)}"
                )
        return ""

    def _pairs(self, groups: Groups) -> Iterator[tuple[LessonCell, LessonCell]]:
        for lower, higher in combinations(groups, 2):
            for below in lower:
                for above in higher:
                    yield self._cell(below), self._cell(above)

    def _ties(self, groups: Groups) -> Iterator[tuple[LessonCell, LessonCell]]:
        for group in groups:
            for one, other in combinations(group, 2):
                yield self._cell(one), self._cell(other)

    def _cell(self, name: str) -> LessonCell:
        return self.of[self.options.index(name)]

    def _name(self, cell: LessonCell) -> str:
        return self.options[self.of.index(cell)]


def _joined(item: Any) -> str:
    return "=".join(map(str, item)) if isinstance(item, list | tuple) else str(item)


def _below(one: LessonCell, other: LessonCell, seen: Observed) -> bool:
    return seen.estimate(one).high < seen.estimate(other).low


def _overlap(one: LessonCell, other: LessonCell, seen: Observed) -> bool:
    return not _below(one, other, seen) and not _below(other, one, seen)
