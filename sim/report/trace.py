"""A told run as a picture: its facts handed to the figure of swim lanes."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sim.enums import Challenge, Outcome, Participation, Role, War
from sim.figures import swim_lanes
from sim.figures.beats import Beat, Kind, Mark, OneRun, Step
from sim.report.page import write_page
from sim.report.panels import Panel, panel
from sim.report.reproduce import named
from sim.trace.events import Crisis, TracedMonth, TracedRun
from sim.trace.narrative import READING, Story, story
from sim.trace.narrative_crisis import WATCHED
from sim.trace.text import chance_phrase

STEPS = {
    Challenge.PROBE: Step.PROBE,
    Challenge.STRIKE: Step.STRIKE,
    Challenge.OFFENSIVE: Step.OFFENSIVE,
}


def lanes(run: TracedRun, name: str) -> Panel:
    """The figure of a run, with its words and its table; ``name`` is its place on the page."""
    rows = beats(run)
    left_out = len(run.scenario.states) - len(rows[0].rungs)
    figure = swim_lanes.figure(rows, OneRun(run.number, run.seed), left_out)
    return panel(name, figure, swim_lanes.sheet(rows), 14, swim_lanes.key())


def beats(run: TracedRun) -> list[Beat]:
    """The table behind the figure."""
    shown = _shown(run)
    roles = {state: run.scenario.role(state) for state in shown}
    place = {state: run.scenario.states.index(state) for state in shown}
    return swim_lanes.table(
        {
            state: [
                int(month.rungs[place[state]]) if roles[state] is Role.GUARANTOR else None
                for month in run.months
            ]
            for state in shown
        },
        [_course(month) for month in run.months],
        {month.number: list(_marks(month)) for month in run.months},
        {month.number: [h.why or h.occasion for h in month.happenings] for month in run.months},
    )


def _shown(run: TracedRun) -> list[str]:
    """The states with a lane: those that had fighting forces at some time, and those that drew a
    line that was crossed; every state where nobody had and nobody did."""
    drew = {crossing.state for month in run.months for crossing in month.crossings}
    highest = [max(rungs) for rungs in zip(*(month.rungs for month in run.months), strict=True)]
    states = run.scenario.states
    far = {s for s, rung in zip(states, highest, strict=True) if rung >= Participation.AIR_SEA}
    return [state for state in states if state in drew | far] or list(states)


def _course(month: TracedMonth) -> tuple[Step, str]:
    if month.crisis is None:
        return Step.QUIET, "weighed and held" if month.options else "quiet"
    step = STEPS[month.crisis.action] if month.war is War.NONE else Step.WAR
    return step, ", ".join(_stations(month.crisis, month.war))


def _stations(crisis: Crisis, war: War) -> Iterator[str]:
    yield crisis.action.label if crisis.ordered else "accident"
    if not crisis.attributed:
        yield "not traced"
    elif crisis.press:
        yield "answered"
        yield "pressed" if crisis.press.pressed else "backed down"
    else:
        yield "let pass"
    if war is not War.NONE:
        yield "the offensive takes its course" if war is War.UNOPPOSED else f"{war.label} war"


def _marks(month: TracedMonth) -> Iterator[Mark]:
    crisis = month.crisis
    if crisis and crisis.attributed:
        for stand in crisis.stands:
            kind = Kind.DEFIES if stand.defies else Kind.GIVES_WAY
            yield Mark(
                stand.state, kind, f"{kind.value}, on {chance_phrase(stand.chance)} of defying"
            )
    for line in month.crossings:
        bluff = "" if line.meant else " (a bluff)"
        yield Mark(line.state, Kind.CROSSED, f"red line on {WATCHED[line.watches]} crossed{bluff}")


@dataclass(frozen=True)
class ToldRun:
    """One run on a page; ``kind`` says what it is an example of, ``because`` why it was picked."""

    name: str
    kind: str
    because: str
    story: Story
    number: int
    outcome: Outcome
    panel: Panel
    command: str


def told_run(run: TracedRun, name: str, kind: str, because: str = "") -> ToldRun:
    """A run ready for a page, at the place ``name``."""
    words = ["thinline", "trace", *named(run.scenario), "--run", str(run.number)]
    command = shlex.join([*words, "--seed", str(run.seed)])
    return ToldRun(
        name, kind, because, story(run), run.number, run.outcome, lanes(run, name), command
    )


def write_told(runs: Sequence[ToldRun], path: str | Path) -> Path:
    """Write a page that tells some runs, all of one scenario, to ``path`` and return it."""
    return write_page(path, "told.html", runs=runs, reading=READING)
