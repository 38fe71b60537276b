"""A share of the model runs over two parameters: colour, contours, and where luck blurs them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from sim.figures.dots import PATTERN_INK
from sim.figures.over_two import MARGIN, boxes, columns, grid, hatched, spans, two_way
from sim.figures.scale import Scale
from sim.figures.sheet import Sheet
from sim.figures.theme import ON_COLOUR, Note, finish
from sim.figures.wording import Interval, hedged, is_clear, number, rounded, sentence

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

# The ends of the colour scale, cividis.
DARKEST, LIGHTEST = "#00224e", "#fee838"

# A colour step is one of these, in percentage points, so that there are at most so many.
STEPS = (0.5, 1.0, 2.0, 5.0, 10.0, 20.0)
MOST_STEPS = 8


class Cell(NamedTuple):
    """The share at one pair of values; ``blurred`` where its error exceeds a colour step."""

    value: float
    across: float
    share: Interval
    blurred: bool


def table(shares: Mapping[tuple[float, float], Interval]) -> list[Cell]:
    """Rows by (up, across), in their order."""
    apart = step(list(shares.values()))
    return [
        Cell(up, across, share, 50 * (share[2] - share[1]) > apart)
        for (up, across), share in sorted(shares.items())
    ]


def step(shares: Sequence[Interval]) -> float:
    """The colour step for these shares, in percentage points."""
    values = [100 * share[0] for share in shares]
    return next((s for s in STEPS if max(values) - min(values) <= MOST_STEPS * s), STEPS[-1])


def title(rows: Sequence[Cell], what: str, between: Interval | None) -> str:
    """The least and the most of it; ``between`` is how far these are, run by run, with an interval
    that holds for all pairs of places at once, and nothing where there is one place alone."""
    least, most = _ends(rows)
    if between is None or least.share[0] == most.share[0]:
        where = "every place" if between else "the only place there is"
        return f"{sentence(what)} in {rounded(least.share)} of runs at {where}"
    ends = f"{rounded(least.share)} to {rounded(most.share)} of runs"
    ranges = f"{sentence(what)} ranges from {ends}"
    return ranges if is_clear(between) else f"{ranges}, ends that cannot be told apart"


def _ends(rows: Sequence[Cell]) -> tuple[Cell, Cell]:
    ranked = sorted(rows, key=lambda row: row.share)
    return ranked[0], ranked[-1]


def alternative(rows: Sequence[Cell], what: str, up: Scale, across: Scale) -> str:
    """Where there is least and most of it."""
    told = [
        f"{word} at {across.name} {across.say(cell.across)} and {up.name} {up.say(cell.value)}, "
        f"{hedged(cell.share)}"
        for word, cell in zip(("least", "most"), _ends(rows), strict=True)
    ]
    return f"Share of model runs with {what}: {'; '.join(told)}."


def sheet(rows: Sequence[Cell], up: Scale, across: Scale) -> Sheet:
    """A line a value, a column a value of the other; blurred ones in brackets."""
    return two_way(rows, up, columns(rows, across), _cell)


def _cell(row: Cell) -> str:
    return f"({rounded(row.share)})" if row.blurred else rounded(row.share)


def key(rows: Sequence[Cell], what: str) -> list[tuple[str, str]]:
    """What the darkest and the lightest colour stand for."""
    ends = zip(_ends(rows), (DARKEST, LIGHTEST), strict=True)
    return [(f"{what} in {rounded(cell.share)} of runs", colour) for cell, colour in ends]


def figure(
    rows: Sequence[Cell], what: str, between: Interval | None, up: Scale, across: Scale, note: Note
) -> Figure:
    """A heatmap with contours a colour step apart, hatched where the error is larger than that."""
    from plotly.graph_objects import Figure

    apart = step([row.share for row in rows])
    drawn = Figure(_heat(rows, up, across))
    blurred = boxes(rows, [row for row in rows if row.blurred], up, across)
    drawn.add_traces(hatched(blurred))
    if len({row.value for row in rows}) > 1 and len({row.across for row in rows}) > 1:
        drawn.add_traces(_contours(rows, apart))
    layout = {**spans(rows, up, across), "margin": MARGIN}
    reading = (
        f"Share of model runs with {what}; lines of equal shares {number(apart)} points apart; "
        "hatched: luck of the draw could move it further than that."
    )
    words = alternative(rows, what, up, across)
    return finish(
        drawn, title(rows, what, between), note.caption(reading), words, showlegend=False, **layout
    )


def _heat(rows: Sequence[Cell], up: Scale, across: Scale) -> Any:
    from plotly.graph_objects import Heatmap

    widths, values, shares = grid(rows, lambda row: 100 * row.share[0])
    return Heatmap(
        x=across.edges(widths),
        y=up.edges(values),
        z=shares,
        text=grid(rows, lambda row: hedged(row.share))[2],
        hovertemplate="%{text}<extra></extra>",
        hoverongaps=False,
        colorscale="Cividis",
        colorbar={"ticksuffix": " %", "outlinewidth": 0, "thickness": 12},
    )


def _contours(rows: Sequence[Cell], apart: float) -> list[Any]:
    """Lines of equal shares with their figures: light on dark colours, dark on light ones."""
    known = [100 * row.share[0] for row in rows]
    least, most = min(known), max(known)
    levels = [apart * k for k in range(int(least // apart) + 1, int(most // apart) + 1)]
    dark = [level for level in levels if 2 * level < least + most]
    light = [level for level in levels if 2 * level >= least + most]
    sides = ((dark, ON_COLOUR), (light, PATTERN_INK))
    return [_lines(rows, side, apart, ink) for side, ink in sides if side]


def _lines(rows: Sequence[Cell], levels: Sequence[float], apart: float, ink: str) -> Any:
    from plotly.graph_objects import Contour

    across, up, shares = grid(rows, lambda row: row.share[0])
    ends = {"start": levels[0] / 100, "end": levels[-1] / 100, "size": apart / 100}
    figures = {"showlabels": True, "labelformat": ".1%" if apart < 1 else ".0%"}
    return Contour(
        x=across,
        y=up,
        z=shares,
        contours={"coloring": "none", "labelfont": {"size": 12, "color": ink}, **ends, **figures},
        line={"color": ink, "width": 1.2, "smoothing": 0.8},
        hoverinfo="skip",
        showscale=False,
    )
