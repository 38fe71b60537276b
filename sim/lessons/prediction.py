"""A prediction that a class writes down before it sees a run."""

from __future__ import annotations

from dataclasses import dataclass

from sim.lessons.cell import LessonCell


@dataclass(frozen=True, slots=True)
class Prediction:
    """Numbers to predict, and the reason to give; it is scored by distance, never as right."""

    name: str
    ask: str
    of: tuple[LessonCell, ...]
    reason: str
