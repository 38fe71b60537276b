"""The debrief: four rounds of questions for a whole class."""

from __future__ import annotations

from dataclasses import dataclass

from sim.lessons.step_text import StepText

ROUNDS = {
    "happened": "What happened?",
    "usual": "How usual was it?",
    "why": "Why?",
    "limits": "Where is the model wrong, and what should nobody conclude?",
}


@dataclass(frozen=True, slots=True)
class Debrief:
    """The questions of each round, by the names in :data:`ROUNDS`."""

    rounds: dict[str, tuple[StepText, ...]]
