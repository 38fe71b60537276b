"""The ensemble engine against Mesa, compiled and plain, and against the floor."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import numpy as np

from benchmarks.cases import SEED, main_setup
from benchmarks.clock import in_turns, once, ratio, spread
from benchmarks.floor import OWN, tight
from benchmarks.table import Row
from sim.engines.ensemble import blocks, play
from sim.engines.kernels import conceded_kernel
from sim.enums import Outcome, Role
from sim.model.state import WORLD, rows
from sim.results import with_outcome

RUNS = 2000
ROUNDS = 7


def against_mesa() -> Iterator[Row]:
    """Per processor second, how many runs for each one by ``mesa.batch_run``."""
    for label, compiling, runs in (("its stages compiled", "on", 60), ("plain Python", "off", 6)):
        ours, theirs = [], []
        for _ in range(3):
            told = aside("benchmarks.mesa_side", str(runs), THINLINE_COMPILE=compiling)
            assert told["endings"] == endings(runs), "the engines must agree"
            theirs.append(told["cpu"] / runs)
            ours.append(once(lambda: play(main_setup(), SEED, 0, RUNS))[0] / RUNS)
        yield Row(f"mesa.batch_run, {label}", "ms a run", spread([1e3 * t for t in theirs]))
        yield Row("· runs by the ensemble for each", "times", ratio(tuple(theirs), tuple(ours)))
    yield dispatch()


def endings(runs: int) -> list[str]:
    """How the ensemble's runs end, in words."""
    records = with_outcome(play(main_setup(), SEED, 0, runs).records)
    return [Outcome(int(ending)).word for ending in records["outcome"]]


def dispatch() -> Row:
    """What it costs Mesa's agents to call compiled stages, a run."""
    setup = main_setup()
    worlds = rows(np.zeros(1, WORLD))
    states = int((setup.base[0]["role"][: len(setup.states)] == Role.GUARANTOR).sum())
    # Every guarantor's review, and five stages of the world's own, each month.
    calls = setup.months * (states + 5)

    def call() -> None:
        for _ in range(calls):
            conceded_kernel(worlds)

    milliseconds = [1e3 * once(call)[0] for _ in range(ROUNDS)]
    return Row("· of it calling compiled stages", "ms a run", spread(milliseconds))


def against_the_floor() -> Iterator[Row]:
    """The cost of a run, and of what it cannot do without."""
    counts = aside("benchmarks.floor", THINLINE_COMPILE="off")
    many = [round(counts[name]) for name in ("uniforms", *OWN)]
    timed = in_turns(
        {
            "run": lambda: play(main_setup(), SEED, 0, RUNS),
            "floor": lambda: tight(RUNS, *many),
        },
        5 * ROUNDS,
    )
    run, floor = timed["run"].cpu, timed["floor"].cpu
    yield Row("ensemble, one thread", "µs a run", spread([1e6 * t / RUNS for t in run]))
    told = ", ".join(f"{count} {name}" for name, count in zip(counts, many, strict=True))
    yield Row(f"floor: {told}", "µs a run", spread([1e6 * t / RUNS for t in floor]))
    yield Row("· a run for each floor", "times", ratio(run, floor))


def threads() -> Iterator[Row]:
    """Runs a second of clock time on one thread and on two."""
    many = 8 * RUNS

    def on(jobs: int) -> None:
        for _ in blocks(main_setup(), SEED, 0, many, jobs):
            pass

    timed = in_turns({"one": lambda: on(1), "two": lambda: on(2)}, ROUNDS)
    for name, jobs in (("one", "one thread"), ("two", "two threads")):
        rate = [many / wall for wall in timed[name].wall]
        yield Row(f"ensemble, {jobs}", "runs a second", spread(rate))
    yield Row("· two threads for each one", "times", ratio(timed["one"].wall, timed["two"].wall))


def aside(module: str, *words: str, **environment: str) -> dict[str, Any]:
    """What a module prints, as JSON, when it is run as a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", module, *words],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer
