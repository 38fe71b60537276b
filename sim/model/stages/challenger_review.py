"""Step 0. Whether the challenger reviews its options this month."""

from __future__ import annotations

from typing import Any

from sim.jit import stage
from sim.model.rules.deterrence import review_chance
from sim.rng import DrawPurpose, uniforms


@stage
def review_options(w: Any, p: Any) -> None:
    """Whether the challenger reviews its options this month: once for its threat and its challenge,
    even if a truce comes between them."""
    u, _, _, _ = uniforms(w.seed, DrawPurpose.CHALLENGE, w.month, p.stream[p.challenger], w.run)
    haste = 1.0 if w.ceasefire else p.fighting_pace
    chance = review_chance(p.challenger_review, w.tension, p.tension_pace, haste)
    w.reviewed = 1 if u < chance else 0
