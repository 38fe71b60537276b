"""Threats over a declared red line: the tension that they cause, and the credibility at stake."""

from __future__ import annotations

from sim.jit import rule


@rule
def felt_tension(tension: float, threat: float, memory: float, unity: float) -> float:
    """Tension as those who were threatened feel it: tension + threat x memory x (1 - unity).

    ``memory`` is how far the last threat is remembered, ``unity`` how far the coalition as a whole
    takes part: a threat weighs most on those who stand alone.
    """
    return tension + threat * memory * (1.0 - unity)


@rule
def credit_at_stake(believed: float, bond: float) -> float:
    """Stake in a threat of a challenger that means its lines: belief in them x ``bond``. It is 0 if
    nobody believes them."""
    return believed * bond


@rule
def share_moved(calm: float, threatened: float) -> float:
    """Share of the force that a threat removes: the relative fall of the expected power."""
    return 1.0 - threatened / calm if calm > 0.0 else 0.0


@rule
def value_of_credit(later: float, burden: float, moved: float, moved_if_caught: float) -> float:
    """Value of the credibility that is lost if a threat is seen to be empty.

    later x burden x (moved - moved if caught): on each of ``later`` occasions a threat would remove
    less of the force.
    """
    return later * burden * (moved - moved_if_caught)


@rule
def utility_of_threatening(burden: float, moved: float, at_stake: float, acts: float) -> float:
    """Utility of a threat: burden x moved - at stake x (1 - moved) x (1 - acts).

    ``burden`` is the cost of the whole force to the challenger. The part of the force that stays
    calls the threat, which is then empty unless the challenger ``acts``. So a bluff pays if the
    gain now exceeds the value of credibility later times the chance of being called (Sartori 2002).
    """
    return burden * moved - at_stake * (1.0 - moved) * (1.0 - acts)
