"""The ensemble engine: blocks of runs, compiled, handed to a pool of threads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from sim.build import Setup
from sim.compiled import COMPILING, kernel, stage
from sim.engines.threads import in_order
from sim.month import play_month
from sim.stages.record import write_record
from sim.stages.start import begin_run
from sim.world import RECORD, RUNGS, WORLD, Block, rows

# Runs a block; few where nothing is compiled, so that an interrupt need not wait long.
BLOCK = 512 if COMPILING else 16


@stage
def tally(w: Any, p: Any, participation: Any) -> None:
    """Count each state on its rung."""
    for i in range(p.n_states):
        participation[w.month, i, w.rung[i]] += 1


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
    participation: Any,
) -> None:
    """Play run after run, from number ``first`` on, one for each of ``records``."""
    w = worlds[0]
    p = parameters[0]
    for k in range(len(records)):
        begin_run(seed, first + k, w, p, values, base, draws, nodes, surface)
        tally(w, p, participation)
        while not w.over:
            play_month(w, p, values, surface)
            if not w.war:
                tally(w, p, participation)
        write_record(w, p, records[k])


def play(setup: Setup, seed: int, first: int, count: int) -> Block:
    """Runs ``first`` to ``first + count - 1`` of ``setup`` on the luck of ``seed``."""
    parameters = setup.base.copy()
    records = np.zeros(count, RECORD)
    participation = np.zeros((setup.months + 1, len(setup.states), RUNGS), np.int64)
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
        participation,
    )
    return Block(records, participation)


def blocks(
    setup: Setup, seed: int, first: int, count: int, jobs: int, size: int = BLOCK
) -> Iterator[Block]:
    """The same runs block by block, in order, on ``jobs`` threads: see :func:`in_order`."""
    starts = range(first, first + count, size)

    def played(start: int) -> Block:
        return play(setup, seed, start, min(size, first + count - start))

    return in_order(played, starts, jobs)
