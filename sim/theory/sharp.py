"""Someone who never errs: logit choice taken to its limit."""

from __future__ import annotations

from sim.theory.known import spread

SHARPNESS = 1e12


def sharp(*payoffs: float) -> float:
    """A logit precision at which a millionth of a millionth of what is at stake decides.

    Not infinite, so that a tie stays a coin although sums of payoffs are rounded.
    """
    return SHARPNESS / (float(spread(*payoffs)) or 1.0)
