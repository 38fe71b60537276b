"""Step 10. The protégé answers a violation that nobody answered, or complains."""

from __future__ import annotations

from typing import Any

from sim.enums import Challenge
from sim.jit import stage
from sim.model.rules.choice import choice_probability, decided
from sim.model.rules.protege import (
    chance_of_retaliating,
    chance_of_wrong_blame,
    support_relied_on,
    sympathy_after,
    utility_of_retaliating,
)
from sim.model.stages.expectations import expected_defiance, win_chance
from sim.rng import DrawPurpose, uniforms


@stage
def violation_unanswered(w: Any, p: Any) -> bool:
    """Whether a violation of the ceasefire, attributed or not, was carried out unanswered, and the
    protégé is free to answer it."""
    violated = w.carried_out and w.action != Challenge.HOLD and not w.answered
    return bool(p.retaliation > 0.0 and w.ceasefire and violated and not w.over)


@stage
def retaliation_utility(w: Any, p: Any) -> float:
    """The protégé's utility of retaliating; that of complaining is 0. It relies on the coalition's
    answer to an offensive, as all expect it from public values."""
    promised = expected_defiance(Challenge.MOBILISATION, w, p) * w.power
    return utility_of_retaliating(
        w.resolve[p.protege],
        p.loss[w.action],
        p.retaliation_risk,
        win_chance(0.0, w, p),
        p.emboldenment,
        support_relied_on(p.clarity, w.would_answer),
        win_chance(promised, w, p),
    )


@stage
def retaliation_chance(utility: float, p: Any) -> float:
    """Chance that the protégé retaliates: that it is free to, and chooses to."""
    chooses = choice_probability(p.precision, utility, 0.0)
    return float(chance_of_retaliating(p.retaliation, chooses))


@stage
def answer_violation(w: Any, p: Any) -> None:
    """The protégé retaliates or complains. Where nobody knows who began, it may be blamed for it
    wrongly, and then others stand by it less."""
    u, blame, _, _ = uniforms(w.seed, DrawPurpose.PROTEGE, w.month, p.stream[p.protege], w.run)
    chance = retaliation_chance(retaliation_utility(w, p), p)
    if decided(w.dictated_retaliation, 1 if u < chance else 0):
        w.retaliates = 1
        w.retaliations += 1
        if not w.attributed and blame < chance_of_wrong_blame(p.misattribution, p.verification):
            w.wrong_blames += 1
            w.sympathy = sympathy_after(w.sympathy, p.blame_cost)
