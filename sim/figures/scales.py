"""Scales: the axis of a parameter, and colour bins for shares."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from plotly.colors import sample_colorscale

from sim.figures.parts import LegendEntry
from sim.figures.theme import axis, escape_tags
from sim.text import Interval, format_number, format_share, parameter_cell, parameter_name

# Margin beyond the outermost dots, as a fraction of their range.
MARGIN = 0.06

# Most ticks on an axis, so that labels do not overlap on a telephone.
MOST_TICKS = 7


class Scale(NamedTuple):
    """A parameter's path; ``words`` names its values if they are levels with names."""

    path: str
    words: Mapping[float, str] | None = None

    @property
    def name(self) -> str:
        """Its name in a sentence or beside an axis."""
        return parameter_name(self.path)

    @property
    def heading(self) -> str:
        """Its name in a table, with its path."""
        return parameter_cell(self.path)

    def format(self, value: float) -> str:
        """A value as text."""
        return format_number(value) if self.words is None else self.words[value]

    def edges(self, values: Sequence[float]) -> list[float]:
        """Edges of cells around ascending values: midpoints between them, and as far beyond the
        first and the last, so that each of these is in the middle of its cell."""
        between = [(a + b) / 2 for a, b in itertools.pairwise(values)]
        if not between:
            return [values[0] - 0.5, values[0] + 0.5]
        return [2 * values[0] - between[0], *between, 2 * values[-1] - between[-1]]

    def axis(self, **more: Any) -> dict[str, Any]:
        """The axis for plotly."""
        ticks: dict[str, Any] = {}
        if self.words is not None:
            ticks = {"tickvals": list(self.words), "ticktext": list(self.words.values())}
        settings = {"showgrid": False, "automargin": True, **ticks, **more}
        return axis(escape_tags(self.name), **settings)

    def axis_of_cells(self, values: Sequence[float]) -> dict[str, Any]:
        """The axis over cells around ascending ``values``, with ticks only at these: cells may
        extend beyond the parameter's range."""
        edges = self.edges(values)
        return self.axis(range=[edges[0], edges[-1]], **self._ticks(values))

    def axis_around(self, values: Sequence[float]) -> dict[str, Any]:
        """The axis with a margin beyond the outermost ``values``; a single value has a tick."""
        low, high = min(values), max(values)
        margin = MARGIN * (high - low) or 0.5
        only = self._ticks([low]) if low == high else {}
        return self.axis(range=[low - margin, high + margin], **only)

    def _ticks(self, values: Sequence[float]) -> dict[str, Any]:
        """Ticks at a few of the ascending values, with equal steps if possible."""
        if self.words is not None:
            return {}
        last = len(values) - 1
        fewest = max(1, -(-last // (MOST_TICKS - 1)))
        step = next((k for k in range(fewest, last) if last % k == 0), fewest)
        shown = list(values[::step])
        return {"tickvals": shown, "ticktext": [self.format(value) for value in shown]}


# Possible widths of a colour bin, in percentage points, and the most bins of a chart.
BIN_WIDTHS = (0.5, 1.0, 2.0, 5.0, 10.0, 20.0)
MOST_BINS = 8

# Cividis looks the same with and without colour vision deficiency.
COLOURS = "Cividis"


class ColourBins(NamedTuple):
    """Bins of ``width`` percentage points, numbered from 0 %, from ``first`` to ``last``.

    ``only`` is the share as text if all shares are equal.
    """

    width: float
    first: int
    last: int
    only: str = ""

    @classmethod
    def of(cls, shares: Sequence[Interval]) -> ColourBins:
        """The bins that these shares need."""
        width = bin_width(shares)
        bins = [_bin(share[0], width) for share in shares]
        is_constant = len({share[0] for share in shares}) == 1
        return cls(width, min(bins), max(bins), format_share(shares[0]) if is_constant else "")

    def bin(self, share: float) -> int:
        """The bin of a share; 0 is the first."""
        return _bin(share, self.width) - self.first

    @property
    def colours(self) -> list[str]:
        """A colour per bin."""
        many = self.last - self.first
        found: list[str] = sample_colorscale(COLOURS, [k / max(1, many) for k in range(many + 1)])
        return found

    @property
    def labels(self) -> list[str]:
        """Each bin in per cent: ``10–15 %``."""
        if self.only:
            return [self.only]
        ends = [format_number(self.width * k) for k in range(self.first, self.last + 2)]
        return [f"{low}–{high} %" for low, high in itertools.pairwise(ends)]

    @property
    def width_text(self) -> str:
        """The width of a bin as text."""
        return f"{format_number(self.width)} point{'' if self.width == 1 else 's'}"

    def legend(self, what: str) -> list[LegendEntry]:
        """An entry per bin; the first one names the share."""
        first, *rest = self.labels
        labels = [f"{what} in {first} of runs", *rest]
        return [LegendEntry(*each) for each in zip(labels, self.colours, strict=True)]

    def colour_scale(self, least: str, most: str) -> dict[str, Any]:
        """Plotly's colour scale over bin numbers; ``least`` and ``most`` are its names of the
        ends."""
        last = max(1, self.last - self.first)
        stops = list(zip((k / last for k in range(last + 1)), self.colours, strict=False))
        # Plotly needs both ends of a scale, even of a single colour.
        whole = stops if len(stops) > 1 else [stops[0], (1.0, stops[0][1])]
        return {least: 0, most: last, "colorscale": whole}


def bin_width(shares: Iterable[Interval]) -> float:
    """The width of a colour bin for these shares, in percentage points."""
    values = [100 * share[0] for share in shares]
    widest = max(values) - min(values)
    return next((w for w in BIN_WIDTHS if widest <= MOST_BINS * w), BIN_WIDTHS[-1])


def _bin(share: float, width: float) -> int:
    """A share on an edge belongs to the upper bin, except 100 %."""
    return min(math.floor(100 * share / width + 1e-9), round(100 / width) - 1)
