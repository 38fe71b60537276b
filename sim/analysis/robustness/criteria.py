"""Which posture is best by a criterion, and how surely: resampled runs have their say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.rng import resampling_generator
from sim.statistics import Estimate, bounded_mean, mean, n_pairs, paired_difference, proportion

RESAMPLES = 1000
AT_ONCE = 2**24
LOSS, REGRET = "loss", "regret"


@dataclass(frozen=True, slots=True)
class Choice:
    """The posture that is best by a criterion, by its number: what the criterion comes to, and in
    what share of the resamples it is the best (ties count in parts).

    ``tied`` are the postures, itself included, that do exactly as well in these runs, in the order
    of the grid; the first of them is the one that is named. ``alike`` are those, the tied ones
    among them, that cannot be told from it: all that are not clearly worse, in intervals that hold
    for all pairs of postures at once.
    """

    posture: int
    value: Estimate
    best_in: float
    tied: tuple[int, ...]
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
    runs, are_flags = values.shape[2], bool(np.isin(values, (0, 1)).all())
    first = _Picked(losses.max(axis=1), again.max(axis=2), runs, are_flags)
    second = _Picked(regret(losses).max(axis=1), regret(again).max(axis=2), runs, are_flags)
    found = {
        LOSS: first.choice(worst_loss(values, first.best)),
        REGRET: second.choice(worst_regret(values, second.best)),
    }
    for k, name in enumerate(types):
        alone = _Picked(losses[:, k], again[:, :, k], runs, are_flags)
        found[name] = alone.choice(level(values, alone.best, k))
    return found


def level(values: Any, posture: int, type_: int) -> Estimate:
    """The mean of a posture's runs against a type.

    The interval is one of as many, all of which hold at once, as there are such means: whoever
    looks for the least of many finds one that luck has made small.
    """
    met, n_comparisons = values[posture, type_], values.shape[0] * values.shape[1]
    if np.isin(met, (0, 1)).all():
        return proportion(int(met.sum()), len(met), n_comparisons)
    return mean(float(met.sum()), float((met * met).sum()), len(met), n_comparisons)


def worst_loss(values: Any, posture: int) -> Estimate:
    """A posture's largest loss; its interval reaches as far as that against any type."""
    found = [level(values, posture, type_) for type_ in range(values.shape[1])]
    return Estimate(*(max(each[end] for each in found) for end in range(3)))


def worst_regret(values: Any, posture: int) -> Estimate:
    """A posture's largest regret, by its paired differences from every posture for every type.

    What the regret truly is, is one of them: so it is below the highest of their upper ends as
    surely as one is of each posture that might have been picked, and above the highest of their
    lower ends as surely as all are at once.
    """
    postures, types, _ = values.shape
    pairs = [(k, type_) for k in range(postures) if k != posture for type_ in range(types)]
    low = high = 0.0
    for k, type_ in pairs:
        both = values[posture, type_], values[k, type_]
        low = max(low, paired_difference(*both, n_comparisons=len(pairs)).low)
        high = max(high, paired_difference(*both, n_comparisons=postures).high)
    return Estimate(float(regret(values.mean(axis=2))[posture].max()), low, high)


def _resampled(values: Any, seed: int) -> Any:
    """The losses from resamples of the runs: ``(resamples, postures, types)``."""
    runs = values.shape[2]
    rng, flat = resampling_generator(seed), values.reshape(-1, runs).T
    again = np.empty((RESAMPLES, flat.shape[1]))
    # A few resamples at a time: each is a count for every run.
    step = max(1, AT_ONCE // runs)
    for first in range(0, RESAMPLES, step):
        few = again[first : first + step]
        few[:] = rng.multinomial(runs, np.full(runs, 1 / runs), len(few)) @ flat / runs
    return again.reshape(RESAMPLES, *values.shape[:2])


@dataclass(frozen=True)
class _Picked:
    """What every posture comes to by a criterion, ``(postures,)``, and in the resamples of so many
    runs, which may be flags."""

    totals: Any
    again: Any
    runs: int
    are_flags: bool

    @property
    def tied(self) -> Any:
        """The postures that share the least, in the order of the grid."""
        return np.flatnonzero(_equal(self.totals, self.totals.min()))

    @property
    def best(self) -> int:
        """The first of them."""
        return int(self.tied[0])

    @property
    def best_in(self) -> float:
        """In what share of the resamples it is the best; ties count in parts."""
        least = _equal(self.again, self.again.min(axis=1, keepdims=True))
        return float((least / least.sum(axis=1, keepdims=True))[:, self.best].mean())

    @property
    def alike(self) -> Any:
        """The postures that are not clearly worse than the best, which was itself picked: in
        intervals that hold for every pair of postures at once."""
        behind = self.totals - self.totals[self.best]
        errors = self.again - self.again[:, [self.best]] - behind
        # As if each run were behind by so much on average, and as unevenly as the resamples show.
        squares = self.runs * (self.runs * errors.var(axis=0) + behind * behind)
        both = zip((self.runs * behind).tolist(), squares.tolist(), strict=True)
        return np.array([k for k, each in enumerate(both) if self._apart(*each).low <= 1e-9])

    def _apart(self, total: float, squares: float) -> Estimate:
        n_comparisons = n_pairs(len(self.totals))
        if self.are_flags:
            return bounded_mean((-1.0, 1.0), total, squares, self.runs, n_comparisons)
        return mean(total, squares, self.runs, n_comparisons)

    def choice(self, value: Estimate) -> Choice:
        """The choice, with what the criterion comes to."""
        tied, alike = (tuple(each.tolist()) for each in (self.tied, self.alike))
        return Choice(self.best, value, self.best_in, tied, alike)


def _equal(one: Any, other: Any) -> Any:
    return np.isclose(one, other, rtol=0.0, atol=1e-9)
