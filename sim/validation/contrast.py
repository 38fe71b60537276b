"""A claim about the model that paired runs can confirm or refuse."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from sim.experiments.simulate import simulate
from sim.results import flags
from sim.scenario.load import load
from sim.statistics import Estimate, paired_difference

SEED = 1994


@dataclass(frozen=True, slots=True)
class Side:
    """A shipped scenario with settings on top, as ``--set`` writes them."""

    scenario: str
    settings: tuple[str, ...] = ()

    @property
    def written(self) -> str:
        """The command's arguments that run it."""
        return " ".join([self.scenario, *(f"--set '{setting}'" for setting in self.settings)])


@dataclass(frozen=True, slots=True)
class Contrast:
    """``measure`` is higher in ``here`` than in ``there``, run by run on the same luck.

    It holds where the whole 95 % interval of the difference lies above ``at_least``; with
    ``within`` instead, where the whole interval lies within that distance of nothing. Without
    ``there`` it is about the measure's own level. ``beyond`` makes it a difference of differences:
    higher than that contrast's own difference.
    """

    says: str
    measure: str
    here: Side
    there: Side | None = None
    at_least: float = 0.0
    within: float | None = None
    beyond: Contrast | None = None

    def difference(self, runs: int, n_comparisons: int = 1) -> Estimate:
        """The mean paired difference over ``runs`` runs, with its interval, one of
        ``n_comparisons`` simultaneous ones."""
        return paired_difference(*self._both(runs), n_comparisons)

    def holds(self, difference: Estimate) -> bool:
        """Whether a difference is what the contrast claims."""
        if self.within is not None:
            return -self.within < difference.low and difference.high < self.within
        return difference.low > self.at_least

    @property
    def is_share(self) -> bool:
        """Whether the measure is a share of runs, so that a difference is in percentage points."""
        return self.measure in _FLAGS

    def _both(self, runs: int) -> tuple[Any, Any]:
        here = measured(self.here, self.measure, runs)
        there = measured(self.there, self.measure, runs) if self.there else np.zeros(runs)
        if self.beyond is None:
            return here, there
        more, less = self.beyond._both(runs)
        return here - there, more - less


_FLAGS = ("failure", "escalation", "war", "peace")


@cache
def _records(side: Side, runs: int) -> Any:
    return simulate(load(side.scenario, side.settings), runs=runs, seed=SEED).records


def measured(side: Side, measure: str, runs: int) -> Any:
    """One number a run: a flag as 0 or 1, a recorded column, or ``fighting`` (states at air and
    sea or ground at the end), ``challenges``."""
    records = _records(side, runs)
    if measure == "peace":
        return 1.0 - flags(records)["war"]
    if measure in _FLAGS:
        return flags(records)[measure].astype(np.float64)
    if measure == "fighting":
        return (records["at_air_sea"] + records["at_ground"]).astype(np.float64)
    if measure == "challenges":
        chosen = records["probes"] + records["strikes"] + records["offensives"]
        return chosen.astype(np.float64)
    return records[measure].astype(np.float64)
