"""The adviser: continuations of the present state, and of what a seat knows."""

from __future__ import annotations

import json

import numpy as np
import pytest

from sim.engines.continuations import continue_kernel
from sim.errors import UsageError
from sim.model.state import RECORD, rows
from sim.room.adviser import advise, as_seen_by, question_of
from sim.room.game import Game
from tests.unit.room.rooms import EVERYTHING


def game_at_turn(turn: int) -> Game:
    """A game that waits for the plan of a turn."""
    for run in range(20):
        game = Game(EVERYTHING, run)
        while game.step is not None and game.step.turn < turn:
            game.close({}, ())
        if game.step is not None:
            return game
    raise AssertionError("every run is over before")


@pytest.mark.parametrize("turn", [1, 3])
@pytest.mark.parametrize(
    ("state", "word", "option", "later"),
    [
        ("france", "target", "ground", "ground"),
        ("france", "target", "none", "none"),
        ("russia", "challenge", "strike", "hold"),
    ],
)
def test_a_continuation_of_the_run_itself_is_the_run_with_this_choice(
    turn, state, word, option, later
):
    game = game_at_turn(turn)
    question = question_of(game, state, word)
    record = np.zeros(1, RECORD)
    options, begun = question.decision.options, question.board
    continue_kernel(
        int(question.decision.decision),
        EVERYTHING.states.index(state),
        options.index(option),
        options.index(later),
        game.turn,
        rows(begun.worlds),
        rows(begun.parameters),
        begun.values,
        begun.setup.surface,
        rows(record),
    )
    game.close({state: {word: option}}, ())
    while not game.is_over:
        game.close({}, ())
    assert record.tobytes() == game.run.traced.record.tobytes()


def test_the_adviser_changes_nothing_in_the_game():
    game = game_at_turn(2)
    before = game.run.digest
    found = advise(question_of(game, "france", "target"), runs=5)
    json.dumps(found)
    assert game.run.digest == before
    assert len(found["options"]) == 6
    for option in found["options"]:
        assert sum(option["shares"]) == pytest.approx(1.0)


def test_the_adviser_knows_no_secret_of_another_state():
    game = game_at_turn(2)
    question = question_of(game, "france", "target")
    asked = advise(question, runs=30)
    i, russia = (EVERYTHING.states.index(each) for each in ("poland", "russia"))
    changed = question_of(game, "france", "target")
    for name in ("u_resolve", "u_candour", "resolve", "ceiling", "target", "under_way"):
        changed.board.world[name][i] = 1 if name in ("ceiling", "target") else 0.001
    # The grievance follows from the red lines that are meant, the army from what is given.
    changed.board.world["grievance"] = changed.board.world["army"] = 0.77
    changed.board.given["capability"][EVERYTHING.states.index("ukraine")] = 0.77
    changed.board.world["u_ambition"] = changed.board.world["ambition"] = 0.999
    changed.board.given["ambition"][russia] = 0.999
    changed.board.given["line_backed"][:] = 1.0
    assert advise(changed, runs=30) == asked


def test_a_seat_keeps_what_it_knows_of_itself():
    game = game_at_turn(2)
    question = question_of(game, "france", "target")
    i = EVERYTHING.states.index("france")
    seen = as_seen_by(i, question, 77)
    for name in ("u_resolve", "u_candour", "target"):
        assert seen.world[name][i] == question.board.world[name][i]
    assert seen.world["u_ambition"] != question.board.world["u_ambition"]


def test_the_adviser_answers_to_plans_only():
    with pytest.raises(UsageError, match="decisions of a plan"):
        question_of(Game(EVERYTHING), "ukraine", "truce")
