"""Choice by quantal response: better options are chosen more often, but not always."""

from __future__ import annotations

import math

from sim.arithmetic import exp
from sim.jit import inlined_rule, rule

UNAVAILABLE = -math.inf
MODEL_DECIDES = -1


@rule
def logistic(x: float) -> float:
    """1 / (1 + e^-x), without overflow at either end."""
    smaller = exp(-abs(x))
    return (1.0 if x >= 0.0 else smaller) / (1.0 + smaller)


@rule
def choice_probability(precision: float, this: float, that: float) -> float:
    """Chance that ``this`` is chosen over ``that``: logistic of precision x (this - that).

    One half at precision 0 or for equal utilities. McFadden (1974); McKelvey and
    Palfrey (1998) for games; Signorino (1999) for deterrence.
    """
    if precision == 0.0 or this == that:
        return 0.5
    return logistic(precision * (this - that))


@rule
def expected_utility(chance: float, this: float, that: float) -> float:
    """Expected utility of a decision that takes ``this`` with ``chance`` and otherwise
    ``that``."""
    return chance * this + (1.0 - chance) * that


@rule
def weight(precision: float, value: float, best: float) -> float:
    """The logit weight e^(precision x (value - best)), at most 1; 0 for an unavailable
    option."""
    if value == UNAVAILABLE:
        return 0.0
    if precision == 0.0 or value == best:
        return 1.0
    return exp(precision * (value - best))


@inlined_rule
def weight_of_shortfall(precision: float, shortfall: float) -> float:
    """Logit weight of an available option whose utility differs from the best by ``shortfall``, 0
    or negative; :func:`weight` without a branch."""
    return exp(precision * shortfall)


@rule
def chance_of_choice(
    option: int, precision: float, a: float, b: float, c: float, d: float
) -> float:
    """Chance that :func:`choose` picks ``option``, 0 to 3, of four."""
    best = max(max(a, b), max(c, d))
    weight_a = weight(precision, a, best)
    weight_b = weight(precision, b, best)
    weight_c = weight(precision, c, best)
    weight_d = weight(precision, d, best)
    total = weight_a + weight_b + weight_c + weight_d
    if option == 0:
        return weight_a / total
    if option == 1:
        return weight_b / total
    return (weight_c if option == 2 else weight_d) / total


@rule
def with_precision(times: float, value: float, best: float) -> float:
    """The utility of an option, rescaled so that its advantage over the ``best`` of the others is
    weighed with ``times`` the precision: best + times x (value - best).

    Graver decisions are taken with more care (Matejka and McKay 2015: precision is worth more
    where more is at stake).
    """
    if times == 1.0 or value == UNAVAILABLE:
        return value
    return best + times * (value - best)


@rule
def decided(dictated: int, chosen: int) -> int:
    """The decision that counts: the ``dictated`` one, or the model's own if nothing is
    dictated."""
    return chosen if dictated == MODEL_DECIDES else dictated


@rule
def choose(u: float, precision: float, a: float, b: float, c: float, d: float) -> int:
    """The option, 0 to 3, that a uniform ``u`` picks by logit.

    An option of utility minus infinity is never picked. At least one option must be available.
    """
    best = max(max(a, b), max(c, d))
    weight_a = weight(precision, a, best)
    weight_b = weight(precision, b, best)
    weight_c = weight(precision, c, best)
    weight_d = weight(precision, d, best)
    mark = u * (weight_a + weight_b + weight_c + weight_d)
    if mark < weight_a:
        return 0
    if mark < weight_a + weight_b:
        return 1
    if mark < weight_a + weight_b + weight_c:
        return 2
    return 3 if weight_d > 0.0 else 2
