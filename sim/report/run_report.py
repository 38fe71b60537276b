"""The report on the runs of one scenario."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sim.experiments.storage.files import write_durably
from sim.formatting import format_interval, format_share
from sim.report import panels
from sim.report.assumptions import assumptions, with_claim_text
from sim.report.historical_record import compare_with_record
from sim.report.page import render
from sim.report.panels import decisions, headline
from sim.report.reproduce import reproduction
from sim.trace.narrative import READING

if TYPE_CHECKING:
    from sim.report.follow_up import FollowUp
    from sim.results import Results
    from sim.scenario.scenario import Scenario

FACTS = {
    "war": "end in war",
    "failure": "end in war by a planned attack (deterrence failed)",
    "escalation": "end in war by escalation from a strike, a probe or an accident",
}
INFO = {
    "what_is_it": "What is it?",
    "how_it_works": "How does it work?",
    "things_to_notice": "Things to notice",
    "things_to_try": "Things to try",
    "decision_point": "The decision",
    "debrief": "Debriefing",
    "leaves_out": "What it leaves out",
    "sources": "Sources",
}


class Fact(NamedTuple):
    """A share of the model runs, or of decisions in them, with its interval."""

    name: str
    share: str
    interval: str


class Section(NamedTuple):
    """A section of the page in its navigation."""

    id: str
    name: str


def write_report(
    results: Results, path: str | Path, follow_up: FollowUp | None = None, following: str = ""
) -> Path:
    """Write the report on ``results`` to ``path``, whole or not at all, and return it.

    The folder must exist; raises :class:`sim.experiments.storage.files.CannotStore` where the file
    cannot be written.

    ``follow_up`` is the result of :func:`sim.report.follow_up.follow_up`, for the sections that
    need more runs; without it they are omitted. ``following`` is the command to try next.
    """
    path = Path(path)
    write_durably(path, report(results, follow_up, following).encode())
    return path


def report(results: Results, follow_up: FollowUp | None = None, following: str = "") -> str:
    """The report on ``results`` as one page of HTML."""
    scenario = results.scenario
    rows = panels.waffle(results).rows
    drawn = _panels(results)
    info = _info(scenario)
    return render(
        "report.html",
        scenario=scenario,
        headline=headline(results),
        facts=_facts(results),
        sections=_sections(drawn, info, follow_up),
        follow_up=follow_up,
        reading=READING,
        endings=panels.outcomes_panel(results),
        key=rows,
        key_top=ceil(10 * max(row.share[2] for row in rows)) / 10,
        panels=drawn,
        record=compare_with_record(results),
        assumptions=assumptions(scenario),
        info=info,
        again=reproduction(results, following),
    )


def _panels(results: Results) -> list[tuple[panels.Panel, str]]:
    found = [
        (panels.time_to_war_panel(results), "When war comes"),
        (panels.incidence_panel(results), "Which war"),
        (panels.participation_panel(results), "Who takes part"),
    ]
    return [(panel, kicker) for panel, kicker in found if panel is not None]


def _facts(results: Results) -> list[Fact]:
    shares = [(name, results.measures[measure]) for measure, name in FACTS.items()]
    return [
        Fact(name, format_share(share), f"95 % interval {format_interval(share)}")
        for name, share in (*shares, *decisions(results))
    ]


def _info(scenario: Scenario) -> list[tuple[str, str | tuple[str, ...]]]:
    """The parts of the info block; a claim's id is followed by its text."""
    parts = dict(scenario.info)
    if isinstance(sources := parts.get("sources"), tuple):
        parts["sources"] = tuple(map(with_claim_text, sources))
    return [(name, parts[key]) for key, name in INFO.items() if parts.get(key)]


def _sections(
    drawn: list[tuple[panels.Panel, str]], info: Sequence[object], follow_up: FollowUp | None
) -> list[Section]:
    return [
        *([Section("conclusion", "Conclusion")] if follow_up else []),
        Section("endings", "How the runs end"),
        *(Section(panel.name, kicker) for panel, kicker in drawn),
        *(_follow_up_sections(follow_up) if follow_up else []),
        Section("record", "Historical record"),
        Section("assumptions", "Assumptions"),
        *([Section("about", "The scenario")] if info else []),
        Section("reproduce", "Reproduce it"),
    ]


def _follow_up_sections(follow_up: FollowUp) -> list[Section]:
    return [
        Section("narratives", "Single runs"),
        *([Section("lines", "Red lines")] if follow_up.red_lines else []),
        Section("weights", "Effects of weights"),
    ]
