"""Which ending is the commonest over two parameters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from sim.enums import Outcome
from sim.figures.dots import outcome_marker
from sim.figures.over_two import MARGIN, boxes, circled, columns, spans, two_way
from sim.figures.scale import Scale
from sim.figures.sheet import Sheet
from sim.figures.sign import Sign, area
from sim.figures.theme import Note, finish
from sim.text import Interval, format_number, format_share_ci, join_and, plural

if TYPE_CHECKING:
    from plotly.graph_objects import Figure


class Leading(NamedTuple):
    """The commonest ending at a pair of values; ``clear`` where it is surely that."""

    value: float
    across: float
    outcome: Outcome
    share: Interval
    clear: bool


def table(
    shares: Mapping[tuple[float, float], Mapping[Outcome, Interval]],
    clear: Mapping[tuple[float, float], bool],
) -> list[Leading]:
    """Rows by (up, across), in their order; ``clear`` says where the commonest ending is surely
    commoner than the next, for all places at once."""
    rows = []
    for (up, across), each in sorted(shares.items()):
        first = max(Outcome, key=lambda outcome: each[outcome][0])
        rows.append(Leading(up, across, first, each[first], clear[up, across]))
    return rows


def _counted(rows: Sequence[Leading]) -> list[tuple[Outcome, int]]:
    found = [(outcome, sum(row.outcome is outcome for row in rows)) for outcome in Outcome]
    return sorted([pair for pair in found if pair[1]], key=lambda pair: -pair[1])


def title(rows: Sequence[Leading]) -> str:
    """The ending that is the commonest at most places, and how many those are."""
    outcome, count = _counted(rows)[0]
    places, sure = plural(len(rows), "place"), sum(r.clear and r.outcome is outcome for r in rows)
    clearly = "" if sure == count else f", clearly at {format_number(sure)}"
    return f"The commonest ending is {outcome.label} at {format_number(count)} of {places}{clearly}"


def alternative(rows: Sequence[Leading]) -> str:
    """At how many places each ending leads."""
    told = [f"{outcome.label} at {count}" for outcome, count in _counted(rows)]
    unclear = sum(not row.clear for row in rows)
    return (
        f"The commonest ending of the model runs: {join_and(told)} of {plural(len(rows), 'place')}; "
        f"at {unclear} of them another may be as common."
    )


def sheet(rows: Sequence[Leading], up: Scale, across: Scale) -> Sheet:
    """A line a value, a column a value of the other; unclear ones in brackets."""
    return two_way(rows, up, columns(rows, across), _cell)


def _cell(row: Leading) -> str:
    return row.outcome.label if row.clear else f"({row.outcome.label})"


def key(rows: Sequence[Leading]) -> list[Sign]:
    """The endings on the map, as they look."""
    there = {row.outcome for row in rows}
    return [area(outcome) for outcome in Outcome if outcome in there]


def figure(rows: Sequence[Leading], up: Scale, across: Scale, note: Note) -> Figure:
    """The map; circles where another ending may be as common."""
    from plotly.graph_objects import Figure

    drawn = Figure([_cells(rows, outcome, up, across) for outcome, _ in _counted(rows)])
    unclear = [row for row in rows if not row.clear]
    drawn.add_trace(circled(boxes(rows, unclear, up, across)))
    layout = {**spans(rows, up, across), "margin": MARGIN, "barmode": "overlay"}
    reading = "The commonest ending of the model runs; circles: another may be as common."
    return finish(
        drawn,
        title(rows),
        note.caption(reading),
        alternative(rows),
        showlegend=False,
        **layout,
    )


def _cells(rows: Sequence[Leading], outcome: Outcome, up: Scale, across: Scale) -> Any:
    """The cells in which an ending leads, as bars, which can bear its pattern."""
    from plotly.graph_objects import Bar

    here = [row for row in rows if row.outcome is outcome]
    cells = boxes(rows, here, up, across)
    marker = outcome_marker(outcome)
    return Bar(
        name=outcome.label,
        x=[(cell.left + cell.right) / 2 for cell in cells],
        width=[cell.right - cell.left for cell in cells],
        base=[cell.bottom for cell in cells],
        y=[cell.top - cell.bottom for cell in cells],
        marker={**marker, "line": {"width": 0}},
        text=[f"{outcome.label}, {format_share_ci(row.share)}" for row in here],
        textposition="none",
        hovertemplate="%{text}<extra></extra>",
    )
