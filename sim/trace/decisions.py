"""The decisions of states: who has which, with which options, and how one is dictated."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from sim.enums import Challenge, Decision, Participation, Role
from sim.model.rules.backstop import LEVELS, backstop_level
from sim.model.rules.choice import MODEL_DECIDES
from sim.model.stages.backstop import decides_on_backstop
from sim.model.stages.participate import reviews
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
    Decision.CONSENT: ("dictated_consent", REFUSE_OR_ACCEPT),
    Decision.CHALLENGE: ("dictated_challenge", tuple(Challenge.words())),
    Decision.ANSWER: ("dictated_answer", ("concede", "defy")),
    Decision.PRESS: ("dictated_press", ("back_down", "press")),
    Decision.RETALIATION: ("dictated_retaliation", ("complain", "retaliate")),
}


@dataclass(frozen=True, slots=True)
class OpenDecision:
    """A decision that a state has now.

    ``chances`` are those with which the model would choose each of the ``options``. If the decision
    is not ``due``, the model does not choose this month, and leaves things as they are.
    """

    state: str
    decision: Decision
    options: tuple[str, ...]
    chances: tuple[float, ...]
    due: bool = True

    def to_dict(self) -> dict[str, Any]:
        """The decision as plain data."""
        return {
            "state": self.state,
            "decision": self.decision.word,
            "due": self.due,
            "options": dict(zip(self.options, self.chances, strict=True)),
        }


def open_decisions(decision: Decision, board: Board) -> tuple[OpenDecision, ...]:
    """The states that have ``decision`` now, before its phase is played."""
    options = SLOTS[decision][1]
    return tuple(
        OpenDecision(board.setup.states[seat.state], decision, options, seat.chances, seat.due)
        for seat in _SEATS[decision](board)
    )


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
    for field, _ in SLOTS.values():
        board.worlds[field] = MODEL_DECIDES


class _Seat(NamedTuple):
    state: int
    chances: tuple[float, ...]
    due: bool = True


def _two(chance: float) -> tuple[float, float]:
    return 1.0 - chance, chance


def _guarantors(board: Board) -> Iterator[int]:
    roles = board.given["role"][: len(board.setup.states)]
    return (i for i, role in enumerate(roles) if role == Role.GUARANTOR)


def _target(board: Board) -> Iterator[_Seat]:
    for i in _guarantors(board):
        yield _Seat(i, board.rung_chances(i), bool(reviews(i, board.plain[0])))


def _backstop(board: Board) -> Iterator[_Seat]:
    if decides_on_backstop(board.plain[1]):
        chances = tuple(level.chance for level in board.backing_levels())
        yield _Seat(int(board.given["backer"]), chances, board.backs())


def _threat(board: Board) -> Iterator[_Seat]:
    if (chance := board.threat_chance()) is not None:
        yield _Seat(int(board.given["challenger"]), _two(chance), board.considers())


def _truce(board: Board) -> Iterator[_Seat]:
    if terms_on_the_table(*board.plain):
        yield _Seat(int(board.given["challenger"]), _two(board.truce_chances()[0]))


def _consent(board: Board) -> Iterator[_Seat]:
    if terms_on_the_table(*board.plain):
        yield _Seat(int(board.given["protege"]), _two(board.truce_chances()[1]))


def _challenge(board: Board) -> Iterator[_Seat]:
    chances = [option.chance for option in board.options()]
    yield _Seat(int(board.given["challenger"]), (1.0 - sum(chances), *chances), board.considers())


def _answer(board: Board) -> Iterator[_Seat]:
    if board.world["attributed"]:
        for i in _guarantors(board):
            if board.power(i) > 0.0:
                yield _Seat(i, _two(board.chance(i)))


def _press(board: Board) -> Iterator[_Seat]:
    mobilised = board.world["action"] == Challenge.MOBILISATION
    if (answered := board.is_answered) or mobilised:
        yield _Seat(int(board.given["challenger"]), _two(board.press_value(answered)[2]))


def _retaliation(board: Board) -> Iterator[_Seat]:
    if (decision := board.retaliation()) is not None:
        yield _Seat(int(board.given["protege"]), _two(decision[2]))


_SEATS: dict[Decision, Callable[[Board], Iterator[_Seat]]] = {
    Decision.TARGET: _target,
    Decision.BACKSTOP: _backstop,
    Decision.THREAT: _threat,
    Decision.TRUCE: _truce,
    Decision.CONSENT: _consent,
    Decision.CHALLENGE: _challenge,
    Decision.ANSWER: _answer,
    Decision.PRESS: _press,
    Decision.RETALIATION: _retaliation,
}
