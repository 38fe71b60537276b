"""Moves on the ladder, played on a board: reviews and withdrawals, and what forced a state."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sim.scenario.model import Scenario
from sim.trace.board import Board
from sim.trace.facts import Cause, Move
from sim.vocabulary import Participation


def reviews(board: Board, scenario: Scenario, guarantors: Sequence[int]) -> list[Move]:
    """Let everyone whose review is due move, and say who did and why."""
    rungs = _rungs(board)
    for i in guarantors:
        board.review(i)
    moved = _moved(board, rungs, guarantors)
    found = _as_it_stood(board, rungs) if moved else board
    return [_reviewed(i, scenario.states[i], board, found) for i in moved]


def withdrawals(board: Board, scenario: Scenario, guarantors: Sequence[int]) -> list[Move]:
    """After a conceded strike, let those who have had enough go down a rung."""
    if not board.is_conceded_strike():
        return []
    rungs = _rungs(board)
    for i in guarantors:
        board.withdraw(i)
    board.weigh()
    return [
        Move(scenario.states[i], Participation(int(rungs[i])), _rung(board, i), Cause.STRIKE)
        for i in _moved(board, rungs, guarantors)
    ]


def _rungs(board: Board) -> Any:
    return board.world["rung"].copy()


def _rung(board: Board, i: int) -> Participation:
    return Participation(int(board.world["rung"][i]))


def _moved(board: Board, before: Any, guarantors: Sequence[int]) -> list[int]:
    changed = board.world["rung"] != before
    return [i for i in guarantors if changed[i]]


def _as_it_stood(board: Board, rungs: Any) -> Board:
    """The board with the ladder as those who reviewed found it."""
    found = board.copy()
    found.world["rung"][:] = rungs
    return found


def _reviewed(i: int, state: str, board: Board, found: Board) -> Move:
    before, after = _rung(found, i), _rung(board, i)
    cause = _cause(i, before, found)
    unmet = found.unmet(i) if cause is Cause.CONDITION else ()
    return Move(state, before, after, cause, unmet)


def _cause(i: int, before: Participation, found: Board) -> Cause:
    """Why a state moved in its review: held back, or of its own choice."""
    if before <= found.top(i):
        return Cause.CHOICE
    return Cause.CONDITION if found.is_held(i) else Cause.CEILING
