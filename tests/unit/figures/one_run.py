"""One run made of results' counts, for the figure of its lanes."""

from __future__ import annotations

from typing import Any

from sim.enums import Outcome
from sim.figures import swim_lanes
from sim.figures.beats import Beat, Kind, Mark, Step
from sim.results import Results


def made(results: Results) -> list[Beat]:
    """A run whose crises come in the months in which many runs ended, and whose lanes are the
    commonest rungs."""
    states = results.scenario.states
    wars = results.endings[:, Outcome.RENEWED_OFFENSIVE :].sum(axis=1)
    course = [(_step(int(n), k), f"{int(n)} ended") for k, n in enumerate(wars)]
    course[-1] = (Step.WAR if wars[-1] else Step.QUIET, "the end")
    commonest = results.participation.argmax(axis=2)
    rungs: dict[str, Any] = {state: commonest[:, i].tolist() for i, state in enumerate(states)}
    rungs["russia"] = [None] * len(wars)
    marks = {
        month: [
            Mark("poland", list(Kind)[month % 3], f"step {step}"),
            Mark("russia", Kind.CROSSED, "x"),
        ]
        for month, (step, _) in enumerate(course)
        if step
    }
    return swim_lanes.table(rungs, course, marks, {1: ["something <b>set</b>"]})


def _step(ended: int, month: int) -> Step:
    return Step(ended % 4) if month else Step.QUIET


def drawn(figure: Any) -> Any:
    """The lanes, the steps and the marks, as the figure has them."""
    lanes, *marks, steps = figure.data
    return [list(lane) for lane in lanes.z], list(steps.y), [sorted(m.x) for m in marks]


def told(rows: list[Beat]) -> Any:
    """The same, as the table has them."""
    lanes = [[row.rungs[k][1] for row in rows] for k in range(len(rows[0].rungs))]
    marks = [
        sorted(row.month for row in rows for mark in row.marks if mark.kind is kind)
        for kind in Kind
    ]
    return lanes, [int(row.step) for row in rows], marks


def leading(rows: list[Beat]) -> str:
    """How many months were quiet."""
    return f"quiet {sum(row.step is Step.QUIET for row in rows)}"
