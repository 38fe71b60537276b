"""The functions that the WebAssembly module exports: pointers and counts in, a number out.

Only ``tools/wasm.py`` compiles them. The pointers are into the module's memory, laid out by
``engine.js`` from the tables of :mod:`sim.browser.layout`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numba import carray, types

from sim.browser.layout import OUTCOME, STORY
from sim.browser.runs import play_runs
from sim.browser.story import begin_story, copy_world, open_month, play_phase
from sim.model.build import DRAWS
from sim.model.quantiles import MEANS, SHARES
from sim.model.stages.chances import MOST, weigh_options
from sim.model.stages.decisions import dictate, has_decision, is_due, is_possible
from sim.model.stages.record import write_record
from sim.model.state import PARAMETERS, RECORD, WORLD

VALUES = PARAMETERS.itemsize // 8
WORDS = WORLD.itemsize // 8
FACTS = STORY.itemsize // 8
NUMBER = np.float64

POINTER, COUNT, KEY = types.voidptr, types.int32, types.int64


class EntryPoint(NamedTuple):
    """An exported function, and the types of its arguments and of its result."""

    function: Callable[..., Any]
    arguments: tuple[Any, ...]
    result: Any = types.void


def play(  # type: ignore[no-untyped-def]
    seed, first, count, world, parameters, base, draws, n_draws, nodes, n_nodes, surface,
    records, outcomes, powers, width,
):  # fmt: skip
    """Play ``count`` runs from number ``first`` on into ``records``, ``outcomes`` and ``powers``,
    which has ``width`` numbers for each run: one more than months."""
    play_runs(
        seed,
        first,
        carray(world, 1, WORLD)[0],
        carray(parameters, 1, PARAMETERS)[0],
        carray(parameters, VALUES, NUMBER),
        carray(base, VALUES, NUMBER),
        carray(draws, n_draws, DRAWS),
        carray(nodes, (2, n_nodes), NUMBER),
        carray(surface, (MEANS, SHARES), NUMBER),
        carray(records, count, RECORD),
        carray(outcomes, count, OUTCOME),
        carray(powers, (count, width), NUMBER),
    )


def begin(  # type: ignore[no-untyped-def]
    seed, run, world, parameters, base, draws, n_draws, nodes, n_nodes, surface, story
):
    """Begin a run that is told."""
    begin_story(
        seed,
        run,
        carray(world, 1, WORLD)[0],
        carray(parameters, 1, PARAMETERS)[0],
        carray(parameters, VALUES, NUMBER),
        carray(base, VALUES, NUMBER),
        carray(draws, n_draws, DRAWS),
        carray(nodes, (2, n_nodes), NUMBER),
        carray(surface, (MEANS, SHARES), NUMBER),
        carray(story, 1, STORY)[0],
        carray(story, FACTS, NUMBER),
    )


def month(world, parameters, surface, story):  # type: ignore[no-untyped-def]
    """Begin a month."""
    open_month(
        carray(world, 1, WORLD)[0],
        carray(parameters, 1, PARAMETERS)[0],
        carray(parameters, VALUES, NUMBER),
        carray(surface, (MEANS, SHARES), NUMBER),
        carray(story, 1, STORY)[0],
        carray(story, FACTS, NUMBER),
    )


def phase(decision, worlds, parameters, story):  # type: ignore[no-untyped-def]
    """Play a phase of the month. ``worlds`` are two rows."""
    play_phase(
        decision,
        carray(worlds, 2, WORLD)[0],
        carray(worlds, 2, WORLD)[1],
        carray(worlds, 2 * WORDS, NUMBER),
        carray(parameters, 1, PARAMETERS)[0],
        carray(story, 1, STORY)[0],
    )


def opened(decision, state, world, parameters):  # type: ignore[no-untyped-def]
    """Whether a state has a decision now: 0 no, 1 yes, 2 yes and the model would choose now."""
    w = carray(world, 1, WORLD)[0]
    p = carray(parameters, 1, PARAMETERS)[0]
    if not has_decision(decision, state, w, p):
        return 0
    return 2 if is_due(decision, state, w, p) else 1


def possible(decision, option, world, parameters):  # type: ignore[no-untyped-def]
    """1 if whoever has a decision can take the option now, otherwise 0."""
    w = carray(world, 1, WORLD)[0]
    p = carray(parameters, 1, PARAMETERS)[0]
    return 1 if is_possible(decision, option, w, p) else 0


def dictated(decision, state, option, world, parameters):  # type: ignore[no-untyped-def]
    """Dictate a decision; 1 if the state has it now and the option is possible, otherwise 0."""
    w = carray(world, 1, WORLD)[0]
    p = carray(parameters, 1, PARAMETERS)[0]
    if not (has_decision(decision, state, w, p) and is_possible(decision, option, w, p)):
        return 0
    dictate(decision, state, option, w)
    return 1


def weighed(decision, state, worlds, parameters, chances):  # type: ignore[no-untyped-def]
    """Write the chance of each option of a decision that a state has. ``worlds`` are two rows."""
    copy_world(carray(worlds, 2 * WORDS, NUMBER))
    weigh_options(
        decision,
        state,
        carray(worlds, 2, WORLD)[1],
        carray(parameters, 1, PARAMETERS)[0],
        carray(chances, MOST, NUMBER),
    )


def record(world, parameters, records):  # type: ignore[no-untyped-def]
    """Write the record of the run so far."""
    write_record(
        carray(world, 1, WORLD)[0],
        carray(parameters, 1, PARAMETERS)[0],
        carray(records, 1, RECORD)[0],
    )


_INPUTS = (POINTER, POINTER, POINTER, POINTER, COUNT, POINTER, COUNT, POINTER)
ENTRY_POINTS = {
    "play": EntryPoint(play, (KEY, KEY, COUNT, *_INPUTS, POINTER, POINTER, POINTER, COUNT)),
    "begin": EntryPoint(begin, (KEY, KEY, *_INPUTS, POINTER)),
    "month": EntryPoint(month, (POINTER,) * 4),
    "phase": EntryPoint(phase, (COUNT, POINTER, POINTER, POINTER)),
    "opened": EntryPoint(opened, (COUNT, COUNT, POINTER, POINTER), COUNT),
    "possible": EntryPoint(possible, (COUNT, COUNT, POINTER, POINTER), COUNT),
    "dictated": EntryPoint(dictated, (COUNT, COUNT, COUNT, POINTER, POINTER), COUNT),
    "weighed": EntryPoint(weighed, (COUNT, COUNT, POINTER, POINTER, POINTER)),
    "record": EntryPoint(record, (POINTER,) * 3),
}
