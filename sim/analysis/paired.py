"""Paired comparison of two scenarios on common random numbers.

Run k of both scenarios has the same random numbers, so their outcomes are compared run by run. The
counts are updated block by block, so that memory does not grow with the number of runs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.enums import Outcome
from sim.experiments.simulate import Progress, simulate
from sim.formatting import describe_change, format_change, plural
from sim.model.outcomes import SHARES, flags
from sim.results import averaged
from sim.scenario.scenario import Scenario
from sim.statistics import Estimate, mean, paired_difference_of_proportions, variance_reduction
from sim.tables import estimate_to_dict

# Run numbers that are kept for each transition between outcomes.
EXAMPLES = 3
# Relative size below which a sum of differences is rounding error.
ROUNDING = 1e-9

# What a run either has or has not: each outcome, and the flags derived from them.
WHAT = (*(outcome.word for outcome in Outcome), *SHARES)


def run_flags(
    scenario: Scenario,
    runs: int,
    seed: int,
    jobs: int | None = None,
    progress: Progress | None = None,
) -> dict[str, NDArray[np.bool_]]:
    """Failure, escalation and war of every run, without keeping the records.

    Flags of several scenarios with the same ``runs`` and ``seed`` are paired run by run.

    Returns
    -------
    dict of str to ndarray of bool, shape (runs,)
    """
    blocks: list[dict[str, Any]] = []
    simulate(
        scenario,
        runs=runs,
        seed=seed,
        jobs=jobs,
        keep_records=False,
        progress=progress,
        sink=lambda records: blocks.append(flags(records["trigger"])),
    )
    return {name: np.concatenate([block[name] for block in blocks]) for name in blocks[0]}


class PairedDifference(NamedTuple):
    """Paired difference of a share: the estimate, and the runs behind it.

    ``gained`` and ``lost`` count the runs that have the outcome only in the alternative or only in
    the baseline. ``variance_reduction`` is the number of independent runs that give the same
    precision, relative to the number of paired runs.
    """

    share: Estimate
    gained: int
    lost: int
    runs: int
    variance_reduction: float | None

    @property
    def excludes_zero(self) -> bool:
        """Whether the interval excludes zero."""
        return self.share.excludes_zero

    def to_dict(self) -> dict[str, Any]:
        """The difference of shares as plain data."""
        return {**estimate_to_dict("difference", self.share), "significant": self.excludes_zero}

    def among(self, n_comparisons: int) -> PairedDifference:
        """The same difference with an interval simultaneous for ``n_comparisons``."""
        share = paired_difference_of_proportions(self.gained, self.lost, self.runs, n_comparisons)
        return self._replace(share=share)


class Transition(NamedTuple):
    """Transition from one outcome to another: the number of runs, and the first run numbers."""

    before: Outcome
    after: Outcome
    runs: int
    examples: tuple[int, ...]

    def to_dict(self) -> dict[str, Any]:
        """The transition as plain data."""
        return {
            "from": self.before.word,
            "to": self.after.word,
            "runs": self.runs,
            "examples": list(self.examples),
        }


class Sums(NamedTuple):
    """Sums over runs of a measure's differences, their squares, and the magnitudes compared.

    A sum below ``ROUNDING`` times the magnitudes is attributed to rounding error and set to 0.
    """

    total: float = 0.0
    squares: float = 0.0
    size: float = 0.0

    def plus(self, total: float, squares: float, size: float) -> Sums:
        """The sums with more runs."""
        return Sums(self.total + total, self.squares + squares, self.size + size)

    def rounded(self, runs: int) -> tuple[float, float]:
        """Sum and sum of squares over ``runs`` runs, with rounding error set to 0."""
        least = ROUNDING * self.size
        total = 0.0 if abs(self.total) <= least else self.total
        return total, 0.0 if runs * self.squares <= least * least else self.squares


@dataclass
class Pairing:
    """Running counts over pairs of runs.

    Attributes
    ----------
    endings : ndarray of int64, shape (7, 7)
        Runs by outcome in the baseline (rows) and in the alternative (columns).
    flags : dict of str to ndarray of int64, shape (2, 2)
        The same for failure, escalation and war.
    sums : dict of str to Sums
        Sums of the differences of each measure.
    examples : dict
        The first run numbers of each transition.
    """

    endings: NDArray[np.int64] = field(
        default_factory=lambda: np.zeros((len(Outcome), len(Outcome)), np.int64)
    )
    flags: dict[str, NDArray[np.int64]] = field(
        default_factory=lambda: {name: np.zeros((2, 2), np.int64) for name in SHARES}
    )
    sums: dict[str, Sums] = field(default_factory=dict)
    examples: dict[tuple[int, int], list[int]] = field(default_factory=dict)

    def add(self, before: Any, after: Any) -> None:
        """Add the records (with ``outcome``) of the same runs of both scenarios."""
        np.add.at(self.endings, (before["outcome"], after["outcome"]), 1)
        first, last = (flags(each["trigger"]) for each in (before, after))
        for name, counts in self.flags.items():
            np.add.at(counts, (first[name].astype(int), last[name].astype(int)), 1)
        for (name, one), (_, other) in zip(averaged(before), averaged(after), strict=True):
            more = other - one
            size = float(np.abs(one).sum() + np.abs(other).sum())
            added = float(more.sum()), float((more * more).sum()), size
            self.sums[name] = self.sums.get(name, Sums()).plus(*added)
        for run in np.flatnonzero(before["outcome"] != after["outcome"]):
            move = int(before["outcome"][run]), int(after["outcome"][run])
            known = self.examples.setdefault(move, [])
            if len(known) < EXAMPLES:
                known.append(int(before["replication"][run]))

    @property
    def runs(self) -> int:
        """Number of pairs of runs."""
        return int(self.endings.sum())

    def differences(self, n_comparisons: int = 1) -> dict[str, PairedDifference]:
        """Paired difference of each share in ``WHAT``; the intervals are simultaneous for
        ``n_comparisons``."""
        tables = {o.word: _two_by_two(self.endings, o) for o in Outcome} | self.flags
        return {what: _difference(tables[what], self.runs, n_comparisons) for what in WHAT}

    def measures(self, n_comparisons: int = 1) -> dict[str, Estimate]:
        """Mean paired difference of each measure; the intervals are simultaneous for
        ``n_comparisons``."""
        found = ((name, sums.rounded(self.runs)) for name, sums in self.sums.items())
        return {name: mean(*both, self.runs, n_comparisons) for name, both in found}

    def moves(self) -> list[Transition]:
        """Transitions between different outcomes, the most frequent first."""
        found = [
            Transition(Outcome(first), Outcome(last), int(self.endings[first, last]), tuple(runs))
            for (first, last), runs in sorted(self.examples.items())
        ]
        return sorted(found, key=lambda move: -move.runs)


def _two_by_two(endings: NDArray[np.int64], outcome: Outcome) -> NDArray[np.int64]:
    """Runs by whether they have the outcome in the baseline (rows) and in the alternative."""
    both = endings[outcome, outcome]
    before, after = endings[outcome].sum(), endings[:, outcome].sum()
    return np.array([[endings.sum() - before - after + both, after - both], [before - both, both]])


def _difference(counts: NDArray[np.int64], runs: int, n_comparisons: int) -> PairedDifference:
    gained, lost, before = int(counts[0, 1]), int(counts[1, 0]), int(counts[1].sum())
    share = paired_difference_of_proportions(gained, lost, runs, n_comparisons)
    return PairedDifference(
        share, gained, lost, runs, variance_reduction(before, gained, lost, runs)
    )


def widest(differences: Mapping[str, PairedDifference]) -> float:
    """Width of the widest interval."""
    return max(each.share.width for each in differences.values())


@dataclass(frozen=True)
class Pair:
    """Paired comparison of ``scenario`` with ``baseline``.

    Attributes
    ----------
    scenario, baseline : str
        Names of the alternative and of the baseline.
    runs : int
        Number of pairs of runs.
    differences : mapping of str to PairedDifference
        Scenario minus baseline, in shares of the runs, for each word of ``WHAT``.
    measures : mapping of str to Estimate
        Mean of the run-by-run differences of each measure.
    endings : ndarray of int64, shape (7, 7)
        Runs by outcome in the baseline (rows) and in the scenario (columns).
    moves : sequence of Transition
        Transitions between different outcomes, the most frequent first.
    n_comparisons : int
        Number of comparisons for which the intervals are simultaneous.
    """

    scenario: str
    baseline: str
    runs: int
    differences: Mapping[str, PairedDifference]
    measures: Mapping[str, Estimate]
    endings: NDArray[np.int64]
    moves: Sequence[Transition]
    n_comparisons: int = 1

    @classmethod
    def of(cls, scenario: str, baseline: str, counted: Pairing, n_comparisons: int = 1) -> Pair:
        """The comparison from its running counts."""
        differences, measures = counted.differences(n_comparisons), counted.measures(n_comparisons)
        found = differences, measures, counted.endings, counted.moves()
        return cls(scenario, baseline, counted.runs, *found, n_comparisons)

    @property
    def changed(self) -> int:
        """Number of runs whose outcome differs."""
        return sum(move.runs for move in self.moves)

    @property
    def stands_out(self) -> tuple[Outcome, ...]:
        """Outcomes whose change is significant after correcting for seven outcomes, the largest
        change first."""
        many = self.n_comparisons * len(Outcome)
        clear = [o for o in Outcome if self.differences[o.word].among(many).excludes_zero]
        return tuple(sorted(clear, key=lambda o: -abs(self.differences[o.word].share.value)))

    @property
    def sentence(self) -> str:
        """The effect on war; where it is not significant, the outcome that changes most."""
        lead, war = f"Compared with {self.baseline},", self.differences["war"].share
        runs = plural(self.runs, "model run")
        if not self.changed:
            return f"{lead} {self.scenario} has the same outcome in every one of {runs}."
        if war.excludes_zero:
            causes = self._opposed_causes()
            return f"{lead} war occurs {describe_change(war)} in {runs} of {self.scenario}{causes}."
        change = format_change(war, f" points in {runs}")
        found = f"{lead} there is no significant difference in war in {self.scenario}: {change}"
        return f"{found}{self._largest_change()}."

    def _opposed_causes(self) -> str:
        """Failure and escalation, if both change significantly and in opposite directions."""
        failure, escalation = (self.differences[cause] for cause in ("failure", "escalation"))
        opposed = failure.share.value * escalation.share.value < 0
        if not (opposed and failure.excludes_zero and escalation.excludes_zero):
            return ""
        failed, escalated = describe_change(failure.share), describe_change(escalation.share)
        return f"; deterrence fails {failed}, and escalation occurs {escalated}"

    def _largest_change(self) -> str:
        if not self.stands_out:
            return ""
        most = self.stands_out[0]
        change = describe_change(self.differences[most.word].share)
        return f"; {most.label} occurs {change}, significant after correcting for seven outcomes"
