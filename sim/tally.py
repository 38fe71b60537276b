"""Running counts and sums over blocks of records, and the results they amount to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from sim.results import Results, averaged
from sim.scenario.model import Scenario
from sim.statistics import Estimate, mean, narrow_enough, share
from sim.vocabulary import Outcome, Participation, Trigger
from sim.world import Block

# Runs summed together; see Tally.
LOT = 2048
# Runs whose records are kept in any case, for what is told of single runs.
FIRST = 2000


@dataclass
class Tally:
    """Running counts and sums over records, so that memory does not grow with the runs.

    Real numbers are summed in lots of ``LOT`` runs however the runs arrive, so that neither engine
    nor block size shows in the last digit of a mean.
    """

    scenario: Scenario
    runs: int = 0
    triggers: Any = field(default_factory=lambda: np.zeros(len(Trigger), np.int64))
    sums: dict[str, tuple[float, float]] = field(default_factory=dict)
    unsummed: list[Any] = field(default_factory=list)
    first: list[Any] = field(default_factory=list)

    def __post_init__(self) -> None:
        months, states = self.scenario.months, len(self.scenario.states)
        self.endings = np.zeros((months + 1, len(Outcome)), np.int64)
        self.participation = np.zeros((months + 1, states, len(Participation)), np.int64)
        self.crossings = np.zeros((2, len(self.scenario.red_lines)), np.int64)

    def add(self, block: Block) -> None:
        """Add a block, whose records have their ``outcome``."""
        records = block.records
        if self.runs < FIRST:
            self.first.append(records[: FIRST - self.runs])
        self.runs += len(records)
        np.add.at(self.endings, (records["month"], records["outcome"]), 1)
        self.triggers += np.bincount(records["trigger"], minlength=len(Trigger))
        self.participation += block.participation
        self.crossings += block.crossings
        self.unsummed.append(records)
        if sum(map(len, self.unsummed)) >= LOT:
            self._sum_lots(last=False)

    def _sum_lots(self, last: bool) -> None:
        if not self.unsummed:
            return
        waiting = np.concatenate(self.unsummed)
        whole = len(waiting) if last else len(waiting) // LOT * LOT
        for first in range(0, whole, LOT):
            self._sum(waiting[first : min(first + LOT, whole)])
        self.unsummed = [waiting[whole:]]

    def _sum(self, records: Any) -> None:
        for name, values in averaged(records):
            total, squares = self.sums.get(name, (0.0, 0.0))
            self.sums[name] = total + values.sum(), squares + (values * values).sum()

    @property
    def outcomes(self) -> dict[Outcome, Estimate]:
        """The share of each outcome, in order."""
        counts = self.endings.sum(axis=0)
        return {outcome: share(int(counts[outcome]), self.runs) for outcome in Outcome}

    def narrower_than(self, width: float) -> bool:
        """Whether every outcome's interval is narrower than ``width``."""
        return self.runs > 0 and narrow_enough(list(self.outcomes.values()), width)

    def results(self, seed: int, engine: str) -> Results:
        """What the counts and sums amount to, once every run has been added."""
        self._sum_lots(last=True)
        return Results(
            scenario=self.scenario,
            runs=self.runs,
            seed=seed,
            engine=engine,
            outcomes=self.outcomes,
            triggers={t: share(int(self.triggers[t]), self.runs) for t in Trigger},
            measures=self._measures(),
            endings=self.endings,
            participation=self.participation,
            crossings=self.crossings,
            first=np.concatenate(self.first),
        )

    def _measures(self) -> dict[str, Estimate]:
        failures = int(self.triggers[Trigger.OFFENSIVE])
        wars = int(self.triggers.sum() - self.triggers[Trigger.NONE])
        shares = {"failure": failures, "escalation": wars - failures, "war": wars}
        means = {
            name: mean(float(total), float(squares), self.runs)
            for name, (total, squares) in self.sums.items()
        }
        return {name: share(count, self.runs) for name, count in shares.items()} | means
