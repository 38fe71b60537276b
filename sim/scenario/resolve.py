"""A world of layers to a scenario: every parameter has a value, every event its paths."""

from __future__ import annotations

from operator import itemgetter

from sim.scenario.layer import Layer, PlannedEvent
from sim.scenario.model import Event, Scenario, Value
from sim.scenario.parameter import Parameter
from sim.scenario.schema import HEAD, RED_LINE, REQUIRES, STATE
from sim.scenario.shape import WORLD_PARAMETERS, default, leaves
from sim.scenario.world import World

STATE_PARAMETERS = {**leaves(STATE, "x"), **leaves(REQUIRES, "x.requires")}
LINE_PARAMETERS = leaves(RED_LINE, "x")


def resolve(files: list[Layer], overrides: list[Layer], world: World) -> Scenario:
    """The scenario that the layers, the first the remotest ancestor, add up to."""
    for layer in (*files, *overrides):
        world.put(layer)
    own = files[-1]
    states = tuple(sorted(world.below("states")))
    lines = tuple((s, line) for s in states for line in sorted(world.below(_lines(s))))
    return Scenario(
        name=own.name,
        title=own.title or own.name.replace("_", " ").capitalize(),
        **{name: _count(world, parameter) for name, parameter in HEAD.items()},
        values=_values(world, states, lines),
        states=states,
        red_lines=lines,
        groups=dict(sorted(world.groups.items())),
        events=tuple(_event(plan, world) for plan in world.events),
        info=own.info,
        parent=files[-2].name if len(files) > 1 else None,
        files=tuple(layer.file for layer in reversed(files)),
    )


def _lines(state: str) -> str:
    return f"states.{state}.red_lines"


def _count(world: World, parameter: Parameter) -> int:
    value = world.values.get(parameter.name) or Value(default(parameter))
    return int(value.law.numbers[0])


def _values(
    world: World, states: tuple[str, ...], lines: tuple[tuple[str, str], ...]
) -> dict[str, Value]:
    blank = dict(_BLANK_WORLD)
    for state in states:
        blank |= {f"states.{state}{path[1:]}": value for path, value in _BLANK_STATE.items()}
    for state, line in lines:
        prefix = f"{_lines(state)}.{line}"
        blank |= {prefix + path[1:]: value for path, value in _BLANK_LINE.items()}
    return blank | {path: value for path, value in world.values.items() if path in blank}


def _blank(parameters: dict[str, Parameter]) -> dict[str, Value]:
    return {path: Value(default(parameter)) for path, parameter in parameters.items()}


_BLANK_WORLD = _blank(WORLD_PARAMETERS)
_BLANK_STATE = _blank(STATE_PARAMETERS)
_BLANK_LINE = _blank(LINE_PARAMETERS)


def _event(plan: PlannedEvent, world: World) -> Event:
    settings: dict[str, Value] = {}
    whole = [(key, value) for key, value in plan.settings if world.exists(key.text, key.place)]
    # a state's own setting beats its group's, as everywhere
    for key, value in sorted(whole, key=lambda pair: not pair[0].text.startswith("groups.")):
        settings |= dict.fromkeys(world.owners(key.text), value)
    in_order = tuple(sorted(settings.items(), key=itemgetter(0)))
    return Event(*plan.when, in_order, plan.why, plan.place)
