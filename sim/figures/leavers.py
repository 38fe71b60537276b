"""Pivotal states: what changes if each of them leaves, the one that most hangs on first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from sim.figures.rows import Dot, layout, series
from sim.figures.sheet import Sheet
from sim.figures.theme import SOFT, Note, finish
from sim.figures.thin_line import COLOURS, NAMES
from sim.text import (
    Interval,
    describe_change,
    excludes_zero,
    format_change,
    join_and,
    plural,
    state_name,
)

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

MOST = 12
NAMED = 3
# War first: it is what the states are ranked by.
ROADS = ("war", "failure", "escalation")
READING = (
    "Percentage points of model runs more (right) or fewer (left) if the state leaves the "
    "coalition, on the same luck; hollow: the interval holds zero. The intervals hold for all "
    "states at once."
)


class Leaves(NamedTuple):
    """What a state's leaving does: changes of shares of the model runs, with intervals."""

    state: str
    war: Interval
    failure: Interval
    escalation: Interval

    @property
    def excludes_zero(self) -> bool:
        """Whether its leaving clearly changes how often war comes."""
        return excludes_zero(self.war)


def table(changes: Mapping[str, Mapping[str, Interval]]) -> list[Leaves]:
    """A row a state, those whose leaving moves war most first, from ``changes[state][road]``."""
    rows = [Leaves(state, *(roads[road] for road in ROADS)) for state, roads in changes.items()]
    return sorted(rows, key=lambda row: -abs(row.war[0]))


def title(rows: Sequence[Leaves]) -> str:
    """The first state whose leaving makes a clear difference to war."""
    clear = [row for row in rows if row.excludes_zero]
    if clear:
        return f"Without {state_name(clear[0].state)}: {describe_change(clear[0].war)} in war"
    if not rows[0].war[0]:
        return "War comes as often whoever leaves: 0.0 points of difference in these runs"
    name, war = state_name(rows[0].state), format_change(rows[0].war, " points")
    return f"No state clearly tips it: the largest change in war is {war}, without {name}"


def alternative(rows: Sequence[Leaves]) -> str:
    """The states whose leaving moves war most."""
    named = [f"{state_name(row.state)} {format_change(row.war)}" for row in rows[:NAMED]]
    clear = sum(row.excludes_zero for row in rows)
    verb = "makes" if clear == 1 else "make"
    return (
        f"Percentage points of war if a state leaves: {join_and(named)}. Of "
        f"{plural(len(rows), 'state')}, {clear} {verb} a clear difference to war in the model runs."
    )


def sheet(rows: Sequence[Leaves]) -> Sheet:
    """A line a state."""
    return Sheet(
        ("leaves", *(f"{NAMES[road]} (points of model runs)" for road in ROADS)),
        tuple(
            (state_name(row.state), *(format_change(getattr(row, road)) for road in ROADS))
            for row in rows
        ),
    )


def figure(rows: Sequence[Leaves], note: Note) -> Figure:
    """A row for each of the weightiest states, a dot with its interval for war and each road."""
    from plotly.graph_objects import Figure

    shown = rows[:MOST]
    drawn = Figure([_road(road, nth, shown) for nth, road in enumerate(ROADS)])
    across = {"zeroline": True, "zerolinewidth": 2, "zerolinecolor": SOFT}
    names = [state_name(row.state) for row in shown]
    few = (
        f" Shown: the first {len(shown)} of {plural(len(rows), 'state')}."
        if len(rows) > MOST
        else ""
    )
    return finish(
        drawn,
        title(rows),
        note.caption(READING + few),
        alternative(rows),
        **layout(names, len(ROADS), (), **across),
    )


def _road(road: str, nth: int, rows: Sequence[Leaves]) -> Any:
    dots = [_dot(road, place, row) for place, row in enumerate(rows)]
    return series(NAMES[road], dots, nth, len(ROADS), nth)


def _dot(road: str, place: int, row: Leaves) -> Dot:
    change = getattr(row, road)
    words = f"<b>without {state_name(row.state)}</b><br>{NAMES[road]}: {describe_change(change)}"
    return Dot(place, change, COLOURS[road], words, not excludes_zero(change))
