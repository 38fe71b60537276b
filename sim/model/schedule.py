"""The order of play within a month."""

from __future__ import annotations

from typing import Any

from sim.enums import Challenge
from sim.jit import stage
from sim.model.stages.backstop import review_backstop, reviews_backstop
from sim.model.stages.challenge import challenge
from sim.model.stages.challenger_review import review_options
from sim.model.stages.crisis import press, resolve_escalation, respond
from sim.model.stages.end_of_month import end_month, strike_conceded, withdraw
from sim.model.stages.events import advance_month
from sim.model.stages.footprint import update_footprint
from sim.model.stages.participate import deploy, follows, review_all
from sim.model.stages.protege import answer_violation, violation_unanswered
from sim.model.stages.threat import threaten
from sim.model.stages.truce import terms_on_the_table, weigh_truce


@stage
def play_month(w: Any, p: Any, values: Any, surface: Any) -> None:
    """One month of world ``w`` under parameters ``p``.

    ``values`` is the same parameters as a flat array, which events write to; ``surface`` holds the
    quantiles of private values.
    """
    advance_month(w, p, values, surface)
    review_options(w, p)
    review_all(w, p)
    for i in range(p.n_states):
        if follows(i, w):
            deploy(i, w, p)
    if w.moved:
        update_footprint(w, p)
    if reviews_backstop(w, p):
        review_backstop(w, p)
    threaten(w, p)
    if terms_on_the_table(w, p):
        weigh_truce(w, p)
    challenge(w, p)
    if w.action != Challenge.HOLD:
        for i in range(p.n_states):
            respond(i, w, p)
        press(w, p)
        resolve_escalation(w, p)
    if violation_unanswered(w, p):
        answer_violation(w, p)
    if strike_conceded(w):
        for i in range(p.n_states):
            withdraw(i, w, p)
        update_footprint(w, p)
    end_month(w, p)
