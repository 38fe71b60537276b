"""The ensemble engine: compiled blocks of runs on a pool of threads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from sim.engines.threads import map_ordered
from sim.jit import COMPILING, kernel, stage
from sim.model.build import Setup
from sim.model.schedule import play_month
from sim.model.stages.initialise import begin_run
from sim.model.stages.record import write_record
from sim.model.state import RECORD, RUNGS, WORLD, Block, rows
from sim.scenario.schema import MAX_RED_LINES

# Runs in a block; few without compilation, so that an interrupt is handled soon.
BLOCK = 512 if COMPILING else 16


@stage
def enter(w: Any, p: Any, steps: Any, noted: Any) -> None:
    """Record the initial rung of each state."""
    for i in range(p.n_states):
        noted[i] = w.rung[i]
        steps[0, i, noted[i]] += 1


@stage
def follow(w: Any, steps: Any, noted: Any) -> None:
    """Record the moves of this month.

    Only moves are counted, because most states stay; the states on each rung are the running sum.
    """
    for k in range(w.moved):
        i = w.mover[k]
        steps[w.month, i, noted[i]] -= 1
        noted[i] = w.rung[i]
        steps[w.month, i, noted[i]] += 1


@stage
def leave(w: Any, p: Any, steps: Any, noted: Any) -> None:
    """Remove the states of a run that ended in war from the counts."""
    for i in range(p.n_states):
        steps[w.month, i, noted[i]] -= 1


@stage
def note_lines(w: Any, p: Any, crossed: Any) -> None:
    """Count the red lines crossed so far."""
    for line in range(p.n_lines):
        crossed[line] += w.crossed[line]


@kernel
def play_block(
    seed: int,
    first: int,
    worlds: Any,
    parameters: Any,
    values: Any,
    base: Any,
    draws: Any,
    nodes: Any,
    surface: Any,
    records: Any,
    steps: Any,
    noted: Any,
    crossings: Any,
) -> None:
    """Play one run for each of ``records``, from number ``first`` on."""
    w = worlds[0]
    p = parameters[0]
    for k in range(len(records)):
        begin_run(seed, first + k, w, p, values, base, draws, nodes, surface)
        enter(w, p, steps, noted)
        note_lines(w, p, crossings[0])
        while not w.over:
            play_month(w, p, values, surface)
            if w.war:
                leave(w, p, steps, noted)
            else:
                follow(w, steps, noted)
        note_lines(w, p, crossings[1])
        write_record(w, p, records[k])


def play(setup: Setup, seed: int, first: int, count: int) -> Block:
    """Runs ``first`` to ``first + count - 1`` of ``setup`` with ``seed``."""
    parameters = setup.base.copy()
    records = np.zeros(count, RECORD)
    steps = np.zeros((setup.months + 1, len(setup.states), RUNGS), np.int32)
    crossings = np.zeros((2, MAX_RED_LINES), np.int64)
    play_block(
        seed,
        first,
        rows(np.zeros(1, WORLD)),
        rows(parameters),
        parameters.view(np.float64),
        setup.base.view(np.float64),
        rows(setup.draws),
        setup.nodes,
        setup.surface,
        rows(records),
        steps,
        np.zeros(len(setup.states), np.int64),
        crossings,
    )
    return Block(records, steps.cumsum(axis=0, dtype=np.int64), crossings[:, : setup.lines])


def blocks(
    setup: Setup, seed: int, first: int, count: int, jobs: int, size: int = BLOCK
) -> Iterator[Block]:
    """The same runs block by block, in order, on ``jobs`` threads: see :func:`map_ordered`."""
    starts = range(first, first + count, size)

    def played(start: int) -> Block:
        return play(setup, seed, start, min(size, first + count - start))

    return map_ordered(played, starts, jobs)
