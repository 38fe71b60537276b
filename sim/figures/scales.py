"""Scales: the axis of a parameter, and the colours of numbers."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sim.enums import Outcome
from sim.figures.theme import axis, escape_tags, mix
from sim.formatting import format_number, parameter_cell, parameter_name

# Margin beyond the outermost dots, as a fraction of their range.
MARGIN = 0.06

# Most labels of an axis of cells.
MOST_LABELS = 24


class Scale(NamedTuple):
    """A parameter's path; ``words`` names its values if they are levels with names."""

    path: str
    words: Mapping[float, str] | None = None

    @property
    def name(self) -> str:
        """The parameter's name in a sentence or beside an axis."""
        return parameter_name(self.path)

    @property
    def heading(self) -> str:
        """Its name in a table, with its path."""
        return parameter_cell(self.path)

    def format(self, value: float) -> str:
        """A value as text."""
        return format_number(value) if self.words is None else self.words[value]

    def axis(self, **more: Any) -> dict[str, Any]:
        """The axis for plotly."""
        ticks: dict[str, Any] = {}
        if self.words is not None:
            ticks = {"tickvals": list(self.words), "ticktext": list(self.words.values())}
        settings = {"showgrid": False, "automargin": True, **ticks, **more}
        return axis(escape_tags(self.name), **settings)

    def axis_of_cells(self, values: Sequence[float], **more: Any) -> dict[str, Any]:
        """The axis over equal cells numbered from 0, one for each ascending value, all labelled as
        long as there is room."""
        step = -(-len(values) // MOST_LABELS)
        places = list(range(0, len(values), step))
        labels = [escape_tags(self.format(values[place])) for place in places]
        ends = [-0.5, len(values) - 0.5]
        ticks = {"tickvals": places, "ticktext": labels, "range": ends}
        return axis(escape_tags(self.name), showgrid=False, automargin=True, **ticks, **more)

    def is_uneven(self, values: Sequence[float]) -> bool:
        """Whether the steps between these values of a number differ."""
        steps = [b - a for a, b in itertools.pairwise(values)]
        return self.words is None and bool(steps) and max(steps) > 1.001 * min(steps)

    def axis_around(self, values: Sequence[float]) -> dict[str, Any]:
        """The axis with a margin beyond the outermost ``values``; a single value has a tick."""
        low, high = min(values), max(values)
        margin = MARGIN * (high - low) or 0.5
        is_single = low == high and self.words is None
        only = {"tickvals": [low], "ticktext": [self.format(low)]} if is_single else {}
        return self.axis(range=[low - margin, high + margin], **only)


# Ends of colour scales in round numbers, as multiples of powers of ten.
ROUND = (1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 7, 8, 10)

# From light to dark in even steps of lightness, with and without colour vision deficiency and on
# paper without colour: ColorBrewer's YlGnBu.
SEQUENTIAL = (
    *("#ffffe5", "#edf8b1", "#c7e9b4", "#7fcdbb", "#41b6c4"),
    *("#1d91c0", "#225ea8", "#253494", "#081d58"),
)

# Blue for less, orange for more: distinct with colour vision deficiency too.
BLUE = Outcome.UNTESTED_FORCE.style.colour
ORANGE = Outcome.LIMITED_WAR.style.colour
MIDDLE = "#f7f7f7"
DIVERGING = (BLUE, MIDDLE, ORANGE)


class ColourScale(NamedTuple):
    """Colours of values between ``low`` and ``high``; the pictures that are compared share one."""

    low: float
    high: float
    colours: Sequence[str] = SEQUENTIAL

    @classmethod
    def from_zero(cls, values: Iterable[float]) -> ColourScale:
        """The scale from 0 to the largest value, rounded up: near values look alike."""
        return cls(0.0, _round_up(max(values)))

    @classmethod
    def around_zero(cls, values: Iterable[float]) -> ColourScale:
        """The diverging scale, as far below 0 as above it."""
        high = _round_up(max(map(abs, values)))
        return cls(-high, high, DIVERGING)

    def colour(self, value: float) -> str:
        """The colour of a value."""
        place = (value - self.low) / (self.high - self.low) * (len(self.colours) - 1)
        before = min(max(int(place), 0), len(self.colours) - 2)
        return mix(self.colours[before], self.colours[before + 1], place - before)


def _round_up(value: float) -> float:
    """The smallest round number that is at least ``value``; 1 if that is 0."""
    if value <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(value))
    return next(k * power for k in ROUND if k * power >= value * (1 - 1e-9))
