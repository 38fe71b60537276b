"""What only the whole scenario can tell: whether its parts go together."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from sim.errors import Place, Problem
from sim.scenario.findings import Findings
from sim.scenario.lines import line_problems
from sim.scenario.model import Scenario, Value
from sim.scenario.paths import parameter_at
from sim.scenario.schema import MAX_EVENT_SETTINGS, MAX_EVENTS, MAX_RED_LINES, MAX_STATES
from sim.scenario.world import World
from sim.suggest import nearest
from sim.vocabulary import Participation, Role


def check(scenario: Scenario, world: World, findings: Findings) -> None:
    """Report every way in which the parts of a scenario contradict each other; silent on what
    could not be read, which is reported already."""
    _spread_doubts(world, findings)
    top = Place(scenario.files[0], 1, 1)
    findings.problems += _too_many(scenario, top)
    findings.problems += _cast(scenario, world, top)
    findings.problems += _out_of_role(scenario, findings)
    findings.problems += _starts(scenario, findings)
    findings.problems += _strangers(scenario, world)
    findings.problems += line_problems(scenario, world, findings)


def _spread_doubts(world: World, findings: Findings) -> None:
    """What could not be read of a group is unknown of each of its members."""
    for path in [path for path in findings.doubtful if path.startswith("groups.")]:
        for owner in world.owners(path + "."):
            findings.doubt(owner.rstrip("."))


def _too_many(scenario: Scenario, top: Place) -> Iterator[Problem]:
    settings = sum(len(event.set) for event in scenario.events)
    for count, most, what in (
        (len(scenario.states), MAX_STATES, "states"),
        (len(scenario.red_lines), MAX_RED_LINES, "red lines"),
        (len(scenario.events), MAX_EVENTS, "events"),
        (settings, MAX_EVENT_SETTINGS, "settings in events, a group's counted for each member"),
    ):
        if count > most:
            yield Problem(top, f"{count} {what}", f"at most {most}: leave some out")


def _cast(scenario: Scenario, world: World, top: Place) -> Iterator[Problem]:
    """There is one challenger, and one protégé."""
    if any(_leaves_roles_open(path) for path in world.findings.doubtful):
        return
    for role in (Role.CHALLENGER, Role.PROTEGE):
        states = [state for state in world.below("states") if scenario.role(state) is role]
        if not states:
            yield Problem(top, f"no state is the {role.label}", f"give one 'role: {role.word}'")
        for state in states[1:]:
            place = scenario.values[f"states.{state}.role"].place or top
            message = f"{state} is a second {role.label}, beside {states[0]}"
            yield Problem(place, message, "give one of them another role")


def _leaves_roles_open(doubtful: str) -> bool:
    """Whether a path that could not be read may have held somebody's role."""
    block, *rest = doubtful.split(".")
    return block in ("states", "groups") and (len(rest) < 2 or rest[1] == "role")


def _out_of_role(scenario: Scenario, findings: Findings) -> Iterator[Problem]:
    """A state says only what its role uses."""
    in_events = (pair for event in scenario.events for pair in event.set)
    for path, value in chain(scenario.values.items(), in_events):
        wanted = parameter_at(path).role if value.place else None
        if value.place is None or wanted is None:
            continue
        _, state, name = path.split(".", 2)
        role = scenario.role(state)
        if role is not wanted and not findings.is_doubtful(f"states.{state}.role"):
            message = f"{name} is for a {wanted.label}, and {state} is a {role.label}"
            remedy = f"leave it out, or give {state} 'role: {wanted.word}'"
            yield Problem(value.place, message, remedy)


def _starts(scenario: Scenario, findings: Findings) -> Iterator[Problem]:
    """No state starts above what it has pledged."""
    for state in scenario.states:
        start, pledge = (f"states.{state}.{name}" for name in ("start", "pledge"))
        laws = scenario[start], scenario[pledge]
        if any(findings.is_doubtful(path) for path in (start, pledge)):
            continue
        if all(law.is_fixed for law in laws) and laws[0].numbers > laws[1].numbers:
            words = [Participation(int(law.numbers[0])).word for law in laws]
            message = f"{state} starts at {words[0]}, above its pledge, {words[1]}"
            place = scenario.values[start].place or scenario.values[pledge].place
            yield Problem(_known(place), message, "raise the pledge, or lower the start")


def _strangers(scenario: Scenario, world: World) -> Iterator[Problem]:
    """A new state without any weight whose name is nearly another's is a slip of the pen; a
    partner needs none."""
    weighed = [s for s in scenario.states if _capability(scenario, s).place is not None]
    partners = [s for s in scenario.states if scenario.role(s) is Role.PARTNER]
    for state in set(scenario.states).difference(weighed, partners):
        meant = nearest(state, weighed)
        if meant is not None:
            remedy = f"did you mean '{meant}'? if not, write its capability"
            place = world.names["states"][state]
            yield Problem(place, f"a new state, '{state}', without a capability", remedy)


def _capability(scenario: Scenario, state: str) -> Value:
    return scenario.values[f"states.{state}.capability"]


def _known(place: Place | None) -> Place:
    assert place is not None
    return place
