"""The note that each student writes at the end."""

from __future__ import annotations

from dataclasses import dataclass

from sim.lessons.step_text import StepText


@dataclass(frozen=True, slots=True)
class ExitNote:
    """The sentence to finish, and what earns nought, one, two and three points of a rubric."""

    ask: StepText
    rubric: tuple[StepText, ...]
