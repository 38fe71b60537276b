"""Casualties and support: losses wear it down, and a recent attack rallies it."""

from __future__ import annotations

from sim.arithmetic import log10
from sim.jit import inlined_rule


@inlined_rule
def support_after_attacks(
    toll: float, losses: float, violence: float, rally: float, attacked: float
) -> float:
    """Support gained or lost by attacks: rally x attacked - toll x log10(1 + losses x violence).

    ``violence`` is what the state's people have suffered, ``attacked`` how recently, 0 to 1.
    Support falls in proportion to the logarithm of the casualties (Mueller 1971); an attack
    first rallies it (Mueller 1970).
    """
    return rally * attacked - toll * log10(1.0 + losses * violence)
