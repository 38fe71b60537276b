"""How the cost grows: with states, months and runs; and how much memory it takes."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import partial

from benchmarks.cases import MAIN, SEED, crowd, main_setup
from benchmarks.clock import in_turns, spread
from benchmarks.engines import aside
from benchmarks.table import Row
from sim.engines.ensemble import play

RUNS = 500
ROUNDS = 7
STATES = (2, 10, 26, 50)
MONTHS = (12, 60, 240)
MANY = (1_000, 100_000, 1_000_000)


def states() -> Iterator[Row]:
    """The cost of a run by its states."""
    crowds = {n: crowd(n) for n in STATES}
    works = {str(n): partial(play, setup, SEED, 0, RUNS) for n, setup in crowds.items()}
    for n, timed in in_turns(works, ROUNDS).items():
        yield Row(f"{n} states, 60 months", "µs a run", spread([1e6 * t / RUNS for t in timed.cpu]))


def months() -> Iterator[Row]:
    """The cost of a run by its months."""
    works = {str(m): partial(play, main_setup(m), SEED, 0, RUNS) for m in MONTHS}
    for m, timed in in_turns(works, ROUNDS).items():
        what = f"{MAIN}, {m} months"
        yield Row(what, "µs a run", spread([1e6 * t / RUNS for t in timed.cpu]))


def runs() -> Iterator[Row]:
    """The cost of a run, and the most memory, by how many runs are summed up."""
    for many in MANY:
        told = aside("benchmarks.growth", str(many))
        yield Row(f"{many:,} runs to a summary", "µs a run", spread([1e6 * told["cpu"] / many]))
        yield Row("· at most", "MiB", spread([told["memory"]]))


def main() -> None:
    """Play so many runs, and print what they took: a process of its own, for its memory."""
    import json
    import resource

    import sim
    from benchmarks.clock import once

    many = int(sys.argv[1])
    scenario = sim.load(MAIN)
    sim.simulate(scenario, runs=1)
    cpu, wall = once(lambda: sim.simulate(scenario, runs=many, keep_records=False))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"cpu": cpu, "wall": wall, "memory": memory}))


if __name__ == "__main__":
    main()
