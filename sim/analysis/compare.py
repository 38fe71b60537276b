"""Comparison of two to six scenarios on common random numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from sim.analysis.paired import WHAT, Pair, PairedDifference, Pairing, widest
from sim.errors import UsageError, json_head
from sim.experiments.simulate import LOOK, Progress, check_width, run_options
from sim.formatting import join_and, plural
from sim.model.outcomes import SHARES
from sim.model.state import Block
from sim.results import Results, RunningTotals, with_outcome
from sim.scenario.diff import Difference, differences_in_content
from sim.scenario.scenario import Scenario, require_scenario
from sim.statistics import Estimate
from sim.study_result import StudyResult
from sim.tables import estimate_to_dict, with_interval

FEWEST, MOST = 2, 6


@dataclass(frozen=True, repr=False, eq=False)
class Comparison(StudyResult):
    """Scenarios compared run by run with the first of them, the baseline.

    Attributes
    ----------
    results : mapping of str to Results
        Results of each scenario by name, the baseline first; without records.
    pairs : sequence of Pair
        Paired comparison of each other scenario with the baseline.
    runs, seed : int
        Runs of each scenario, and the random seed they share.
    n_comparisons : int
        Number of comparisons for which the intervals of the differences are simultaneous.
    """

    results: Mapping[str, Results]
    pairs: Sequence[Pair]
    runs: int
    seed: int
    n_comparisons: int = 1

    @property
    def baseline(self) -> str:
        """Name of the scenario that the others are compared with."""
        return next(iter(self.results))

    @property
    def label(self) -> str:
        """Scenarios, runs and seed."""
        return f"{join_and(list(self.results))}, {plural(self.runs, 'run')} each, seed {self.seed}"

    @property
    def width(self) -> float:
        """Width of the widest interval of a difference."""
        return max(widest(pair.differences) for pair in self.pairs)

    @property
    def sentence(self) -> str:
        """The effect of each scenario on war."""
        return " ".join(pair.sentence for pair in self.pairs)

    @cached_property
    def shares(self) -> dict[str, dict[str, Estimate]]:
        """The share of runs for each outcome or cause in ``WHAT``, by scenario."""
        found = {}
        for name, results in self.results.items():
            shares = {outcome.word: share for outcome, share in results.outcomes.items()}
            shares |= {flag: results.measures[flag] for flag in SHARES}
            found[name] = {what: shares[what] for what in WHAT}
        return found

    @property
    def notes(self) -> list[str]:
        """Differences between the scenarios that limit the comparison."""
        by_months: dict[int, list[str]] = {}
        for name, results in self.results.items():
            by_months.setdefault(results.scenario.months, []).append(name)
        if len(by_months) == 1:
            return []
        horizons = [
            f"{plural(months, 'month')} in {join_and(names)}" for months, names in by_months.items()
        ]
        return [f"the horizons differ ({'; '.join(horizons)}): more can happen in a longer one"]

    def changes(self, pair: Pair) -> list[Difference]:
        """What differs between the scenarios of a pair, apart from their own runs and seeds."""
        scenarios = [self.results[name].scenario for name in (pair.scenario, pair.baseline)]
        return differences_in_content(*scenarios)

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
            "changes": {
                pair.scenario: [each._asdict() for each in self.changes(pair)]
                for pair in self.pairs
            },
            "n_comparisons": self.n_comparisons,
            "stands_out": {p.scenario: [o.word for o in p.stands_out] for p in self.pairs},
            "months": {name: results.scenario.months for name, results in self.results.items()},
            "shares": {
                name: {what: estimate_to_dict("share", share) for what, share in shares.items()}
                for name, shares in self.shares.items()
            },
            "measures": {
                pair.scenario: {
                    name: estimate_to_dict("difference", more)
                    for name, more in pair.measures.items()
                }
                for pair in self.pairs
            },
            "variance_reduction": {
                pair.scenario: {
                    what: each.variance_reduction for what, each in pair.differences.items()
                }
                for pair in self.pairs
            },
            "transitions": [
                {"scenario": pair.scenario, **move.to_dict()}
                for pair in self.pairs
                for move in pair.moves
            ],
            "sentence": self.sentence,
            "notes": self.notes,
        }

    def rows(self) -> list[dict[str, Any]]:
        """A row for each scenario and each word of ``WHAT``; the baseline has no differences."""
        differences = {pair.scenario: pair.differences for pair in self.pairs}
        return [
            {
                "scenario": name,
                "outcome": what,
                **with_interval("share", share),
                **_difference_columns(differences.get(name, {}).get(what)),
            }
            for name, shares in self.shares.items()
            for what, share in shares.items()
        ]


def _difference_columns(difference: PairedDifference | None) -> dict[str, Any]:
    if difference is None:
        return {}
    value, low, high = difference.share
    return {
        "difference": value,
        "low": low,
        "high": high,
        "gained": difference.gained,
        "lost": difference.lost,
        "variance_reduction": difference.variance_reduction,
    }


def compare(
    scenarios: Mapping[str, Scenario] | Sequence[Scenario],
    runs: int | None = None,
    seed: int | None = None,
    jobs: int | None = None,
    until_ci: float | None = None,
    progress: Progress | None = None,
) -> Comparison:
    """Compare two to six scenarios run by run on common random numbers.

    Every scenario is compared with the first. Only counts and a few run numbers are kept, so that
    memory does not grow with ``runs``.

    Parameters
    ----------
    scenarios : sequence or mapping of Scenario
        The scenarios, the baseline first. A mapping gives them names of its own, which variants of
        one scenario need.
    runs : int, optional
        Runs of each scenario; by default the baseline's number.
    seed : int, optional
        Random seed; by default the baseline's.
    jobs : int, optional
        Threads; by default one for each processor. They do not affect results.
    until_ci : float, optional
        Stop as soon as the 95 % interval of every difference is narrower than this share (between
        0 and 1); ``runs`` is then the maximum.
    progress : callable, optional
        Called with the number of runs done and the maximum.

    Returns
    -------
    Comparison
        Shares of each scenario, and paired differences with intervals that are simultaneous for
        all scenarios.

    Raises
    ------
    sim.errors.UsageError
        For fewer than two or more than six scenarios, two of the same name, or a number out of
        range.
    """
    named = _named(scenarios)
    if not FEWEST <= len(named) <= MOST:
        raise UsageError(
            f"a comparison takes {FEWEST} to {MOST} scenarios, not {len(named)}",
            "the others are compared with the first",
        )
    return compare_named(named, runs, seed, jobs, until_ci, progress, len(named) - 1)


def _named(scenarios: object) -> dict[str, Scenario]:
    if isinstance(scenarios, Mapping):
        return {name: require_scenario(each) for name, each in scenarios.items()}
    if isinstance(scenarios, str) or not isinstance(scenarios, Iterable):
        raise UsageError(f"{scenarios!r:.60} is not a list of scenarios", "see sim.load")
    named: dict[str, Scenario] = {}
    for scenario in map(require_scenario, scenarios):
        if scenario.name in named:
            raise UsageError(
                f"two scenarios are called {scenario.name}",
                "compare different scenarios, or name each",
            )
        named[scenario.name] = scenario
    return named


def compare_named(
    named: Mapping[str, Scenario],
    runs: int | None = None,
    seed: int | None = None,
    jobs: int | None = None,
    until_ci: float | None = None,
    progress: Progress | None = None,
    n_comparisons: int = 1,
) -> Comparison:
    """:func:`compare` for any number of scenarios, with intervals simultaneous for
    ``n_comparisons``."""
    first = next(iter(named.values()))
    runs, seed, jobs = run_options(first, runs, seed, jobs)
    check_width(until_ci)
    counts = _Counts(named)
    for lot in _lots(list(named.values()), runs, seed, jobs, progress):
        counts.add(lot)
        if until_ci and counts.width(n_comparisons) < until_ci:
            break
    return counts.comparison(seed, n_comparisons)


class _Counts:
    """Running totals of each scenario, and of each pair with the baseline."""

    def __init__(self, named: Mapping[str, Scenario]) -> None:
        self.tallies = {name: RunningTotals(scenario) for name, scenario in named.items()}
        self.baseline, *others = named
        self.pairings = {name: Pairing() for name in others}

    def add(self, lot: Sequence[Block]) -> None:
        """Add one block for each scenario; all blocks have the same run numbers."""
        for tally, block in zip(self.tallies.values(), lot, strict=True):
            tally.add(block)
        for pairing, block in zip(self.pairings.values(), lot[1:], strict=True):
            pairing.add(lot[0].records, block.records)

    def width(self, n_comparisons: int) -> float:
        """Width of the widest interval of a difference so far."""
        return max(widest(pairing.differences(n_comparisons)) for pairing in self.pairings.values())

    def comparison(self, seed: int, n_comparisons: int) -> Comparison:
        """The comparison from these totals."""
        results = {name: tally.results(seed, "ensemble") for name, tally in self.tallies.items()}
        pairs = tuple(
            Pair.of(name, self.baseline, pairing, n_comparisons)
            for name, pairing in self.pairings.items()
        )
        runs = self.tallies[self.baseline].runs
        return Comparison(results, pairs, runs, seed, n_comparisons)


def _lots(
    scenarios: Sequence[Scenario], runs: int, seed: int, jobs: int, progress: Progress | None
) -> Iterator[list[Block]]:
    """The runs in batches of ``LOOK`` (the last may be smaller): one block for each scenario.

    Real numbers are summed and the stopping rule is tested batch by batch, so that results depend
    on neither threads nor block size.
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
