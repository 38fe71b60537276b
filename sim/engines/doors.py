"""Doors from Python into the compiled stages, for the Mesa engine.

A stage is entered through its arrays, because that is several times quicker than handing over a
row.
"""

from __future__ import annotations

from typing import Any

from sim.compiled import kernel
from sim.stages.challenge import challenge
from sim.stages.crisis import press, respond, suffer_chance
from sim.stages.events import begin_month
from sim.stages.learn import learn, strike_conceded, withdraw
from sim.stages.participate import review_participation, reviews
from sim.stages.record import write_record
from sim.stages.start import begin_run
from sim.stages.weigh import weigh


@kernel
def start_door(
    seed: int,
    run: int,
    worlds: Any,
    parameters: Any,
    values: Any,
    base: Any,
    draws: Any,
    nodes: Any,
    surface: Any,
) -> None:
    """Begin a run."""
    begin_run(seed, run, worlds[0], parameters[0], values, base, draws, nodes, surface)


@kernel
def month_door(worlds: Any, parameters: Any, values: Any, surface: Any) -> None:
    """Begin a month."""
    begin_month(worlds[0], parameters[0], values, surface)


@kernel
def review_door(i: int, worlds: Any, parameters: Any) -> None:
    """State ``i`` reviews its part, if it is due."""
    if reviews(i, worlds[0]):
        review_participation(i, worlds[0], parameters[0])


@kernel
def weigh_door(worlds: Any, parameters: Any) -> None:
    """Weigh the ladder."""
    weigh(worlds[0], parameters[0])


@kernel
def challenge_door(worlds: Any, parameters: Any) -> None:
    """The challenger's turn."""
    challenge(worlds[0], parameters[0])


@kernel
def respond_door(i: int, worlds: Any, parameters: Any) -> None:
    """State ``i`` defies or concedes."""
    respond(i, worlds[0], parameters[0])


@kernel
def press_door(worlds: Any, parameters: Any) -> None:
    """The challenger presses or backs down, and chance takes its course."""
    press(worlds[0], parameters[0])
    suffer_chance(worlds[0], parameters[0])


@kernel
def conceded_door(worlds: Any) -> bool:
    """Whether a strike went unanswered."""
    return strike_conceded(worlds[0])


@kernel
def withdraw_door(i: int, worlds: Any, parameters: Any) -> None:
    """State ``i`` may leave after a conceded strike."""
    withdraw(i, worlds[0], parameters[0])


@kernel
def learn_door(worlds: Any, parameters: Any) -> None:
    """The month is remembered."""
    learn(worlds[0], parameters[0])


@kernel
def record_door(worlds: Any, parameters: Any, records: Any) -> None:
    """The run is written down."""
    write_record(worlds[0], parameters[0], records[0])
