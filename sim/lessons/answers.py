"""A student's answers, as written in a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Answers:
    """Answers and predictions by name, the length of the plan that they belong to, and the number
    of runs and the seed of the student's own runs."""

    lesson: str
    length: int
    count: int
    seed: int
    given: dict[str, Any]
    predictions: dict[str, Any]
