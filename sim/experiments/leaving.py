"""A scenario as it would be if a state left the coalition."""

from __future__ import annotations

from dataclasses import replace

from sim.scenario.distributions import Law
from sim.scenario.model import Event, Scenario, Value
from sim.vocabulary import Participation, Role

NOTHING = Law("fixed", (float(Participation.NONE),))
LEAVING = (
    "A state that leaves pledges nothing and starts with nothing, whatever an event would have it "
    "pledge later. All else stays as written: the other states' pledges and conditions, which may "
    "now fail, and the setting, the backstop among it."
)


def participants(scenario: Scenario) -> list[str]:
    """The guarantors that pledge something, from the start or by an event."""
    return [
        state
        for state in scenario.states
        if scenario.role(state) is Role.GUARANTOR and leaving(scenario, state) != scenario
    ]


def leaving(scenario: Scenario, state: str) -> Scenario:
    """``scenario`` with ``state`` out of the coalition: it pledges nothing and starts at nothing,
    whatever an event would have it pledge."""
    its = f"states.{state}.pledge", f"states.{state}.start"
    values = {**scenario.values, **{path: _none(scenario.values[path]) for path in its}}
    events = tuple(_without_pledges(event, its) for event in scenario.events)
    return replace(scenario, values=values, events=events)


def _none(value: Value) -> Value:
    return replace(value, law=NOTHING)


def _without_pledges(event: Event, its: tuple[str, ...]) -> Event:
    said = tuple((path, _none(value) if path in its else value) for path, value in event.set)
    return replace(event, set=said)
