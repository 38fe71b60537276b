"""A line of a legend: a name, and how what it stands for looks."""

from __future__ import annotations

from typing import NamedTuple

from sim.enums import Outcome

MARKS = {
    "circle": "●",
    "square": "■",
    "diamond": "◆",
    "triangle-up": "▲",
    "triangle-down": "▼",
    "cross": "✚",
    "circle-open": "○",
    "diamond-open": "◇",
    "line-ns-open": "❘",
    "star-open": "☆",
}


class Sign(NamedTuple):
    """A name with its colour, and with the pattern of an area, the dash of a line, or the shape of
    a dot as a letter."""

    name: str
    colour: str
    pattern: str = ""
    dash: str = ""
    mark: str = ""


def area(outcome: Outcome) -> Sign:
    """An ending as an area: its colour and pattern."""
    return Sign(outcome.label, outcome.style.colour, pattern=outcome.style.pattern)


def dot(name: str, colour: str, shape: str) -> Sign:
    """A dot of a shape, as the figures call it."""
    return Sign(name, colour, mark=MARKS[shape])
