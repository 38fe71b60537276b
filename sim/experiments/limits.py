"""What many points may ask for: runs, threads, a seed, and no more than memory can hold."""

from __future__ import annotations

from sim.errors import UsageError
from sim.figures.wording import plural
from sim.scenario.model import Scenario
from sim.scenario.schema import MAX_RUNS, MAX_SEED

# The most numbers (four bytes each) and points kept in memory.
MOST_KEPT = 2**28
MOST_POINTS = 2**21


def check_size(points: int, runs: int, jobs: int | None = None) -> None:
    """Raise :class:`sim.errors.UsageError` for more than can be played and kept in memory."""
    if not 1 <= runs <= MAX_RUNS:
        raise UsageError(f"{plural(runs, 'run')} a point", f"from 1 to {MAX_RUNS:,}")
    if jobs is not None and not 1 <= jobs <= 256:
        raise UsageError(f"jobs: {jobs} is not from 1 to 256", "choose another")
    if points > MOST_POINTS or points * runs > MOST_KEPT:
        raise UsageError(
            f"{plural(points, 'point')} of {plural(runs, 'run')} each are too many to keep in "
            "memory",
            f"at most {MOST_POINTS:,} points, and {MOST_KEPT:,} runs in all",
        )


def settled(scenario: Scenario, seed: int | None) -> int:
    """The seed asked for, or the scenario's; raises ``UsageError`` for one that is none."""
    seed = scenario.seed if seed is None else seed
    if not 0 <= seed <= MAX_SEED:
        raise UsageError(f"seed: {seed} is not from 0 to {MAX_SEED}", "choose another")
    return seed
