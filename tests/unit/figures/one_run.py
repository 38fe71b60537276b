"""One run made of results' counts, for the chart of a trace."""

from __future__ import annotations

from typing import Any

from sim.enums import Outcome
from sim.figures.participation import RUNGS
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
    """The rung of each lane and month, the severities and the marks, as drawn."""
    *traces, severities = figure.data
    labels = {rung.label: rung for rung in RUNGS}
    lanes: dict[tuple[int, int], int] = {}
    for bars in (trace for trace in traces if trace.type == "bar"):
        for lane, base, length in zip(bars.y, bars.base, bars.x, strict=True):
            for month in range(int(base + 0.5), int(base + 0.5) + length):
                lanes[lane, month] = int(labels[bars.name])
    marks = {trace.name: sorted(trace.x) for trace in traces if trace.type == "scatter"}
    return lanes, list(severities.y), marks


def tabled(chart: TraceChart) -> Any:
    """The same from the rows."""
    lanes = {
        (lane, row.month): rung
        for row in chart.rows
        for lane, (_, rung) in enumerate(row.rungs)
        if rung is not None
    }
    marks: dict[str, list[int]] = {}
    for row in chart.rows:
        for mark in row.marks:
            marks.setdefault(mark.kind.value, []).append(row.month)
    return lanes, [int(row.severity) for row in chart.rows], marks


def leading(chart: TraceChart) -> str:
    """The number of quiet months."""
    return f"quiet {sum(row.severity is Severity.QUIET for row in chart.rows)}"
