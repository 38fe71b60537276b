"""A share of the model runs at points that lie anywhere: each of them a dot, nothing averaged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from sim.enums import Outcome
from sim.figures.over_two import MARGIN, around
from sim.figures.scale import Scale
from sim.figures.shades import Shades, shades
from sim.figures.sheet import Sheet
from sim.figures.sign import Sign, dot
from sim.figures.sweep_heat import ranges
from sim.figures.theme import INK, SOFT, Note, axis, finish
from sim.figures.whiskers import whiskers
from sim.text import Interval, format_share_ci

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

# Of a point that names the axes shown, and of one that leaves any of them as it is.
SYMBOLS = {False: "circle", True: "diamond"}
LEFT = "leaves an axis as it is"

# How large the dots are, by how many there are at most.
SIZES = ((60, 14), (400, 10), (10_000_000, 6))


class Dot(NamedTuple):
    """A point and its share; ``across`` is 0 along one axis.

    ``own`` says that it leaves an axis shown as the scenario has it, ``said`` its value on every
    axis there is; ``endings`` are all its shares.
    """

    point: int
    value: float
    across: float
    share: Interval
    own: bool
    said: tuple[str, ...]
    endings: Mapping[Outcome, Interval]


def title(rows: Sequence[Dot], what: str, between: Interval) -> str:
    """The least and the most of it; ``between`` is how far these are apart, run by run, with an
    interval that holds for all pairs of points at once."""
    return ranges([row.share for row in rows], what, between, "point")


def alternative(rows: Sequence[Dot], what: str) -> str:
    """Which points have least and most of it."""
    ranked = sorted(rows, key=lambda row: row.share[0])
    ends = zip(("least", "most"), (ranked[0], ranked[-1]), strict=True)
    told = [f"{word} at point {row.point}, {format_share_ci(row.share)}" for word, row in ends]
    return f"Share of model runs with {what}, point by point: {'; '.join(told)}."


def sheet(rows: Sequence[Dot], headings: Sequence[str], what: str) -> Sheet:
    """A line a point: what it has on every axis, how much of ``what``, and of each ending."""
    endings = [_hedged(rows, outcome) for outcome in Outcome]
    return Sheet(
        ("point", *headings, what, *(outcome.label for outcome in Outcome)),
        tuple(
            (str(row.point), *row.said, format_share_ci(row.share), *(each[k] for each in endings))
            for k, row in enumerate(rows)
        ),
    )


def _hedged(rows: Sequence[Dot], outcome: Outcome) -> list[str]:
    """The share of an ending at every point."""
    return [format_share_ci(row.endings[outcome]) for row in rows]


def key(rows: Sequence[Dot], what: str, across: Scale | None) -> list[Sign]:
    """The colours, where they say the share, and the shapes, where there are two."""
    shapes = [dot(LEFT, INK, SYMBOLS[True])] if any(row.own for row in rows) else []
    return shapes if across is None else [*_shades(rows).key(what), *shapes]


def figure(
    rows: Sequence[Dot],
    what: str,
    between: Interval,
    up: Scale,
    across: Scale | None,
    note: Note,
    unplaced: frozenset[int] = frozenset(),
) -> Figure:
    """A dot a point: its colour is the share over two axes, its height along one.

    Points that are ``unplaced`` count in the title, and are not drawn.
    """
    from plotly.graph_objects import Figure

    placed = [row for row in rows if row.point not in unplaced]
    if across is None:
        drawn = Figure([_upright(some, up) for some in _by_shape(placed)])
        layout, reading = _along(placed, up), f"Share of model runs with {what}, a dot a point."
    else:
        drawn = Figure([_flat(some, rows, up, across) for some in _by_shape(placed)])
        layout = around(placed, up, across)
        reading = (
            f"Share of model runs with {what}, a dot a point, in colour steps of "
            f"{_shades(rows).apart}; the table has the intervals."
        )
    layout["margin"] = MARGIN
    words = alternative(rows, what)
    return finish(
        drawn, title(rows, what, between), note.caption(reading), words, showlegend=False, **layout
    )


def _by_shape(rows: Sequence[Dot]) -> list[list[Dot]]:
    parted = [[row for row in rows if row.own is own] for own in SYMBOLS]
    return [some for some in parted if some]


def _shades(rows: Sequence[Dot]) -> Shades:
    return shades([row.share for row in rows])


def _along(rows: Sequence[Dot], up: Scale) -> dict[str, Any]:
    top = 105 * max(0.01, *(row.share[2] for row in rows))
    return {
        "xaxis": up.axis_around([row.value for row in rows]),
        "yaxis": axis(range=[0, top], ticksuffix=" %", nticks=6),
    }


def _flat(some: Sequence[Dot], rows: Sequence[Dot], up: Scale, across: Scale) -> Any:
    steps = _shades(rows)
    marker = {"color": [steps.of(row.share[0]) for row in some], **steps.scale("cmin", "cmax")}
    return _dots(some, [row.across for row in some], [row.value for row in some], marker, rows)


def _upright(some: Sequence[Dot], up: Scale) -> Any:
    heights = [100 * row.share[0] for row in some]
    drawn = _dots(some, [row.value for row in some], heights, {"color": INK}, some)
    drawn.error_y = whiskers([row.share for row in some], 100, color=SOFT)
    return drawn


def _dots(
    some: Sequence[Dot], x: list[float], y: list[float], marker: dict[str, Any], rows: Sequence[Dot]
) -> Any:
    from plotly.graph_objects import Scatter

    size = next(size for most, size in SIZES if len(rows) <= most)
    looks = {"symbol": SYMBOLS[some[0].own], "size": size, "line": {"color": INK, "width": 1}}
    return Scatter(
        x=x,
        y=y,
        mode="markers",
        marker={**marker, **looks},
        text=[f"point {row.point}, {format_share_ci(row.share)}" for row in some],
        hovertemplate="%{text}<extra></extra>",
    )
