"""What a successful challenge changes: the challenger's position, and its grievance."""

from __future__ import annotations

from sim.jit import rule


@rule
def accumulated(share: float, added: float) -> float:
    """A share after ``added`` is taken of what is left: share + added (1 - share).

    Shares taken one after another never exceed 1, and each takes less (Schelling 1966 on salami
    tactics).
    """
    return share + added * (1.0 - share)


@rule
def remaining(amount: float, taken: float) -> float:
    """What is left of an amount after a share of it was ``taken``: amount (1 - taken)."""
    return amount * (1.0 - taken)
