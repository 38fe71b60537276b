"""A scenario explained: what it says in words, what it changes, what it rests on."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from sim.errors import head
from sim.evidence import claims
from sim.explain.differing import changes, in_words
from sim.explain.wording import event_in_words, law_in_words, line_in_words
from sim.figures.wording import percent, place_name, plural, several
from sim.report.given import given
from sim.scenario.differences import Difference
from sim.scenario.model import Scenario
from sim.scenario.paths import parameter_at
from sim.scenario.schema import REQUIRES, SETTING
from sim.scenario.written import event_written, value_written
from sim.vocabulary import Role


@dataclass(frozen=True)
class Rests:
    """How many of a scenario's values rest on claims, and on how many claims of which articles."""

    values: int
    coded: int
    claims: tuple[str, ...]
    articles: tuple[str, ...]

    @property
    def in_words(self) -> str:
        """The counts as a sentence."""
        share = percent(self.coded / self.values, 0)
        return (
            f"Of {plural(self.values, 'value')}, {self.coded} ({share}) are coded from "
            f"{plural(len(self.claims), 'claim')} of {plural(len(self.articles), 'article')}; "
            f"{self.values - self.coded} are assumed. A claim gives a direction; every number is "
            "a judgement."
        )


@dataclass(frozen=True)
class ToldScenario:
    """A scenario in words."""

    scenario: Scenario
    differences: list[Difference]

    @property
    def changed(self) -> list[str]:
        """What it changes in the scenario it extends, in words."""
        return in_words(self.differences, self.scenario)

    @property
    def rests(self) -> Rests:
        """What its values rest on."""
        return rests(self.scenario)

    def document(self) -> dict[str, Any]:
        """All of it as plain data."""
        scenario, rests = self.scenario, self.rests
        return {
            **head("scenario", scenario.name),
            "title": scenario.title,
            "extends": scenario.parent,
            "says": says(scenario),
            "setting": settings(scenario),
            "red_lines": red_lines(scenario),
            "events": events(scenario),
            "differences": [each._asdict() for each in self.differences],
            "differences_in_words": self.changed,
            "values": rests.values,
            "coded": rests.coded,
            "assumed": rests.values - rests.coded,
            "claims": list(rests.claims),
            "articles": list(rests.articles),
        }


def told(scenario: Scenario) -> ToldScenario:
    """The scenario in words."""
    return ToldScenario(scenario, changes(scenario))


def says(scenario: Scenario) -> list[str]:
    """Who acts, how long, and how far the guarantors have gone, a sentence each."""
    by_role = {role: [s for s in scenario.states if scenario.role(s) is role] for role in Role}
    named = {role: several([place_name(s) for s in by_role[role]]) for role in Role}
    partners = f"; {named[Role.PARTNER]} blunts sanctions" if by_role[Role.PARTNER] else ""
    return [
        f"{named[Role.CHALLENGER]} may challenge, {named[Role.PROTEGE]} is protected by "
        f"{plural(len(by_role[Role.GUARANTOR]), 'guarantor')}{partners}.",
        f"A run lasts up to {plural(scenario.months, 'month')}; {scenario.runs:,} runs are made "
        f"with seed {scenario.seed}.",
        *_ladder(scenario, by_role[Role.GUARANTOR]),
    ]


def _ladder(scenario: Scenario, guarantors: list[str]) -> list[str]:
    if not guarantors:
        return []
    asked = {name: _with_condition(name, scenario, guarantors) for name in REQUIRES}
    conditions = [f"{name} ({count})" for name, count in asked.items() if count]
    return [
        f"Pledged: {_tally('pledge', scenario, guarantors)}.",
        f"At the start, as written: {_tally('start', scenario, guarantors)}; a condition that is "
        "not met holds a state lower.",
        f"States that ask for something first: {several(conditions) or 'none'}.",
    ]


def _tally(name: str, scenario: Scenario, guarantors: list[str]) -> str:
    laws = [scenario[f"states.{state}.{name}"] for state in guarantors]
    parameter = parameter_at(f"states.{guarantors[0]}.{name}")
    fixed = Counter(str(parameter.say(law.mean)) for law in laws if law.is_fixed)
    drawn = sum(not law.is_fixed for law in laws)
    counts = [f"{rung} {count}" for rung, count in fixed.most_common()]
    return several([*counts, *([f"drawn anew in each run {drawn}"] if drawn else [])])


def _with_condition(name: str, scenario: Scenario, guarantors: list[str]) -> int:
    laws = (scenario[f"states.{state}.requires.{name}"] for state in guarantors)
    return sum(not (law.is_fixed and law.mean == 0) for law in laws)


def settings(scenario: Scenario) -> list[dict[str, str]]:
    """The setting: each parameter's name, meaning and law in words."""
    return [
        {"path": path, "meaning": SETTING[name].meaning, "value": _law(path, scenario)}
        for name in SETTING
        for path in [f"setting.{name}"]
    ]


def _law(path: str, scenario: Scenario) -> str:
    return law_in_words(value_written(path, scenario.values[path], with_reasons=False))


def red_lines(scenario: Scenario) -> list[str]:
    """The red lines in words, state by state."""
    return [line_in_words(state, line, scenario) for state, line in scenario.red_lines]


def events(scenario: Scenario) -> list[str]:
    """The events in words, each with its reason."""
    return [
        event_in_words(event_written(event, with_reasons=False)) + (event.why and f": {event.why}")
        for event in scenario.events
    ]


def rests(scenario: Scenario) -> Rests:
    """What the values of a scenario rest on."""
    every = list(given(scenario))
    cited = {name for each in every for name in each.claims}
    known = [claim for claim in claims() if claim.id in cited]
    return Rests(
        len(every),
        sum(bool(each.claims) for each in every),
        tuple(claim.id for claim in known),
        tuple(dict.fromkeys(claim.article for claim in known)),
    )
