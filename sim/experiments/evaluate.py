"""Many points of a design, each played equally often, on the same luck or each on its own.

On the same luck a difference between two points is known far better than either of them; where it
is the level over many points that counts, luck of their own evens out. Records are dropped as soon
as the numbers asked for are read off them: what is kept is one number a run.
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

# Runs handed to a thread at once.
BATCH = 2048

Evaluator = Callable[[Sequence[float], int, int], Mapping[str, Any]]
"""At a point, ``count`` runs from number ``first`` on: an array of one number a run, by outcome."""

Model = Callable[[tuple[str, ...]], Evaluator]
"""What is left open, and who plays what is then a point: one value for each."""


def make_model(scenario: Scenario, seed: int, measures: Sequence[Measure]) -> Model:
    """``scenario`` as a model, on the luck of ``seed``."""

    def opened(paths: tuple[str, ...]) -> Evaluator:
        variation = PreparedScenario(scenario, paths)

        def play(point: Sequence[float], first: int, count: int) -> dict[str, Any]:
            records = variation.play(point, seed, first, count)
            return {measure.name: measure.of(records) for measure in measures}

        return play

    return opened


@dataclass(frozen=True, slots=True)
class FailedPoint:
    """A point that could not be played, by its number from 0, and why."""

    point: int
    reason: str


@dataclass(frozen=True)
class Ensemble:
    """What the runs at each point came to.

    ``points`` is ``float64 (points, levers)``; ``values`` holds for each outcome ``float32
    (points, runs)``, whose column k is the same luck everywhere unless they were played apart. The
    rows of points that are ``lost`` are ``nan``, so that nothing can be worked out from them
    unnoticed.
    """

    points: Any
    runs: int
    values: Mapping[str, Any]
    lost: tuple[FailedPoint, ...] = ()

    def mean(self, outcome: str) -> Any:
        """The mean of each point's runs."""
        return self.values[outcome].mean(axis=1, dtype=np.float64)

    def within(self, outcome: str) -> Any:
        """The variance of each point's runs around their mean; ``nan`` for a single run."""
        if self.runs < 2:
            return np.full(len(self.points), np.nan)
        return self.values[outcome].var(axis=1, ddof=1, dtype=np.float64)

    @property
    def kept(self) -> Any:
        """Which points were played: ``bool (points,)``."""
        kept = np.ones(len(self.points), bool)
        kept[[lost.point for lost in self.lost]] = False
        return kept

    @property
    def missing(self) -> str:
        """What is missing, in words; empty if nothing is."""
        if not self.lost:
            return ""
        first = self.lost[0]
        return (
            f"{len(self.lost):,} of {plural(len(self.points), 'point')} could not be played and "
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
    """Play every one of ``points``, ``runs`` times each, from run number ``first`` on.

    All on the same luck; or, ``apart``, each point on the runs that follow those of the one before.
    ``progress`` hears of runs. Raises :class:`sim.errors.UsageError` for numbers out of range.
    """
    points = np.atleast_2d(np.asarray(points, np.float64))
    check_size(len(points), runs, jobs)
    values: dict[str, Any] = {}
    lost: dict[int, str] = {}

    def play(task: tuple[int, int, int]) -> tuple[int, int, Mapping[str, Any] | str]:
        k, start, count = task
        begin = first + start + (k * runs if apart else 0)
        return k, start, _tried(player, points[k], begin, count)

    done = 0
    for k, start, told in map_ordered(play, _tasks(len(points), runs), jobs or processors()):
        if isinstance(told, str):
            lost.setdefault(k, told)
        else:
            _keep(values, told, k, start, (len(points), runs))
        done += min(BATCH, runs - start)
        if progress:
            progress(done, len(points) * runs)
    return _finished(points, runs, values, lost)


def require_any(found: Ensemble) -> Ensemble:
    """What was found, if any of it could be played; raises :class:`sim.errors.RunFailed` if not."""
    if not found.kept.any():
        raise RunFailed(
            f"not one of {plural(len(found.points), 'point')} could be played: {found.missing}"
        )
    return found


def _tasks(points: int, runs: int) -> Iterator[tuple[int, int, int]]:
    for k in range(points):
        for start in range(0, runs, BATCH):
            yield k, start, min(BATCH, runs - start)


def _tried(
    player: Evaluator, point: Sequence[float], first: int, count: int
) -> Mapping[str, Any] | str:
    """What the player gave, or why it could not."""
    try:
        told = player(point, first, count)
        given = {name: np.asarray(each, np.float32) for name, each in told.items()}
    except (ThinlineError, ArithmeticError, ValueError) as error:
        return str(error) or type(error).__name__
    bad = [name for name, each in given.items() if not np.isfinite(each).all()]
    return f"{bad[0]} is not a number" if bad else given


def _keep(
    values: dict[str, Any], told: Mapping[str, Any], k: int, start: int, shape: tuple[int, int]
) -> None:
    for name, each in told.items():
        if name not in values:
            values[name] = np.full(shape, np.nan, np.float32)
        values[name][k, start : start + len(each)] = each


def _finished(points: Any, runs: int, values: dict[str, Any], lost: dict[int, str]) -> Ensemble:
    for each in values.values():
        each[list(lost)] = np.nan
    return Ensemble(points, runs, values, tuple(FailedPoint(k, lost[k]) for k in sorted(lost)))
