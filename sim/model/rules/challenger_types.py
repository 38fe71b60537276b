"""Types of challenger: what others believe about its ambition, and how they learn it."""

from __future__ import annotations

import math

from sim.arithmetic import exp, log
from sim.jit import rule


@rule
def type_spread(mean: float, concentration: float) -> float:
    """How far the ambitions of the extreme types lie from the public ``mean``.

    Three equally likely types, one at the mean and one on each side, have the mean and the variance
    of private ambition, mean (1 - mean) / (1 + concentration), if none lies outside 0 to 1.
    """
    variance = mean * (1.0 - mean) / (1.0 + concentration)
    return min(math.sqrt(1.5 * variance), mean, 1.0 - mean)


@rule
def type_ambition(kind: int, mean: float, spread: float) -> float:
    """Ambition of a type: 0 the security seeker, 1 the intermediate, 2 the revisionist."""
    return mean + (kind - 1.0) * spread


@rule
def believed_ambition(mean: float, spread: float, seeker: float, revisionist: float) -> float:
    """Mean ambition under the beliefs that it is a security seeker and that it is a revisionist."""
    return mean + (revisionist - seeker) * spread


@rule
def evidence(belief: float, chance: float, weight: float) -> float:
    """Belief in a type, not yet normalised, after an action that this type takes with ``chance``.

    belief x chance^weight: Bayes at weight 1, no learning at 0. Kydd (2000) on trust as a belief
    about types.
    """
    return belief * exp(weight * log(chance)) if chance > 0.0 else 0.0


@rule
def normalised(part: float, total: float, before: float) -> float:
    """Share of ``part`` in a ``total``; ``before`` if no type could have acted so."""
    return part / total if total > 0.0 else before
