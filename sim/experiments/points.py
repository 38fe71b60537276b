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

from sim.engines.threads import in_order
from sim.errors import RunFailed, ThinlineError
from sim.experiments.limits import check_size
from sim.experiments.measure import Measure
from sim.experiments.run import Progress, processors
from sim.experiments.variation import Variation
from sim.figures.wording import plural
from sim.scenario.model import Scenario

# Runs handed to a thread at once.
LOT = 2048

Player = Callable[[Sequence[float], int, int], Mapping[str, Any]]
"""At a point, ``count`` runs from number ``first`` on: an array of one number a run, by outcome."""

Model = Callable[[tuple[str, ...]], Player]
"""What is left open, and who plays what is then a point: one value for each."""


def playing(scenario: Scenario, seed: int, measures: Sequence[Measure]) -> Model:
    """``scenario`` as a model, on the luck of ``seed``."""

    def opened(paths: tuple[str, ...]) -> Player:
        variation = Variation(scenario, paths)

        def play(point: Sequence[float], first: int, count: int) -> dict[str, Any]:
            records = variation.play(point, seed, first, count)
            return {measure.name: measure.of(records) for measure in measures}

        return play

    return opened


@dataclass(frozen=True, slots=True)
class Lost:
    """A point that could not be played, by its number from 0, and why."""

    point: int
    reason: str


@dataclass(frozen=True)
class Played:
    """What the runs at each point came to.

    ``points`` is ``float64 (points, levers)``; ``values`` holds for each outcome ``float32
    (points, runs)``, whose column k is the same luck everywhere unless they were played apart. The
    rows of points that are ``lost`` are ``nan``, so that nothing can be worked out from them
    unnoticed.
    """

    points: Any
    runs: int
    values: Mapping[str, Any]
    lost: tuple[Lost, ...] = ()

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


def played(
    player: Player,
    points: Any,
    runs: int,
    jobs: int | None = None,
    progress: Progress | None = None,
    first: int = 0,
    apart: bool = False,
) -> Played:
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
    for k, start, told in in_order(play, _tasks(len(points), runs), jobs or processors()):
        if isinstance(told, str):
            lost.setdefault(k, told)
        else:
            _keep(values, told, k, start, (len(points), runs))
        done += min(LOT, runs - start)
        if progress:
            progress(done, len(points) * runs)
    return _finished(points, runs, values, lost)


def whole(found: Played) -> Played:
    """What was found, if any of it could be played; raises :class:`sim.errors.RunFailed` if not."""
    if not found.kept.any():
        raise RunFailed(
            f"not one of {plural(len(found.points), 'point')} could be played: {found.missing}"
        )
    return found


def _tasks(points: int, runs: int) -> Iterator[tuple[int, int, int]]:
    for k in range(points):
        for start in range(0, runs, LOT):
            yield k, start, min(LOT, runs - start)


def _tried(
    player: Player, point: Sequence[float], first: int, count: int
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


def _finished(points: Any, runs: int, values: dict[str, Any], lost: dict[int, str]) -> Played:
    for each in values.values():
        each[list(lost)] = np.nan
    return Played(points, runs, values, tuple(Lost(k, lost[k]) for k in sorted(lost)))
