"""The base class of all charts."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import plotly.graph_objects as go

from sim.figures.parts import LegendEntry
from sim.figures.theme import finish
from sim.tables import ResultTable, Table


class Captioner(Protocol):
    """The source of a chart's numbers, such as :class:`sim.figures.theme.Note`."""

    def caption(self, reading: str) -> str:
        """How to read the chart, followed by the source of its numbers."""


class Chart(ABC):
    """A chart: its rows and everything a page shows with it.

    Subclasses are dataclasses that hold ``rows`` and draw only what ``table`` holds.
    """

    rows: Any

    @property
    @abstractmethod
    def title(self) -> str:
        """The finding, in one sentence with a number."""

    @property
    @abstractmethod
    def alt_text(self) -> str:
        """The chart in words."""

    @property
    @abstractmethod
    def table(self) -> Table:
        """The numbers behind the chart."""

    @property
    def legend(self) -> list[LegendEntry]:
        """Entries of the page's legend; empty if the chart needs none."""
        return []

    @abstractmethod
    def figure(self, note: Any) -> go.Figure:
        """The plotly figure, with a caption that cites ``note``."""

    def _finish(
        self, traces: Sequence[Any], note: Captioner, reading: str, **layout: Any
    ) -> go.Figure:
        """The figure of ``traces`` in the common style; ``reading`` begins the caption."""
        figure = go.Figure(list(traces))
        return finish(figure, self.title, note.caption(reading), self.alt_text, **layout)


@dataclass(frozen=True)
class TableChart(Chart):
    """Base of the charts that draw the table of a result: its rows, and no others."""

    numbers: ResultTable[Any]

    @property
    def rows(self) -> Sequence[Any]:
        """The rows of the table."""
        return self.numbers.items

    @property
    def table(self) -> Table:
        """The numbers behind the chart."""
        return self.numbers.to_text()
