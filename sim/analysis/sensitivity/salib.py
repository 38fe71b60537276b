"""Interface to SALib, an optional dependency: samples in blocks, levels and seeds."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.errors import MissingExtra, RunFailed, UsageError
from sim.experiments.evaluate import Evaluator
from sim.experiments.factors import Factor, place_points
from sim.experiments.simulate import Progress
from sim.rng import resampling_generator
from sim.statistics import critical_value

FEWEST = 16
MOST = 2**16

# With fewer complete blocks no indices are computed.
FEWEST_BLOCKS = 8


def import_salib(name: str) -> Any:
    """A module of SALib, such as ``sample.sobol``.

    Raises :class:`sim.errors.MissingExtra` if SALib is not installed.
    """
    try:
        return import_module(f"SALib.{name}")
    except ImportError:
        raise MissingExtra("sensitivity", "Morris and Sobol indices") from None


def problem(levers: Sequence[Factor]) -> dict[str, Any]:
    """The factors in SALib's format, each scaled from 0 (low) to 1 (high)."""
    names = [lever.path for lever in levers]
    return {"num_vars": len(names), "names": names, "bounds": [[0.0, 1.0]] * len(names)}


def confidence_level(levers: Sequence[Factor]) -> float:
    """Confidence level of each single interval that makes the intervals of all factors simultaneous
    at 95 %."""
    return float(0.95 ** (1 / len(levers)))


def widened(blocks: int, levers: Sequence[Factor]) -> float:
    """Small-sample correction of a bootstrap interval: the factor by which to widen it.

    The bootstrap divides the variance by ``blocks`` instead of ``blocks - 1`` and uses a normal
    instead of a Student interval. Infinite for a single block.
    """
    if blocks < 2:
        return math.inf
    student = critical_value(len(levers), blocks - 1) / critical_value(len(levers))
    return student * math.sqrt(blocks / (blocks - 1))


def seeds(seed: int) -> tuple[int, int]:
    """Seeds of the sample and of the analysis, never 0, which SALib reads as no seed."""
    sample, analysis = resampling_generator(seed).integers(1, 2**31, size=2)
    return int(sample), int(analysis)


def check_power_of_two(name: str, n: int) -> int:
    """``n``, if it is an allowed power of two; raises :class:`sim.errors.UsageError` otherwise.

    ``name`` is that of the option.
    """
    if n & (n - 1) or not FEWEST <= n <= MOST:
        near = min(max(FEWEST, 1 << max(0, n - 1).bit_length()), MOST)
        remedy = f"a power of two from {FEWEST} to {MOST}, such as {near}"
        raise UsageError(f"{name}: {n} is not allowed", remedy)
    return n


@dataclass(frozen=True)
class Blocks:
    """Complete blocks of a sample, in the order drawn.

    ``where`` has shape (blocks, points, factors), each factor from 0 to 1; ``values`` has shape
    (blocks, points, runs). ``missing`` describes what is left out.
    """

    where: NDArray[np.float64]
    values: NDArray[np.float64]
    missing: str = ""

    @property
    def means(self) -> NDArray[np.float64]:
        """Mean over the runs of each point, shape (blocks, points)."""
        means: NDArray[np.float64] = self.values.mean(axis=2)
        return means

    def first(self, count: int) -> Blocks:
        """The first ``count`` blocks."""
        return Blocks(self.where[:count], self.values[:count], self.missing)


def evaluate_blocks(
    evaluator: Evaluator,
    levers: Sequence[Factor],
    where: Any,
    size: int,
    outcome: str,
    runs: int,
    progress: Progress | None = None,
) -> Blocks:
    """Evaluate a sample in blocks of ``size`` points.

    ``where`` has shape (blocks * size, factors), from 0 to 1. Raises
    :class:`sim.errors.RunFailed` if too few blocks are complete.
    """
    points = place_points(levers, where)
    paths = [lever.path for lever in levers]
    found = evaluator.evaluate(paths, points, runs, progress).required
    is_whole = found.kept.reshape(-1, size).all(axis=1)
    left = int((~is_whole).sum())
    missing = (
        f"{found.missing}; {left:,} of {len(is_whole):,} blocks are incomplete" if left else ""
    )
    if is_whole.sum() < FEWEST_BLOCKS:
        raise RunFailed(f"too few complete blocks: {missing}", "narrow the ranges")
    values = found.values[outcome].reshape(-1, size, runs)[is_whole].astype(np.float64)
    return Blocks(where.reshape(-1, size, len(levers))[is_whole], values, missing)
