"""How a run ended, and what its war grew from."""

from __future__ import annotations

from typing import TypeVar

from sim.enums import Outcome, Trigger, War
from sim.jit import rule

# A number, or an array of numbers.
Ranks = TypeVar("Ranks")


@rule
def ending(war: int, stands: int, stood: int, tried: int) -> int:
    """The :class:`sim.enums.Outcome` of a run.

    A war decides it. Without war it depends on the force: in place and challenged (``tried``, by a
    chosen strike or mobilisation), in place and never challenged, gone, or never in place.
    """
    if war == War.GENERAL:
        return Outcome.GENERAL_WAR
    if war == War.LIMITED:
        return Outcome.LIMITED_WAR
    if war == War.UNOPPOSED:
        return Outcome.RENEWED_OFFENSIVE
    if stands:
        return Outcome.TESTED_FORCE if tried else Outcome.UNTESTED_FORCE
    return Outcome.HOLLOWED_OUT if stood else Outcome.NEVER_A_FORCE


@rule
def is_failure(trigger: Ranks) -> Ranks:
    """Deterrence failure: war that began with a chosen offensive, with or without the coalition."""
    return trigger == Trigger.OFFENSIVE  # type: ignore[return-value]


@rule
def is_escalation(trigger: Ranks) -> Ranks:
    """Escalation: war that grew from a strike, a probe or an accident."""
    return trigger > Trigger.OFFENSIVE  # type: ignore[return-value, operator]
