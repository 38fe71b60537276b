"""A question for a number. An answer is right if it lies in the interval of the key or of the
student's own runs."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Any, ClassVar

from sim.experiments.measures import Measure
from sim.formatting import join_and
from sim.lessons.cell import LessonCell
from sim.lessons.observed import Observed
from sim.lessons.questions.question import Question
from sim.lessons.questions.verdict import AnswerVerdict, MarkedAnswer
from sim.model.outcomes import SHARES
from sim.statistics import Estimate

NUMBER = re.compile(r"\s*([-+]?\d+(?:[.,]\d+)?)\s*(?:%|per cent|percent)?\s*\Z")


@dataclass(frozen=True, slots=True)
class NumberQuestion(Question):
    """How large is one cell? It makes no claim: the key is whatever the model shows."""

    kind: ClassVar[str] = "number"
    cells: ClassVar[str] = "one cell, such as [pledged.war]"

    @property
    def how(self) -> str:
        """How an answer is written."""
        return "a number in per cent, such as 12.5" if self.is_share else "a number, such as 2.4"

    @property
    def _cell(self) -> LessonCell:
        return self.of[0]

    @property
    def is_share(self) -> bool:
        """Whether the number is a share, in per cent."""
        return bool(self.of) and Measure(self._cell.measure).is_share

    def fault(self) -> str:
        """What is wrong with the question's cells or claim; empty if nothing is."""
        if len(self.of) != 1:
            return f"{len(self.of)} cells"
        return "" if self.expect is None else "a claim: the number is computed"

    def answer(self, key: Observed) -> str:
        """The cell with its interval."""
        return key.level(self._cell)

    def drift(self, key: Observed) -> str:
        """Empty, because the question makes no claim."""
        return ""

    def parse(self, given: Any) -> float | None:
        """The number; a comma may stand for the point, and a per cent sign may follow."""
        found = NUMBER.match(str(given))
        return float(found[1].replace(",", ".")) if found else None

    def mark_parsed(self, parsed: Any, own: Observed, key: Observed) -> MarkedAnswer:
        """Right if it lies in the interval of the key or of the student's own runs."""
        seen = [self._scaled(each, self._cell) for each in (own, key)]
        if any(_inside(parsed, each) for each in seen):
            return MarkedAnswer(AnswerVerdict.RIGHT, f"your runs: {own.level(self._cell)}")
        return MarkedAnswer(
            AnswerVerdict.WRONG, self._likely(parsed, own) or self._distance(parsed, own)
        )

    def shows(self, parsed: Any, misread: Any, own: Observed) -> bool:
        """Whether the number is that of the cell which a misreading takes for this one."""
        run, _, measure = str(misread).partition(".")
        return _inside(parsed, self._scaled(own, LessonCell(run, measure)))

    def _scaled(self, seen: Observed, cell: LessonCell) -> Estimate:
        scale = Measure(cell.measure).scale
        return Estimate(*(scale * number for number in seen.estimate(cell)))

    def _likely(self, parsed: float, own: Observed) -> str:
        """The mistake that explains the number, if the number shows it."""
        if self.is_share and parsed <= 1 and _inside(100 * parsed, self._scaled(own, self._cell)):
            return "this is the share as a fraction: write it in per cent"
        for measure in SHARES if self._cell.measure in SHARES else ():
            other = LessonCell(self._cell.run, measure)
            if other != self._cell and _inside(parsed, self._scaled(own, other)):
                return f"this is the line '{other.label}', not '{self._cell.label}'"
        others = [LessonCell(run, self._cell.measure) for run in own.runs if run != self._cell.run]
        for other in others:
            if _inside(parsed, self._scaled(own, other)):
                return self._other_run(other, own)
        return ""

    def _other_run(self, other: LessonCell, own: Observed) -> str:
        here, there = own.runs[self._cell.run], own.runs[other.run]
        extra = [each for each in there.settings if each not in here.settings]
        lacking = [each for each in here.settings if each not in there.settings]
        slips = [f"leave out {join_and(extra)}"] if extra else []
        slips += [f"set {join_and(lacking)}"] if lacking else []
        return f"this is what the run '{there.label}' gives: {join_and(slips) or here.command}"

    def _distance(self, parsed: float, own: Observed) -> str:
        low, high = self._scaled(own, self._cell)[1:]
        off = low - parsed if parsed < low else parsed - high
        unit = " points" if self.is_share else ""
        side = "below" if parsed < low else "above"
        return (
            f"{off:.2g}{unit} {side} the interval of your runs, {own.level(self._cell)}; "
            f"run it again: {own.runs[self._cell.run].command}"
        )


def _inside(number: float, interval: Estimate) -> bool:
    """Whether a number, which may be rounded to a whole one, lies inside."""
    slack = 0.5 if number == math.floor(number) and interval.width > 1 else 0.05
    return interval.low - slack <= number <= interval.high + slack
