"""How the runs end as one parameter moves: a line with its band for each ending."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from sim.enums import Outcome
from sim.figures.scale import Scale
from sim.figures.sheet import Sheet
from sim.figures.sign import Sign
from sim.figures.theme import SOFT, Note, axis, band, finish
from sim.text import (
    Interval,
    capitalise,
    excludes_zero,
    format_change,
    format_share,
    format_share_ci,
    join_and,
)

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

DASHES = dict(
    zip(Outcome, ("solid", "dash", "dot", "dashdot", "longdash", "dash", "solid"), strict=True)
)


BANDS = (
    "each band is that of its value alone: what changes from value to value, on the same luck, is "
    "known better"
)

Changes = Mapping[Outcome, Interval]
"""By ending, how much more of it there is at the last value than at the first, run by run; the
intervals hold for all endings at once."""


class Level(NamedTuple):
    """The share of the model runs at one value of the parameter that ended so."""

    value: float
    outcome: Outcome
    share: Interval


def table(values: Sequence[float], shares: Sequence[Mapping[Outcome, Interval]]) -> list[Level]:
    """Value by value, the endings in their order."""
    return [
        Level(value, outcome, each[outcome])
        for value, each in zip(values, shares, strict=True)
        for outcome in Outcome
    ]


def title(rows: Sequence[Level], changes: Changes, along: str = "") -> str:
    """The ending whose share changes most from the first value to the last, if luck allows.

    ``along`` names the parameter where there are several pictures.
    """
    found = _found(rows, changes)
    return f"{capitalise(along)}: {found[:1].lower()}{found[1:]}" if along else found


def _found(rows: Sequence[Level], changes: Changes) -> str:
    clear = [outcome for outcome in Outcome if excludes_zero(changes[outcome])]
    outcome = max(clear or Outcome, key=lambda o: abs(changes[o][0]))
    if not clear:
        most = format_change(changes[outcome], " points")
        return f"From end to end no ending changes clearly: at most {outcome.label}, {most}"
    first, last = _ends(rows, outcome)
    verb = "grows" if changes[outcome][0] > 0 else "falls"
    return f"{capitalise(outcome.label)} {verb} from {format_share(first)} to {format_share(last)} of runs"


def _ends(rows: Sequence[Level], outcome: Outcome) -> tuple[Interval, Interval]:
    shares = [row.share for row in rows if row.outcome is outcome]
    return shares[0], shares[-1]


def occurring(rows: Sequence[Level]) -> list[Outcome]:
    """The endings that some run came to."""
    return [o for o in Outcome if any(row.share[0] > 0 for row in rows if row.outcome is o)]


def alternative(rows: Sequence[Level], changes: Changes) -> str:
    """Where the line of each ending begins and ends, and which changes are clear."""
    told = []
    for outcome in occurring(rows):
        first, last = _ends(rows, outcome)
        clear = "" if excludes_zero(changes[outcome]) else ", no clear change"
        told.append(
            f"{outcome.label} from {format_share_ci(first)} to {format_share_ci(last)}{clear}"
        )
    return f"Shares of model runs from the first value to the last: {join_and(told)}."


def sheet(rows: Sequence[Level], scale: Scale) -> Sheet:
    """A line a value, a column an ending."""
    lines = [rows[i : i + len(Outcome)] for i in range(0, len(rows), len(Outcome))]
    return Sheet(
        (scale.heading, *(outcome.label for outcome in Outcome)),
        tuple(
            (scale.say(line[0].value), *(format_share_ci(row.share) for row in line))
            for line in lines
        ),
    )


def key(rows: Sequence[Level]) -> list[Sign]:
    """The endings drawn, as their lines look."""
    return [Sign(o.label, o.style.colour, dash=DASHES[o]) for o in occurring(rows)]


def figure(
    rows: Sequence[Level],
    changes: Changes,
    scale: Scale,
    note: Note,
    baseline: float | None,
    along: str = "",
) -> Figure:
    """The lines, and where the scenario itself stands: ``baseline``, its mean; for ``along`` see
    :func:`title`."""
    from plotly.graph_objects import Figure

    drawn = Figure()
    for outcome in occurring(rows):
        drawn.add_traces(_line([row for row in rows if row.outcome is outcome]))
    top = 105 * max(0.01, *(row.share[2] for row in rows))
    marked = (
        "" if baseline is None else " Upright line: where the scenario itself stands, on average."
    )
    layout = {
        "xaxis": scale.axis_around([row.value for row in rows]),
        "yaxis": axis(range=[0, top], ticksuffix=" %", nticks=6),
        "shapes": [] if baseline is None else [_upright(baseline)],
        "legend": {"orientation": "h", "x": 0, "y": -0.16, "yanchor": "top"},
        "margin": {"l": 48, "r": 24, "t": 110, "b": 84},
        "hovermode": "x unified",
    }
    caption = note.caption(f"Share of model runs that end so; {BANDS}.{marked}")
    return finish(drawn, title(rows, changes, along), caption, alternative(rows, changes), **layout)


def _line(rows: Sequence[Level]) -> list[Any]:
    from plotly.graph_objects import Scatter

    outcome, values = rows[0].outcome, [row.value for row in rows]
    lows, highs = ([100 * row.share[end] for row in rows] for end in (1, 2))
    interval = Scatter(
        x=[*values, *reversed(values)],
        y=[*lows, *reversed(highs)],
        fill="toself",
        fillcolor=band(outcome.style.colour),
        mode="none",
        hoverinfo="skip",
        showlegend=False,
    )
    line = Scatter(
        x=values,
        y=[100 * row.share[0] for row in rows],
        name=outcome.label,
        mode="lines+markers",
        line={"color": outcome.style.colour, "width": 3, "dash": DASHES[outcome]},
        marker={"size": 6},
        text=[format_share_ci(row.share) for row in rows],
        hovertemplate="%{text}",
    )
    return [interval, line]


def _upright(value: float) -> dict[str, Any]:
    return {
        "type": "line",
        "xref": "x",
        "yref": "paper",
        "x0": value,
        "x1": value,
        "y0": 0,
        "y1": 1,
        "line": {"color": SOFT, "width": 1.5, "dash": "dash"},
        "layer": "below",
    }
