"""The numbers of a lesson's runs, computed from the model on demand."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np

from sim.experiments.measures import Measure
from sim.experiments.simulate import simulate
from sim.formatting import format_ci, format_share_ci
from sim.lessons.cell import LessonCell, measure_label
from sim.lessons.lesson_run import LessonRun
from sim.scenario.load import load
from sim.statistics import (
    Estimate,
    difference_independent,
    mean,
    not_below_zero,
    paired_difference,
    proportion,
)

KEPT = 64


class Observed:
    """The numbers of a lesson's runs.

    Parameters
    ----------
    runs
        The lesson's runs by name.
    count, seed
        The number of model runs and the seed of a class that chose its own; by default each
        run's. A run whose number or seed is the lesson's point keeps its own.
    """

    def __init__(
        self, runs: Mapping[str, LessonRun], count: int | None = None, seed: int | None = None
    ) -> None:
        self.runs = runs
        self.count = count
        self.seed = seed

    def label(self, cell: LessonCell) -> str:
        """A cell in words."""
        return f"{self.runs[cell.run].label}: {measure_label(cell.measure)}"

    def estimate(self, cell: LessonCell) -> Estimate:
        """A cell's share or mean, with its 95 % interval."""
        values = self._values(cell)
        if Measure(cell.measure).is_share:
            return proportion(int(np.sum(values)), len(values))
        return not_below_zero(mean(float(values.sum()), float(values @ values), len(values)))

    def text(self, cell: LessonCell) -> str:
        """A cell's value as text, without its interval."""
        value, measure = self.estimate(cell).value, Measure(cell.measure)
        return measure.amount(value) if measure.is_share else measure.short(value)

    def level(self, cell: LessonCell) -> str:
        """A cell's value with its interval, as text."""
        estimate = self.estimate(cell)
        if Measure(cell.measure).is_share:
            return format_share_ci(estimate)
        return format_ci(estimate)

    def difference(self, after: LessonCell, before: LessonCell) -> Estimate:
        """The difference of two cells: run by run where they have the same random numbers."""
        if self._sample(after) == self._sample(before):
            return paired_difference(self._values(after), self._values(before))
        return difference_independent(self.estimate(after), self.estimate(before))

    def _sample(self, cell: LessonCell) -> tuple[int, int]:
        run = self.runs[cell.run]
        count = run.runs if self.count is None or run.is_own_sample else self.count
        seed = run.seed if self.seed is None or run.is_own_sample else self.seed
        return count, seed

    def _values(self, cell: LessonCell) -> Any:
        run = self.runs[cell.run]
        records = _records(run.scenario, run.settings, *self._sample(cell))
        return Measure(cell.measure).of(records).astype(np.float64)


@lru_cache(maxsize=KEPT)
def _records(scenario: str, settings: tuple[str, ...], count: int, seed: int) -> Any:
    return simulate(load(scenario, settings), runs=count, seed=seed).records
