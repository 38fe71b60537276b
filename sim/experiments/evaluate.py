"""Evaluate every point of a design with the same number of replications.

Points use common random numbers, which make differences between points precise, or independent
ones, which average out over many points. Only one number a run and measure is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.engines.threads import map_ordered
from sim.errors import RunFailed, ThinlineError
from sim.experiments.measures import Measure
from sim.experiments.prepared import PreparedScenario
from sim.experiments.simulate import Progress, check_size, processors
from sim.scenario.scenario import Scenario
from sim.text import plural

# Runs in one task of a thread.
BATCH = 2048

Evaluator = Callable[[Sequence[float], int, int], Mapping[str, Any]]
"""Runs a point, ``count`` times from number ``first`` on: one number a run, by measure."""

Model = Callable[[tuple[str, ...]], Evaluator]
"""Returns the evaluator for points with a value at each of some paths."""


def make_model(scenario: Scenario, seed: int, measures: Sequence[Measure]) -> Model:
    """``scenario`` as a model with the random numbers of ``seed``."""

    def model(paths: tuple[str, ...]) -> Evaluator:
        prepared = PreparedScenario(scenario, paths)

        def run(point: Sequence[float], first: int, count: int) -> dict[str, Any]:
            records = prepared.play(point, seed, first, count)
            return {measure.name: measure.of(records) for measure in measures}

        return run

    return model


@dataclass(frozen=True, slots=True)
class FailedPoint:
    """A point that failed, counted from 0, and the reason."""

    point: int
    reason: str


@dataclass(frozen=True)
class Ensemble:
    """The values of each measure in every run at every point.

    ``points`` is ``float64 (points, factors)``; ``values`` holds ``float32 (points, runs)`` for
    each measure. Column k has the same random numbers at every point, unless they are independent.
    The rows of ``lost`` points are NaN, so that a mean that includes them is NaN too.
    """

    points: Any
    runs: int
    values: Mapping[str, Any]
    lost: tuple[FailedPoint, ...] = ()

    def mean(self, outcome: str) -> Any:
        """The mean at each point."""
        return self.values[outcome].mean(axis=1, dtype=np.float64)

    def within(self, outcome: str) -> Any:
        """The variance within each point; NaN for a single run."""
        if self.runs < 2:
            return np.full(len(self.points), np.nan)
        return self.values[outcome].var(axis=1, ddof=1, dtype=np.float64)

    @property
    def kept(self) -> Any:
        """Flags of the points that did not fail: ``bool (points,)``."""
        kept = np.ones(len(self.points), bool)
        kept[[lost.point for lost in self.lost]] = False
        return kept

    @property
    def missing(self) -> str:
        """A sentence on the failed points; empty if there are none."""
        if not self.lost:
            return ""
        first = self.lost[0]
        return (
            f"{len(self.lost):,} of {plural(len(self.points), 'point')} could not be run and "
            f"are left out; the first, number {first.point + 1}: {first.reason}"
        )


def evaluate(
    player: Evaluator,
    points: Any,
    runs: int,
    jobs: int | None = None,
    progress: Progress | None = None,
    first: int = 0,
    apart: bool = False,
) -> Ensemble:
    """Run each of ``points`` ``runs`` times, from run number ``first`` on.

    Points use common random numbers; with ``apart``, each uses the runs after those of the one
    before. ``progress`` gets numbers of runs. Raises :class:`sim.errors.UsageError` for numbers out
    of range.
    """
    points = np.atleast_2d(np.asarray(points, np.float64))
    check_size(len(points), runs, jobs)
    values: dict[str, Any] = {}
    lost: dict[int, str] = {}

    def run(task: tuple[int, int, int]) -> tuple[int, int, Mapping[str, Any] | str]:
        k, start, count = task
        begin = first + start + (k * runs if apart else 0)
        return k, start, _run_batch(player, points[k], begin, count)

    done = 0
    for k, start, found in map_ordered(run, _tasks(len(points), runs), jobs or processors()):
        if isinstance(found, str):
            lost.setdefault(k, found)
        else:
            _store(values, found, k, start, (len(points), runs))
        done += min(BATCH, runs - start)
        if progress:
            progress(done, len(points) * runs)
    for each in values.values():
        each[list(lost)] = np.nan
    return Ensemble(points, runs, values, tuple(FailedPoint(k, lost[k]) for k in sorted(lost)))


def require_any(found: Ensemble) -> Ensemble:
    """``found``; raises :class:`sim.errors.RunFailed` if every point failed."""
    if not found.kept.any():
        raise RunFailed(
            f"none of {plural(len(found.points), 'point')} could be run: {found.missing}"
        )
    return found


def _tasks(points: int, runs: int) -> Iterator[tuple[int, int, int]]:
    for k in range(points):
        for start in range(0, runs, BATCH):
            yield k, start, min(BATCH, runs - start)


def _run_batch(
    player: Evaluator, point: Sequence[float], first: int, count: int
) -> Mapping[str, Any] | str:
    """The values of a batch of runs, or the reason why it failed."""
    try:
        values = player(point, first, count)
        given = {name: np.asarray(each, np.float32) for name, each in values.items()}
    except (ThinlineError, ArithmeticError, ValueError) as error:
        return str(error) or type(error).__name__
    bad = [name for name, each in given.items() if not np.isfinite(each).all()]
    return f"{bad[0]} is not a number" if bad else given


def _store(
    values: dict[str, Any], found: Mapping[str, Any], k: int, start: int, shape: tuple[int, int]
) -> None:
    for name, each in found.items():
        if name not in values:
            values[name] = np.full(shape, np.nan, np.float32)
        values[name][k, start : start + len(each)] = each
