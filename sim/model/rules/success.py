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
