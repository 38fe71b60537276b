"""Whether red lines can do what they say."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterator, Mapping

from sim.errors import Place, Problem
from sim.scenario.findings import Findings
from sim.scenario.model import Scenario, Value
from sim.scenario.world import World
from sim.vocabulary import Effect, Role, Watch

ALLOWED: dict[tuple[Role, Effect], tuple[Watch, ...]] = {
    (Role.CHALLENGER, Effect.PROVOKES): (
        Watch.FOOTPRINT,
        Watch.GROUND_FOOTPRINT,
        Watch.LONG_RANGE_ARMS,
    ),
    (Role.CHALLENGER, Effect.RESTRAINS): (
        Watch.STRIKE_ON_FORCE,
        Watch.OFFENSIVE,
        Watch.DIRECT_COMBAT,
    ),
    (Role.GUARANTOR, Effect.COMMITS): (Watch.STRIKE_ON_FORCE, Watch.OFFENSIVE),
    (Role.GUARANTOR, Effect.RESTRAINS): (
        Watch.FOOTPRINT,
        Watch.GROUND_FOOTPRINT,
        Watch.DIRECT_COMBAT,
    ),
}


def line_problems(scenario: Scenario, world: World, findings: Findings) -> Iterator[Problem]:
    """Every red line that its state cannot draw, or that is crossed before it begins to be."""
    for state, line in scenario.red_lines:
        path = f"states.{state}.red_lines.{line}"
        place = world.names[f"states.{state}.red_lines"][line]
        known = not any(findings.is_doubtful(f"{path}.{word}") for word in ("watches", "effect"))
        if known and not findings.is_doubtful(f"states.{state}.role"):
            yield from _misdrawn(scenario, state, path, place)
        if not any(findings.is_doubtful(f"{path}.{word}") for word in ("threshold", "reach")):
            yield from _reversed(scenario, path, place)


def _misdrawn(scenario: Scenario, state: str, path: str, place: Place) -> Iterator[Problem]:
    role = scenario.role(state)
    effect = Effect(int(scenario[f"{path}.effect"].numbers[0]))
    watch = Watch(int(scenario[f"{path}.watches"].numbers[0]))
    effects = [each.word for each in Effect if (role, each) in ALLOWED]
    watches = [each.word for each in ALLOWED.get((role, effect), ())]
    if not effects:
        yield Problem(place, f"{state} is a {role.label} and draws no red lines", "leave it out")
    elif not watches:
        message = f"a {role.label}'s red line cannot have the effect {effect.word}"
        yield Problem(place, message, f"effect: {' or '.join(effects)}")
    elif watch.word not in watches:
        message = f"a {role.label}'s red line that {effect.word} cannot watch {watch.word}"
        yield Problem(place, message, f"watches: {' or '.join(watches)}")


def _reversed(scenario: Scenario, path: str, place: Place) -> Iterator[Problem]:
    """The threshold lies below the reach (by their means, if drawn), at the start and after
    each event."""
    yield from _order(scenario.values, path, place)
    for event in scenario.events:
        after = dict(event.set)
        if event.place and {f"{path}.threshold", f"{path}.reach"} & after.keys():
            yield from _order(ChainMap(after, dict(scenario.values)), path, event.place)


def _order(values: Mapping[str, Value], path: str, place: Place) -> Iterator[Problem]:
    threshold, reach = (values[f"{path}.{word}"].law.mean for word in ("threshold", "reach"))
    if not threshold < reach:
        name = path.rpartition(".")[2]
        message = (
            f"red line {name}: the threshold, {threshold:g}, is not below the reach, {reach:g}"
        )
        yield Problem(place, message, "lower the threshold, or raise the reach")
