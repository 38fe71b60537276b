"""A text of a lesson that may be about one step, and is then only for plans that have the step."""

from __future__ import annotations

from dataclasses import dataclass

from sim.lessons.plan import LessonPlan


@dataclass(frozen=True, slots=True)
class StepText:
    """A text; ``step`` names the step that it is about, if it is about one.

    A plan without the step has ``otherwise`` instead, or nothing if that is empty.
    """

    text: str
    step: str = ""
    otherwise: str = ""

    def of(self, plan: LessonPlan) -> str:
        """The text in a plan."""
        return self.text if not self.step or plan.has(self.step) else self.otherwise

    def __str__(self) -> str:
        return self.text
