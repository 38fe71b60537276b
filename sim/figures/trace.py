"""One run: participation of each state and the severity of each month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

import numpy as np
import plotly.graph_objects as go

from sim.enums import Outcome, Participation
from sim.figures.chart import Chart
from sim.figures.participation import RUNG_COLOURS, RUNGS, rung_legend
from sim.figures.parts import PATTERN_INK, LegendEntry, marker_entry, year_ticks
from sim.figures.theme import INK, LEGEND_ABOVE, SOFT, axis, escape_tags
from sim.formatting import join_and, plural, state_name
from sim.tables import Table


class Severity(IntEnum):
    """The most severe event of a month."""

    QUIET = 0
    PROBE = 1
    STRIKE = 2
    MOBILISATION = 3
    WAR = 4


class MarkKind(StrEnum):
    """Kinds of marks in a state's lane."""

    DEFIES = "defies"
    GIVES_WAY = "gives way"
    CROSSED = "its red line is crossed"


class Mark(NamedTuple):
    """An event that concerns one state, in a month."""

    state: str
    kind: MarkKind
    text: str


class RunMonth(NamedTuple):
    """A month of the run: its severity and what happened, each state's rung (``None``: the state
    has none), its marks, and the scenario's events."""

    month: int
    severity: Severity
    text: str
    rungs: tuple[tuple[str, int | None], ...]
    marks: tuple[Mark, ...]
    events: tuple[str, ...]


class RunNote(NamedTuple):
    """The source of a single run's numbers."""

    run: int
    seed: int

    def caption(self, reading: str) -> str:
        """How to read the chart, followed by the number of the run."""
        return (
            f"{reading} A single run, number {self.run} of the model runs of seed {self.seed}, so "
            "without intervals."
        )


LANE_HEIGHT = 18
STEPS_HEIGHT = 130
TOP, BOTTOM, GAP = 150, 44, 24
MARKERS: dict[MarkKind, dict[str, Any]] = {
    MarkKind.DEFIES: {"symbol": "circle", "size": 7, "color": PATTERN_INK},
    MarkKind.GIVES_WAY: {"symbol": "circle-open", "size": 7, "color": PATTERN_INK},
    MarkKind.CROSSED: {
        "symbol": "diamond",
        "size": 9,
        "color": Outcome.LIMITED_WAR.style.colour,
    },
}
READINGS = {
    MarkKind.DEFIES: "a filled circle defies in a crisis",
    MarkKind.GIVES_WAY: "an open circle gives way",
    MarkKind.CROSSED: "a diamond is the first crossing of a red line",
}
# Colours of marks in a legend, if not ink.
PAGE_INK = {MarkKind.CROSSED: Outcome.LIMITED_WAR.style.colour}
EVENT_READING = "a dotted line is an event"


@dataclass(frozen=True)
class TraceChart(Chart):
    """A lane per state, coloured by its rung, above a line of the severity of each month.

    ``n_omitted`` states have no lane, and ``subject`` says which run it is.
    """

    rows: Sequence[RunMonth]
    n_omitted: int = 0
    subject: str = ""

    @classmethod
    def of(
        cls,
        rungs: Mapping[str, Sequence[int | None]],
        course: Sequence[tuple[Severity, str]],
        marks: Mapping[int, Sequence[Mark]],
        events: Mapping[int, Sequence[str]],
        n_omitted: int = 0,
        subject: str = "",
    ) -> TraceChart:
        """The chart of the months from 0: each state's rungs, each month's severity with a text,
        and marks and events by month.

        States without rungs are first, the others ordered by their mean rung.
        """
        means = {state: np.mean([rung or 0 for rung in each]) for state, each in rungs.items()}
        order = sorted(rungs, key=lambda state: (rungs[state][0] is not None, -means[state]))
        rows = [
            RunMonth(
                month,
                severity,
                text,
                tuple((state, rungs[state][month]) for state in order),
                tuple(marks.get(month, ())),
                tuple(events.get(month, ())),
            )
            for month, (severity, text) in enumerate(course)
        ]
        return cls(rows, n_omitted, subject)

    @property
    def states(self) -> list[str]:
        """The states from the top lane to the bottom one."""
        return [state for state, _ in self.rows[0].rungs]

    @property
    def title(self) -> str:
        """The run, the number of crises, and whether there was war."""
        return ": ".join(filter(None, [self.subject, self._course]))

    @property
    def _course(self) -> str:
        quiet = sum(row.severity is Severity.QUIET for row in self.rows)
        crises = plural(len(self.rows) - quiet, "crisis", "crises")
        last = self.rows[-1]
        if last.severity is Severity.WAR:
            return f"{crises}, the last of them war in month {last.month}"
        return f"{crises} and no war in {plural(last.month, 'month')}"

    @property
    def alt_text(self) -> str:
        """The number of months by severity, and of red lines crossed."""
        counts = {each: sum(row.severity is each for row in self.rows) for each in Severity}
        named = [f"{each.name.lower()} {count}" for each, count in counts.items() if count]
        crossed = sum(mark.kind is MarkKind.CROSSED for row in self.rows for mark in row.marks)
        months = plural(self.rows[-1].month, "month")
        return (
            f"A lane for each of {plural(len(self.states), 'state')} over {months}, coloured by "
            f"its rung, above a line of severity. Months by severity: {join_and(named)}. "
            f"{plural(crossed, 'red line')} crossed for the first time."
        )

    @property
    def table(self) -> Table:
        """The numbers behind the chart."""
        headings = ("month", "severity", "what happened", "red lines and answers", "events")
        return Table(headings, tuple(_cells(row) for row in self.rows))

    @property
    def legend(self) -> list[LegendEntry]:
        """The rungs and the marks that are drawn."""
        rungs = {rung for row in self.rows for _, rung in row.rungs}
        entries = [entry for rung, entry in enumerate(rung_legend()) if rung in rungs]
        return entries + [
            marker_entry(kind.value, PAGE_INK.get(kind, INK), MARKERS[kind]["symbol"])
            for kind in MarkKind
            if kind in self._kinds
        ]

    @property
    def _kinds(self) -> set[MarkKind]:
        """The kinds of marks in this run."""
        return {mark.kind for row in self.rows for mark in row.marks}

    def figure(self, note: RunNote) -> go.Figure:
        """Lanes above, severity below, on one axis of months."""
        kinds = [kind for kind in MarkKind if kind in self._kinds]
        marks = [READINGS[kind] for kind in kinds]
        if any(row.events for row in self.rows):
            marks.append(EVENT_READING)
        reading = ": ".join(filter(None, ["One lane per state", join_and(marks)])) + "."
        if self.n_omitted:
            omitted = plural(self.n_omitted, "state")
            reading += f" Without a lane: {omitted} that never had fighting forces."
        traces = [*self._lanes(), *map(self._marks, kinds), self._severity()]
        return self._finish(traces, note, reading, **self._layout())

    def _lanes(self) -> list[go.Bar]:
        """Each lane as bars, one for each stretch of months on the same rung."""
        stretches: dict[int, list[tuple[int, int, int]]] = {}
        for lane, state in enumerate(self.states):
            months = [(row.month, dict(row.rungs)[state]) for row in self.rows]
            for rung, spell in groupby(months, key=itemgetter(1)):
                within = [month for month, _ in spell]
                if rung is not None:
                    stretches.setdefault(rung, []).append((lane, within[0], within[-1]))
        return [self._lane_bars(RUNGS[rung], stretches[rung]) for rung in sorted(stretches)]

    def _lane_bars(self, rung: Participation, spells: Sequence[tuple[int, int, int]]) -> go.Bar:
        return go.Bar(
            name=rung.label,
            orientation="h",
            y=[lane for lane, _, _ in spells],
            base=[first - 0.5 for _, first, _ in spells],
            x=[last - first + 1 for _, first, last in spells],
            width=0.88,
            marker={"color": RUNG_COLOURS[rung]},
            customdata=[
                f"{first}–{last}" if last > first else str(first) for _, first, last in spells
            ],
            hovertemplate=f"%{{y}}, month %{{customdata}}<br>{rung.label}<extra></extra>",
        )

    def _marks(self, kind: MarkKind) -> go.Scatter:
        """The marks of one kind, each in its state's lane."""
        states = self.states
        marks = [(row.month, mark) for row in self.rows for mark in row.marks if mark.kind is kind]
        return go.Scatter(
            x=[month for month, _ in marks],
            y=[states.index(mark.state) for _, mark in marks],
            text=[escape_tags(mark.text) for _, mark in marks],
            hovertemplate="%{y}, month %{x}: %{text}<extra></extra>",
            mode="markers",
            name=kind.value,
            marker={**MARKERS[kind], "line": {"color": PATTERN_INK, "width": 1.2}},
            cliponaxis=False,
        )

    def _severity(self) -> go.Scatter:
        return go.Scatter(
            x=[row.month for row in self.rows],
            y=[int(row.severity) for row in self.rows],
            text=[escape_tags(row.text) for row in self.rows],
            hovertemplate="month %{x}: %{text}<extra></extra>",
            mode="lines",
            line={"color": INK, "width": 2, "shape": "hvh"},
            name="severity",
            showlegend=False,
            yaxis="y2",
        )

    def _layout(self) -> dict[str, Any]:
        """Two panels on one axis of months, with a dotted line before each month with events."""
        states, months = self.states, self.rows[-1].month
        height = LANE_HEIGHT * len(states)
        inner = height + GAP + STEPS_HEIGHT
        names = [escape_tags(state_name(state)) for state in states]
        upper = axis(tickvals=list(range(len(states))), ticktext=names, showgrid=False)
        upper |= {"domain": [1 - height / inner, 1], "range": [len(states) - 0.5, -0.5]}
        lower = axis(tickvals=list(Severity), ticktext=[each.name.lower() for each in Severity])
        return {
            "xaxis": axis("month", tickvals=year_ticks(months), anchor="y2", showgrid=False)
            | {"range": [-0.5, months + 0.5]},
            "yaxis": upper | {"automargin": True},
            "yaxis2": lower | {"domain": [0, STEPS_HEIGHT / inner], "range": [-0.3, 4.3]},
            "margin": {"l": 8, "r": 12, "t": TOP, "b": BOTTOM},
            "height": TOP + inner + BOTTOM,
            "legend": LEGEND_ABOVE | {"traceorder": "normal"},
            "barmode": "overlay",
            "shapes": [_event_line(row.month) for row in self.rows if row.events],
        }


def _cells(row: RunMonth) -> tuple[str, ...]:
    marks = "; ".join(f"{state_name(mark.state)}: {mark.text}" for mark in row.marks)
    events = "; ".join(row.events)
    return str(row.month), row.severity.name.lower(), row.text, marks or "–", events or "–"


def _event_line(month: int) -> dict[str, Any]:
    line = {"color": SOFT, "width": 1.5, "dash": "dot"}
    ends = {"x0": month - 0.5, "x1": month - 0.5, "y0": 0, "y1": 1, "yref": "paper"}
    return {"type": "line", "line": line, **ends}
