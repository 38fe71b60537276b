"""Shares as shades: a handful of colour steps from dark to light, and their legend."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sim.figures.sign import Sign
from sim.text import Interval, format_number, format_share

# A colour step is one of these, in percentage points, so that there are at most so many.
STEPS = (0.5, 1.0, 2.0, 5.0, 10.0, 20.0)
MOST_STEPS = 8

# Cividis, which everyone sees alike.
COLOURS = "Cividis"


class Shades(NamedTuple):
    """Steps of ``width`` percentage points, from the ``first`` to the ``last``, counted from 0 %.

    ``alike`` holds the one share there is where all are the same.
    """

    width: float
    first: int
    last: int
    alike: str = ""

    def of(self, share: float) -> int:
        """The step in which a share lies, 0 being the first."""
        return _step(share, self.width) - self.first

    @property
    def colours(self) -> list[str]:
        """A colour for each step."""
        from plotly.colors import sample_colorscale

        many = self.last - self.first
        found: list[str] = sample_colorscale(COLOURS, [k / max(1, many) for k in range(many + 1)])
        return found

    @property
    def names(self) -> list[str]:
        """Each step in per cent: ``10–15 %``."""
        if self.alike:
            return [self.alike]
        ends = [format_number(self.width * k) for k in range(self.first, self.last + 2)]
        return [f"{low}–{high} %" for low, high in itertools.pairwise(ends)]

    @property
    def apart(self) -> str:
        """How wide a step is, in words."""
        return f"{format_number(self.width)} point{'' if self.width == 1 else 's'}"

    def key(self, what: str) -> list[Sign]:
        """The legend: the first step says of what it is a share."""
        first, *rest = self.names
        names = [f"{what} in {first} of runs", *rest]
        return [Sign(*each) for each in zip(names, self.colours, strict=True)]

    def scale(self, least: str, most: str) -> dict[str, Any]:
        """The colours as plotly takes them for numbers of steps: ``least`` and ``most`` are what it
        calls the ends."""
        last = max(1, self.last - self.first)
        stops = zip((k / last for k in range(last + 1)), self.colours, strict=False)
        return {least: 0, most: last, "colorscale": _whole(list(stops))}


def _whole(stops: list[tuple[float, str]]) -> list[tuple[float, str]]:
    """Plotly wants both ends of a scale, even of a single colour."""
    return stops if len(stops) > 1 else [stops[0], (1.0, stops[0][1])]


def shades(shares: Sequence[Interval]) -> Shades:
    """The steps that these shares need."""
    width = step(shares)
    steps = [_step(share[0], width) for share in shares]
    is_alike = len({share[0] for share in shares}) == 1
    return Shades(width, min(steps), max(steps), format_share(shares[0]) if is_alike else "")


def step(shares: Iterable[Interval]) -> float:
    """How wide a colour step is for these shares, in percentage points."""
    values = [100 * share[0] for share in shares]
    return next((s for s in STEPS if max(values) - min(values) <= MOST_STEPS * s), STEPS[-1])


def _step(share: float, width: float) -> int:
    """A share on the edge of two steps lies in the upper one, but for all of the runs."""
    return min(math.floor(100 * share / width + 1e-9), round(100 / width) - 1)
