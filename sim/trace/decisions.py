"""The decisions of states: who has which, with which options, and how one is dictated."""

from __future__ import annotations

from dataclasses import dataclass

from sim.enums import Decision
from sim.model.stages import decisions
from sim.model.stages.decisions import OPTIONS, has_decision, is_due, is_possible
from sim.model.stages.initialise import leave_to_model
from sim.trace.stepper import Board

# Why an option is not possible now.
NO_FORCE = "no force stands that could be struck"
NO_ARMY = "the challenger has no army"


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


def impossible_options(open_decision: OpenDecision, board: Board) -> dict[str, str]:
    """The options of a decision that are not possible now, and why."""
    why = NO_FORCE if board.given["capability"][board.given["challenger"]] > 0 else NO_ARMY
    return {
        option: why
        for number, option in enumerate(open_decision.options)
        if not is_possible(open_decision.decision, number, *board.plain)
    }


def model_chances(open_decision: OpenDecision, board: Board) -> dict[str, float]:
    """The chance with which the model would choose each option of a decision that is due."""
    state = board.setup.states.index(open_decision.state)
    chances = board.chances(open_decision.decision, state)
    return dict(zip(open_decision.options, chances, strict=False))


def dictate_option(board: Board, state: str, decision: Decision, option: str) -> None:
    """Let ``state`` take ``option`` in this month's ``decision``."""
    place, number = board.setup.states.index(state), OPTIONS[decision].index(option)
    decisions.dictate(decision, place, number, board.plain[0])


def release(board: Board) -> None:
    """Leave every decision to the model again."""
    leave_to_model(*board.plain)
