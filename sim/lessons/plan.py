"""Plans of a lesson: the minutes of its parts, in three lengths."""

from __future__ import annotations

from dataclasses import dataclass

LENGTHS = (20, 50, 90)
READ, PREDICT, DEBRIEF, EXIT = "read", "predict", "debrief", "exit"
LEAST_DEBRIEF = 0.25


@dataclass(frozen=True, slots=True)
class LessonPlan:
    """The minutes of each part in a plan of ``length`` minutes; parts left out have none."""

    length: int
    minutes: dict[str, int]

    @property
    def answers_file(self) -> str:
        """The name of the file for the answers of a student."""
        return f"answers_{self.length}.yaml"

    def has(self, part: str) -> bool:
        """Whether the plan has a part."""
        return part in self.minutes
