"""The way inwards: what each slice peeled off gained in density and lost in coverage."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from sim.enums import Outcome
from sim.figures.sheet import Sheet
from sim.figures.sign import Sign, dot
from sim.figures.theme import INK, SOFT, Note, axis, finish
from sim.text import format_percent, plural

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

FOUND = SOFT
FRESH = Outcome.LIMITED_WAR.style.colour
NAMES = {"found": "on the points it was found on", "fresh": "on fresh points"}
LOOKS = {"found": (FOUND, "dot", "circle-open"), "fresh": (FRESH, "solid", "circle")}


class Step(NamedTuple):
    """A box on the way: coverage and density on the points it was found on and on fresh ones, its
    share of the points, and whether it is the one that was chosen.

    The last row is what was made of it, the ``final`` box: widened where that was denser after all,
    and without the limits that chance may have set.
    """

    found: tuple[float, float]
    fresh: tuple[float, float]
    mass: float
    chosen: bool = False
    final: bool = False


class Scale(NamedTuple):
    """What density is of, and whether it is a share."""

    name: str
    is_share: bool

    def say(self, density: float) -> str:
        """A density in words."""
        return format_percent(density) if self.is_share else f"{density:.3g}"


def _chosen(rows: Sequence[Step]) -> Step:
    return next(row for row in rows if row.chosen)


def _final(rows: Sequence[Step]) -> Step:
    return next(row for row in rows if row.final)


def title(rows: Sequence[Step], scale: Scale) -> str:
    """What peeling down to the final box gained, on fresh points."""
    first, box = rows[0], _final(rows)
    start = "all points" if first.mass == 1 else "the points that earlier boxes leave"
    return (
        f"From {start} to the box, {scale.name} goes from {scale.say(first.fresh[1])} to "
        f"{scale.say(box.fresh[1])} on fresh points, and the box keeps {format_percent(box.fresh[0])} of "
        "all there is"
    )


def alternative(rows: Sequence[Step], scale: Scale) -> str:
    """The first, the chosen and the last step on both sets of points."""
    way = [row for row in rows if not row.final]
    marked = (
        *(("first", rows[0]), ("chosen", _chosen(rows)), ("last", way[-1])),
        ("the box made of the chosen one", _final(rows)),
    )
    told = "; ".join(
        f"{name}, coverage {format_percent(row.fresh[0])} and density {scale.say(row.fresh[1])} on fresh "
        f"points, {format_percent(row.found[0])} and {scale.say(row.found[1])} on those it was found on"
        for name, row in marked
    )
    return f"{plural(len(way), 'box', 'boxes')}, each inside the one before: {told}."


def sheet(rows: Sequence[Step], scale: Scale) -> Sheet:
    """A line a step."""
    return Sheet(
        ("step", "share of points", "coverage", "density", "fresh coverage", "fresh density"),
        tuple(
            (
                "the box" if row.final else f"{k}, chosen" if row.chosen else str(k),
                format_percent(row.mass),
                *(format_percent(row.found[0]), scale.say(row.found[1])),
                *(format_percent(row.fresh[0]), scale.say(row.fresh[1])),
            )
            for k, row in enumerate(rows)
        ),
    )


def figure(rows: Sequence[Step], scale: Scale, note: Note) -> Figure:
    """Density against coverage on both sets of points, and a ring around what was chosen."""
    from plotly.graph_objects import Figure

    way = [row for row in rows if not row.final]
    marks = (
        _mark(_chosen(rows), scale, "chosen", "diamond", 11),
        _mark(_final(rows), scale, "the box", "star-open", 20),
    )
    drawn = Figure([*(_line(way, scale, which) for which in NAMES), *marks])
    layout: dict[str, Any] = {
        "xaxis": axis("coverage: share of all of it that lies inside", range=[104, -4])
        | {"ticksuffix": " %"},
        "yaxis": axis(
            f"density: {scale.name}",
            rangemode="tozero",
            ticksuffix=" %" if scale.is_share else "",
        ),
        "legend": {"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom"},
        "margin": {"l": 60, "r": 24, "t": 130, "b": 52},
        "height": 460,
    }
    reading = (
        "Each dot a box inside the one to its left. The diamond was chosen; widened again and rid "
        "of limits that chance may have set, it became the box, the star."
    )
    words = title(rows, scale), note.caption(reading), alternative(rows, scale)
    return finish(drawn, *words, **layout)


def _line(rows: Sequence[Step], scale: Scale, which: str) -> Any:
    from plotly.graph_objects import Scatter

    colour, dash, symbol = LOOKS[which]
    fits = [getattr(row, which) for row in rows]
    return Scatter(
        x=[100 * coverage for coverage, _ in fits],
        y=[_factor(scale) * density for _, density in fits],
        name=NAMES[which],
        mode="lines+markers",
        line={"color": colour, "dash": dash, "width": 1.5},
        marker={"color": colour, "symbol": symbol, "size": 7},
        hovertemplate="coverage %{x:.0f} %, density %{y:.3g}",
    )


def _mark(row: Step, scale: Scale, name: str, symbol: str, size: int) -> Any:
    from plotly.graph_objects import Scatter

    coverage, density = row.fresh
    return Scatter(
        x=[100 * coverage],
        y=[_factor(scale) * density],
        name=name,
        mode="markers",
        marker={"color": INK, "symbol": symbol, "size": size},
        hoverinfo="skip",
    )


def _factor(scale: Scale) -> float:
    return 100.0 if scale.is_share else 1.0


def key() -> list[Sign]:
    """What the colours and shapes stand for."""
    dots = [dot(NAMES[which], colour, shape) for which, (colour, _, shape) in LOOKS.items()]
    return [*dots, dot("chosen", INK, "diamond"), dot("the box", INK, "star-open")]
