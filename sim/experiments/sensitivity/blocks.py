"""A design whose points belong together in blocks: a block is whole, or it is left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.errors import RunFailed
from sim.experiments.levers import Lever, placed
from sim.experiments.points import Player, played, whole
from sim.experiments.run import Progress

# Fewer whole blocks say nothing.
FEWEST = 8


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
    player: Player,
    levers: Sequence[Lever],
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
    points = placed(levers, where)
    found = whole(played(player, points, runs, jobs, progress))
    is_whole = found.kept.reshape(-1, size).all(axis=1)
    left = int((~is_whole).sum())
    missing = f"{found.missing}; so {left:,} of {len(is_whole):,} blocks" if left else ""
    if is_whole.sum() < FEWEST:
        raise RunFailed(f"too little could be played: {missing}", "narrow the levers")
    values = found.values[outcome].reshape(-1, size, runs)[is_whole].astype(np.float64)
    return Blocks(where.reshape(-1, size, len(levers))[is_whole], values, missing)
