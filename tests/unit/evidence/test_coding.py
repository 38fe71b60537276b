"""Values and claims point at each other: every citation resolves, is meant, and goes that way."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from sim.enums import Role
from sim.evidence import Claim, Informs, articles, claim, claims
from sim.evidence.claims import UNNAMED
from sim.resources import seed_file
from sim.scenario.distributions import Distribution
from sim.scenario.load import load
from sim.scenario.parameter import ASSUMPTION
from sim.scenario.paths import parameter_at
from sim.scenario.scenario import Scenario, Value
from tests.unit.evidence.direction import OPPOSITE, agrees, guarantors

ROOT = Path(__file__).parents[3]
NAMES = ["roster", *sorted(path.stem for path in (ROOT / "scenarios").glob("*.yaml"))]
STRUCTURE = {"role", "effect"}


class Citation(NamedTuple):
    """A value that cites a claim."""

    scenario: Scenario
    path: str
    distribution: Distribution
    claim: str
    together: tuple[str, ...]

    def concerns(self, bearing: Informs) -> bool:
        """Whether the value is one that the bearing is about."""
        return self.path in meant(bearing.parameter, self.scenario)

    def follows(self, bearing: Informs) -> bool:
        """Whether the value is one that the bearing is about, and goes its way."""
        return self.concerns(bearing) and agrees(
            bearing.direction, self.distribution, self.path, self.scenario, self.opposed(bearing)
        )

    def opposed(self, bearing: Informs) -> bool:
        """Whether a claim that the value cites as well says the opposite."""
        against = OPPOSITE.get(bearing.direction)
        others = (
            other for name in self.together if name != ASSUMPTION for other in claim(name).informs
        )
        return any(other.direction == against and self.concerns(other) for other in others)


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
        Citation(scenario, path, value.distribution, source, value.source)
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


def names(one: Claim, state: str, scenario: Scenario) -> bool:
    """Whether a claim is about a state: by its name, its group's, or as one of the coalition. What
    anyone says of the challenger, the protégé or partners in general is about them."""
    if scenario.role(state) in (Role.CHALLENGER, Role.PROTEGE) or "coalition" in one.who:
        return True
    if state.startswith(UNNAMED):
        return True
    return any(who == state or state in scenario.groups.get(who, ()) for who in one.who)


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


def test_a_claim_about_a_group_is_cited_by_every_member() -> None:
    uncited = [
        f"{each.id}: {path}"
        for each in claims()
        for bearing in each.informs
        for path in meant(bearing.parameter, shipped("roster"))
        - {citation.path for citation in citations() if citation.claim == each.id}
        - {bearing.parameter}
    ]
    assert not uncited, listing(uncited)


def test_a_value_of_a_state_that_its_claim_does_not_name_is_an_assumption_as_well() -> None:
    unmarked = [
        f"{each.scenario.name}: {each.path}"
        for each in citations()
        if each.path.startswith("states.") and ASSUMPTION not in each.together
        if not any(names(claim(c), each.path.split(".")[1], each.scenario) for c in each.together)
    ]
    assert not unmarked


def test_a_pledge_rests_on_public_claims_or_is_an_assumption_as_well() -> None:
    hidden = [
        f"{each.scenario.name}: {each.path}"
        for each in citations()
        if each.path.endswith(".pledge") and ASSUMPTION not in each.together
        if not any(claim(name).public for name in each.together)
    ]
    assert not hidden


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
