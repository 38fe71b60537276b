"""Run a scenario: an ensemble of runs by either engine, summed up as it goes."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import numpy as np

from sim.errors import UsageError, check_within
from sim.experiments.limits import MAX_JOBS
from sim.results import Results, with_outcome
from sim.scenario.model import Scenario
from sim.scenario.schema import MAX_RUNS, MAX_SEED
from sim.tally import Tally
from sim.world import Block

ENGINES = ("ensemble", "mesa")

# Runs between two looks at the stopping rule: a multiple of a block, so that where it stops
# depends on neither threads nor block size.
LOOK = 2048

Sink = Callable[[Any], None]
Progress = Callable[[int, int], None]


def simulate(
    scenario: Scenario,
    runs: int | None = None,
    seed: int | None = None,
    engine: str = "ensemble",
    jobs: int | None = None,
    keep_records: bool = True,
    until_ci: float | None = None,
    progress: Progress | None = None,
    sink: Sink | None = None,
) -> Results:
    """Run ``scenario`` and return the distribution of its endings.

    ``runs`` and ``seed`` default to the scenario's own; run number k has the same luck whatever
    ``runs``, ``engine`` and ``jobs`` (threads, by default one a processor). ``until_ci`` stops as
    soon as every outcome's 95 % interval is narrower, with ``runs`` as the cap. ``sink`` is handed
    each block of records, in order; ``progress`` the runs done and the cap.

    Raises :class:`sim.errors.UsageError` for an unknown engine or a number out of range.
    """
    runs = scenario.runs if runs is None else runs
    seed = scenario.seed if seed is None else seed
    jobs = processors() if jobs is None else jobs
    check_asked(runs, seed, engine, jobs, until_ci)
    tally = Tally(scenario)
    kept: list[Any] = []
    wall, cpu = time.perf_counter(), time.process_time()
    for block in _blocks(scenario, runs, seed, engine, jobs):
        tally.add(block)
        if keep_records:
            kept.append(block.records)
        if sink:
            sink(block.records)
        if progress:
            progress(tally.runs, runs)
        if until_ci and tally.runs % LOOK == 0 and tally.narrower_than(until_ci):
            break
    results = tally.results(seed, engine)
    results.records = np.concatenate(kept) if keep_records else None
    results.wall, results.cpu = time.perf_counter() - wall, time.process_time() - cpu
    return results


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _blocks(scenario: Scenario, runs: int, seed: int, engine: str, jobs: int) -> Iterator[Block]:
    from sim.build import build

    setup = build(scenario)
    if engine == "mesa":
        from sim.engines.mesa_model import play

        played: Iterable[Block] = (play(setup, seed, run) for run in range(runs))
    else:
        from sim.engines.ensemble import blocks

        played = blocks(setup, seed, 0, runs, jobs)
    for block in played:
        yield block._replace(records=with_outcome(block.records))


def check_asked(runs: int, seed: int, engine: str, jobs: int, until_ci: float | None) -> None:
    """Raise :class:`sim.errors.UsageError` for what no runs could be made of."""
    if engine not in ENGINES:
        raise UsageError(f"unknown engine '{engine}'", f"choose one of {', '.join(ENGINES)}")
    for name, value, low, high in (
        ("runs", runs, 1, MAX_RUNS),
        ("seed", seed, 0, MAX_SEED),
        ("jobs", jobs, 1, MAX_JOBS),
    ):
        check_within(name, value, low, high)
    if until_ci is not None and not 0 < until_ci < 1:
        raise UsageError(f"until-ci: {until_ci} is not a width between 0 and 1", "try 0.01")
