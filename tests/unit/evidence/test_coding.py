"""Values and claims point at each other: every citation resolves, is meant, and goes that way."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from sim.evidence import Informs, articles, claim, claims
from sim.resources import seed_file
from sim.scenario.distributions import Distribution
from sim.scenario.load import load
from sim.scenario.parameter import ASSUMPTION
from sim.scenario.paths import parameter_at
from sim.scenario.scenario import Scenario, Value
from tests.unit.evidence.direction import agrees, guarantors

ROOT = Path(__file__).parents[3]
NAMES = ["roster", *sorted(path.stem for path in (ROOT / "scenarios").glob("*.yaml"))]
STRUCTURE = {"role", "effect"}


class Citation(NamedTuple):
    """A value that cites a claim."""

    scenario: Scenario
    path: str
    distribution: Distribution
    claim: str

    def follows(self, bearing: Informs) -> bool:
        """Whether the value is one that the bearing is about, and goes its way."""
        return self.path in meant(bearing.parameter, self.scenario) and agrees(
            bearing.direction, self.distribution, self.path, self.scenario
        )


@cache
def shipped(name: str) -> Scenario:
    return load(seed_file(name) if name == "roster" else name)


def sourced(scenario: Scenario) -> Iterator[tuple[str, Value]]:
    """Every value that someone wrote, by its path; what an event sets is among them."""
    yield from ((path, value) for path, value in scenario.values.items() if value.place)
    for event in scenario.events:
        yield from event.set


def listing(faults: list[str]) -> str:
    """All faults, one a line."""
    return "\n".join([f"{len(faults)} faults:", *faults])


@cache
def citations() -> tuple[Citation, ...]:
    return tuple(
        Citation(scenario, path, value.distribution, source)
        for scenario in map(shipped, NAMES)
        for path, value in sourced(scenario)
        for source in value.source
        if source != ASSUMPTION
    )


def meant(parameter: str, scenario: Scenario) -> set[str]:
    """The paths that a claim's parameter stands for: one a member, if it names a group."""
    block, name, *rest = parameter.split(".")
    if block != "groups":
        return {parameter}
    return {".".join(["states", state, *rest]) for state in scenario.groups[name]}


def test_every_source_is_a_claim_or_an_assumption() -> None:
    known = {each.id for each in claims()} | {ASSUMPTION}
    articles_too = known | {article.id for article in articles()}
    unknown = [
        *(
            f"{each.scenario.name}: {each.path} cites {each.claim}"
            for each in citations()
            if each.claim not in known
        ),
        *(
            f"{name}: the lesson's sources name {source}"
            for name in NAMES
            for source in shipped(name).info.get("sources", ())
            if source not in articles_too
        ),
    ]
    assert not unknown, listing(unknown)


def test_every_value_written_has_a_source_and_a_reason() -> None:
    bare = [
        f"{name}: {path}"
        for name in NAMES
        for path, value in shipped(name).values.items()
        if value.place and path.split(".")[-1] not in STRUCTURE
        if not (value.source and value.why)
    ]
    assert not bare, listing(bare)


def test_every_parameter_that_a_claim_informs_exists() -> None:
    for each in claims():
        for bearing in each.informs:
            assert parameter_at(bearing.parameter), f"{each.id}: {bearing.parameter}"


def test_every_parameter_that_a_claim_informs_cites_it() -> None:
    by_claim: dict[str, list[Citation]] = {}
    for citation in citations():
        by_claim.setdefault(citation.claim, []).append(citation)
    uncited = [
        f"{each.id}: {bearing.parameter} {bearing.direction}"
        for each in claims()
        for bearing in each.informs
        if not any(citation.follows(bearing) for citation in by_claim.get(each.id, ()))
    ]
    assert not uncited, listing(uncited)


def test_every_value_that_cites_a_claim_is_informed_by_it_and_goes_its_way() -> None:
    astray = [
        f"{each.scenario.name}: {each.path} cites {each.claim}"
        for each in citations()
        if not any(map(each.follows, claim(each.claim).informs))
    ]
    assert not astray, listing(astray)


def test_the_roster_counts_26_formal_pledgers_among_its_guarantors() -> None:
    roster = shipped("roster")
    assert len(roster.groups["formal_pledgers"]) == 26
    assert sorted(roster.groups["guarantors"]) == guarantors(roster)
    assert set(roster.groups["formal_pledgers"]) < set(roster.groups["guarantors"])
