"""Morris's elementary effects: which levers matter at all, and which act together or bend.

Trajectories and indices by SALib, on the means of each point's runs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.analysis.sensitivity import salib
from sim.analysis.sensitivity.salib import Blocks
from sim.experiments.factors import Factor
from sim.rng import resampling_generator
from sim.statistics import Estimate

RESAMPLES = 500
FLIPS = 4
LEVELS = 4


@dataclass(frozen=True, slots=True)
class Effect:
    """What a lever does, per whole way from its low to its high end.

    ``size`` is mu*, the mean size of its elementary effects; ``mean`` is mu, with their signs;
    ``spread`` is sigma, how much they differ from place to place; ``floor`` is the mu* that
    Monte-Carlo noise alone would show.
    """

    path: str
    size: Estimate
    spread: Estimate
    mean: float
    floor: float

    @property
    def excludes_zero(self) -> bool:
        """Whether mu* is more than trajectories and Monte-Carlo noise could make it."""
        return self.size.low > self.floor

    @property
    def leading(self) -> Estimate:
        """What levers are ranked by."""
        return self.size

    def to_dict(self) -> dict[str, Any]:
        """The effect as plain data."""
        return {
            "path": self.path,
            "mu_star": list(self.size),
            "sigma": list(self.spread),
            "mu": self.mean,
            "floor": self.floor,
            "distinguishable": self.excludes_zero,
        }


def size(levers: Sequence[Factor]) -> int:
    """How many points a trajectory has."""
    return len(levers) + 1


def sample(levers: Sequence[Factor], n: int, seed: int) -> Any:
    """The points of ``n`` trajectories, ``(n * size, levers)`` from 0 to 1."""
    draw = salib.part("sample.morris").sample
    return draw(salib.problem(levers), n, num_levels=LEVELS, seed=salib.seeds(seed)[0])


def analyse(blocks: Blocks, levers: Sequence[Factor], seed: int) -> tuple[Effect, ...]:
    """The effects of each lever, with bootstrap intervals over the trajectories, those of mu* such
    that they hold for all levers at once in 95 % of cases."""
    asked = salib.problem(levers) | {"groups": None}
    where = blocks.where.reshape(-1, len(levers))
    found = salib.part("analyze.morris").analyze(
        asked,
        where,
        blocks.means.ravel(),
        num_resamples=RESAMPLES,
        num_levels=LEVELS,
        conf_level=salib.level(levers),
        seed=salib.seeds(seed)[1],
    )
    wider = salib.widened(len(blocks.where), levers)
    luck = resampling_generator(seed)
    spreads, floors = _spreads(blocks, luck), _floors(blocks, luck)
    return tuple(
        Effect(
            lever.path,
            _around(float(found["mu_star"][k]), wider * float(found["mu_star_conf"][k])),
            spreads[k],
            float(found["mu"][k]),
            floors[k],
        )
        for k, lever in enumerate(levers)
    )


def _around(value: float, half: float) -> Estimate:
    return Estimate(value, value - half, value + half)


def _steps(blocks: Blocks) -> tuple[Any, Any]:
    """Which lever moves at each step of each trajectory, and by how much: ``(blocks, steps)``."""
    moves = np.diff(blocks.where, axis=1)
    moved = np.abs(moves).argmax(axis=2)
    return moved, np.take_along_axis(moves, moved[..., None], axis=2)[..., 0]


def _by_lever(of_steps: Any, moved: Any) -> Any:
    """Numbers of steps put under the lever that moved: ``(blocks, levers)``."""
    return np.take_along_axis(of_steps, np.argsort(moved, axis=1), axis=1)


def _spreads(blocks: Blocks, luck: Any) -> list[Estimate]:
    """Sigma of each lever, the interval from resampled trajectories."""
    moved, moves = _steps(blocks)
    effects = _by_lever(np.diff(blocks.means, axis=1) / moves, moved)
    count = len(effects)
    rows = luck.integers(count, size=(RESAMPLES, count))
    low, high = np.quantile(effects[rows].std(axis=1, ddof=1), (0.025, 0.975), axis=0)
    sigma = effects.std(axis=0, ddof=1)
    return [Estimate(*map(float, three)) for three in zip(sigma, low, high, strict=True)]


def _floors(blocks: Blocks, luck: Any) -> list[float]:
    """The mean size of effects that are nothing but Monte-Carlo error: what each run changes by at
    a step it might as well have changed by the other way, so its sign is drawn anew."""
    # Not from a standard error: where few runs change at a step, the mean of their changes is far
    # from normal, and its error is none where none of the runs changes.
    moved, moves = _steps(blocks)
    changes = np.diff(blocks.values, axis=1)
    effects = np.zeros(moved.shape)
    for _ in range(FLIPS):
        signs = 2 * luck.integers(2, size=changes.shape, dtype=np.int8) - 1
        effects += np.abs(np.einsum("bsr,bsr->bs", changes, signs)) / np.abs(moves)
    effects /= FLIPS * changes.shape[2]
    floors: list[float] = _by_lever(effects, moved).mean(axis=0).tolist()
    return floors
