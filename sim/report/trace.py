"""The page of traced runs: chart and narrative of each."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sim.enums import Challenge, Outcome, Participation, Role, War
from sim.figures.trace import Mark, MarkKind, RunNote, Severity, TraceChart
from sim.report.labels import scenario_labels
from sim.report.page import write_page
from sim.report.panels import Panel, panel
from sim.report.reproduce import scenario_arguments
from sim.tables import Table
from sim.trace.counterfactual import TwinRuns
from sim.trace.events import Crisis, TracedMonth, TracedRun
from sim.trace.formatting import chance_phrase
from sim.trace.narrative import READING, Story, story
from sim.trace.narrative_crisis import WATCHED

SEVERITIES = {
    Challenge.PROBE: Severity.PROBE,
    Challenge.STRIKE: Severity.STRIKE,
    Challenge.MOBILISATION: Severity.MOBILISATION,
}


def trace_panel(run: TracedRun, name: str, subject: str) -> Panel:
    """The chart of a run; ``name`` identifies it on the page, and ``subject`` names the run."""
    chart = trace_chart(run, subject)
    return panel(name, chart, RunNote(run.number, run.seed), 14, table=_eventful(chart))


def _eventful(chart: TraceChart) -> Table:
    """The table of the months in which something happened."""
    table = chart.table
    kept = [
        cells
        for row, cells in zip(chart.rows, table.rows, strict=True)
        if row.severity is not Severity.QUIET or row.marks or row.events
    ]
    if len(kept) == len(table.rows):
        return table
    return Table(table.headings, (*kept, ("all others", "quiet", "–", "–", "–")))


def trace_chart(run: TracedRun, subject: str = "") -> TraceChart:
    """The chart of a run, with the name ``subject`` in its title."""
    shown = _shown(run)
    roles = {state: run.scenario.role(state) for state in shown}
    place = {state: run.scenario.states.index(state) for state in shown}
    return TraceChart.of(
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
        len(run.scenario.states) - len(shown),
        subject,
    )


def _shown(run: TracedRun) -> list[str]:
    """The states with a lane: those that had fighting forces at some time or whose red line was
    crossed; all states if there are none."""
    drew = {crossing.state for month in run.months for crossing in month.crossings}
    highest = [max(rungs) for rungs in zip(*(month.rungs for month in run.months), strict=True)]
    states = run.scenario.states
    far = {s for s, rung in zip(states, highest, strict=True) if rung >= Participation.AIR_SEA}
    return [state for state in states if state in drew | far] or list(states)


def _course(month: TracedMonth) -> tuple[Severity, str]:
    if month.crisis is None:
        return Severity.QUIET, "options reviewed, holds still" if month.options else "quiet"
    war = month.war is not War.NONE
    severity = Severity.WAR if war else SEVERITIES[month.crisis.action]
    return severity, ", ".join(_stations(month.crisis, month.war))


def _stations(crisis: Crisis, war: War) -> Iterator[str]:
    yield crisis.action.label if crisis.ordered else "accidental clash"
    if not crisis.attributed:
        yield "not attributed"
    else:
        yield "answered" if crisis.answered else "not answered"
    if crisis.press and crisis.action is Challenge.MOBILISATION:
        yield "carried out" if crisis.press.pressed else "called off"
    elif crisis.press:
        yield "pressed" if crisis.press.pressed else "backed down"
    if crisis.success:
        yield "succeeded" if crisis.success.succeeded else "failed"
    if war is not War.NONE:
        yield "renewed offensive" if war is War.UNOPPOSED else f"{war.label} war"


def _marks(month: TracedMonth) -> Iterator[Mark]:
    crisis = month.crisis
    if crisis and crisis.attributed:
        for stand in crisis.stands:
            kind = MarkKind.DEFIES if stand.defies else MarkKind.GIVES_WAY
            yield Mark(
                stand.state, kind, f"{kind.value}, on {chance_phrase(stand.chance)} of defying"
            )
    for line in month.crossings:
        bluff = "" if line.meant else " (a bluff)"
        yield Mark(
            line.state, MarkKind.CROSSED, f"red line on {WATCHED[line.watches]} crossed{bluff}"
        )


@dataclass(frozen=True)
class RunNarrative:
    """One run on a page; it is an example of ``kind``, selected ``because`` of a reason."""

    name: str
    headline: str
    kind: str
    because: str
    story: Story
    number: int
    outcome: Outcome
    panel: Panel
    scenario: str
    overrides: Sequence[str]
    command: str


def run_narrative(
    run: TracedRun, name: str, kind: str, because: str = "", subject: str = ""
) -> RunNarrative:
    """A run prepared for a page, at the place ``name``; its chart names it ``subject``, by default
    with its number and its scenario's title."""
    named = f"Run {run.number:,} of “{run.scenario.title}”"
    words = ["thinline", "trace", *scenario_arguments(run.scenario), "--run", str(run.number)]
    command = shlex.join([*words, "--seed", str(run.seed)])
    return RunNarrative(
        name,
        f"{named}, seed {run.seed}: {run.outcome.label}",
        kind,
        because,
        story(run),
        run.number,
        run.outcome,
        trace_panel(run, name, subject or named),
        run.scenario.name,
        run.scenario.overrides,
        command,
    )


def twin_narratives(twins: TwinRuns) -> list[RunNarrative]:
    """The two runs prepared for a page, each with a chart that says which run it shows."""
    runs = twins.here, twins.there
    labels = scenario_labels(dict(zip(twins.names, (run.scenario for run in runs), strict=True)))
    subjects = []
    for run, (name, label) in zip(runs, labels.items(), strict=True):
        which = f"Run {run.number:,}" if name == run.scenario.name else f"The {name} run"
        subjects.append(f"{which} {label}" if label.startswith("with ") else f"{which} of {label}")
    first, second = subjects
    return [
        run_narrative(twins.here, "run", "The run", subject=first),
        run_narrative(twins.there, "twin", "The same run", subject=second),
    ]


def write_trace(
    runs: Sequence[RunNarrative],
    path: str | Path,
    twins: TwinRuns | None = None,
    changes: Sequence[str] = (),
    following: str = "",
) -> Path:
    """Write the page of a run, or of ``twins`` with the ``changes`` between them, and return it.

    Parameters
    ----------
    runs
        The run, or the two runs, each with its chart.
    path
        The file to write.
    twins
        The comparison of the two runs.
    changes
        The differences between the two scenarios, in words.
    following
        The command to try next.
    """
    endings = None
    if twins:
        rows = tuple(tuple(row.values()) for row in twins.endings())
        endings = Table(("at the end", *twins.names), rows)
    parts = {"twins": twins, "changes": changes, "endings": endings, "following": following}
    return write_page(path, "trace.html", runs=runs, reading=READING, **parts)
