"""Which state has which decision in a phase of the month, whether it is due, and how it is
dictated."""

from __future__ import annotations

from typing import Any

from sim.enums import Challenge, Decision, Participation, Role
from sim.jit import stage
from sim.model.rules.backstop import LEVELS, backstop_level
from sim.model.rules.response import coalition_acts
from sim.model.stages.backstop import decides_on_backstop, reviews_backstop
from sim.model.stages.expectations import can_call_off, is_available
from sim.model.stages.footprint import fighting_power
from sim.model.stages.participate import reviews
from sim.model.stages.protege import violation_unanswered
from sim.model.stages.threat import can_threaten
from sim.model.stages.truce import terms_on_the_table

_REFUSE_OR_ACCEPT = ("refuse", "accept")
# The options of each decision, by their numbers.
OPTIONS: dict[Decision, tuple[str, ...]] = {
    Decision.TARGET: tuple(Participation.words()),
    Decision.BACKSTOP: tuple(f"{backstop_level(option):g}" for option in range(LEVELS)),
    Decision.THREAT: ("silence", "threaten"),
    Decision.TRUCE: _REFUSE_OR_ACCEPT,
    Decision.ACCEPTANCE: _REFUSE_OR_ACCEPT,
    Decision.CHALLENGE: tuple(Challenge.words()),
    Decision.ANSWER: ("concede", "defy"),
    Decision.PRESS: ("back_down", "press"),
    Decision.RETALIATION: ("complain", "retaliate"),
}


@stage
def has_decision(decision: int, i: int, w: Any, p: Any) -> bool:
    """Whether state ``i`` has ``decision`` now, before its phase is played."""
    if decision == Decision.TARGET:
        return bool(p.role[i] == Role.GUARANTOR)
    if decision == Decision.BACKSTOP:
        return bool(i == w.backer and decides_on_backstop(w, p))
    if decision == Decision.ANSWER:
        armed = p.role[i] == Role.GUARANTOR and fighting_power(i, w, p) > 0.0
        return bool(w.action != Challenge.HOLD and w.attributed and armed)
    if decision == Decision.ACCEPTANCE:
        return bool(i == p.protege and terms_on_the_table(w, p))
    if decision == Decision.RETALIATION:
        return bool(i == p.protege and violation_unanswered(w, p))
    if i != p.challenger:
        return False
    if decision == Decision.THREAT:
        return can_threaten(w, p)
    if decision == Decision.TRUCE:
        return terms_on_the_table(w, p)
    if decision == Decision.PRESS:
        return can_press(w, p)
    return True


@stage
def is_possible(decision: int, option: int, w: Any, p: Any) -> bool:
    """Whether whoever has ``decision`` can take ``option`` now."""
    chosen = decision == Decision.CHALLENGE and option != Challenge.HOLD
    return not chosen or is_available(option, w, p)


@stage
def dictate(decision: int, i: int, option: int, w: Any) -> None:
    """Let state ``i`` take ``option`` in this month's ``decision``."""
    if decision == Decision.TARGET:
        w.dictated_target[i] = option
    elif decision == Decision.BACKSTOP:
        w.dictated_backstop = option
    elif decision == Decision.THREAT:
        w.dictated_threat = option
    elif decision == Decision.TRUCE:
        w.dictated_truce = option
    elif decision == Decision.ACCEPTANCE:
        w.dictated_acceptance = option
    elif decision == Decision.CHALLENGE:
        w.dictated_challenge = option
    elif decision == Decision.ANSWER:
        w.dictated_answer[i] = option
    elif decision == Decision.PRESS:
        w.dictated_press = option
    elif decision == Decision.RETALIATION:
        w.dictated_retaliation = option


@stage
def can_press(w: Any, p: Any) -> bool:
    """Whether the challenger decides whether to carry this month's challenge out."""
    answered = coalition_acts(w.defying, w.power, p.quorum)
    return bool(w.action != Challenge.HOLD and (answered or can_call_off(w.action, p)))


@stage
def is_due(decision: int, i: int, w: Any, p: Any) -> bool:
    """Whether the model chooses in a ``decision`` that state ``i`` has, and does not leave things
    as they are."""
    if decision == Decision.TARGET:
        return reviews(i, w)
    if decision == Decision.BACKSTOP:
        return reviews_backstop(w, p)
    if decision in (Decision.THREAT, Decision.CHALLENGE):
        return bool(w.reviewed)
    return True
