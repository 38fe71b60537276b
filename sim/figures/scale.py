"""The axis of a figure that shows a parameter: numbers as they are, words by name."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sim.figures.theme import axis, plain
from sim.figures.wording import lever_cell, lever_name, number


class Scale(NamedTuple):
    """A parameter's path; ``words`` names its values where they are words by rank."""

    path: str
    words: Mapping[float, str] | None = None

    @property
    def name(self) -> str:
        """What it is called in a sentence or beside an axis."""
        return lever_name(self.path)

    @property
    def heading(self) -> str:
        """The same for a table, with the path to set it by."""
        return lever_cell(self.path)

    def say(self, value: float) -> str:
        """A value as a reader sees it."""
        return number(value) if self.words is None else self.words[value]

    def edges(self, values: Sequence[float]) -> list[float]:
        """Where cells around ascending values begin and end, half-way between them.

        Those of numbers end with the values; a word has a whole cell wherever it stands.
        """
        between = [(a + b) / 2 for a, b in itertools.pairwise(values)]
        if not between:
            return [values[0] - 0.5, values[0] + 0.5]
        if self.words is None:
            return [values[0], *between, values[-1]]
        return [2 * values[0] - between[0], *between, 2 * values[-1] - between[-1]]

    def axis(self, **more: Any) -> dict[str, Any]:
        """The axis as plotly takes it."""
        ticks: dict[str, Any] = {}
        if self.words is not None:
            ticks = {"tickvals": list(self.words), "ticktext": list(self.words.values())}
        return axis(plain(self.name), showgrid=False, automargin=True, **ticks, **more)
