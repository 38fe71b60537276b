"""The way inwards: what each slice peeled off gained in density and lost in coverage."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from sim.figures.sheet import Sheet
from sim.figures.sign import Sign, dot
from sim.figures.theme import INK, SOFT, Note, axis, finish
from sim.figures.wording import percent
from sim.vocabulary import Outcome

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

FOUND = SOFT
FRESH = Outcome.LIMITED_WAR.style.colour
NAMES = {"found": "on the points it was found on", "fresh": "on fresh points"}
LOOKS = {"found": (FOUND, "dot", "circle-open"), "fresh": (FRESH, "solid", "circle")}


class Step(NamedTuple):
    """A box on the way: coverage and density on the points it was found on and on fresh ones, its
    share of the points, and whether it is the one that was chosen."""

    found: tuple[float, float]
    fresh: tuple[float, float]
    mass: float
    chosen: bool


class Scale(NamedTuple):
    """What density is of, and whether it is a share."""

    name: str
    is_share: bool

    def say(self, density: float) -> str:
        """A density in words."""
        return percent(density) if self.is_share else f"{density:.3g}"


def _chosen(rows: Sequence[Step]) -> Step:
    return next(row for row in rows if row.chosen)


def title(rows: Sequence[Step], scale: Scale) -> str:
    """What the chosen step gained, on fresh points."""
    first, here = rows[0], _chosen(rows)
    return (
        f"Peeling takes {scale.name} from {scale.say(first.fresh[1])} to "
        f"{scale.say(here.fresh[1])}, and keeps {percent(here.fresh[0])} of it"
    )


def alternative(rows: Sequence[Step], scale: Scale) -> str:
    """The first, the chosen and the last step on both sets of points."""
    marked = (("first", rows[0]), ("chosen", _chosen(rows)), ("last", rows[-1]))
    told = "; ".join(
        f"{name}, coverage {percent(row.fresh[0])} and density {scale.say(row.fresh[1])} on fresh "
        f"points, {percent(row.found[0])} and {scale.say(row.found[1])} on those it was found on"
        for name, row in marked
    )
    return f"{len(rows)} boxes, each inside the one before: {told}."


def sheet(rows: Sequence[Step], scale: Scale) -> Sheet:
    """A line a step."""
    return Sheet(
        ("step", "share of points", "coverage", "density", "fresh coverage", "fresh density"),
        tuple(
            (
                f"{k}, chosen" if row.chosen else str(k),
                percent(row.mass),
                *(percent(row.found[0]), scale.say(row.found[1])),
                *(percent(row.fresh[0]), scale.say(row.fresh[1])),
            )
            for k, row in enumerate(rows)
        ),
    )


def figure(rows: Sequence[Step], scale: Scale, note: Note) -> Figure:
    """Density against coverage on both sets of points, and a ring around what was chosen."""
    from plotly.graph_objects import Figure

    drawn = Figure([*(_line(rows, scale, which) for which in NAMES), _ring(rows, scale)])
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
    reading = "Each dot a box inside the one to its left; the diamond was chosen."
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


def _ring(rows: Sequence[Step], scale: Scale) -> Any:
    from plotly.graph_objects import Scatter

    coverage, density = _chosen(rows).fresh
    return Scatter(
        x=[100 * coverage],
        y=[_factor(scale) * density],
        name="chosen",
        mode="markers",
        marker={"color": INK, "symbol": "diamond", "size": 12},
        hoverinfo="skip",
    )


def _factor(scale: Scale) -> float:
    return 100.0 if scale.is_share else 1.0


def key() -> list[Sign]:
    """What the colours and shapes stand for."""
    dots = [dot(NAMES[which], colour, shape) for which, (colour, _, shape) in LOOKS.items()]
    return [*dots, dot("chosen", INK, "diamond")]
