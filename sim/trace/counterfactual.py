"""Counterfactual: the same run under two scenarios with common random numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from sim.errors import UsageError
from sim.scenario.diff import differences
from sim.scenario.scenario import Scenario
from sim.text import join_and, plural, state_name
from sim.trace.divergence import describe_divergence
from sim.trace.events import TracedMonth, TracedRun
from sim.trace.narrative import Chapter, story
from sim.trace.narrative_course import crisis_risks
from sim.trace.text import format_level

MOST_SPANS = 8
MOST_STATES = 6


@dataclass(frozen=True)
class TwinRuns:
    """A run, and the run of the same number and seed under another scenario of the same states.

    Raises :class:`sim.errors.UsageError` if the scenarios have different states or roles.
    """

    here: TracedRun
    there: TracedRun

    def __post_init__(self) -> None:
        check_same_roster(self.here.scenario, self.there.scenario)

    @property
    def names(self) -> tuple[str, str]:
        """The names of the two runs: those of the scenarios, if they have different ones."""
        names = self.here.scenario.name, self.there.scenario.name
        return names if names[0] != names[1] else ("unchanged", "changed")

    @property
    def where(self) -> tuple[str, str]:
        """The two runs after a verb, such as ``in no_force``."""
        here, there = self.names
        if self.here.scenario.name == self.there.scenario.name:
            return f"in the {here} run", f"in the {there} run"
        return f"in {here}", f"in {there}"

    @property
    def _months(self) -> Iterator[tuple[TracedMonth | None, TracedMonth | None]]:
        return zip_longest(self.here.months, self.there.months)

    @property
    def differing_months(self) -> list[int]:
        """The months in which actions differ, or that only one of the runs has."""
        return [
            number
            for number, (here, there) in enumerate(self._months)
            if here is None or there is None or here.deeds != there.deeds
        ]

    @property
    def parting(self) -> int | None:
        """The first month in which actions differ; None if they never do."""
        return next(iter(self.differing_months), None)

    def to_dict(self) -> dict[str, Any]:
        """The second run as plain data, with its months from the divergence on."""
        whole, parting = self.there.to_dict(), self.parting
        whole["months"] = [] if parting is None else whole["months"][parting:]
        found = differences(self.there.scenario, self.here.scenario)
        return {
            "names": list(self.names),
            "changes": [each._asdict() for each in found],
            "parting": parting,
            "differing_months": self.differing_months,
            "in_words": self.in_words(),
            "why": self.why(),
            "outcome_in_words": self.outcome_in_words(),
            "endings": self.endings(),
            "story": story(self.there).to_dict(),
            **whole,
        }

    def in_words(self) -> str:
        """Sentences on where the two runs diverge and which months differ."""
        months, longest = self.differing_months, len(list(self._months))
        if not months:
            return "Every month has the same actions in both runs."
        start = "at the start" if months[0] == 0 else f"in month {months[0]}"
        later = [month for month in months if month]
        if not later:
            return f"The two runs differ {start} and in no later month."
        same = f"are identical for {plural(months[0] - 1, 'month')} and " if months[0] > 1 else ""
        return (
            f"The two runs {same}diverge {start}. Actions differ in {len(later)} of "
            f"{plural(longest - 1, 'month')}: {_spans(later)}."
        )

    def why(self) -> str:
        """Sentences on what differs first, and the chances behind it; empty without divergence."""
        parting = self.parting
        if parting is None:
            return ""
        pair = [run.months[parting] if parting < len(run.months) else None for run in self._runs]
        return describe_divergence(pair[0], pair[1], self.here.scenario, self.where)

    @property
    def _runs(self) -> tuple[TracedRun, TracedRun]:
        return self.here, self.there

    def chapters(self, full: bool = False) -> list[Chapter]:
        """The second run's chapters from the divergence on."""
        parting = self.parting
        if parting is None:
            return []
        return [chapter for chapter in story(self.there, full).chapters if chapter.month >= parting]

    def outcome_in_words(self) -> str:
        """A sentence on whether the two runs end in the same way."""
        one, other = (_outcome(run) for run in self._runs)
        if one == other:
            return f"Both runs end in the same way: {one}."
        if self.here.scenario.name == self.there.scenario.name:
            return f"The unchanged run ends with {one}, the changed run with {other}."
        here, there = self.names
        return f"The run of {here} ends with {one}, the run of {there} with {other}."

    def endings(self) -> list[dict[str, str]]:
        """The two endings side by side: a row for each fact, with a text for each run."""
        facts = [_facts(run) for run in self._runs]
        one, other = self.names
        return [{"fact": fact, one: facts[0][fact], other: facts[1][fact]} for fact in facts[0]]


def check_same_roster(here: Scenario, there: Scenario) -> None:
    """Refuse two scenarios whose states or roles differ."""
    names = f"{here.name} and {there.name}"
    remedy = "trace each alone, or write both as files that extend the same scenario"
    if here.states != there.states:
        only = sorted({*here.states} ^ {*there.states})
        listed = join_and([state_name(state) for state in only[:MOST_STATES]])
        more = f" and {len(only) - MOST_STATES} more" if len(only) > MOST_STATES else ""
        message = (
            f"{names} have different states, so their runs cannot be compared month by month; "
            f"only in one of them: {listed}{more}"
        )
        raise UsageError(message, remedy)
    other_role = [state for state in here.states if here.role(state) is not there.role(state)]
    if other_role:
        listed = join_and([state_name(state) for state in other_role])
        raise UsageError(f"{names} give different roles to {listed}", remedy)


def _outcome(run: TracedRun) -> str:
    return f"{run.outcome.label} in month {run.last.number}"


def _spans(months: list[int]) -> str:
    """Months as text, consecutive ones as a range: ``24, 30–36 and 40``."""
    spans: list[list[int]] = []
    for month in months:
        if spans and month == spans[-1][-1] + 1:
            spans[-1].append(month)
        else:
            spans.append([month])
    texts = [str(span[0]) if len(span) == 1 else f"{span[0]}–{span[-1]}" for span in spans]
    more = [f"{len(texts) - MOST_SPANS} later spans"] if len(texts) > MOST_SPANS else []
    return join_and([*texts[:MOST_SPANS], *more])


def _facts(run: TracedRun) -> dict[str, str]:
    """The end of a run in a few facts."""
    last, risks = run.last, crisis_risks(run)
    return {
        "ending": run.outcome.label,
        "last month": str(last.number),
        "crises": str(len(risks)),
        "answered": str(sum(risk.answered for risk in risks)),
        "pressed": str(sum(risk.pressed for risk in risks)),
        "power of the force at the end": format_level(last.power),
        "tension at the end": format_level(last.tension),
    }
