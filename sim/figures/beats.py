"""A run month by month, as the figure of its lanes reads it."""

from __future__ import annotations

from enum import IntEnum, StrEnum
from typing import NamedTuple


class Step(IntEnum):
    """How far things go in a month."""

    QUIET = 0
    PROBE = 1
    STRIKE = 2
    OFFENSIVE = 3
    WAR = 4


class Kind(StrEnum):
    """What a mark in a lane says of its state."""

    DEFIES = "defies"
    GIVES_WAY = "gives way"
    CROSSED = "its red line is crossed"


class Mark(NamedTuple):
    """Something that happened to a state in a month."""

    state: str
    kind: Kind
    text: str


class Beat(NamedTuple):
    """A month of the run: how far it went and in which words, each state's rung (None: it has
    none), its marks, and the events that came about."""

    month: int
    step: Step
    told: str
    rungs: tuple[tuple[str, int | None], ...]
    marks: tuple[Mark, ...]
    events: tuple[str, ...]


class OneRun(NamedTuple):
    """Where a single run's numbers come from."""

    run: int
    seed: int

    def caption(self, reading: str) -> str:
        """How to read the figure, then which run it is."""
        return (
            f"{reading} Number {self.run} of the model runs of seed {self.seed}: one run, "
            "so without intervals."
        )
