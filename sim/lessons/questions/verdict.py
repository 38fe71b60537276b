"""The mark of an answer: a verdict with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class AnswerVerdict(StrEnum):
    """The verdict on an answer; open text is ``not marked``."""

    RIGHT = "right"
    WRONG = "not right"
    UNREADABLE = "cannot be read"
    MISSING = "missing"
    OPEN = "not marked"


@dataclass(frozen=True, slots=True)
class MarkedAnswer:
    """The verdict on an answer, and the reason."""

    verdict: AnswerVerdict
    reason: str
