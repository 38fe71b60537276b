"""Two scenarios on the same luck, run beside run: what changed, counted as the runs come in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np

from sim.enums import Outcome
from sim.results import SHARES, averaged, estimate_to_dict, flags
from sim.statistics import Estimate, mean, paired_difference_of_proportions, variance_reduction
from sim.text import describe_change, format_change, plural

EXAMPLES = 3
DUST = 1e-9
ENDINGS = len(Outcome)

# What can be gained or lost by a run: an ending, or one of the flags made of them.
WHAT = (*(outcome.word for outcome in Outcome), *SHARES)


class Difference(NamedTuple):
    """How much more often something happens: in shares of the runs, and in runs.

    ``variance_reduction`` says how many times as many runs it would take on separate luck.
    """

    share: Estimate
    gained: int
    lost: int
    runs: int
    variance_reduction: float | None

    @property
    def excludes_zero(self) -> bool:
        """Whether it is more than luck of the draw could make it."""
        return self.share.excludes_zero

    def to_dict(self) -> dict[str, Any]:
        """The difference of shares as plain data."""
        return {**estimate_to_dict("difference", self.share), "significant": self.excludes_zero}

    def among(self, many: int) -> Difference:
        """The same with an interval for one that was picked out of ``many``."""
        return self._replace(
            share=paired_difference_of_proportions(self.gained, self.lost, self.runs, many)
        )


class Move(NamedTuple):
    """One ending that became another: in how many runs, and the numbers of the first few."""

    before: Outcome
    after: Outcome
    runs: int
    examples: tuple[int, ...]


class Sums(NamedTuple):
    """The sum of a measure's differences, of their squares, and of the sizes of what was compared.

    What is no more than ``DUST`` of these sizes is no difference, but the last digits of numbers
    that cancel.
    """

    total: float = 0.0
    squares: float = 0.0
    size: float = 0.0

    def plus(self, total: float, squares: float, size: float) -> Sums:
        """The sums with more runs."""
        return Sums(self.total + total, self.squares + squares, self.size + size)

    def dusted(self, runs: int) -> tuple[float, float]:
        """The sum and that of the squares over so many ``runs``, 0 where nothing else is left."""
        least = DUST * self.size
        total = 0.0 if abs(self.total) <= least else self.total
        return total, 0.0 if runs * self.squares <= least * least else self.squares


@dataclass
class Pairing:
    """Running counts over pairs of runs, so that memory does not grow with the runs.

    ``endings`` is ``int64 (outcomes, outcomes)``: runs by how they ended before (rows) and after;
    ``flags`` for each of failure, escalation and war ``int64 (2, 2)``: runs by whether it came
    before (rows) and after; ``sums`` has those of each measure.
    """

    endings: Any = field(default_factory=lambda: np.zeros((ENDINGS, ENDINGS), np.int64))
    flags: dict[str, Any] = field(
        default_factory=lambda: {name: np.zeros((2, 2), np.int64) for name in SHARES}
    )
    sums: dict[str, Sums] = field(default_factory=dict)
    examples: dict[tuple[int, int], list[int]] = field(default_factory=dict)

    def add(self, before: Any, after: Any) -> None:
        """Add the records (with ``outcome``) of the same runs of both scenarios."""
        np.add.at(self.endings, (before["outcome"], after["outcome"]), 1)
        first, last = flags(before), flags(after)
        for name, counts in self.flags.items():
            np.add.at(counts, (first[name].astype(int), last[name].astype(int)), 1)
        self._sum(before, after)
        self._exemplify(before, after)

    def _sum(self, before: Any, after: Any) -> None:
        for (name, first), (_, last) in zip(averaged(before), averaged(after), strict=True):
            more = last - first
            size = float(np.abs(first).sum() + np.abs(last).sum())
            added = float(more.sum()), float((more * more).sum()), size
            self.sums[name] = self.sums.get(name, Sums()).plus(*added)

    def _exemplify(self, before: Any, after: Any) -> None:
        changed = np.flatnonzero(before["outcome"] != after["outcome"])
        for run in changed:
            move = int(before["outcome"][run]), int(after["outcome"][run])
            known = self.examples.setdefault(move, [])
            if len(known) < EXAMPLES:
                known.append(int(before["replication"][run]))

    @property
    def runs(self) -> int:
        """How many pairs of runs were added."""
        return int(self.endings.sum())

    def differences(self, n_comparisons: int = 1) -> dict[str, Difference]:
        """What each ending and flag gained and lost, by its word in the order of ``WHAT``; for
        ``n_comparisons`` see :func:`sim.statistics.paired_difference_of_proportions`."""
        tables = {outcome.word: _apart(self.endings, outcome) for outcome in Outcome} | self.flags
        return {what: _difference(tables[what], self.runs, n_comparisons) for what in WHAT}

    def measures(self, n_comparisons: int = 1) -> dict[str, Estimate]:
        """The mean of each measure's differences, run by run; for ``n_comparisons`` see
        :func:`sim.statistics.paired_difference_of_proportions`."""
        found = ((name, sums.dusted(self.runs)) for name, sums in self.sums.items())
        return {name: mean(*both, self.runs, n_comparisons) for name, both in found}

    def moves(self) -> list[Move]:
        """Every ending that became another, the commonest first."""
        found = [
            Move(Outcome(first), Outcome(last), int(self.endings[first, last]), tuple(runs))
            for (first, last), runs in sorted(self.examples.items())
        ]
        return sorted(found, key=lambda move: -move.runs)


def _apart(endings: Any, outcome: Outcome) -> Any:
    """Runs by whether they had this ending before (rows) and after."""
    both = endings[outcome, outcome]
    before, after = endings[outcome].sum(), endings[:, outcome].sum()
    return np.array([[endings.sum() - before - after + both, after - both], [before - both, both]])


def _difference(counts: Any, runs: int, n_comparisons: int) -> Difference:
    gained, lost, before = int(counts[0, 1]), int(counts[1, 0]), int(counts[1].sum())
    share = paired_difference_of_proportions(gained, lost, runs, n_comparisons)
    saved = variance_reduction(before, gained, lost, runs)
    return Difference(share, gained, lost, runs, saved)


def widest(differences: Mapping[str, Difference]) -> float:
    """The width of the widest interval."""
    return max(each.share.width for each in differences.values())


@dataclass(frozen=True)
class Pair:
    """What becomes of the ``baseline``'s runs in another scenario, on the same luck.

    ``differences`` are in shares of the runs, by the words of :data:`WHAT`; ``measures`` are means
    of the differences run by run; ``endings`` counts, ``int64 (7, 7)``, the runs by their ending
    in the baseline (rows) and here; ``moves`` are those that changed, the commonest first. The
    intervals are of ``n_comparisons`` that hold together, one for each scenario.
    """

    scenario: str
    baseline: str
    runs: int
    differences: Mapping[str, Difference]
    measures: Mapping[str, Estimate]
    endings: Any
    moves: Sequence[Move]
    n_comparisons: int = 1

    @classmethod
    def of(cls, scenario: str, baseline: str, counted: Pairing, n_comparisons: int = 1) -> Pair:
        """What the counts amount to; for ``n_comparisons`` see :func:`sim.statistics.paired_difference_of_proportions`."""
        differences, measures = counted.differences(n_comparisons), counted.measures(n_comparisons)
        found = differences, measures, counted.endings, counted.moves()
        return cls(scenario, baseline, counted.runs, *found, n_comparisons)

    @property
    def changed(self) -> int:
        """How many runs ended in another way."""
        return sum(move.runs for move in self.moves)

    @property
    def sentence(self) -> str:
        """What it does to war, as far as the numbers can tell."""
        return f"Compared with {self.baseline}, {self.scenario} {self._does()}."

    def _does(self) -> str:
        runs = plural(self.runs, "model run")
        war = self.differences["war"]
        if not self.changed:
            return f"ends not one of {runs} in another way"
        if war.excludes_zero:
            return f"has war in {describe_change(war.share, f' of {runs}')}{self._roads()}"
        unclear = f"makes no difference to war that {runs} could show: "
        return unclear + format_change(war.share, " points") + self._otherwise()

    def _roads(self) -> str:
        """The two roads to war, where one is clearly taken more often and the other less."""
        failure, escalation = (self.differences[road] for road in ("failure", "escalation"))
        opposed = failure.share.value * escalation.share.value < 0
        if not (opposed and failure.excludes_zero and escalation.excludes_zero):
            return ""
        failed, escalated = describe_change(failure.share), describe_change(escalation.share)
        return f": deterrence fails in {failed}, escalation comes in {escalated}"

    @property
    def stands_out(self) -> tuple[Outcome, ...]:
        """The endings whose change is clear even as the largest of seven, the largest first."""
        many = self.n_comparisons * len(Outcome)
        clear = [o for o in Outcome if self.differences[o.word].among(many).excludes_zero]
        return tuple(sorted(clear, key=lambda o: -abs(self.differences[o.word].share.value)))

    def _otherwise(self) -> str:
        """The ending that changes most, of those that stand out."""
        if not self.stands_out:
            return ""
        most = self.stands_out[0]
        told = describe_change(self.differences[most.word].share)
        return f"; {most.label} comes in {told}, which is clear even as the largest of seven"
