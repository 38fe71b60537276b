"""The debrief: four rounds of questions for a whole class."""

from __future__ import annotations

from dataclasses import dataclass

ROUNDS = {
    "happened": "What happened?",
    "usual": "How usual was it?",
    "why": "Why?",
    "limits": "Where is the model wrong, and what should nobody conclude?",
}


@dataclass(frozen=True, slots=True)
class DebriefQuestion:
    """A question to a class; ``step`` names the step that it is about, if it is about one."""

    ask: str
    step: str = ""


@dataclass(frozen=True, slots=True)
class Debrief:
    """The questions of each round, by the names in :data:`ROUNDS`."""

    rounds: dict[str, tuple[DebriefQuestion, ...]]
