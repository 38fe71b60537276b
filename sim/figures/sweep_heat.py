"""A share of the model runs over two parameters: colour steps, and where luck blurs them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from sim.figures.over_two import MARGIN, boxes, cells, columns, crossed, spans, two_way
from sim.figures.scale import Scale
from sim.figures.shades import shades, step
from sim.figures.sheet import Sheet
from sim.figures.sign import Sign
from sim.figures.theme import Note, finish
from sim.text import Interval, capitalise, excludes_zero, format_share, format_share_ci

if TYPE_CHECKING:
    from plotly.graph_objects import Figure


class Cell(NamedTuple):
    """The share at one pair of values; ``blurred`` where its error exceeds a colour step."""

    value: float
    across: float
    share: Interval
    blurred: bool


def table(shares: Mapping[tuple[float, float], Interval]) -> list[Cell]:
    """Rows by (up, across), in their order."""
    apart = step(shares.values())
    return [
        Cell(up, across, share, 50 * (share[2] - share[1]) > apart)
        for (up, across), share in sorted(shares.items())
    ]


def title(rows: Sequence[Cell], what: str, between: Interval | None) -> str:
    """The least and the most of it; ``between`` is how far these are, run by run, with an interval
    that holds for all pairs of places at once, and nothing where there is one place alone."""
    return ranges([row.share for row in rows], what, between, "place")


def ranges(shares: Sequence[Interval], what: str, between: Interval | None, each: str) -> str:
    """The least and the most of these shares of ``what``, if luck allows; ``each`` is a place."""
    least, most = min(shares), max(shares)
    if between is None or least[0] == most[0]:
        where = f"every {each}" if between else f"the only {each} there is"
        return f"{capitalise(what)} in {format_share(least)} of runs at {where}"
    told = f"{capitalise(what)} ranges from {format_share(least)} to {format_share(most)} of runs"
    return told if excludes_zero(between) else f"{told}, ends that cannot be told apart"


def _ends(rows: Sequence[Cell]) -> tuple[Cell, Cell]:
    ranked = sorted(rows, key=lambda row: row.share)
    return ranked[0], ranked[-1]


def alternative(rows: Sequence[Cell], what: str, up: Scale, across: Scale) -> str:
    """Where there is least and most of it."""
    told = [
        f"{word} at {across.name} {across.say(cell.across)} and {up.name} {up.say(cell.value)}, "
        f"{format_share_ci(cell.share)}"
        for word, cell in zip(("least", "most"), _ends(rows), strict=True)
    ]
    return f"Share of model runs with {what}: {'; '.join(told)}."


def sheet(rows: Sequence[Cell], up: Scale, across: Scale) -> Sheet:
    """A line a value, a column a value of the other; blurred ones in brackets."""
    return two_way(rows, up, columns(rows, across), _cell)


def _cell(row: Cell) -> str:
    return f"({format_share(row.share)})" if row.blurred else format_share(row.share)


def key(rows: Sequence[Cell], what: str) -> list[Sign]:
    """What each colour stands for."""
    return shades([row.share for row in rows]).key(what)


def figure(
    rows: Sequence[Cell], what: str, between: Interval | None, up: Scale, across: Scale, note: Note
) -> Figure:
    """A heatmap in colour steps, crossed where the error is larger than one."""
    from plotly.graph_objects import Figure

    apart = shades([row.share for row in rows]).apart
    blurred = boxes(rows, [row for row in rows if row.blurred], up, across)
    drawn = Figure([_heat(rows, up, across), crossed(blurred)])
    layout = {**spans(rows, up, across), "margin": MARGIN}
    reading = (
        f"Share of model runs with {what}, in colour steps of {apart}; each cell is "
        "the one value in its middle, and outer cells reach beyond what was played. Marked in "
        "white: luck of the draw could move it further than a step."
    )
    words = alternative(rows, what, up, across)
    return finish(
        drawn, title(rows, what, between), note.caption(reading), words, showlegend=False, **layout
    )


def _heat(rows: Sequence[Cell], up: Scale, across: Scale) -> Any:
    steps = shades([row.share for row in rows])
    return cells(
        rows,
        up,
        across,
        lambda row: steps.of(row.share[0]),
        lambda row: format_share_ci(row.share),
        showscale=False,
        **steps.scale("zmin", "zmax"),
    )
