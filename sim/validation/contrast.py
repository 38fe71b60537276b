"""A directional claim about the model, tested on paired runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from sim.engines.ensemble import blocks
from sim.experiments.measures import Measure
from sim.experiments.simulate import processors
from sim.experiments.variants import fixed_at
from sim.model.build import Setup, build
from sim.results import with_outcome
from sim.scenario.load import load
from sim.statistics import Estimate, paired_difference

SEED = 1994
PRECISION = "constants.precision"

# A behaviour that holds only where choices are imprecise is an effect of errors, so each is
# measured at these multiples of the scenario's precision of choice.
PRECISIONS = (0.5, 1.0, 2.5)


@dataclass(frozen=True, slots=True)
class Side:
    """A shipped scenario with overrides, as for ``--set``."""

    scenario: str
    settings: tuple[str, ...] = ()

    @property
    def written(self) -> str:
        """The arguments of ``thinline run`` for it."""
        return " ".join([self.scenario, *(f"--set '{setting}'" for setting in self.settings)])


Values = Callable[[Side, str], Any]
"""A measure in each run of a side, shape (runs,)."""


@dataclass(frozen=True, slots=True)
class Contrast:
    """Claim that ``measure`` is higher in ``here`` than in ``there`` on common random numbers.

    It holds if the 95 % interval of the difference lies above ``at_least``, or, with ``within``,
    inside plus or minus ``within``. Without ``there`` the claim is about the level of the measure.
    With ``beyond`` it is about a difference of differences: larger than that of ``beyond``.
    """

    says: str
    measure: str
    here: Side
    there: Side | None = None
    at_least: float = 0.0
    within: float | None = None
    beyond: Contrast | None = None

    def difference(self, runs: int, n_comparisons: int = 1, precision: float = 1.0) -> Estimate:
        """Mean paired difference over ``runs`` runs, with an interval simultaneous for
        ``n_comparisons``; ``precision`` multiplies the precision of choice on both sides."""
        return self.difference_of(
            lambda side, measure: measured(side, measure, runs, precision), n_comparisons
        )

    def difference_of(self, values: Values, n_comparisons: int = 1) -> Estimate:
        """Mean paired difference of ``values``, with an interval simultaneous for
        ``n_comparisons``."""
        return paired_difference(*self._both(values), n_comparisons)

    def holds(self, difference: Estimate) -> bool:
        """Whether a difference confirms the claim."""
        if self.within is not None:
            return -self.within < difference.low and difference.high < self.within
        return difference.low > self.at_least

    def is_refuted(self, difference: Estimate) -> bool:
        """Whether a difference excludes the claim."""
        if self.within is not None:
            return difference.high <= -self.within or self.within <= difference.low
        return difference.high <= self.at_least

    @property
    def is_share(self) -> bool:
        """Whether the measure is a share of runs; differences are then in percentage points."""
        return ClaimMeasure(self.measure).is_share

    @property
    def uses(self) -> tuple[tuple[Side, str], ...]:
        """Each side of the contrast, with the measure it is compared by."""
        sides = (self.here,) if self.there is None else (self.here, self.there)
        more = () if self.beyond is None else self.beyond.uses
        return (*((side, self.measure) for side in sides), *more)

    def _both(self, values: Values) -> tuple[Any, Any]:
        here = values(self.here, self.measure)
        there = values(self.there, self.measure) if self.there else np.zeros(len(here))
        if self.beyond is None:
            return here, there
        more, less = self.beyond._both(values)
        return here - there, more - less


PEACE, FIGHTING = "peace", "fighting"


@cache
def _setup(side: Side, precision: float) -> Setup:
    scenario = load(side.scenario, side.settings)
    if precision != 1.0:
        scenario = fixed_at(scenario, PRECISION, precision * scenario[PRECISION].mean)
    return build(scenario)


@cache
def _played(side: Side, precision: float) -> list[Any]:
    """The blocks of records that were played so far."""
    return []


def _records(side: Side, runs: int, precision: float) -> Any:
    """The first runs of a side; those that were played before are not played again."""
    played = _played(side, precision)
    if (done := sum(map(len, played))) < runs:
        more = blocks(_setup(side, precision), SEED, done, runs - done, processors())
        played += [with_outcome(block.records) for block in more]
    return np.concatenate(played)[:runs]


@dataclass(frozen=True, slots=True)
class ClaimMeasure:
    """A number of every run: a :class:`sim.experiments.measures.Measure`, 0 or 1 for a share,
    ``peace`` (no war), or ``fighting`` (states at air and sea or on the ground at the end)."""

    name: str

    @property
    def is_share(self) -> bool:
        """Whether it is 0 or 1 in each run."""
        return self.name == PEACE or (self.name != FIGHTING and Measure(self.name).is_share)

    def of(self, records: Any) -> Any:
        """The value in each run of ``records``, shape (runs,)."""
        if self.name == PEACE:
            return 1.0 - Measure("war").of(records)
        if self.name == FIGHTING:
            return (records["at_air_sea"] + records["at_ground"]).astype(np.float64)
        return Measure(self.name).of(records).astype(np.float64)


def measured(side: Side, measure: str, runs: int, precision: float = 1.0) -> Any:
    """A :class:`ClaimMeasure` in each run of a side, shape (runs,)."""
    return ClaimMeasure(measure).of(_records(side, runs, precision))
