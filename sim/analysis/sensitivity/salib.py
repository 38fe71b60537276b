"""SALib, which draws the samples and works out the indices: an extra of the package."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import numpy as np

from sim.errors import MissingExtra, RunFailed, UsageError
from sim.experiments.evaluate import Evaluator, evaluate, require_any
from sim.experiments.factors import Factor, place_points
from sim.experiments.simulate import Progress
from sim.rng import resampling_generator
from sim.statistics import critical_value

FEWEST = 16
MOST = 2**16


def part(name: str) -> Any:
    """A module of SALib, such as ``sample.sobol``; raises :class:`sim.errors.MissingExtra`."""
    try:
        return import_module(f"SALib.{name}")
    except ImportError:
        raise MissingExtra("sensitivity", "Morris and Sobol indices") from None


def problem(levers: Sequence[Factor]) -> dict[str, Any]:
    """The levers as SALib wants them, each on its way from 0 (low) to 1 (high)."""
    names = [lever.path for lever in levers]
    return {"num_vars": len(names), "names": names, "bounds": [[0.0, 1.0]] * len(names)}


def level(levers: Sequence[Factor]) -> float:
    """The level of each interval, if those of all levers are to hold in 95 % of cases."""
    return float(0.95 ** (1 / len(levers)))


def widened(blocks: int, levers: Sequence[Factor]) -> float:
    """By how much a bootstrap of so few blocks is too narrow: it takes their spread for known.

    Their variance is that of ``blocks``, where it should be that of one fewer, and its normal
    interval should be Student's. Without end for a single block.
    """
    if blocks < 2:
        return math.inf
    student = critical_value(len(levers), blocks - 1) / critical_value(len(levers))
    return student * math.sqrt(blocks / (blocks - 1))


def seeds(seed: int) -> tuple[int, int]:
    """Two seeds from the luck of resampling, one to sample and one to analyse with.

    They are never 0, which SALib takes for none.
    """
    sample, analysis = resampling_generator(seed).integers(1, 2**31, size=2)
    return int(sample), int(analysis)


def check_power_of_two(n: int) -> int:
    """``n``, if it is a power of two; raises :class:`sim.errors.UsageError` otherwise."""
    if n & (n - 1) or not FEWEST <= n <= MOST:
        near = min(max(FEWEST, 1 << max(0, n - 1).bit_length()), MOST)
        remedy = f"a power of two from {FEWEST} to {MOST}, such as {near}"
        raise UsageError(f"n: {n} will not do", remedy)
    return n


# Fewer whole blocks say nothing.
FEWEST_BLOCKS = 8


@dataclass(frozen=True)
class Blocks:
    """The blocks that could be played, in the order drawn.

    ``where`` is ``(blocks, points, levers)``, each lever on its way from 0 to 1; ``values``
    ``float64 (blocks, points, runs)``. ``missing`` says in words what is left out.
    """

    where: Any
    values: Any
    missing: str = ""

    @property
    def means(self) -> Any:
        """The mean of each point's runs: ``(blocks, points)``."""
        return self.values.mean(axis=2)

    def first(self, count: int) -> Blocks:
        """The first ``count`` blocks alone."""
        return Blocks(self.where[:count], self.values[:count], self.missing)


def play_blocks(
    player: Evaluator,
    levers: Sequence[Factor],
    where: Any,
    size: int,
    outcome: str,
    runs: int,
    jobs: int | None = None,
    progress: Progress | None = None,
) -> Blocks:
    """Play a design of blocks of ``size`` points; raises ``RunFailed`` where hardly one is whole.

    ``where`` is ``(blocks * size, levers)``, from 0 to 1.
    """
    points = place_points(levers, where)
    found = require_any(evaluate(player, points, runs, jobs, progress))
    is_whole = found.kept.reshape(-1, size).all(axis=1)
    left = int((~is_whole).sum())
    missing = f"{found.missing}; so {left:,} of {len(is_whole):,} blocks" if left else ""
    if is_whole.sum() < FEWEST_BLOCKS:
        raise RunFailed(f"too little could be played: {missing}", "narrow the levers")
    values = found.values[outcome].reshape(-1, size, runs)[is_whole].astype(np.float64)
    return Blocks(where.reshape(-1, size, len(levers))[is_whole], values, missing)
