"""Consistency checks of a whole scenario: counts, roles, starts, names and red lines."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterator, Mapping
from itertools import chain

from sim.enums import Effect, Occasion, Participation, Role, Watch
from sim.errors import Place, Problem, nearest
from sim.scenario.diagnostics import Diagnostics
from sim.scenario.paths import ParameterPath, parameter_at
from sim.scenario.resolve import World
from sim.scenario.scenario import Scenario, Value
from sim.scenario.schema import ALLOWED, MAX_EVENT_SETTINGS, MAX_EVENTS, MAX_RED_LINES, MAX_STATES


def validate(scenario: Scenario, world: World, diagnostics: Diagnostics) -> None:
    """Report every inconsistency, except where a value is unknown because of an earlier problem."""
    _mark_members_unknown(world, diagnostics)
    if world.lacks_parent:
        _mark_inherited_unknown(scenario, world, diagnostics)
    top = Place(scenario.files[0], 1, 1)
    diagnostics.problems += _too_many(scenario, top)
    diagnostics.problems += _roles(scenario, world, top)
    diagnostics.problems += _out_of_role(scenario, diagnostics)
    diagnostics.problems += _backers(scenario, diagnostics)
    diagnostics.problems += _starts(scenario, diagnostics)
    diagnostics.problems += _misspelt_states(scenario, world)
    diagnostics.problems += _red_lines(scenario, world, diagnostics)
    if not diagnostics.is_unknown("months"):
        diagnostics.problems += _too_late(scenario, world)


def _mark_members_unknown(world: World, diagnostics: Diagnostics) -> None:
    """An unknown value of a group is unknown for each of its members."""
    for path in [path for path in diagnostics.unknown if path.startswith("groups.")]:
        for target in world.owners(path):
            diagnostics.mark_unknown(target)


def _mark_inherited_unknown(scenario: Scenario, world: World, diagnostics: Diagnostics) -> None:
    """What no layer writes may be written by the parent that could not be read."""
    unwritten = [path for path, value in scenario.values.items() if value.place is None]
    for path in (*unwritten, *(["months"] if "months" not in world.values else [])):
        diagnostics.mark_unknown(path)


def _too_many(scenario: Scenario, top: Place) -> Iterator[Problem]:
    settings = sum(len(event.set) for event in scenario.events)
    for count, most, what in (
        (len(scenario.states), MAX_STATES, "states"),
        (len(scenario.red_lines), MAX_RED_LINES, "red lines"),
        (len(scenario.events), MAX_EVENTS, "events"),
        (settings, MAX_EVENT_SETTINGS, "settings in events, counted once per member of a group"),
    ):
        if count > most:
            yield Problem(top, f"{count} {what}", f"at most {most}: remove some")


def _roles(scenario: Scenario, world: World, top: Place) -> Iterator[Problem]:
    """There is exactly one challenger and one protégé."""
    if any(_hides_a_role(path) for path in world.diagnostics.unknown):
        return
    for role in (Role.CHALLENGER, Role.PROTEGE):
        states = [state for state in world.below("states") if scenario.role(state) is role]
        if not states:
            yield Problem(top, f"no state is the {role.label}", f"give one 'role: {role.word}'")
        for state in states[1:]:
            place = scenario.values[f"states.{state}.role"].place or top
            message = f"{state} is a second {role.label}, beside {states[0]}"
            yield Problem(place, message, "give one of them another role")


def _hides_a_role(unknown: str) -> bool:
    """Whether an unknown path may contain the role of a state."""
    path = ParameterPath.parse(unknown)
    return path.block in ("states", "groups") and path.label in ("", "role")


def _out_of_role(scenario: Scenario, diagnostics: Diagnostics) -> Iterator[Problem]:
    """A state sets only the parameters of its role."""
    in_events = (pair for event in scenario.events for pair in event.set)
    roles = {state: scenario.role(state) for state in scenario.states}
    for path, value in chain(scenario.values.items(), in_events):
        if value.place is None or (wanted := parameter_at(path).role) is None:
            continue
        parts = ParameterPath.parse(path)
        state, role = parts.owner, roles[parts.owner]
        if role is not wanted and not diagnostics.is_unknown(f"states.{state}.role"):
            message = f"{parts.label} is for a {wanted.label}, and {state} is a {role.label}"
            remedy = f"remove it, or give {state} 'role: {wanted.word}'"
            yield Problem(value.place, message, remedy)


def _backers(scenario: Scenario, diagnostics: Diagnostics) -> Iterator[Problem]:
    """At most one state decides on the backstop."""
    paths = {state: f"states.{state}.backs" for state in scenario.states}
    known = [state for state, path in paths.items() if not diagnostics.is_unknown(path)]
    backers = [state for state in known if scenario[paths[state]].mean]
    for state in backers[1:]:
        place = scenario.values[paths[state]].place
        assert place is not None
        message = f"{state} is a second state that decides on the backstop, beside {backers[0]}"
        yield Problem(place, message, "keep 'backs: true' for one of them")


def _starts(scenario: Scenario, diagnostics: Diagnostics) -> Iterator[Problem]:
    """No state starts above its pledge."""
    for state in scenario.states:
        start, pledge = (scenario.values[f"states.{state}.{name}"] for name in ("start", "pledge"))
        if any(diagnostics.is_unknown(f"states.{state}.{name}") for name in ("start", "pledge")):
            continue
        both_fixed = start.distribution.is_fixed and pledge.distribution.is_fixed
        if both_fixed and start.distribution.numbers > pledge.distribution.numbers:
            place = start.place or pledge.place
            assert place is not None
            first, highest = (
                Participation(int(value.distribution.numbers[0])).word for value in (start, pledge)
            )
            message = f"{state} starts at {first}, above its pledge, {highest}"
            yield Problem(place, message, "raise the pledge, or lower the start")


def _misspelt_states(scenario: Scenario, world: World) -> Iterator[Problem]:
    """A state without a capability and with a name close to another's is probably a typing error;
    a partner needs no capability."""
    weighed = [s for s in scenario.states if scenario.values[f"states.{s}.capability"].place]
    for state in set(scenario.states).difference(weighed, scenario.by_role[Role.PARTNER]):
        meant = nearest(state, weighed)
        if meant and not world.diagnostics.is_unknown(f"states.{state}.capability"):
            remedy = f"did you mean '{meant}'? if not, write its capability"
            place = world.names["states"][state]
            yield Problem(place, f"a new state, '{state}', without a capability", remedy)


def _red_lines(scenario: Scenario, world: World, diagnostics: Diagnostics) -> Iterator[Problem]:
    """Red lines not allowed for the role of their state, or with a threshold above the reach."""
    for state, line in scenario.red_lines:
        path = f"states.{state}.red_lines.{line}"
        place = world.names[f"states.{state}.red_lines"][line]
        known = not any(diagnostics.is_unknown(f"{path}.{word}") for word in ("watches", "effect"))
        if known and not diagnostics.is_unknown(f"states.{state}.role"):
            yield from _not_allowed(scenario, state, path, place)
        if not any(diagnostics.is_unknown(f"{path}.{word}") for word in ("threshold", "reach")):
            yield from _not_ascending(scenario, path, place)


def _not_allowed(scenario: Scenario, state: str, path: str, place: Place) -> Iterator[Problem]:
    role = scenario.role(state)
    effect = Effect(int(scenario[f"{path}.effect"].numbers[0]))
    watch = Watch(int(scenario[f"{path}.watches"].numbers[0]))
    effects = [each.word for each in Effect if (role, each) in ALLOWED]
    watches = [each.word for each in ALLOWED.get((role, effect), ())]
    if not effects:
        yield Problem(place, f"{state} is a {role.label} and cannot have red lines", "remove it")
    elif not watches:
        message = f"a {role.label}'s red line cannot have the effect {effect.word}"
        yield Problem(place, message, f"effect: {' or '.join(effects)}")
    elif watch.word not in watches:
        message = f"a {role.label}'s red line that {effect.word} cannot watch {watch.word}"
        yield Problem(place, message, f"watches: {' or '.join(watches)}")


def _not_ascending(scenario: Scenario, path: str, place: Place) -> Iterator[Problem]:
    """The mean of the threshold is below that of the reach, at the start and after each event."""
    yield from _order(scenario.values, path, place)
    for event in scenario.events:
        after = dict(event.set)
        if event.place and {f"{path}.threshold", f"{path}.reach"} & after.keys():
            yield from _order(ChainMap(after, dict(scenario.values)), path, event.place)


def _order(values: Mapping[str, Value], path: str, place: Place) -> Iterator[Problem]:
    threshold, reach = (
        values[f"{path}.{word}"].distribution.mean for word in ("threshold", "reach")
    )
    if not threshold < reach:
        name = ParameterPath.parse(path).line
        message = (
            f"red line {name}: the threshold, {threshold:g}, is not below the reach, {reach:g}"
        )
        yield Problem(place, message, "lower the threshold, or raise the reach")


def _too_late(scenario: Scenario, world: World) -> Iterator[Problem]:
    """Events after the last month, at the place of the event or, if the horizon is set later than
    the event, at that of the horizon."""
    horizon = world.values["months"].place if "months" in world.values else None

    def layer(place: Place) -> int:
        return -1 if place.is_in_a_command else scenario.files.index(place.file)

    for event in scenario.events:
        if event.place is None or event.month <= scenario.months:
            continue
        is_shortened = horizon is not None and layer(horizon) < layer(event.place)
        happens = "happens in" if event.occasion is Occasion.MONTH else "cannot happen before"
        message = (
            f"event {event.name} {happens} month {event.month}, after the last month, "
            f"{scenario.months}"
        )
        remedy = f"raise months to at least {event.month}, move the event, or remove it"
        yield Problem((is_shortened and horizon) or event.place, message, remedy)
