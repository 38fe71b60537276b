"""One run: a lane for each state, coloured by its rung, over a line of how far things went."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from sim.figures.beats import Beat, Kind, Mark, OneRun, Step
from sim.figures.lanes import RUNGS, lanes, layout, marks, steps
from sim.figures.sheet import Sheet
from sim.figures.theme import finish
from sim.text import join_and, plural, state_name

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

READING = (
    "Each lane is a state, lighter the further it goes. In a crisis a disc defies and a ring gives "
    "way; a diamond is a red line crossed for the first time; a dotted line is an event."
)
LEFT_OUT = " There is no lane for {} without fighting forces at any time."


def table(
    rungs: Mapping[str, Sequence[int | None]],
    course: Sequence[tuple[Step, str]],
    happened: Mapping[int, Sequence[Mark]],
    events: Mapping[int, Sequence[str]],
) -> list[Beat]:
    """Rows month by month from 0: each state's rungs, each month's step in words, its marks and
    its events. States without rungs come first, the others by how far they go."""
    order = sorted(rungs, key=lambda state: (rungs[state][0] is not None, -_mean(rungs[state])))
    return [
        Beat(
            month,
            step,
            told,
            tuple((state, rungs[state][month]) for state in order),
            tuple(happened.get(month, ())),
            tuple(events.get(month, ())),
        )
        for month, (step, told) in enumerate(course)
    ]


def _mean(rungs: Sequence[int | None]) -> float:
    return float(np.mean([rung or 0 for rung in rungs]))


def title(rows: Sequence[Beat]) -> str:
    """How many crises there were, and whether it came to war."""
    crises = plural(sum(row.step is not Step.QUIET for row in rows), "crisis", "crises")
    if rows[-1].step is Step.WAR:
        return f"{crises}, the last of them war in month {rows[-1].month}"
    return f"{crises} and no war in {plural(rows[-1].month, 'month')}"


def alternative(rows: Sequence[Beat]) -> str:
    """How far it went and how often, and how many red lines were crossed."""
    counts = {step: sum(row.step is step for row in rows) for step in Step}
    named = [f"{step.name.lower()} {count}" for step, count in counts.items() if count]
    crossed = sum(mark.kind is Kind.CROSSED for row in rows for mark in row.marks)
    return (
        f"A lane for each of {plural(len(rows[0].rungs), 'state')} over {_span(rows)}, coloured by "
        f"its rung, above a line of steps. Months by step: {join_and(named)}. "
        f"{plural(crossed, 'red line')} crossed for the first time."
    )


def _span(rows: Sequence[Beat]) -> str:
    return plural(rows[-1].month, "month")


def sheet(rows: Sequence[Beat]) -> Sheet:
    """A line a month: how far it went, who did what, and what came about."""
    return Sheet(
        ("month", "step", "what happened", "red lines and answers", "events"),
        tuple(_line(row) for row in rows),
    )


def _line(row: Beat) -> tuple[str, ...]:
    marks = "; ".join(f"{state_name(mark.state)}: {mark.text}" for mark in row.marks)
    events = "; ".join(row.events)
    return str(row.month), row.step.name.lower(), row.told, marks or "–", events or "–"


def figure(rows: Sequence[Beat], note: OneRun, left_out: int = 0) -> Figure:
    """Lanes above, steps below, on one axis of months; ``left_out`` states have no lane."""
    from plotly.graph_objects import Figure

    drawn = Figure([lanes(rows), *(marks(kind, rows) for kind in Kind), steps(rows)])
    left = LEFT_OUT.format(plural(left_out, "state")) if left_out else ""
    caption = note.caption(READING + left)
    return finish(drawn, title(rows), caption, alternative(rows), **layout(rows))


def key() -> list[tuple[str, str]]:
    """Each rung's name and colour, for a page's own legend."""
    from plotly.colors import sample_colorscale

    colours = sample_colorscale("cividis", [rung / RUNGS[-1] for rung in RUNGS])
    return [(rung.label, colour) for rung, colour in zip(RUNGS, colours, strict=True)]
