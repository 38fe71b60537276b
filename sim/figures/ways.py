"""The ways a run can go that are set side by side: its seven endings, and the roads to war."""

from __future__ import annotations

from typing import NamedTuple

from sim.enums import Outcome
from sim.figures.thin_line import COLOURS, CURVES, NAMES


class Way(NamedTuple):
    """A word as it stands in data, with its name for a reader and its colour."""

    word: str
    label: str
    colour: str


WAYS = (
    *(Way(outcome.word, outcome.label, outcome.style.colour) for outcome in Outcome),
    *(Way(curve, NAMES[curve], COLOURS[curve]) for curve in CURVES),
)
LABELS = {way.word: way.label for way in WAYS}
WAR = "war"


def place(word: str) -> int:
    """Where a word comes in the order of ``WAYS``."""
    return list(LABELS).index(word)
