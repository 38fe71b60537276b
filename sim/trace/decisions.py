"""The decisions of states: who has which, with which options, and how one is dictated."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sim.enums import Decision
from sim.model.stages.decisions import OPTIONS, has_decision, is_due
from sim.model.stages.initialise import leave_to_model
from sim.trace.stepper import Board

# The field of the world in which each decision is dictated.
SLOTS = {decision: f"dictated_{decision.word}" for decision in OPTIONS}


@dataclass(frozen=True, slots=True)
class OpenDecision:
    """A decision that a state has now. If it is not ``due``, the model does not choose this month,
    and leaves things as they are."""

    state: str
    decision: Decision
    options: tuple[str, ...]
    due: bool


def open_decisions(decision: Decision, board: Board) -> tuple[OpenDecision, ...]:
    """The states that have ``decision`` now, before its phase is played."""
    return tuple(
        OpenDecision(name, decision, OPTIONS[decision], bool(is_due(decision, i, *board.plain)))
        for i, name in enumerate(board.setup.states)
        if has_decision(decision, i, *board.plain)
    )


def model_chances(open_decision: OpenDecision, board: Board) -> dict[str, float]:
    """The chance with which the model would choose each option of a decision that is due."""
    state = board.setup.states.index(open_decision.state)
    chances = CHANCES[open_decision.decision](board, state)
    return dict(zip(open_decision.options, chances, strict=True))


def dictate(board: Board, state: str, decision: Decision, option: str) -> None:
    """Let ``state`` take ``option`` in this month's ``decision``."""
    field, number = SLOTS[decision], OPTIONS[decision].index(option)
    slot = board.world[field]
    if slot.ndim:
        slot[board.setup.states.index(state)] = number
    else:
        board.world[field] = number


def release(board: Board) -> None:
    """Leave every decision to the model again."""
    leave_to_model(*board.plain)


def _two(chance: float) -> tuple[float, ...]:
    return 1.0 - chance, chance


def _challenge_chances(board: Board, state: int) -> tuple[float, ...]:
    chances = [option.chance for option in board.options()]
    return 1.0 - sum(chances), *chances


CHANCES: dict[Decision, Callable[[Board, int], tuple[float, ...]]] = {
    Decision.TARGET: lambda board, i: board.rung_chances(i),
    Decision.BACKSTOP: lambda board, _: tuple(each.chance for each in board.backing_levels()),
    Decision.THREAT: lambda board, _: _two(board.threat_chance()),
    Decision.TRUCE: lambda board, _: _two(board.replies()[0].chance),
    Decision.ACCEPTANCE: lambda board, _: _two(board.replies()[1].chance),
    Decision.CHALLENGE: _challenge_chances,
    Decision.ANSWER: lambda board, i: _two(board.chance(i)),
    Decision.PRESS: lambda board, _: _two(board.press_value(board.is_answered)[2]),
    Decision.RETALIATION: lambda board, _: _two(board.retaliation()[2]),
}
