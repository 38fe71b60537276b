"""How the runs ended: a hundred dots, one for each 1 % of the model runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from sim.enums import Outcome
from sim.figures.dots import apportion, draw, outcome_marker, row_by_row, square_grid
from sim.figures.sheet import Sheet
from sim.figures.theme import Note, finish
from sim.text import Interval, format_interval, format_share, format_share_ci, join_and

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

DOTS = 100
COLUMNS = 10


class Ending(NamedTuple):
    """One outcome: its share of the model runs with a 95 % interval, and its dots of a hundred."""

    outcome: Outcome
    share: float
    low: float
    high: float
    dots: int

    @property
    def interval(self) -> Interval:
        """Share, low and high."""
        return self.share, self.low, self.high


def table(shares: Mapping[Outcome, Interval]) -> list[Ending]:
    """Every outcome in its order, with the dots it gets by largest remainder."""
    counts = apportion([shares[outcome][0] for outcome in Outcome], DOTS)
    return [Ending(o, *shares[o], dots) for o, dots in zip(Outcome, counts, strict=True)]


def title(rows: Sequence[Ending], leads: bool) -> str:
    """The commonest ending, if it ``leads``: is surely commoner than the next."""
    first, second = _ranked(rows)[:2]
    if leads:
        return (
            f"The commonest ending is {first.outcome.label}: {format_share(first.interval)} of runs"
        )
    pair = join_and(
        [f"{row.outcome.label} {format_share(row.interval)}" for row in (first, second)]
    )
    return f"No ending stands out: {pair} are too close to rank"


def alternative(rows: Sequence[Ending]) -> str:
    """The dots in words, the commonest ending first."""
    first, *rest = [row for row in _ranked(rows) if row.share > 0]
    others = join_and([f"{format_share(row.interval)} {row.outcome.label}" for row in rest])
    return (
        f"A hundred dots, each 1 % of the model runs: {format_share_ci(first.interval)} end in "
        f"{first.outcome.label}" + (f"; {others}." if others else ".")
    )


def sheet(rows: Sequence[Ending]) -> Sheet:
    """Outcome, what it means, share and interval."""
    return Sheet(
        ("ending", "what it means", "share of model runs", "95 % interval", "dots"),
        tuple((*_cells(row), str(row.dots)) for row in rows),
    )


def figure(rows: Sequence[Ending], note: Note, leads: bool) -> Figure:
    """The waffle, filled row by row in the order of the outcomes."""
    from plotly.graph_objects import Figure

    drawn = Figure()
    filled = 0
    for row in rows:
        cells = row_by_row(row.dots, COLUMNS, DOTS // COLUMNS, filled)
        filled += row.dots
        hover = f"<b>{row.outcome.label}</b><br>{format_share_ci(row.interval)} of model runs<extra></extra>"
        marker = outcome_marker(row.outcome)
        drawn.add_trace(draw(cells, marker, name=row.outcome.label, hovertemplate=hover))
    caption = note.caption("Each dot is 1 % of the model runs.")
    grid = square_grid(COLUMNS, DOTS // COLUMNS) | {"height": 560}
    return finish(drawn, title(rows, leads), caption, alternative(rows), **grid)


def _ranked(rows: Sequence[Ending]) -> list[Ending]:
    return sorted(rows, key=lambda row: -row.share)


def _cells(row: Ending) -> tuple[str, str, str, str]:
    share, interval = format_share(row.interval), f"{format_interval(row.interval)} %"
    return row.outcome.label, row.outcome.style.meaning, share, interval
