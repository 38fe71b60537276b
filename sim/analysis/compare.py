"""Two or more scenarios run on the same luck, so that each run can be held beside its like."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from sim.analysis.paired import WHAT, Difference, Pair, Pairing, widest
from sim.errors import UsageError, json_head
from sim.experiments.simulate import LOOK, Progress, check_run_options, processors
from sim.model.state import Block
from sim.results import SHARES, Results, RunningTotals, estimate_to_dict, with_outcome
from sim.scenario.scenario import Scenario
from sim.statistics import Estimate
from sim.text import join_and, plural

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
    return paired(named, runs, seed, jobs, until_ci, progress, n_comparisons=len(named) - 1)


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
    n_comparisons: int = 1,
) -> Comparison:
    """The same for any number of scenarios from two on; for ``n_comparisons`` see
    :func:`sim.statistics.paired_difference_of_proportions`."""
    first = next(iter(named.values()))
    runs = first.runs if runs is None else runs
    seed = first.seed if seed is None else seed
    jobs = processors() if jobs is None else jobs
    check_run_options(runs, seed, "ensemble", jobs, until_ci)
    counts = _Counts(named)
    for lot in _lots(list(named.values()), runs, seed, jobs, progress):
        counts.add(lot)
        if until_ci and counts.width(n_comparisons) < until_ci:
            break
    return counts.comparison(seed, n_comparisons)


class _Counts:
    """What is counted of each scenario, and of each pair with the first."""

    def __init__(self, named: Mapping[str, Scenario]) -> None:
        self.named = named
        self.tallies = {name: RunningTotals(scenario) for name, scenario in named.items()}
        self.baseline, *others = named
        self.pairings = {name: Pairing() for name in others}

    def add(self, lot: Sequence[Block]) -> None:
        """Add a block of the same runs of each scenario."""
        for tally, block in zip(self.tallies.values(), lot, strict=True):
            tally.add(block)
        for pairing, block in zip(self.pairings.values(), lot[1:], strict=True):
            pairing.add(lot[0].records, block.records)

    def width(self, n_comparisons: int) -> float:
        """The width of the widest interval of a difference so far."""
        return max(widest(pairing.differences(n_comparisons)) for pairing in self.pairings.values())

    def comparison(self, seed: int, n_comparisons: int) -> Comparison:
        """What it all amounts to."""
        results = {name: tally.results(seed, "ensemble") for name, tally in self.tallies.items()}
        pairs = [
            Pair.of(name, self.baseline, pairing, n_comparisons)
            for name, pairing in self.pairings.items()
        ]
        return Comparison(
            results, tuple(pairs), self.tallies[self.baseline].runs, seed, n_comparisons
        )


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
    from sim.engines.ensemble import BLOCK, play
    from sim.engines.threads import map_ordered
    from sim.model.build import build

    setups = [build(scenario) for scenario in scenarios]
    tasks = ((setup, first) for first in range(0, runs, BLOCK) for setup in setups)

    def played(task: tuple[Any, int]) -> Block:
        setup, first = task
        block = play(setup, seed, first, min(BLOCK, runs - first))
        return block._replace(records=with_outcome(block.records))

    finished = map_ordered(played, tasks, jobs)
    for blocks in zip(*[finished] * len(setups), strict=True):
        yield list(blocks)


def _joined(blocks: Sequence[Block]) -> Block:
    records = np.concatenate([block.records for block in blocks])
    participation = sum(block.participation for block in blocks)
    return Block(records, participation, sum(block.crossings for block in blocks))


@dataclass(frozen=True)
class Comparison:
    """Two or more scenarios on the luck of ``seed``, run by run.

    ``results`` has each scenario's own results under its name, the baseline first, without
    records; ``pairs`` one entry for each of the others. The intervals of their differences are of
    ``n_comparisons`` that hold together.
    """

    results: Mapping[str, Results]
    pairs: Sequence[Pair]
    runs: int
    seed: int
    n_comparisons: int = 1

    @property
    def baseline(self) -> str:
        """The name of the scenario that the others are compared with."""
        return next(iter(self.results))

    @property
    def width(self) -> float:
        """The width of the widest interval of a difference."""
        return max(widest(pair.differences) for pair in self.pairs)

    @property
    def sentence(self) -> str:
        """What each scenario does to war, in words."""
        return " ".join(pair.sentence for pair in self.pairs)

    @cached_property
    def shares(self) -> dict[str, dict[str, Estimate]]:
        """By scenario, the share of its runs for each word of :data:`WHAT`."""
        return {name: _shares(results) for name, results in self.results.items()}

    @property
    def notes(self) -> list[str]:
        """What a reader has to know before comparing."""
        alike: dict[int, list[str]] = {}
        for name, results in self.results.items():
            alike.setdefault(results.scenario.months, []).append(name)
        if len(alike) == 1:
            return []
        told = [
            f"{plural(months, 'month')} in {join_and(names)}" for months, names in alike.items()
        ]
        return [f"the horizons differ, {'; '.join(told)}: the longer, the more can happen"]

    def to_dict(self) -> dict[str, Any]:
        """The comparison as plain data, as ``thinline compare --json`` prints it."""
        return {
            **json_head("comparison", list(self.results), self.runs, self.seed),
            "baseline": self.baseline,
            "differences": [
                {"scenario": pair.scenario, "outcome": what, **each.to_dict()}
                for pair in self.pairs
                for what, each in pair.differences.items()
            ],
            "n_comparisons": self.n_comparisons,
            "stands_out": {p.scenario: [o.word for o in p.stands_out] for p in self.pairs},
            "months": {name: results.scenario.months for name, results in self.results.items()},
            "shares": {
                name: {what: estimate_to_dict("share", share) for what, share in shares.items()}
                for name, shares in self.shares.items()
            },
            "measures": {pair.scenario: _measures(pair) for pair in self.pairs},
            "variance_reduction": {pair.scenario: _reductions(pair) for pair in self.pairs},
            "transitions": [each for pair in self.pairs for each in _transitions(pair)],
            "sentence": self.sentence,
            "notes": self.notes,
        }

    def to_frame(self) -> Any:
        """A pandas frame with a row for each scenario and each word of :data:`WHAT`.

        The columns of differences are empty for the baseline.
        """
        import pandas

        apart = {pair.scenario: pair.differences for pair in self.pairs}
        rows = [
            _row(name, what, share, apart.get(name, {}).get(what))
            for name, shares in self.shares.items()
            for what, share in shares.items()
        ]
        return pandas.DataFrame(rows)


def _shares(results: Results) -> dict[str, Estimate]:
    endings = {outcome.word: share for outcome, share in results.outcomes.items()}
    shares = endings | {name: results.measures[name] for name in SHARES}
    return {what: shares[what] for what in WHAT}


def _measures(pair: Pair) -> dict[str, Any]:
    return {name: estimate_to_dict("difference", more) for name, more in pair.measures.items()}


def _reductions(pair: Pair) -> dict[str, float | None]:
    return {what: each.variance_reduction for what, each in pair.differences.items()}


def _transitions(pair: Pair) -> list[dict[str, Any]]:
    return [
        {
            "scenario": pair.scenario,
            "from": move.before.word,
            "to": move.after.word,
            "runs": move.runs,
            "examples": list(move.examples),
        }
        for move in pair.moves
    ]


def _row(name: str, what: str, share: Estimate, apart: Difference | None) -> dict[str, Any]:
    row = {"scenario": name, "outcome": what, "share": share.value}
    row |= {"share_low": share.low, "share_high": share.high}
    if apart is None:
        return row
    value, low, high = apart.share
    row |= {"difference": value, "low": low, "high": high}
    row |= {"gained": apart.gained, "lost": apart.lost}
    return row | {"variance_reduction": apart.variance_reduction}
