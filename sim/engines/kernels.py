"""Compiled entry points to the stages, for the Mesa engine and for played runs.

They take arrays, because passing an array to compiled code is several times faster than passing a
row.
"""

from __future__ import annotations

from typing import Any

from sim.jit import kernel
from sim.model.stages.backstop import review_backstop, reviews_backstop
from sim.model.stages.challenge import challenge
from sim.model.stages.challenger_review import review_options
from sim.model.stages.chances import weigh_options
from sim.model.stages.crisis import press, resolve_escalation, respond
from sim.model.stages.end_of_month import end_month, strike_conceded, withdraw
from sim.model.stages.events import advance_month
from sim.model.stages.footprint import update_footprint
from sim.model.stages.initialise import begin_run
from sim.model.stages.participate import deploy, follows, review_alone
from sim.model.stages.protege import answer_violation, violation_unanswered
from sim.model.stages.record import write_record
from sim.model.stages.threat import threaten
from sim.model.stages.truce import terms_on_the_table, weigh_truce


@kernel
def start_kernel(
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
def month_kernel(worlds: Any, parameters: Any, values: Any, surface: Any) -> None:
    """Begin a month: due events apply, and the challenger may review its options."""
    advance_month(worlds[0], parameters[0], values, surface)
    review_options(worlds[0], parameters[0])


@kernel
def review_kernel(i: int, worlds: Any, parameters: Any) -> None:
    """State ``i`` reviews its participation, if a review is due."""
    review_alone(i, worlds[0], parameters[0])


@kernel
def deploy_kernel(i: int, worlds: Any, parameters: Any) -> None:
    """State ``i`` moves towards the rung that it decided on."""
    if follows(i, worlds[0]):
        deploy(i, worlds[0], parameters[0])


@kernel
def footprint_kernel(worlds: Any, parameters: Any) -> None:
    """Update the footprint and power of the force."""
    update_footprint(worlds[0], parameters[0])


@kernel
def backstop_kernel(worlds: Any, parameters: Any) -> None:
    """The backer decides on the backstop, if a review is due."""
    if reviews_backstop(worlds[0], parameters[0]):
        review_backstop(worlds[0], parameters[0])


@kernel
def threaten_kernel(worlds: Any, parameters: Any) -> None:
    """The challenger threatens or stays silent, if it reviews its options."""
    threaten(worlds[0], parameters[0])


@kernel
def truce_kernel(worlds: Any, parameters: Any) -> None:
    """The two sides weigh a truce, if terms are on the table."""
    if terms_on_the_table(worlds[0], parameters[0]):
        weigh_truce(worlds[0], parameters[0])


@kernel
def challenge_kernel(worlds: Any, parameters: Any) -> None:
    """The challenger's turn."""
    challenge(worlds[0], parameters[0])


@kernel
def respond_kernel(i: int, worlds: Any, parameters: Any) -> None:
    """State ``i`` defies or concedes."""
    respond(i, worlds[0], parameters[0])


@kernel
def press_kernel(worlds: Any, parameters: Any) -> None:
    """The challenger presses or backs down; the crisis may become a war."""
    press(worlds[0], parameters[0])
    resolve_escalation(worlds[0], parameters[0])


@kernel
def answer_violation_kernel(worlds: Any, parameters: Any) -> None:
    """The protégé retaliates or complains, if a violation was not answered."""
    if violation_unanswered(worlds[0], parameters[0]):
        answer_violation(worlds[0], parameters[0])


@kernel
def conceded_kernel(worlds: Any) -> bool:
    """Whether a strike went unanswered."""
    return strike_conceded(worlds[0])


@kernel
def withdraw_kernel(i: int, worlds: Any, parameters: Any) -> None:
    """State ``i`` may leave after a conceded strike."""
    withdraw(i, worlds[0], parameters[0])


@kernel
def end_month_kernel(worlds: Any, parameters: Any) -> None:
    """End the month."""
    end_month(worlds[0], parameters[0])


@kernel
def record_kernel(worlds: Any, parameters: Any, records: Any) -> None:
    """Write the record of the run."""
    write_record(worlds[0], parameters[0], records[0])


@kernel
def chances_kernel(decision: int, i: int, worlds: Any, parameters: Any, chances: Any) -> None:
    """Write the chances of the options of a decision. Changes the world, which must be a copy."""
    weigh_options(decision, i, worlds[0], parameters[0], chances)
