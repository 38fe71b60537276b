"""One run made of results' counts, for the chart of a trace."""

from __future__ import annotations

from typing import Any

from sim.enums import Outcome
from sim.figures.trace import Mark, MarkKind, Severity, TraceChart
from sim.results import Results


def made(results: Results) -> TraceChart:
    """A run with crises in the months in which many runs ended, and the commonest rungs."""
    states = results.scenario.states
    wars = results.endings[:, Outcome.RENEWED_OFFENSIVE :].sum(axis=1)
    course = [(_severity(int(n), k), f"{int(n)} ended") for k, n in enumerate(wars)]
    course[-1] = (Severity.WAR if wars[-1] else Severity.QUIET, "the end")
    commonest = results.participation.argmax(axis=2)
    rungs: dict[str, Any] = {state: commonest[:, i].tolist() for i, state in enumerate(states)}
    rungs["russia"] = [None] * len(wars)
    marks = {
        month: [
            Mark("poland", list(MarkKind)[month % 3], f"severity {severity}"),
            Mark("russia", MarkKind.CROSSED, "x"),
        ]
        for month, (severity, _) in enumerate(course)
        if severity
    }
    return TraceChart.of(rungs, course, marks, {1: ["something <b>set</b>"]})


def _severity(ended: int, month: int) -> Severity:
    return Severity(ended % 4) if month else Severity.QUIET


def drawn(figure: Any) -> Any:
    """The lanes, the severities and the marks, as drawn."""
    lanes, *marks, severities = figure.data
    return [list(lane) for lane in lanes.z], list(severities.y), [sorted(m.x) for m in marks]


def tabled(chart: TraceChart) -> Any:
    """The same from the rows."""
    lanes = [[row.rungs[k][1] for row in chart.rows] for k in range(len(chart.states))]
    marks = [
        sorted(row.month for row in chart.rows for mark in row.marks if mark.kind is kind)
        for kind in MarkKind
    ]
    return lanes, [int(row.severity) for row in chart.rows], marks


def leading(chart: TraceChart) -> str:
    """The number of quiet months."""
    return f"quiet {sum(row.severity is Severity.QUIET for row in chart.rows)}"
