"""The order of play, read at a glance."""

from __future__ import annotations

from typing import Any

from sim.compiled import stage
from sim.stages.challenge import challenge
from sim.stages.crisis import press, respond, suffer_chance
from sim.stages.events import begin_month
from sim.stages.learn import learn, strike_conceded, withdraw
from sim.stages.participate import review_participation, reviews
from sim.stages.weigh import weigh
from sim.vocabulary import Challenge


@stage
def play_month(w: Any, p: Any, values: Any, surface: Any) -> None:
    """One month of world ``w`` under parameters ``p``, in order.

    ``values`` is the same parameters as a flat array, which events write to; ``surface`` holds the
    quantiles of private values.
    """
    begin_month(w, p, values, surface)
    for i in range(p.n_states):
        if reviews(i, w):
            review_participation(i, w, p)
    if w.moved:
        weigh(w, p)
    challenge(w, p)
    if w.action != Challenge.HOLD:
        for i in range(p.n_states):
            respond(i, w, p)
        press(w, p)
        suffer_chance(w, p)
    if strike_conceded(w):
        for i in range(p.n_states):
            withdraw(i, w, p)
        weigh(w, p)
    learn(w, p)
