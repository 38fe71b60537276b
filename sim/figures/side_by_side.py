"""Scenarios side by side: the share of each ending and of each road to war, on one axis."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from sim.enums import Outcome
from sim.figures.rows import Dot, layout, series
from sim.figures.sheet import Sheet
from sim.figures.theme import Note, finish, plain
from sim.figures.ways import LABELS, WAR, WAYS, place
from sim.text import Interval, excludes_zero, format_interval, format_share, format_share_ci

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

READING = (
    "Share of model runs by how they went, each scenario on the same luck. The last three rows sum "
    "up the wars. Intervals of two may overlap where they clearly differ run by run."
)


Changes = Mapping[str, Interval]
"""By scenario, how much more war it has than the first one, run by run; the intervals hold for all
scenarios at once."""
# Left of 0 %, in hundredths of the widest share, so that no dot lies on the name of its row.
ROOM = 4


class Taken(NamedTuple):
    """How often the runs of a scenario went one way, with the 95 % interval."""

    way: str
    scenario: str
    share: Interval


def table(shares: Mapping[str, Mapping[str, Interval]]) -> list[Taken]:
    """Rows way by way, scenario by scenario, from ``shares[scenario][way]``."""
    return [Taken(way.word, name, shares[name][way.word]) for way in WAYS for name in shares]


def title(rows: Sequence[Taken], changes: Changes) -> str:
    """War in the first, and in the one that is furthest from it, if any clearly is."""
    first, *others = _wars(rows)
    clear = [row for row in others if excludes_zero(changes[row.scenario])]
    if not clear:
        shares = sorted(row.share for row in (first, *others))
        span = f"{format_share(shares[0])} to {format_share(shares[-1])}"
        return f"War in {span} of the runs: no clear difference from {first.scenario}"
    most = max(clear, key=lambda row: abs(changes[row.scenario][0]))
    return (
        f"War in {format_share(first.share)} of the runs of {first.scenario}, in "
        f"{format_share(most.share)} of those of {most.scenario}"
    )


def _wars(rows: Sequence[Taken]) -> list[Taken]:
    return [row for row in rows if row.way == WAR]


def alternative(rows: Sequence[Taken]) -> str:
    """The share of war in each scenario, and its commonest ending."""
    told = [
        f"{row.scenario}: war in {format_share_ci(row.share)}, most often {_commonest(rows, row.scenario)}"
        for row in _wars(rows)
    ]
    return f"Shares of model runs. {'; '.join(told)}."


def _commonest(rows: Sequence[Taken], scenario: str) -> str:
    endings = [row for row in rows if row.scenario == scenario and row.way in Outcome.words()]
    most = max(endings, key=lambda row: row.share[0])
    return f"{LABELS[most.way]}, {format_share(most.share)}"


def sheet(rows: Sequence[Taken]) -> Sheet:
    """A line a way and scenario."""
    return Sheet(
        ("how the runs went", "scenario", "share of model runs", "95 % interval"),
        tuple(
            (
                LABELS[row.way],
                row.scenario,
                format_share(row.share),
                f"{format_interval(row.share)} %",
            )
            for row in rows
        ),
    )


def scenarios(rows: Sequence[Taken]) -> list[str]:
    """The scenarios in their order."""
    return list(dict.fromkeys(row.scenario for row in rows))


def figure(rows: Sequence[Taken], changes: Changes, note: Note) -> Figure:
    """A row a way, a dot with its interval for each scenario in it."""
    from plotly.graph_objects import Figure

    names = scenarios(rows)
    drawn = Figure()
    for nth, name in enumerate(names):
        dots = [_dot(row) for row in rows if row.scenario == name]
        drawn.add_trace(series(name, dots, nth, len(names), nth))
    furthest = max(row.share[2] for row in rows)
    across = {"range": [-ROOM * furthest, 104 * furthest], "ticksuffix": " %"}
    shown = layout(list(LABELS.values()), len(names), [len(Outcome)], **across)
    words = title(rows, changes), note.caption(READING), alternative(rows)
    return finish(drawn, *words, **shown)


def _dot(row: Taken) -> Dot:
    words = f"<b>{LABELS[row.way]}</b><br>{plain(row.scenario)}: {format_share_ci(row.share)} of model runs"
    return Dot(place(row.way), row.share, WAYS[place(row.way)].colour, words)
