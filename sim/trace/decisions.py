"""The decisions of states: who has which, with which options, and how one is dictated."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sim.enums import Challenge, Decision, Participation
from sim.model.rules.backstop import LEVELS, backstop_level
from sim.model.stages.backstop import decides_on_backstop
from sim.model.stages.initialise import leave_to_model
from sim.model.stages.participate import reviews
from sim.model.stages.threat import can_threaten
from sim.model.stages.truce import terms_on_the_table
from sim.trace.stepper import Board

REFUSE_OR_ACCEPT = ("refuse", "accept")
SLOTS: dict[Decision, tuple[str, tuple[str, ...]]] = {
    Decision.TARGET: ("dictated_target", tuple(Participation.words())),
    Decision.BACKSTOP: (
        "dictated_backstop",
        tuple(f"{backstop_level(option):g}" for option in range(LEVELS)),
    ),
    Decision.THREAT: ("dictated_threat", ("silence", "threaten")),
    Decision.TRUCE: ("dictated_truce", REFUSE_OR_ACCEPT),
    Decision.ACCEPTANCE: ("dictated_acceptance", REFUSE_OR_ACCEPT),
    Decision.CHALLENGE: ("dictated_challenge", tuple(Challenge.words())),
    Decision.ANSWER: ("dictated_answer", ("concede", "defy")),
    Decision.PRESS: ("dictated_press", ("back_down", "press")),
    Decision.RETALIATION: ("dictated_retaliation", ("complain", "retaliate")),
}


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
    options = SLOTS[decision][1]
    return tuple(
        OpenDecision(board.setup.states[state], decision, options, due)
        for state, due in DECIDERS[decision](board)
    )


def model_chances(open_decision: OpenDecision, board: Board) -> dict[str, float]:
    """The chance with which the model would choose each option of a decision that is due."""
    state = board.setup.states.index(open_decision.state)
    chances = CHANCES[open_decision.decision](board, state)
    return dict(zip(open_decision.options, chances, strict=True))


def dictate(board: Board, state: str, decision: Decision, option: str) -> None:
    """Let ``state`` take ``option`` in this month's ``decision``."""
    field, options = SLOTS[decision]
    slot = board.world[field]
    if slot.ndim:
        slot[board.setup.states.index(state)] = options.index(option)
    else:
        board.world[field] = options.index(option)


def release(board: Board) -> None:
    """Leave every decision to the model again."""
    leave_to_model(*board.plain)


# The states that have each decision now, by number, and whether it is due.
Deciders = Iterator[tuple[int, bool]]


def _target(board: Board) -> Deciders:
    world = board.plain[0]
    return ((i, bool(reviews(i, world))) for i in board.guarantors)


def _backstop(board: Board) -> Deciders:
    if decides_on_backstop(*board.plain):
        yield int(board.world["backer"]), board.backs()


def _threat(board: Board) -> Deciders:
    if can_threaten(*board.plain):
        yield int(board.given["challenger"]), board.considers()


def _truce(board: Board) -> Deciders:
    if terms_on_the_table(*board.plain):
        yield int(board.given["challenger"]), True


def _acceptance(board: Board) -> Deciders:
    if terms_on_the_table(*board.plain):
        yield int(board.given["protege"]), True


def _challenge(board: Board) -> Deciders:
    yield int(board.given["challenger"]), board.considers()


def _answer(board: Board) -> Deciders:
    if board.world["attributed"]:
        for i in board.guarantors:
            if board.power(i) > 0.0:
                yield i, True


def _press(board: Board) -> Deciders:
    if board.is_answered or board.can_call_off:
        yield int(board.given["challenger"]), True


def _retaliation(board: Board) -> Deciders:
    if board.is_unanswered_violation:
        yield int(board.given["protege"]), True


DECIDERS: dict[Decision, Callable[[Board], Deciders]] = {
    Decision.TARGET: _target,
    Decision.BACKSTOP: _backstop,
    Decision.THREAT: _threat,
    Decision.TRUCE: _truce,
    Decision.ACCEPTANCE: _acceptance,
    Decision.CHALLENGE: _challenge,
    Decision.ANSWER: _answer,
    Decision.PRESS: _press,
    Decision.RETALIATION: _retaliation,
}


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
