"""Two or more scenarios run on the same luck, so that each run can be held beside its like."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from sim.errors import UsageError
from sim.experiments.comparison import Comparison
from sim.experiments.pair import Pair
from sim.experiments.pairing import Pairing, widest
from sim.experiments.run import LOOK, Progress, check_asked, processors
from sim.results import with_outcome
from sim.scenario.model import Scenario
from sim.tally import Tally
from sim.world import Block

FEWEST, MOST = 2, 6


def compare(
    scenarios: Mapping[str, Scenario] | Sequence[Scenario],
    runs: int | None = None,
    seed: int | None = None,
    jobs: int | None = None,
    until_ci: float | None = None,
    progress: Progress | None = None,
) -> Comparison:
    """Run two to six ``scenarios`` on the same luck, and compare each with the first, run by run.

    A mapping names them otherwise than they name themselves, which the same scenario with and
    without a change needs. ``runs`` and ``seed`` default to the first one's own. ``until_ci``
    stops as soon as the 95 % interval of every difference is narrower, with ``runs`` as the cap.
    Its intervals hold for all scenarios at once, so that the one furthest from the first may be
    picked out. ``progress`` is told the runs done and the cap. Nothing is kept of single runs but
    examples, so memory does not grow with ``runs``; ``jobs``, threads, change no number.

    Raises :class:`sim.errors.UsageError` for too few scenarios or too many, two of one name, or a
    number out of range.
    """
    named = _named(scenarios)
    if not FEWEST <= len(named) <= MOST:
        raise UsageError(
            f"a comparison takes {FEWEST} to {MOST} scenarios, not {len(named)}",
            "the first is what the others are compared with",
        )
    return paired(named, runs, seed, jobs, until_ci, progress, at_once=len(named) - 1)


def _named(scenarios: Mapping[str, Scenario] | Sequence[Scenario]) -> dict[str, Scenario]:
    if isinstance(scenarios, Mapping):
        return dict(scenarios)
    named: dict[str, Scenario] = {}
    for scenario in scenarios:
        if scenario.name in named:
            raise UsageError(
                f"two scenarios are called {scenario.name}",
                "compare one with another, or name each",
            )
        named[scenario.name] = scenario
    return named


def paired(
    named: Mapping[str, Scenario],
    runs: int | None = None,
    seed: int | None = None,
    jobs: int | None = None,
    until_ci: float | None = None,
    progress: Progress | None = None,
    at_once: int = 1,
) -> Comparison:
    """The same for any number of scenarios from two on; for ``at_once`` see
    :func:`sim.statistics.change`."""
    first = next(iter(named.values()))
    runs = first.runs if runs is None else runs
    seed = first.seed if seed is None else seed
    jobs = processors() if jobs is None else jobs
    check_asked(runs, seed, "ensemble", jobs, until_ci)
    counts = _Counts(named)
    for lot in _lots(list(named.values()), runs, seed, jobs, progress):
        counts.add(lot)
        if until_ci and counts.width(at_once) < until_ci:
            break
    return counts.comparison(seed, at_once)


class _Counts:
    """What is counted of each scenario, and of each pair with the first."""

    def __init__(self, named: Mapping[str, Scenario]) -> None:
        self.named = named
        self.tallies = {name: Tally(scenario) for name, scenario in named.items()}
        self.baseline, *others = named
        self.pairings = {name: Pairing() for name in others}

    def add(self, lot: Sequence[Block]) -> None:
        """Add a block of the same runs of each scenario."""
        for tally, block in zip(self.tallies.values(), lot, strict=True):
            tally.add(block)
        for pairing, block in zip(self.pairings.values(), lot[1:], strict=True):
            pairing.add(lot[0].records, block.records)

    def width(self, at_once: int) -> float:
        """The width of the widest interval of a difference so far."""
        return max(widest(pairing.differences(at_once)) for pairing in self.pairings.values())

    def comparison(self, seed: int, at_once: int) -> Comparison:
        """What it all amounts to."""
        results = {name: tally.results(seed, "ensemble") for name, tally in self.tallies.items()}
        pairs = [
            Pair.of(name, self.baseline, pairing, at_once)
            for name, pairing in self.pairings.items()
        ]
        return Comparison(results, tuple(pairs), self.tallies[self.baseline].runs, seed, at_once)


def _lots(
    scenarios: Sequence[Scenario], runs: int, seed: int, jobs: int, progress: Progress | None
) -> Iterator[list[Block]]:
    """Lots of ``LOOK`` runs (the last may have fewer), each a block a scenario of the same runs.

    Real numbers are summed lot by lot, and the stopping rule looks after each: so neither threads
    nor the size of a block can show in a number.
    """
    waiting: list[list[Block]] = []
    done = 0
    for blocks in _side_by_side(scenarios, runs, seed, jobs):
        waiting.append(blocks)
        done += len(blocks[0].records)
        if progress:
            progress(done, runs)
        if done % LOOK == 0 or done == runs:
            yield [_joined(blocks) for blocks in zip(*waiting, strict=True)]
            waiting = []


def _side_by_side(
    scenarios: Sequence[Scenario], runs: int, seed: int, jobs: int
) -> Iterator[list[Block]]:
    """The same runs of every scenario, block by block."""
    from sim.build import build
    from sim.engines.ensemble import BLOCK, play
    from sim.engines.threads import in_order

    setups = [build(scenario) for scenario in scenarios]
    tasks = ((setup, first) for first in range(0, runs, BLOCK) for setup in setups)

    def played(task: tuple[Any, int]) -> Block:
        setup, first = task
        block = play(setup, seed, first, min(BLOCK, runs - first))
        return block._replace(records=with_outcome(block.records))

    finished = in_order(played, tasks, jobs)
    for blocks in zip(*[finished] * len(setups), strict=True):
        yield list(blocks)


def _joined(blocks: Sequence[Block]) -> Block:
    records = np.concatenate([block.records for block in blocks])
    participation = sum(block.participation for block in blocks)
    return Block(records, participation, sum(block.crossings for block in blocks))
