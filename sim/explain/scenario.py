"""A scenario as text: its contents, its changes to the parent, and the sources of its values."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sim.enums import Participation, Role
from sim.errors import json_head
from sim.evidence import claims
from sim.explain.formatting import (
    describe_distribution,
    describe_event,
    describe_parameter,
    describe_red_line,
)
from sim.formatting import format_percent, join_and, name_states, plural, state_name
from sim.resources import is_scenario_file, scenario_names
from sim.scenario.diff import Difference, differences, differences_in_content
from sim.scenario.load import load
from sim.scenario.paths import ParameterPath, parameter_at
from sim.scenario.provenance import event_values, values_with_source
from sim.scenario.scenario import Scenario, event_to_yaml
from sim.scenario.schema import REQUIRES, SETTING

MOST_NAMED = 6
MOST_CHANGES = 6


@dataclass(frozen=True)
class SourceCounts:
    """The numbers of values with and without claims, and the claims and articles cited."""

    values: int
    coded: int
    claims: tuple[str, ...]
    articles: tuple[str, ...]

    def to_text(self) -> str:
        """The counts as a sentence."""
        share = format_percent(self.coded / self.values, 0)
        return (
            f"Of {plural(self.values, 'value')}, {self.coded} ({share}) are coded from "
            f"{plural(len(self.claims), 'claim')} of {plural(len(self.articles), 'article')}; "
            f"{self.values - self.coded} are assumed. A claim gives a direction; every number is "
            "a judgement."
        )


@dataclass(frozen=True)
class ExplainedScenario:
    """A scenario with its differences from the parent."""

    scenario: Scenario
    differences: list[Difference]

    @property
    def changed(self) -> list[str]:
        """The differences from the parent as sentences."""
        return describe_changes(self.differences, self.scenario)

    @property
    def sources(self) -> SourceCounts:
        """The sources of its values."""
        return count_sources(self.scenario)

    def to_dict(self) -> dict[str, Any]:
        """The explanation as plain data."""
        scenario, sources = self.scenario, self.sources
        return {
            **json_head("scenario", scenario.name),
            "title": scenario.title,
            "extends": scenario.parent,
            "says": summarise(scenario),
            "setting": setting_rows(scenario),
            "red_lines": red_lines(scenario),
            "events": events(scenario),
            "differences": [each._asdict() for each in self.differences],
            "differences_in_words": self.changed,
            "remarks": remarks(scenario),
            "values": sources.values,
            "coded": sources.coded,
            "assumed": sources.values - sources.coded,
            "claims": list(sources.claims),
            "articles": list(sources.articles),
        }


def explain_scenario(scenario: Scenario) -> ExplainedScenario:
    """Explain a scenario."""
    return ExplainedScenario(scenario, changes(scenario))


def summarise(scenario: Scenario) -> list[str]:
    """The states and their roles, the runs, the pledges and the conditions, a sentence each."""
    by_role = scenario.by_role
    named = {role: join_and([state_name(s) for s in by_role[role]]) for role in Role}
    partners = f"; sanctions are blunted by {named[Role.PARTNER]}" if by_role[Role.PARTNER] else ""
    return [
        f"{named[Role.CHALLENGER]} may challenge, {named[Role.PROTEGE]} is protected by "
        f"{plural(len(by_role[Role.GUARANTOR]), 'guarantor')}{partners}.",
        f"A run lasts up to {plural(scenario.months, 'month')}; {scenario.runs:,} runs are made "
        f"with seed {scenario.seed}.",
        *_ladder(scenario, by_role[Role.GUARANTOR]),
    ]


def _ladder(scenario: Scenario, guarantors: Sequence[str]) -> list[str]:
    if not guarantors:
        return []
    conditional = {name: _with_condition(name, scenario, guarantors) for name in REQUIRES}
    conditions = [f"{name} ({count})" for name, count in conditional.items() if count]
    return [
        f"Pledged: {_tally('pledge', scenario, guarantors)}.",
        f"At the start, as written: {_tally('start', scenario, guarantors)}; a state with an "
        "unmet condition starts lower.",
        f"Guarantors with conditions: {join_and(conditions) or 'none'}.",
    ]


def _tally(name: str, scenario: Scenario, guarantors: Sequence[str]) -> str:
    distributions = [scenario[f"states.{state}.{name}"] for state in guarantors]
    parameter = parameter_at(f"states.{guarantors[0]}.{name}")
    fixed = Counter(
        str(parameter.say(distribution.mean))
        for distribution in distributions
        if distribution.is_fixed
    )
    drawn = sum(not distribution.is_fixed for distribution in distributions)
    counts = [f"{rung} {count}" for rung, count in fixed.most_common()]
    return join_and([*counts, *([f"drawn in each run {drawn}"] if drawn else [])])


def _with_condition(name: str, scenario: Scenario, guarantors: Sequence[str]) -> int:
    distributions = (scenario[f"states.{state}.requires.{name}"] for state in guarantors)
    return sum(
        not (distribution.is_fixed and distribution.mean == 0) for distribution in distributions
    )


def setting_rows(scenario: Scenario) -> list[dict[str, str]]:
    """The setting: path, meaning and value of each parameter as text."""
    return [
        {"path": path, "meaning": SETTING[name].about, "value": _distribution(path, scenario)}
        for name in SETTING
        for path in [f"setting.{name}"]
    ]


def _distribution(path: str, scenario: Scenario) -> str:
    return describe_parameter(path, scenario.values[path])


def red_lines(scenario: Scenario) -> list[str]:
    """The red lines as text, by state."""
    return [describe_red_line(state, line, scenario) for state, line in scenario.red_lines]


def events(scenario: Scenario) -> list[str]:
    """The events as text, with their names and reasons."""
    return [
        f"{event.name}: {describe_event(event_to_yaml(event, with_reasons=False))}"
        + (event.why and f": {event.why}")
        for event in scenario.events
    ]


def count_sources(scenario: Scenario) -> SourceCounts:
    """Count the values of a scenario by source."""
    set_by_events = [value for _, value in event_values(scenario)]
    every = [*values_with_source(scenario), *set_by_events]
    cited = {name for each in every for name in each.claims}
    known = [claim for claim in claims() if claim.id in cited]
    return SourceCounts(
        len(every),
        sum(bool(each.claims) for each in every),
        tuple(claim.id for claim in known),
        tuple(dict.fromkeys(claim.article for claim in known)),
    )


def remarks(scenario: Scenario) -> list[str]:
    """What is allowed and hardly meant: parents that only share the name of a shipped scenario, and
    guarantors that can never take part, or not count.

    Values that an event sets are left out.
    """
    return [*_own_namesakes(scenario), *_idle_guarantors(scenario)]


def _own_namesakes(scenario: Scenario) -> list[str]:
    """The parents that are files beside a child, and not the shipped scenarios of their names."""
    shipped = {f"{name}.yaml" for name in scenario_names()}
    return [
        f"{scenario.name} extends {file}, not the shipped scenario of that name; if that one is "
        "meant, rename the file"
        for file in map(Path, scenario.files[1:])
        if file.name in shipped and not is_scenario_file(file.stem, file)
    ]


def _idle_guarantors(scenario: Scenario) -> list[str]:
    """The guarantors that can never take part, or whose pledged forces do not count."""
    guarantors = scenario.by_role[Role.GUARANTOR]
    later = scenario.set_by_events

    def ends(state: str, name: str) -> tuple[float, float]:
        values = scenario[f"states.{state}.{name}"].quantile_knots()[1]
        return float(values[0]), float(values[-1])

    found = []
    for state in guarantors:
        pledged, others = ends(state, "pledge")[1], len(guarantors) - 1
        needed, kept = ends(state, "requires.others")[0], ends(state, "unconditional")[0]
        if needed > others and kept < pledged and f"states.{state}.requires.others" not in later:
            found.append(
                f"{state_name(state)} requires {plural(int(needed), 'other guarantor')} to take "
                f"part, and the scenario has {others}: it never goes beyond its unconditional rung"
            )
        none = not ends(state, "capability")[1] and f"states.{state}.capability" not in later
        if none and pledged > Participation.MONITORING:
            found.append(f"{state_name(state)} pledges forces and has no capability: none count")
    return found


def changes(scenario: Scenario) -> list[Difference]:
    """The differences from the parent; an empty list without a parent."""
    if len(scenario.files) < 2:
        return []
    return differences(scenario, load(Path(scenario.files[1])))


def describe_differences(
    scenario: Scenario, baseline: Scenario, most: int | None = None
) -> list[str]:
    """What differs in a scenario from a baseline, in sentences.

    Runs and seed are left out. If there are more than ``most``, a further one counts the rest.
    """
    words = describe_changes(differences_in_content(scenario, baseline), scenario)
    if most is None or len(words) <= most:
        return words
    return [*words[:most], f"and {len(words) - most} more"]


def describe_changes(found: Iterable[Difference], scenario: Scenario) -> list[str]:
    """The differences as sentences, in order; equal changes of several states as one sentence."""
    equal: dict[tuple[str, str], list[Difference]] = defaultdict(list)
    for each in found:
        equal[_what(each.path), _text(each.after)].append(each)
    return [_sentence(what, after, some, scenario) for (what, after), some in equal.items()]


def _what(path: str) -> str:
    """A path without the name of the state."""
    block, *rest = path.split(".")
    return ".".join([block, *rest[1:]]) if block == "states" else path


def _sentence(what: str, after: str, some: list[Difference], scenario: Scenario) -> str:
    block, _, name = what.partition(".")
    if block == "events":
        return _event_sentence(ParameterPath.parse(what), after, _text(some[0].before))
    if block == "groups":
        return f"group {name.partition('.')[0]}: {after or 'removed'}"
    if block != "states":
        return f"{what}: {after}; it was {_before(some)} – {parameter_at(what).about}"
    owners = whose([each.path.split(".")[1] for each in some], scenario)
    meaning = parameter_at(some[0].path).about
    return f"{name}: {after or 'removed'} for {owners}; {_was(some)} – {meaning}"


def _event_sentence(path: ParameterPath, after: str, before: str) -> str:
    if path.name:
        inside = str(replace(path, event=""))
        return f"event {path.event}, {inside}: {after}; it was {before}"
    if after and before:
        return f"event {path.event}: {after}; it was {before}"
    if after:
        return f"a new event, {path.event}: {after}"
    return f"an event removed, {path.event}: {before}"


def _was(some: list[Difference]) -> str:
    if all(each.before is None for each in some):
        return "it was absent"
    return f"it was {_before(some)}"


def _before(some: list[Difference]) -> str:
    """The earlier values, the most frequent first, with counts if there are several; different
    distributions are counted together."""
    drawn = {_text(each.before) for each in some if _is_drawn(each.before)}
    if len(drawn) > 1:
        texts = ["drawn in each run" if _is_drawn(e.before) else _text(e.before) for e in some]
    else:
        texts = [_text(each.before) for each in some]
    counted = Counter(text or "absent" for text in texts).most_common()
    if len(counted) == 1:
        return counted[0][0]
    (first, count), *others = counted
    states = f"{first} for {plural(count, 'state')}"
    return join_and([states, *(f"{text} for {count}" for text, count in others)])


def _is_drawn(written: Any) -> bool:
    return isinstance(written, Mapping) and "fixed" not in written and "set" not in written


def _text(written: Any) -> str:
    """A distribution, an event or a list of names as text; empty for None."""
    if written is None:
        return ""
    if isinstance(written, list):
        return join_and([state_name(state) for state in written])
    if isinstance(written, Mapping) and "set" in written:
        return describe_event(written)
    return describe_distribution(written)


def whose(states: Collection[str], scenario: Scenario) -> str:
    """The states by name, or by the groups of which all members are among them."""
    left = dict.fromkeys(states)
    if len(left) <= MOST_NAMED:
        return join_and([state_name(state) for state in left])
    named = []
    for group, members in sorted(scenario.groups.items(), key=lambda item: -len(item[1])):
        if len(members) > 1 and left.keys() >= set(members):
            named.append(f"{group} ({plural(len(members), 'state')})")
            left = {state: None for state in left if state not in members}
    return join_and([*named, *(name for name, _ in name_states([*left]))])
