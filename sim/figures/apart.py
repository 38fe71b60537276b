"""How far scenarios lie from a baseline on the same luck: differences in percentage points."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from sim.enums import Outcome
from sim.figures.rows import Dot, layout, series
from sim.figures.sheet import Sheet
from sim.figures.theme import SOFT, Note, finish, plain
from sim.figures.ways import LABELS, WAR, WAYS, place
from sim.text import Interval, describe_change, excludes_zero, format_change, join_and

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

READING = (
    "Percentage points of model runs more (right) or fewer (left) than in {baseline}, run by run "
    "on the same luck; hollow: the interval holds zero.{together}"
)
NAMED = 3


class Apart(NamedTuple):
    """How much more often the runs of ``scenario`` went one way than the baseline's."""

    way: str
    scenario: str
    baseline: str
    change: Interval

    @property
    def excludes_zero(self) -> bool:
        """Whether the interval leaves zero out."""
        return excludes_zero(self.change)


def table(baseline: str, changes: Mapping[str, Mapping[str, Interval]]) -> list[Apart]:
    """Rows way by way, scenario by scenario, from ``changes[scenario][way]`` in shares."""
    return [
        Apart(way.word, name, baseline, changes[name][way.word]) for way in WAYS for name in changes
    ]


def title(rows: Sequence[Apart]) -> str:
    """The scenario furthest from the baseline in war, if that is clear."""
    wars = [row for row in rows if row.way == WAR]
    clear = [row for row in wars if row.excludes_zero]
    most = max(clear or wars, key=lambda row: abs(row.change[0]))
    if clear:
        return f"War: {describe_change(most.change)} in {most.scenario} than in {most.baseline}"
    return f"No clear difference in war: {format_change(most.change, ' points')} in {most.scenario}"


def alternative(rows: Sequence[Apart]) -> str:
    """For each scenario the largest of the clear differences."""
    told = [f"{name}, {_largest(rows, name)}" for name in _scenarios(rows)]
    return f"Share of model runs against {rows[0].baseline}: {'; '.join(told)}."


def _largest(rows: Sequence[Apart], scenario: str) -> str:
    clear = [row for row in rows if row.scenario == scenario and row.excludes_zero]
    if not clear:
        return "no clear difference"
    clear.sort(key=lambda row: -abs(row.change[0]))
    return join_and([f"{LABELS[row.way]} {describe_change(row.change)}" for row in clear[:NAMED]])


def _scenarios(rows: Sequence[Apart]) -> list[str]:
    return list(dict.fromkeys(row.scenario for row in rows))


def sheet(rows: Sequence[Apart]) -> Sheet:
    """A line a way and scenario."""
    return Sheet(
        ("how the runs went", "scenario", "points of model runs (95 % interval)"),
        tuple((LABELS[row.way], row.scenario, format_change(row.change)) for row in rows),
    )


def figure(rows: Sequence[Apart], note: Note, first: int = 1) -> Figure:
    """A row a way, a dot with its interval for each scenario, about a line at no difference.

    ``first`` is the shape to begin with: the baseline has the one before, in other figures.
    """
    from plotly.graph_objects import Figure

    names = _scenarios(rows)
    drawn = Figure()
    for nth, name in enumerate(names):
        dots = [_dot(row) for row in rows if row.scenario == name]
        drawn.add_trace(series(name, dots, nth, len(names), first + nth))
    across = {"zeroline": True, "zerolinewidth": 2, "zerolinecolor": SOFT}
    shown = layout(list(LABELS.values()), len(names), [len(Outcome)], **across)
    together = f" The intervals hold for all {len(names)} at once." if len(names) > 1 else ""
    reading = READING.format(baseline=rows[0].baseline, together=together)
    return finish(drawn, title(rows), note.caption(reading), alternative(rows), **shown)


def _dot(row: Apart) -> Dot:
    words = f"<b>{LABELS[row.way]}</b><br>{plain(row.scenario)}: {describe_change(row.change)}"
    return Dot(
        place(row.way), row.change, WAYS[place(row.way)].colour, words, not row.excludes_zero
    )
