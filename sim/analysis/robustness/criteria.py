"""Choice of a posture by a criterion, with its uncertainty from resampled runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.rng import resampling_generator
from sim.statistics import Estimate, bounded_mean, mean, n_pairs, paired_difference, sample_mean

RESAMPLES = 1000
# Counts of a multinomial draw kept in memory at once.
AT_ONCE = 2**24
LOSS, REGRET = "loss", "regret"


@dataclass(frozen=True, slots=True)
class Choice:
    """The best posture by a criterion.

    Attributes
    ----------
    posture : int
        Position of the posture in the grid; the first of the ties.
    value : Estimate
        The value of the criterion.
    selection_frequency : float
        Share of resamples in which the posture is best; ties count in equal parts.
    ties : tuple of int
        Postures with the same value in these runs, itself included.
    indistinguishable : tuple of int
        Postures that are not significantly worse, ties included; the intervals are simultaneous
        for all pairs of postures.
    """

    posture: int
    value: Estimate
    selection_frequency: float
    ties: tuple[int, ...]
    indistinguishable: tuple[int, ...]


def regret(losses: NDArray[np.float64]) -> NDArray[np.float64]:
    """Losses minus those of the best posture for the type; shape (…, postures, types)."""
    regrets: NDArray[np.float64] = losses - losses.min(axis=-2, keepdims=True)
    return regrets


def choices(values: NDArray[np.float64], types: Sequence[str], seed: int) -> dict[str, Choice]:
    """Choices by the largest loss, by the largest regret, and against each type alone.

    ``values`` has shape (postures, types, runs). Run k has the same random numbers everywhere, so
    runs are resampled as a whole.
    """
    losses, again = values.mean(axis=2), _resampled(values, seed)
    runs, are_flags = values.shape[2], bool(np.isin(values, (0, 1)).all())
    first = _Criterion(losses.max(axis=1), again.max(axis=2), runs, are_flags)
    second = _Criterion(regret(losses).max(axis=1), regret(again).max(axis=2), runs, are_flags)
    found = {
        LOSS: first.choice(worst_loss(values, first.best)),
        REGRET: second.choice(worst_regret(values, second.best)),
    }
    for k, name in enumerate(types):
        alone = _Criterion(losses[:, k], again[:, :, k], runs, are_flags)
        found[name] = alone.choice(mean_outcome(values, alone.best, k))
    return found


def mean_outcome(values: NDArray[np.float64], posture: int, type_: int) -> Estimate:
    """Mean outcome of a posture against a type, with an interval that is simultaneous for all
    postures and types, because the smallest is picked out."""
    runs, n_comparisons = values[posture, type_], values.shape[0] * values.shape[1]
    return sample_mean(runs, n_comparisons)


def worst_loss(values: NDArray[np.float64], posture: int) -> Estimate:
    """Largest loss of a posture; value and ends of the interval are each the largest over
    types."""
    found = [mean_outcome(values, posture, type_) for type_ in range(values.shape[1])]
    return Estimate(*(max(each[end] for each in found) for end in range(3)))


def worst_regret(values: NDArray[np.float64], posture: int) -> Estimate:
    """Largest regret of a posture, from its paired differences to every posture for every type.

    The true regret is one of these differences. So the largest upper end bounds it with intervals
    simultaneous for the postures, and the largest lower end with intervals simultaneous for all.
    """
    postures, types, _ = values.shape
    pairs = [(k, type_) for k in range(postures) if k != posture for type_ in range(types)]
    low = high = 0.0
    for k, type_ in pairs:
        both = values[posture, type_], values[k, type_]
        low = max(low, paired_difference(*both, n_comparisons=len(pairs)).low)
        high = max(high, paired_difference(*both, n_comparisons=postures).high)
    return Estimate(float(regret(values.mean(axis=2))[posture].max()), low, high)


def _resampled(values: NDArray[np.float64], seed: int) -> NDArray[np.float64]:
    """Losses in bootstrap resamples of the runs, shape (resamples, postures, types)."""
    runs = values.shape[2]
    rng, flat = resampling_generator(seed), values.reshape(-1, runs).T
    again = np.empty((RESAMPLES, flat.shape[1]))
    step = max(1, AT_ONCE // runs)
    for first in range(0, RESAMPLES, step):
        few = again[first : first + step]
        few[:] = rng.multinomial(runs, np.full(runs, 1 / runs), len(few)) @ flat / runs
    return again.reshape(RESAMPLES, *values.shape[:2])


@dataclass(frozen=True)
class _Criterion:
    """Values of a criterion, shape (postures,), and in the resamples, shape (resamples, postures);
    ``are_flags`` if every run's outcome is 0 or 1."""

    values: NDArray[np.float64]
    again: NDArray[np.float64]
    runs: int
    are_flags: bool

    @property
    def ties(self) -> Any:
        """Postures with the smallest value, in the order of the grid."""
        return np.flatnonzero(_equal(self.values, self.values.min()))

    @property
    def best(self) -> int:
        """The first of the ties."""
        return int(self.ties[0])

    @property
    def selection_frequency(self) -> float:
        """Share of resamples in which the best posture is best; ties count in equal parts."""
        least = _equal(self.again, self.again.min(axis=1, keepdims=True))
        return float((least / least.sum(axis=1, keepdims=True))[:, self.best].mean())

    @property
    def indistinguishable(self) -> Any:
        """Postures that are not significantly worse than the best, with intervals simultaneous for
        all pairs of postures."""
        behind = self.values - self.values[self.best]
        errors = self.again - self.again[:, [self.best]] - behind
        # Sums of run-by-run differences with this mean and the variance of the resamples.
        squares = self.runs * (self.runs * errors.var(axis=0) + behind * behind)
        sums = zip((self.runs * behind).tolist(), squares.tolist(), strict=True)
        return np.array([k for k, each in enumerate(sums) if self._difference(*each).low <= 1e-9])

    def _difference(self, total: float, squares: float) -> Estimate:
        n_comparisons = n_pairs(len(self.values))
        if self.are_flags:
            return bounded_mean((-1.0, 1.0), total, squares, self.runs, n_comparisons)
        return mean(total, squares, self.runs, n_comparisons)

    def choice(self, value: Estimate) -> Choice:
        """The choice, with the estimate of the criterion."""
        near = tuple(self.indistinguishable.tolist())
        return Choice(self.best, value, self.selection_frequency, tuple(self.ties.tolist()), near)


def _equal(one: Any, other: Any) -> Any:
    return np.isclose(one, other, rtol=0.0, atol=1e-9)
