"""What many points may ask for: runs, threads, a seed, and no more than memory can hold."""

from __future__ import annotations

from sim.errors import UsageError, check_within
from sim.figures.wording import plural
from sim.scenario.model import Scenario
from sim.scenario.schema import MAX_RUNS, MAX_SEED

# The most numbers (four bytes each) and points kept in memory.
MOST_KEPT = 2**28
MOST_POINTS = 2**21
MAX_JOBS = 256


def check_size(points: int, runs: int, jobs: int | None = None) -> None:
    """Raise :class:`sim.errors.UsageError` for more than can be played and kept in memory."""
    check_within("runs", runs, 1, MAX_RUNS)
    if jobs is not None:
        check_within("jobs", jobs, 1, MAX_JOBS)
    if points > MOST_POINTS or points * runs > MOST_KEPT:
        raise UsageError(
            f"{plural(points, 'point')} of {plural(runs, 'run')} each are too many to keep in "
            "memory",
            f"at most {MOST_POINTS:,} points, and {MOST_KEPT:,} runs in all",
        )


def settled(scenario: Scenario, seed: int | None) -> int:
    """The seed asked for, or the scenario's; raises ``UsageError`` for one that is none."""
    seed = scenario.seed if seed is None else seed
    check_within("seed", seed, 0, MAX_SEED)
    return seed
