"""Bargaining: the utilities of fighting on, of a truce and of waiting, and the end of a truce."""

from __future__ import annotations

from sim.jit import rule
from sim.model.rules.escalation import chance_of


@rule
def costly_lottery(win: float, prize: float, cost: float) -> float:
    """Utility of fighting: win x prize - cost (Fearon 1995).

    Because each side pays its cost whoever wins, there are terms that both prefer to fighting.
    """
    return win * prize - cost


@rule
def worth_of_waiting(discount: float, now: float, later: float) -> float:
    """Utility of not fighting now: (1 - discount) now + discount x later.

    Terms follow power: ``later`` is the utility under the later balance of power (Fearon 1995;
    Powell 2006).
    """
    return (1.0 - discount) * now + discount * later


@rule
def gain_without_attack(influence: float, win: float) -> float:
    """Gain of a side from its strength without an attack: a share ``influence`` of its chance to
    win."""
    return influence * win


@rule
def worth_of_terms(peace: float, fear: float, resented: float) -> float:
    """Utility of a truce to the challenger: the utility of peace, less fear x the grievance that
    the promised force adds."""
    return peace - fear * resented


@rule
def breaking_chance(fragility: float, rung: float, war: bool) -> float:
    """Chance that a challenge ends a truce: 1 - exp(-fragility x rung); certain if it became a
    ``war``."""
    return 1.0 if war else chance_of(fragility * rung)
