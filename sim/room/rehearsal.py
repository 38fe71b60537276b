"""Compiles what a room needs before it opens, so that no step of it waits for the compiler."""

from __future__ import annotations

from sim.experiments.simulate import simulate
from sim.room.adviser import advise, question_of
from sim.room.game import Game
from sim.scenario.scenario import Scenario

# Runs of a debrief. One compiles as much as ten thousand.
RUNS = 1


def rehearse(scenario: Scenario) -> None:
    """Call everything that is compiled for a debrief, a step and the adviser of ``scenario``."""
    simulate(scenario, RUNS)
    game = Game(scenario)
    # Each step of a month, because hardly any month of a run takes them all.
    game.run.board_now().take_every_step()
    if game.step and game.step.decisions:
        asked = game.step.decisions[0]
        game.chances(asked)
        advise(question_of(game, asked.state, asked.decision.word), RUNS)
