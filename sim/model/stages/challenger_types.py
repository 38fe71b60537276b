"""Beliefs about the type of challenger, and how its choices change them."""

from __future__ import annotations

from typing import Any

from sim.enums import Challenge, ChallengerType
from sim.jit import stage
from sim.model.rules.challenger_types import (
    believed_ambition,
    evidence,
    normalised,
    type_ambition,
    type_spread,
)
from sim.model.rules.choice import expected_utility
from sim.model.rules.deterrence import attribution
from sim.model.stages.expectations import action_chance, inferred_utilities
from sim.model.state import ACTIONS, TYPES


@stage
def update_believed_ambition(w: Any, p: Any) -> None:
    """The mean of the belief about the challenger's ambition."""
    mean = p.ambition[p.challenger]
    w.believed_ambition = believed_ambition(
        mean,
        type_spread(mean, p.concentration),
        w.type_belief[ChallengerType.SECURITY_SEEKER],
        w.type_belief[ChallengerType.REVISIONIST],
    )


@stage
def learn_type(seen: int, credit: float, w: Any, p: Any) -> None:
    """Bayesian update of the beliefs about the challenger's type, by the action ``seen`` at its
    review. ``credit`` is the belief, before the review, that it means its lines."""
    total = 0.0
    for kind in range(TYPES):
        chance = expected_utility(
            credit, chance_seen(seen, kind, 1.0, w, p), chance_seen(seen, kind, 0.0, w, p)
        )
        w.type_evidence[kind] = evidence(w.type_belief[kind], chance, p.learning)
        total += w.type_evidence[kind]
    for kind in range(TYPES):
        w.type_belief[kind] = normalised(w.type_evidence[kind], total, w.type_belief[kind])
    update_believed_ambition(w, p)


@stage
def chance_seen(seen: int, kind: int, meant: float, w: Any, p: Any) -> float:
    """Chance that a challenger of this type, which means its lines (``meant`` 1) or not (0), is
    seen to do this at a review. An action that is not attributed is seen as none."""
    mean = p.ambition[p.challenger]
    ambition = type_ambition(kind, mean, type_spread(mean, p.concentration))
    utilities = inferred_utilities(ambition, meant, w, p)
    chance = action_chance(seen, *utilities, p)
    if seen == Challenge.HOLD:
        for a in range(1, ACTIONS):
            unseen = 1.0 - attribution(p.attribution[a], p.verification)
            chance += unseen * action_chance(a, *utilities, p)
    return chance
