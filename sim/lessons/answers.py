"""A student's answers, as written in a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Answers:
    """Answers and predictions by name, and the number of runs and the seed behind them."""

    lesson: str
    count: int
    seed: int
    given: dict[str, Any]
    predictions: dict[str, Any]
