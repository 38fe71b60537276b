"""Counterfactual: the same run under two scenarios with common random numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from sim.errors import UsageError
from sim.formatting import join_and, plural, state_name
from sim.scenario.diff import differences
from sim.scenario.scenario import Scenario
from sim.trace.divergence import describe_crises, describe_divergence
from sim.trace.events import TracedMonth, TracedRun
from sim.trace.formatting import format_level
from sim.trace.narrative import Chapter, story
from sim.trace.why_this_run import crisis_risks

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
            "later": self.later(),
            "outcome_in_words": self.outcome_in_words(),
            "endings": self.endings(),
            "story": story(self.there).to_dict(),
            **whole,
        }

    def in_words(self) -> str:
        """A sentence on where the two runs diverge."""
        months = self.differing_months
        if not months:
            return "Every month has the same actions in both runs."
        start = "at the start" if months[0] == 0 else f"in month {months[0]}"
        if months == [0]:
            return f"The two runs differ {start} and in no later month."
        same = f"are identical for {plural(months[0] - 1, 'month')} and " if months[0] > 1 else ""
        return f"The two runs {same}diverge {start}."

    def why(self) -> str:
        """Sentences on what differs first, the chances behind it, and why a challenge is worth more
        in one run; empty without divergence."""
        parting = self.parting
        if parting is None:
            return ""
        pair = [run.months[parting] if parting < len(run.months) else None for run in self._runs]
        before = self.here.months[parting - 1], self.there.months[parting - 1]
        scenarios = self.here.scenario, self.there.scenario
        return describe_divergence(pair[0], pair[1], scenarios, self.where, before)

    def later(self) -> str:
        """Sentences on what follows the divergence: the first crisis that differs between the two
        runs, and the power of the force in each at that time; empty if the runs do not diverge, or
        diverge in a crisis."""
        if self.parting is None:
            return ""
        for here, there in self._months:
            if here is None or there is None:
                break
            if here.course != there.course:
                said = describe_crises(here, there, self.here.scenario, self.where)
                if said in self.why():
                    return ""
                first = f"The first crisis that differs is in month {here.number}"
                return f"{first}: {said} {self._force(here, there)}"
        return "The crises take the same course in both runs."

    def _force(self, here: TracedMonth, there: TracedMonth) -> str:
        """The power of the force in one month of both runs."""
        powers = (m.crisis.power if m.crisis else m.power for m in (here, there))
        one, other = map(format_level, powers)
        if one == other:
            return f"The power of the force is then {one} in both."
        return f"The power of the force is then {one} {self.where[0]} and {other} {self.where[1]}."

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
        here, there = self.names
        if self.here.scenario.name == self.there.scenario.name:
            here, there = f"the {here} run", f"the {there} run"
        return f"The ending of {here} is {one}, that of {there} is {other}."

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
    return f"“{run.outcome.label}” in month {run.last.number}"


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
