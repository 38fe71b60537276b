"""Two scenarios on the same luck, run beside run: what changed, counted as the runs come in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np

from sim.results import SHARES, averaged, flags, plain
from sim.statistics import Estimate, change, mean, variance_reduction
from sim.vocabulary import Outcome

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
    def is_clear(self) -> bool:
        """Whether it is more than luck of the draw could make it."""
        return self.share.is_clear

    def document(self) -> dict[str, Any]:
        """The difference of shares as plain data."""
        return {**plain("difference", self.share), "clear": self.is_clear}

    def among(self, many: int) -> Difference:
        """The same with an interval for one that was picked out of ``many``."""
        return self._replace(share=change(self.gained, self.lost, self.runs, many))


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

    def differences(self, at_once: int = 1) -> dict[str, Difference]:
        """What each ending and flag gained and lost, by its word in the order of ``WHAT``; for
        ``at_once`` see :func:`sim.statistics.change`."""
        tables = {outcome.word: _apart(self.endings, outcome) for outcome in Outcome} | self.flags
        return {what: _difference(tables[what], self.runs, at_once) for what in WHAT}

    def measures(self, at_once: int = 1) -> dict[str, Estimate]:
        """The mean of each measure's differences, run by run; for ``at_once`` see
        :func:`sim.statistics.change`."""
        found = ((name, sums.dusted(self.runs)) for name, sums in self.sums.items())
        return {name: mean(*both, self.runs, at_once) for name, both in found}

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


def _difference(counts: Any, runs: int, at_once: int) -> Difference:
    gained, lost, before = int(counts[0, 1]), int(counts[1, 0]), int(counts[1].sum())
    share = change(gained, lost, runs, at_once)
    saved = variance_reduction(before, gained, lost, runs)
    return Difference(share, gained, lost, runs, saved)


def widest(differences: Mapping[str, Difference]) -> float:
    """The width of the widest interval."""
    return max(each.share.width for each in differences.values())
