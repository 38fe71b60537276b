"""A crisis played to its end on a board, and what everybody in it reckoned with."""

from __future__ import annotations

from collections.abc import Sequence

from sim.scenario.model import Scenario
from sim.trace.board import Board
from sim.trace.facts import Crisis, Press, Stand
from sim.vocabulary import Challenge


def crisis_of(board: Board, scenario: Scenario, guarantors: Sequence[int]) -> Crisis:
    """Play the crisis that has begun on ``board``: answers, pressing, and what chance makes of it.

    Stands are read off a copy on which the challenge is known for what it is: the same answers if
    it is known indeed, else those that there would have been.
    """
    world = board.world
    stands = _stands(board.copy(), scenario, guarantors)
    casualties = float(world["casualties"])
    for i in guarantors:
        board.respond(i)
    reckoned = board.press_value()
    board.press()
    power = float(world["power"])
    return Crisis(
        action=Challenge(int(world["action"])),
        ordered=bool(world["ordered"]),
        attributed=bool(world["attributed"]),
        stands=stands,
        defying=float(world["defying"]) / power if power > 0.0 else 0.0,
        quorum=float(board.given["quorum"]),
        answered=bool(world["answered"]),
        press=Press(*reckoned, bool(world["pressed"]), *board.slip())
        if world["answered"]
        else None,
        casualties=float(world["casualties"]) - casualties,
    )


def _stands(thought: Board, scenario: Scenario, guarantors: Sequence[int]) -> tuple[Stand, ...]:
    thought.world["attributed"] = 1
    stands = []
    for i in guarantors:
        if (power := thought.power(i)) > 0.0:
            chance = thought.chance(i)
            thought.respond(i)
            stands.append(
                Stand(scenario.states[i], power, chance, bool(thought.world["defies"][i]))
            )
    return tuple(stands)
