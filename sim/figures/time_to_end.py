"""When war came: fifty dots, one for each 2 % of the model runs, and a bin for never."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from sim.figures.dots import Cell, draw, quantile_dots, row_by_row, square_grid
from sim.figures.marks import step, year_ticks
from sim.figures.sheet import Sheet
from sim.figures.theme import INK, PAPER, SOFT, Note, axis, finish
from sim.text import Interval, format_percent, format_share_ci, plural

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

DOTS = 50
MOST_BINS = 24
NEVER_COLUMNS = 10
GAP = 1.5


class Bin(NamedTuple):
    """Months ``first`` to ``last`` (both included; ``None`` for never), with runs, share, dots."""

    first: int | None
    last: int | None
    runs: int
    share: float
    dots: int

    @property
    def label(self) -> str:
        """The months in words."""
        if self.first is None:
            return "never within the horizon"
        return f"month {self.first}" + ("" if self.first == self.last else f"–{self.last}")


def table(wars: Sequence[int], runs: int) -> list[Bin]:
    """Bins from the number of runs that ended in war in each month 0, 1, …; the last is never."""
    months = len(wars) - 1
    width = step(months, MOST_BINS)
    spans = [(first, min(first + width - 1, months)) for first in range(1, months + 1, width)]
    counts = [int(sum(wars[first : last + 1])) for first, last in spans]
    counts[0] += int(wars[0])
    never = runs - sum(counts)
    shares = [count / runs for count in (*counts, never)]
    ends: list[tuple[int | None, int | None]] = [*spans, (None, None)]
    rows = zip(ends, (*counts, never), shares, quantile_dots(shares, DOTS), strict=True)
    return [Bin(*span, count, share, dots) for span, count, share, dots in rows]


def title(rows: Sequence[Bin]) -> str:
    """How much war there is, and by when half of it has come."""
    *wars, never = rows
    if never.share == 1:
        return f"No model run ended in war within {_horizon(wars)}"
    half = f"month {_half(wars)}"
    if never.share == 0:
        return f"Every run ends in war, half of them by {half}"
    return f"{format_percent(never.share)} of runs see no war; half of the wars come by {half}"


def _horizon(wars: Sequence[Bin]) -> str:
    return plural(wars[-1].last or 0, "month")


def _half(wars: Sequence[Bin]) -> int:
    """The last month of the bin in which half of the runs that end in war have ended."""
    half = sum(row.runs for row in wars) / 2
    reached = 0
    for row in wars:
        reached += row.runs
        if reached >= half:
            break
    return row.last or 0


def alternative(rows: Sequence[Bin]) -> str:
    """The dots in words: never, and the bin with most wars."""
    *wars, never = rows
    worst = max(wars, key=lambda row: row.runs)
    peak = (
        f" Most wars come in {worst.label} ({format_percent(worst.share)} of runs)."
        if worst.runs
        else ""
    )
    return (
        f"Fifty dots, each 2 % of the model runs: {format_percent(never.share)} never end in war within "
        f"{_horizon(wars)}.{peak}"
    )


def sheet(rows: Sequence[Bin]) -> Sheet:
    """When, how many runs, what share."""
    return Sheet(
        ("war begins in", "model runs", "share of model runs", "dots"),
        tuple(
            (row.label, f"{row.runs:,}", format_percent(row.share), str(row.dots)) for row in rows
        ),
    )


def figure(rows: Sequence[Bin], war: Interval, note: Note) -> Figure:
    """Stacks of dots over the months; apart from them, hollow, the runs without a war."""
    from plotly.graph_objects import Figure

    *wars, never = rows
    height = max(-(-never.dots // NEVER_COLUMNS), *(row.dots for row in wars))
    drawn = Figure()
    for place, row in enumerate(wars):
        stack = [Cell(place, level) for level in range(row.dots)]
        drawn.add_trace(_stack(stack, row, SOFT))
    drawn.add_trace(_stack(_block(never.dots, len(wars)), never, PAPER))
    reading = f"Each dot is 2 % of the model runs; {format_share_ci(war)} of them end in war."
    caption = note.caption(reading)
    layout = square_grid(len(wars) + GAP + NEVER_COLUMNS, height)
    layout |= {"showlegend": False, "height": 340}
    layout["xaxis"] |= _time_axis(wars)
    layout["shapes"] = [_ground(0, len(wars)), _ground(len(wars) + GAP, NEVER_COLUMNS)]
    layout["margin"] |= {"l": 26, "b": 40}
    return finish(drawn, title(rows), caption, alternative(rows), **layout)


def _block(dots: int, bins: int) -> list[Cell]:
    rows = -(-dots // NEVER_COLUMNS)
    cells = row_by_row(dots, NEVER_COLUMNS, rows)
    return [Cell(bins + GAP + cell.column, rows - 1 - cell.row) for cell in cells]


def _stack(cells: list[Cell], row: Bin, colour: str) -> Any:
    hover = f"<b>{row.label}</b><br>{format_percent(row.share)} of model runs<extra></extra>"
    marker = {"color": colour, "line": {"color": INK, "width": 1}}
    return draw(cells, marker, name=row.label, hovertemplate=hover)


def _time_axis(wars: Sequence[Bin]) -> dict[str, Any]:
    """Month labels under the edges of the bins, and one for the block of never."""
    months = wars[-1].last or 0
    width = wars[0].last or 1
    first, *ticks = year_ticks(months)
    never = len(wars) + GAP + (NEVER_COLUMNS - 1) / 2
    labels = [f"month<br>{first}", *map(str, ticks), f"never within<br>{_horizon(wars)}"]
    places = [*(tick / width - 0.5 for tick in (first, *ticks)), never]
    return axis(visible=True, showgrid=False, tickangle=0, tickvals=places, ticktext=labels)


def _ground(first: float, columns: float) -> dict[str, Any]:
    """The line that dots stand on, below so many columns."""
    ends = {"x0": first - 0.5, "x1": first + columns - 0.5, "y0": -0.5, "y1": -0.5}
    return {"type": "line", "line": {"color": SOFT, "width": 1}, **ends}
