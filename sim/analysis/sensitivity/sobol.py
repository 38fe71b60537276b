"""Sobol' indices: shares of the variance between points by factor.

Saltelli's sample and the estimators of Saltelli et al. (2010), by SALib, on the mean over the runs
of each point.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

import numpy as np

from sim.analysis.sensitivity import salib
from sim.analysis.sensitivity.salib import Blocks
from sim.experiments.factors import Factor
from sim.experiments.measures import Measure
from sim.formatting import INDEX, INDISTINGUISHABLE, format_ci, format_signed, parameter_cell
from sim.statistics import Estimate
from sim.tables import Column, ResultTable

RESAMPLES = 500
NONE = Estimate(0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Index:
    """First-order and total-order index of a factor, and the part of the total that is Monte-Carlo
    noise."""

    path: str
    first: Estimate
    total: Estimate
    noise: float

    @property
    def excludes_zero(self) -> bool:
        """Whether the interval of the total-order index lies above the noise."""
        return self.total.low > self.noise

    @property
    def leading(self) -> Estimate:
        """The estimate that factors are ranked by."""
        return self.total

    @property
    def other(self) -> Estimate:
        """The estimate shown beside it."""
        return self.first


def _total(index: Index) -> str:
    return format_ci(index.total, INDEX) if index.excludes_zero else INDISTINGUISHABLE


def _first(index: Index) -> str:
    """The first-order index; it counts as 0 if the total order does."""
    is_clear = index.excludes_zero and index.first.low > 0
    return format_ci(index.first, INDEX) if is_clear else INDISTINGUISHABLE


def _noise_alone(noise: float) -> str:
    return format_signed(noise, INDEX)


COLUMNS: tuple[Column[Index], ...] = (
    Column("path", "lever", attrgetter("path"), parameter_cell),
    Column("first", "alone (first order)", attrgetter("first"), text=_first),
    Column("total", "with others (total order)", attrgetter("total"), text=_total),
    Column("noise", "total of noise alone", attrgetter("noise"), _noise_alone),
    Column("significant", None, attrgetter("excludes_zero")),
)


def table(_: Measure, indices: Sequence[Index]) -> ResultTable[Index]:
    """A row for each factor: its indices, and the total order that noise alone would give."""
    return ResultTable(COLUMNS, indices)


def size(levers: Sequence[Factor]) -> int:
    """Points in a block."""
    return len(levers) + 2


def sample(levers: Sequence[Factor], n: int, seed: int) -> Any:
    """The points of ``n`` blocks, shape (n * size, factors), from 0 to 1."""
    draw = salib.import_salib("sample.sobol").sample
    return draw(salib.problem(levers), n, calc_second_order=False, seed=salib.seeds(seed)[0])


def analyse(blocks: Blocks, levers: Sequence[Factor], seed: int) -> tuple[Index, ...]:
    """Indices of each factor, with 95 % bootstrap intervals simultaneous for all factors; all 0 if
    the means do not vary."""
    means = blocks.means
    if np.ptp(means) < 1e-12:
        return tuple(Index(lever.path, NONE, NONE, 0.0) for lever in levers)
    with warnings.catch_warnings():
        # A part of the sample may be constant although the whole is not.
        warnings.filterwarnings("ignore", message="Constant values encountered")
        found = salib.import_salib("analyze.sobol").analyze(
            salib.problem(levers),
            means.ravel(),
            calc_second_order=False,
            num_resamples=RESAMPLES,
            conf_level=salib.confidence_level(levers),
            seed=salib.seeds(seed)[1],
        )
    wider = salib.widened(len(means), levers)
    first, total = (_estimates(found, name, wider) for name in ("S1", "ST"))
    return tuple(
        Index(lever.path, first[k], total[k], noise)
        for k, (lever, noise) in enumerate(zip(levers, _noise(blocks), strict=True))
    )


def _estimates(found: Any, name: str, wider: float) -> list[Estimate]:
    both = zip(found[name].tolist(), (wider * found[f"{name}_conf"]).tolist(), strict=True)
    return [Estimate(value, value - half, value + half) for value, half in both]


def _noise(blocks: Blocks) -> list[float]:
    """Total-order index that Monte-Carlo error alone would give.

    The estimator squares a difference of two means, which adds their Monte-Carlo variance.
    """
    values, means = blocks.values, blocks.means
    if values.shape[2] < 2:
        return [0.0] * (values.shape[1] - 2)
    spread = np.concatenate([means[:, 0], means[:, -1]]).var()
    apart = values[:, :1] - values[:, 1:-1]
    error = apart.var(axis=2, ddof=1).mean(axis=0) / values.shape[2]
    return (error / 2 / spread).tolist() if spread else [0.0] * len(error)
