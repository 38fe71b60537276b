"""Morris's elementary effects: a screening of factors, and of interactions or non-linearity.

Trajectories and indices by SALib, on the mean over the runs of each point.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from operator import attrgetter
from typing import Any

import numpy as np

from sim.analysis.sensitivity import salib
from sim.analysis.sensitivity.salib import Blocks
from sim.experiments.factors import Factor
from sim.experiments.measures import Measure
from sim.formatting import INDISTINGUISHABLE, parameter_cell
from sim.rng import resampling_generator
from sim.statistics import Estimate
from sim.tables import Column, ResultTable

RESAMPLES = 500
FLIPS = 4
LEVELS = 4


@dataclass(frozen=True, slots=True)
class ElementaryEffect:
    """Elementary effects of a factor, scaled to its whole range.

    ``size`` is mu*, the mean absolute effect; ``mean`` is mu, the mean effect; ``spread`` is sigma,
    the standard deviation of the effects; ``noise`` is the mu* of Monte-Carlo noise alone.
    """

    path: str
    size: Estimate
    spread: Estimate
    mean: float
    noise: float

    @property
    def excludes_zero(self) -> bool:
        """Whether the interval of mu* lies above that of noise."""
        return self.size.low > self.noise

    @property
    def leading(self) -> Estimate:
        """The estimate that factors are ranked by."""
        return self.size

    @property
    def other(self) -> Estimate:
        """The estimate shown beside it."""
        return self.spread


def table(measure: Measure, effects: Sequence[ElementaryEffect]) -> ResultTable[ElementaryEffect]:
    """A row for each factor: mu*, sigma, and the mu* that noise alone would give."""
    cell = partial(measure.cell, signed=False)

    def size(effect: ElementaryEffect) -> str:
        return cell(effect.size) if effect.excludes_zero else INDISTINGUISHABLE

    columns: tuple[Column[ElementaryEffect], ...] = (
        Column("path", "lever", attrgetter("path"), parameter_cell),
        Column("mu_star", "size of effect (mu*)", attrgetter("size"), text=size),
        Column("sigma", "its spread (sigma)", attrgetter("spread"), cell),
        Column("mu", None, attrgetter("mean")),
        Column("floor", "mu* of noise alone", attrgetter("noise"), measure.short),
        Column("significant", None, attrgetter("excludes_zero")),
    )
    return ResultTable(columns, effects)


def size(levers: Sequence[Factor]) -> int:
    """Points in a trajectory."""
    return len(levers) + 1


def sample(levers: Sequence[Factor], n: int, seed: int) -> Any:
    """The points of ``n`` trajectories, shape (n * size, factors), from 0 to 1."""
    draw = salib.import_salib("sample.morris").sample
    return draw(salib.problem(levers), n, num_levels=LEVELS, seed=salib.seeds(seed)[0])


def analyse(blocks: Blocks, levers: Sequence[Factor], seed: int) -> tuple[ElementaryEffect, ...]:
    """Effects of each factor, with 95 % bootstrap intervals over trajectories; those of mu* are
    simultaneous for all factors."""
    problem = salib.problem(levers) | {"groups": None}
    where = blocks.where.reshape(-1, len(levers))
    found = salib.import_salib("analyze.morris").analyze(
        problem,
        where,
        blocks.means.ravel(),
        num_resamples=RESAMPLES,
        num_levels=LEVELS,
        conf_level=salib.confidence_level(levers),
        seed=salib.seeds(seed)[1],
    )
    wider = salib.widened(len(blocks.where), levers)
    rng = resampling_generator(seed)
    spreads, noise = _spreads(blocks, rng), _noise(blocks, rng)
    effects = []
    for k, lever in enumerate(levers):
        value, half = float(found["mu_star"][k]), wider * float(found["mu_star_conf"][k])
        size = Estimate(value, value - half, value + half)
        effects.append(
            ElementaryEffect(lever.path, size, spreads[k], float(found["mu"][k]), noise[k])
        )
    return tuple(effects)


def _steps(blocks: Blocks) -> tuple[Any, Any]:
    """The factor that changes at each step of each trajectory, and by how much; each of shape
    (blocks, steps)."""
    moves = np.diff(blocks.where, axis=1)
    moved = np.abs(moves).argmax(axis=2)
    return moved, np.take_along_axis(moves, moved[..., None], axis=2)[..., 0]


def _by_lever(of_steps: Any, moved: Any) -> Any:
    """Values of steps sorted by the factor that changed, shape (blocks, factors)."""
    return np.take_along_axis(of_steps, np.argsort(moved, axis=1), axis=1)


def _spreads(blocks: Blocks, rng: np.random.Generator) -> list[Estimate]:
    """Sigma of each factor, with an interval from resampled trajectories."""
    moved, moves = _steps(blocks)
    effects = _by_lever(np.diff(blocks.means, axis=1) / moves, moved)
    count = len(effects)
    rows = rng.integers(count, size=(RESAMPLES, count))
    low, high = np.quantile(effects[rows].std(axis=1, ddof=1), (0.025, 0.975), axis=0)
    sigma = effects.std(axis=0, ddof=1)
    return [Estimate(*map(float, three)) for three in zip(sigma, low, high, strict=True)]


def _noise(blocks: Blocks, rng: np.random.Generator) -> list[float]:
    """Mean absolute effect under Monte-Carlo error alone, by randomising the sign of each run's
    change at a step."""
    # A standard error would not do: if few runs change at a step, their mean change is far from
    # normal, and if none changes, its standard error is 0.
    moved, moves = _steps(blocks)
    changes = np.diff(blocks.values, axis=1)
    effects = np.zeros(moved.shape)
    for _ in range(FLIPS):
        signs = 2 * rng.integers(2, size=changes.shape, dtype=np.int8) - 1
        effects += np.abs(np.einsum("bsr,bsr->bs", changes, signs)) / np.abs(moves)
    effects /= FLIPS * changes.shape[2]
    noise: list[float] = _by_lever(effects, moved).mean(axis=0).tolist()
    return noise
