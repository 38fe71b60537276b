"""The axis of a figure that shows a parameter: numbers as they are, words by name."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sim.figures.theme import axis, plain
from sim.text import format_number, parameter_cell, parameter_name

# Room beyond the outermost dots, in parts of what they span.
ROOM = 0.06

# Marks on an axis, so that they stay apart on a telephone.
MOST_MARKS = 7


class Scale(NamedTuple):
    """A parameter's path; ``words`` names its values where they are words by rank."""

    path: str
    words: Mapping[float, str] | None = None

    @property
    def name(self) -> str:
        """What it is called in a sentence or beside an axis."""
        return parameter_name(self.path)

    @property
    def heading(self) -> str:
        """The same for a table, with the path to set it by."""
        return parameter_cell(self.path)

    def say(self, value: float) -> str:
        """A value as a reader sees it."""
        return format_number(value) if self.words is None else self.words[value]

    def edges(self, values: Sequence[float]) -> list[float]:
        """Where cells around ascending values begin and end: half-way between them, and as far
        beyond the first and the last, so that every value is in the middle of its own."""
        between = [(a + b) / 2 for a, b in itertools.pairwise(values)]
        if not between:
            return [values[0] - 0.5, values[0] + 0.5]
        return [2 * values[0] - between[0], *between, 2 * values[-1] - between[-1]]

    def axis(self, **more: Any) -> dict[str, Any]:
        """The axis as plotly takes it."""
        ticks: dict[str, Any] = {}
        if self.words is not None:
            ticks = {"tickvals": list(self.words), "ticktext": list(self.words.values())}
        settings = {"showgrid": False, "automargin": True, **ticks, **more}
        return axis(plain(self.name), **settings)

    def axis_of_cells(self, values: Sequence[float]) -> dict[str, Any]:
        """The same over the cells around ascending ``values``, with marks only at these: cells may
        reach where no value could be."""
        edges = self.edges(values)
        return self.axis(range=[edges[0], edges[-1]], **self._marks(values))

    def axis_around(self, values: Sequence[float]) -> dict[str, Any]:
        """The same with a little room beyond the outermost of ``values``; marks that of one."""
        low, high = min(values), max(values)
        room = ROOM * (high - low) or 0.5
        only = self._marks([low]) if low == high else {}
        return self.axis(range=[low - room, high + room], **only)

    def _marks(self, values: Sequence[float]) -> dict[str, Any]:
        """Marks at a few of ascending values, evenly many apart; words have theirs already."""
        if self.words is not None:
            return {}
        last = len(values) - 1
        fewest = max(1, -(-last // (MOST_MARKS - 1)))
        apart = next((k for k in range(fewest, last) if last % k == 0), fewest)
        shown = list(values[::apart])
        return {"tickvals": shown, "ticktext": [self.say(value) for value in shown]}
