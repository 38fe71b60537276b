"""What is compiled before a room opens: everything that is called while people wait."""

from __future__ import annotations

import random
import subprocess
import sys

import pytest

from sim.engines import continuations, ensemble, kernels
from sim.jit import COMPILING
from sim.room.adviser import advise, question_of
from sim.room.debrief import debrief, path_of
from sim.room.rehearsal import rehearse
from sim.room.room import Room
from sim.room.views import Views
from tests.unit.room.rooms import EVERYTHING, SEATS, choose_at_random, close, room_of


def compiled() -> dict[str, set[object]]:
    """The signatures with which each entry point of the engines is compiled in this process."""
    entries = {
        name: entry
        for module in (ensemble, kernels, continuations)
        for name, entry in vars(module).items()
        if hasattr(entry, "signatures")
    }
    return {name: set(entry.signatures) for name, entry in entries.items()}


def play_and_look_back() -> Room:
    """A game of every kind of step, in which people see their pages, the adviser is asked, and the
    debrief is made."""
    room, chance = room_of(*SEATS), random.Random(1)
    views = Views(room)
    while room.game.step is not None:
        for person in room.people:
            views.seat(person)
        if room.game.step.is_plan:
            advise(question_of(room.game, "france", "target"), runs=2)
        choose_at_random(room, chance)
        close(room)
    debrief(path_of(room), runs=200)
    return room


def main() -> None:
    """Say what the rehearsal leaves to be compiled."""
    rehearse(EVERYTHING)
    before = compiled()
    assert all(before.values()), f"never called: {[k for k, v in before.items() if not v]}"
    play_and_look_back()
    assert compiled() == before, "compiled while people waited"


@pytest.mark.skipif(not COMPILING, reason="nothing is compiled")
def test_nothing_is_compiled_once_a_room_is_open() -> None:
    # In a process of its own, in which no other test has called anything yet.
    subprocess.run([sys.executable, "-m", __name__], check=True)


if __name__ == "__main__":
    main()
