"""The note that each student writes at the end."""

from __future__ import annotations

from dataclasses import dataclass

from sim.lessons.step_text import StepText


@dataclass(frozen=True, slots=True)
class ExitNote:
    """The sentence to finish, and a rubric for 0, 1, 2 and 3 points."""

    ask: StepText
    rubric: tuple[StepText, ...]
