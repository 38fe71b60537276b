"""The adviser of a seat: how the run goes on after each option, from what the seat knows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.choices import MAX_RUNS
from sim.engines.continuations import continue_kernel
from sim.enums import Outcome, Role
from sim.errors import UsageError
from sim.model.outcomes import outcomes
from sim.model.state import RECORD, rows
from sim.room.game import ACTS, PLANNED, Game
from sim.trace.decisions import OpenDecision
from sim.trace.prompts import option_text
from sim.trace.stepper import Board, board

RUNS = 300
# What another state knows of itself alone: its uniforms, and for the challenger its parameters.
UNIFORMS = ("u_resolve", "u_candour")
AIMS = ("ambition", "fear")
FORCE = (Outcome.UNTESTED_FORCE, Outcome.TESTED_FORCE)
WAR = (Outcome.LIMITED_WAR, Outcome.GENERAL_WAR)
GROUPS = {
    "force": FORCE,
    "no force": (Outcome.NEVER_A_FORCE, Outcome.HOLLOWED_OUT),
    "new attack": (Outcome.RENEWED_OFFENSIVE,),
    "war": WAR,
}


@dataclass(frozen=True, slots=True)
class AdvisedDecision:
    """A decision of a plan, the options that are offered in it, and the board on which it is taken,
    which nobody changes any more."""

    board: Board
    decision: OpenDecision
    offered: tuple[str, ...]
    months: int
    number: int
    seed: int


def question_of(game: Game, state: str, word: str) -> AdvisedDecision:
    """The question of a seat about one of the decisions of its plan.

    Raises :class:`sim.errors.UsageError` if it has none of this kind now.
    """
    asked = game.step.of(state) if game.step else ()
    for each in asked:
        if each.decision.word == word and each.decision in PLANNED:
            offered = tuple(o for o in each.options if o not in game.closed(each))
            begun = game.run.board_now()
            return AdvisedDecision(begun, each, offered, game.turn, game.number, game.seed)
    raise UsageError("the adviser answers to decisions of a plan", "wait for the next turn")


def advise(question: AdvisedDecision, runs: int = RUNS) -> dict[str, Any]:
    """How ``runs`` continuations end for each option, on the same random numbers, as plain data.

    What is public stays as it is; what other states alone know is drawn anew for each continuation.
    """
    endings = {option: list(continuations(question, option, runs)) for option in question.offered}
    return {
        "runs": runs,
        "groups": list(GROUPS),
        "options": [
            {
                "text": option_text(question.decision.decision, option),
                "shares": [sum(found.count(each) for each in group) / runs
                           for group in GROUPS.values()],
            }
            for option, found in endings.items()
        ],
    }  # fmt: skip


def continuations(question: AdvisedDecision, option: str, runs: int) -> Iterator[Outcome]:
    """The outcomes of so many continuations after one option."""
    decision = question.decision.decision
    options = question.decision.options
    later = ACTS.get(decision, option)
    state = question.board.setup.states.index(question.decision.state)
    record = np.zeros(1, RECORD)
    for k in range(1, runs + 1):
        begun = as_seen_by(state, question, (question.number + k) % MAX_RUNS)
        continue_kernel(
            int(decision),
            state,
            options.index(option),
            options.index(later),
            question.months,
            rows(begun.worlds),
            rows(begun.parameters),
            begun.values,
            begun.setup.surface,
            rows(record),
        )
        yield Outcome(int(outcomes(record)[0]))


def as_seen_by(state: int, question: AdvisedDecision, number: int) -> Board:
    """The board with the random numbers of another run, and with its private values of all but one
    state.

    The recent losses of others stay as they are: they follow from what has happened.
    """
    here = question.board
    other = board(here.setup, question.seed, number)
    there, given = other.world, other.given
    others = np.arange(here.world["resolve"].size) != state
    begun = Board(here.setup, here.worlds.copy(), here.parameters.copy())
    for name in UNIFORMS:
        begun.world[name][others] = there[name][others]
    # Where others are on their way to is theirs to know.
    begun.world["target"][others] = begun.world["rung"][others]
    begun.world["under_way"][others] = 0.0
    if begun.given["role"][state] != Role.CHALLENGER:
        challenger = int(begun.given["challenger"])
        begun.world["u_ambition"] = there["u_ambition"]
        for name in AIMS:
            begun.given[name][challenger] = given[name][challenger]
        begun.given["line_backed"][:] = given["line_backed"]
        # The model's challenger knows the army; other states do not.
        protege = int(begun.given["protege"])
        if state != protege:
            begun.given["capability"][protege] = given["capability"][protege]
    begun.world["run"] = number
    return begun
