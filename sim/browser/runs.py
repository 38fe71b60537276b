"""Kernel of the browser: blocks of runs, with their records, outcomes and courses."""

from __future__ import annotations

from typing import Any

from sim.jit import stage
from sim.model.rules.ending import ending, is_escalation, is_failure
from sim.model.schedule import play_month
from sim.model.stages.initialise import begin_run
from sim.model.stages.record import stands, write_record


@stage
def ending_of(w: Any, p: Any) -> int:
    """The outcome of the run, if it ended now."""
    tried = 1 if w.strikes + w.mobilisations > 0 else 0
    return ending(w.war, 1 if stands(w, p) else 0, w.stood, tried)


@stage
def write_outcome(w: Any, p: Any, outcome: Any) -> None:
    """Write the run in brief."""
    outcome.ending = ending_of(w, p)
    outcome.trigger = w.trigger
    outcome.failed = 1 if is_failure(w.trigger) else 0
    outcome.escalated = 1 if is_escalation(w.trigger) else 0
    outcome.month = w.month


@stage
def play_runs(
    seed: int,
    first: int,
    w: Any,
    p: Any,
    values: Any,
    base: Any,
    draws: Any,
    nodes: Any,
    surface: Any,
    records: Any,
    outcomes: Any,
    powers: Any,
) -> None:
    """Play one run for each of ``records``, from number ``first`` on.

    A row of ``powers`` gets the power of the force at the start and at the end of each month that
    the run reaches.
    """
    for k in range(len(records)):
        begin_run(seed, first + k, w, p, values, base, draws, nodes, surface)
        powers[k, 0] = w.power
        while not w.over:
            play_month(w, p, values, surface)
            powers[k, w.month] = w.power
        write_record(w, p, records[k])
        write_outcome(w, p, outcomes[k])
