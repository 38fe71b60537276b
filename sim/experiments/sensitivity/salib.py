"""SALib, which draws the samples and works out the indices: an extra of the package."""

from __future__ import annotations

import math
from collections.abc import Sequence
from importlib import import_module
from typing import Any

from sim.errors import MissingExtra, UsageError
from sim.experiments.levers import Lever
from sim.luck import resampling
from sim.statistics import reach

FEWEST = 16
MOST = 2**16


def part(name: str) -> Any:
    """A module of SALib, such as ``sample.sobol``; raises :class:`sim.errors.MissingExtra`."""
    try:
        return import_module(f"SALib.{name}")
    except ImportError:
        raise MissingExtra("sensitivity", "Morris and Sobol indices") from None


def problem(levers: Sequence[Lever]) -> dict[str, Any]:
    """The levers as SALib wants them, each on its way from 0 (low) to 1 (high)."""
    names = [lever.path for lever in levers]
    return {"num_vars": len(names), "names": names, "bounds": [[0.0, 1.0]] * len(names)}


def level(levers: Sequence[Lever]) -> float:
    """The level of each interval, if those of all levers are to hold in 95 % of cases."""
    return float(0.95 ** (1 / len(levers)))


def widened(blocks: int, levers: Sequence[Lever]) -> float:
    """By how much a bootstrap of so few blocks is too narrow: it takes their spread for known.

    Their variance is that of ``blocks``, where it should be that of one fewer, and its normal
    interval should be Student's. Without end for a single block.
    """
    if blocks < 2:
        return math.inf
    student = reach(len(levers), blocks - 1) / reach(len(levers))
    return student * math.sqrt(blocks / (blocks - 1))


def seeds(seed: int) -> tuple[int, int]:
    """Two seeds from the luck of resampling, one to sample and one to analyse with.

    They are never 0, which SALib takes for none.
    """
    sample, analysis = resampling(seed).integers(1, 2**31, size=2)
    return int(sample), int(analysis)


def check_power_of_two(n: int) -> int:
    """``n``, if it is a power of two; raises :class:`sim.errors.UsageError` otherwise."""
    if n & (n - 1) or not FEWEST <= n <= MOST:
        near = min(max(FEWEST, 1 << max(0, n - 1).bit_length()), MOST)
        remedy = f"a power of two from {FEWEST} to {MOST}, such as {near}"
        raise UsageError(f"n: {n} will not do", remedy)
    return n
