"""Run an ensemble of a scenario with either engine, with running totals and a stopping rule."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

import numpy as np

from sim.choices import ENGINES, MAX_JOBS, MAX_RUNS, MAX_SEED
from sim.errors import UsageError, is_number, whole_within
from sim.formatting import plural
from sim.model.state import Block
from sim.results import Results, RunningTotals, with_outcome
from sim.scenario.scenario import Scenario, require_scenario

# Runs between two checks of the stopping rule: a multiple of a block, so that the result depends
# on neither threads nor block size.
LOOK = 2048

# The most numbers (four bytes each) and the most points in memory.
MOST_KEPT = 2**28
MOST_POINTS = 2**21

Sink = Callable[[Any], None]
Progress = Callable[[int, int], None]


def part_of(progress: Progress | None, nth: int, parts: int) -> Progress | None:
    """The progress of part ``nth`` (from 0) of equal ``parts``, told as that of the whole."""
    if progress is None:
        return None
    return lambda done, total: progress(nth * total + done, parts * total)


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
    """Run ``scenario`` and return the distribution of its outcomes.

    Run number k uses the same random numbers for any ``runs``, ``engine`` and ``jobs``.

    Parameters
    ----------
    runs, seed
        The number of runs and the seed, by default the scenario's own.
    engine
        ``ensemble`` (compiled) or ``mesa`` (agents in plain Python); the results are the same.
    jobs
        The number of threads, by default one a processor.
    keep_records
        Whether the results hold the record of every run.
    until_ci
        The stopping rule: stop if every outcome's 95 % interval is narrower than this share, which
        is looked at every :data:`LOOK` runs; ``runs`` is then the maximum.
    progress
        Called with the number of finished runs and the maximum.
    sink
        Called with each block of records, in run order.

    Raises
    ------
    sim.errors.UsageError
        For an unknown engine, a number out of range, or anything that is not a scenario.
    """
    runs, seed, jobs = run_options(scenario, runs, seed, jobs)
    if engine not in ENGINES:
        raise UsageError(f"unknown engine '{engine}'", f"choose one of {', '.join(ENGINES)}")
    check_width(until_ci)
    tally = RunningTotals(scenario)
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
    """The number of processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _blocks(scenario: Scenario, runs: int, seed: int, engine: str, jobs: int) -> Iterator[Block]:
    from sim.model.build import build

    setup = build(scenario)
    if engine == "mesa":
        from sim.engines.mesa_model import play

        found: Iterable[Block] = (play(setup, seed, run) for run in range(runs))
    else:
        from sim.engines.ensemble import blocks

        found = blocks(setup, seed, 0, runs, jobs)
    for block in found:
        yield block._replace(records=with_outcome(block.records))


class RunOptions(NamedTuple):
    """The number of runs, the seed and the number of threads."""

    runs: int
    seed: int
    jobs: int


def run_options(
    scenario: Scenario, runs: Any = None, seed: Any = None, jobs: Any = None
) -> RunOptions:
    """The options as whole numbers: by default the scenario's own, and a thread a processor.

    Raises :class:`sim.errors.UsageError` for a number out of range, for anything that is not a
    number, and for anything that is not a scenario.
    """
    require_scenario(scenario)
    return RunOptions(
        whole_within("runs", scenario.runs if runs is None else runs, 1, MAX_RUNS),
        whole_within("seed", scenario.seed if seed is None else seed, 0, MAX_SEED),
        whole_within("jobs", processors() if jobs is None else jobs, 1, MAX_JOBS),
    )


def check_width(until_ci: float | None) -> None:
    """Raise :class:`sim.errors.UsageError` for a width that is not between 0 and 1."""
    if until_ci is not None and not (is_number(until_ci) and 0 < until_ci < 1):
        raise UsageError(f"until-ci: {until_ci} is not a width between 0 and 1", "try 0.01")


def check_size(points: int, runs: int) -> None:
    """Raise :class:`sim.errors.UsageError` for more points and runs than fit in memory."""
    whole_within("runs", runs, 1, MAX_RUNS)
    if points > MOST_POINTS or points * runs > MOST_KEPT:
        message = f"{plural(points, 'point')} of {plural(runs, 'run')} each do not fit in memory"
        remedy = f"at most {MOST_POINTS:,} points, and {MOST_KEPT:,} runs in total"
        raise UsageError(message, remedy)
