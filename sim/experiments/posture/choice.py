"""Which posture is best by a criterion, and how surely: resampled runs have their say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.luck import resampling
from sim.statistics import Estimate

RESAMPLES = 1000
AT_ONCE = 2**24
LOSS, REGRET = "loss", "regret"


@dataclass(frozen=True, slots=True)
class Choice:
    """The posture that is best by a criterion, by its number: what the criterion comes to, in what
    share of the resamples it is the best (ties count in parts), and every posture, itself included,
    that cannot be told from it."""

    posture: int
    value: Estimate
    best_in: float
    alike: tuple[int, ...]


def regret(losses: Any) -> Any:
    """Losses less those of the best posture for the type: ``(…, postures, types)``."""
    return losses - losses.min(axis=-2, keepdims=True)


def choices(values: Any, types: Sequence[str], seed: int) -> dict[str, Choice]:
    """The choice by the largest loss, by the largest regret, and for each type alone.

    ``values`` is ``(postures, types, runs)``; run k is the same luck everywhere, so all of it is
    resampled together.
    """
    losses, again = values.mean(axis=2), _resampled(values, seed)
    found = {
        LOSS: _best(losses.max(axis=1), again.max(axis=2)),
        REGRET: _best(regret(losses).max(axis=1), regret(again).max(axis=2)),
    }
    return found | {name: _best(losses[:, k], again[:, :, k]) for k, name in enumerate(types)}


def _resampled(values: Any, seed: int) -> Any:
    """The losses from resamples of the runs: ``(resamples, postures, types)``."""
    runs = values.shape[2]
    rng, flat = resampling(seed), values.reshape(-1, runs).T
    again = np.empty((RESAMPLES, flat.shape[1]))
    # A few resamples at a time: each is a count for every run.
    step = max(1, AT_ONCE // runs)
    for first in range(0, RESAMPLES, step):
        few = again[first : first + step]
        few[:] = rng.multinomial(runs, np.full(runs, 1 / runs), len(few)) @ flat / runs
    return again.reshape(RESAMPLES, *values.shape[:2])


def _best(losses: Any, again: Any) -> Choice:
    best = int(losses.argmin())
    least = np.isclose(again, again.min(axis=1, keepdims=True))
    low, high = np.quantile(again[:, best], (0.025, 0.975))
    behind = np.quantile(again - again[:, [best]], 0.025, axis=0)
    return Choice(
        best,
        Estimate(float(losses[best]), float(low), float(high)),
        float((least / least.sum(axis=1, keepdims=True))[:, best].mean()),
        tuple(np.flatnonzero(behind <= 1e-12).tolist()),
    )
