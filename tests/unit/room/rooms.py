"""Rooms for tests, and people who choose at random in them."""

from __future__ import annotations

import random

import sim
from sim.room.room import Room
from sim.scenario.scenario import Scenario
from tests.scenarios import ALIVE

# Fighting that can end, a backer, and every other mechanism.
EVERYTHING = sim.load(ALIVE, {"setting.ceasefire": False, "months": 24})
SEATS = ("france", "russia", "ukraine")


def room_of(
    *seats: str | None, run: int = 2, turn: int = 3, scenario: Scenario = EVERYTHING
) -> Room:
    """A room that has begun, with a person in each of the seats."""
    room = Room(scenario, run, turn=turn)
    for seat in seats:
        room.apply({"event": "sit", "person": room.next_person, "seat": seat})
    room.apply({"event": "start"})
    return room


def choose(room: Room, person: str, choices: dict[str, str | None]) -> None:
    """Send what a person chooses in this step."""
    assert room.game.step is not None
    step = room.game.step.number
    room.apply({"event": "choose", "person": person, "step": step, "choices": choices})


def choose_at_random(room: Room, chance: random.Random) -> None:
    """Let everybody who has something to decide choose, or leave it to the model."""
    step = room.game.step
    assert step is not None
    for name, person in room.people.items():
        asked = step.of(person.seat) if person.seat else ()
        choices = {each.decision.word: chance.choice((None, *each.options)) for each in asked}
        if choices:
            choose(room, name, choices)


def close(room: Room) -> None:
    """Close the step."""
    assert room.game.step is not None
    room.apply({"event": "close", "step": room.game.step.number})


def play_at_random(room: Room, seed: int = 1, steps: int = 1_000) -> None:
    """Play to the end, or for some steps."""
    chance = random.Random(seed)
    while room.game.step is not None and steps:
        choose_at_random(room, chance)
        close(room)
        steps -= 1
