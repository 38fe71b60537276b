"""A crisis in sentences: what was tried and why, who answered, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence

from sim.figures.wording import odds, sentence
from sim.trace.facts import Crisis, Option, Press, Stand
from sim.trace.wording import apart, called, chance, worth
from sim.vocabulary import Challenge, War

DEEDS = {
    Challenge.PROBE: "probes",
    Challenge.STRIKE: "strikes the force",
    Challenge.OFFENSIVE: "opens a new offensive",
}
WARS = {
    War.UNOPPOSED: "Nobody fights it: the offensive takes its course",
    War.LIMITED: "It comes to war with the coalition, which stays limited",
    War.GENERAL: "It comes to war with the coalition, which becomes general",
}
UNARMED = "strikes the unarmed foreign presence"
UNLIKELY = 1 / 3


def crisis_told(
    challenger: str, crisis: Crisis, options: Sequence[Option], war: War
) -> tuple[str, ...]:
    """The whole crisis, sentence by sentence."""
    return (
        _deed(challenger, crisis, options),
        *_answers(crisis),
        *([_pressing(challenger, crisis.press)] if crisis.press else []),
        *_end(crisis, war),
    )


def held(challenger: str, options: Sequence[Option]) -> str:
    """A review after which nothing was tried."""
    share = 1.0 - sum(option.chance for option in options)
    return (
        f"{sentence(challenger)} weighs its options and holds still, {chance(share)} beforehand "
        f"{_compared(options, answers=True)}."
    )


def _deed(challenger: str, crisis: Crisis, options: Sequence[Option]) -> str:
    if not crisis.ordered:
        return "There is a clash that nobody ordered; it counts as a probe."
    chosen = next(option for option in options if option.action is crisis.action)
    reckons = f"on {chance(chosen.answer)} of an answer" if chosen.answer else "with no answer"
    unarmed = crisis.action is Challenge.STRIKE and not crisis.stands
    return (
        f"{sentence(challenger)} {UNARMED if unarmed else DEEDS[crisis.action]}, "
        f"{chance(chosen.chance)} beforehand {_compared(options)}, and reckons {reckons}."
    )


def _compared(options: Sequence[Option], answers: bool = False) -> str:
    """What each option is worth to the challenger, and how likely an answer to it seems."""
    head = "worth to it, and chance of an answer" if answers else "worth to it"
    parts = [
        f"{option.action.label} {worth(option.worth)}"
        + (f" at {odds(option.answer)}" if answers else "")
        for option in options
        if option.worth is not None
    ]
    return f"({head}: {', '.join([*parts, 'holding still 0'])})"


def _answers(crisis: Crisis) -> list[str]:
    if not crisis.stands:
        return ["No state has forces there that could answer."]
    if not crisis.attributed:
        would = f"{_among(crisis.stands)} would have"
        return [f"It cannot be traced to anyone, so nobody answers; {would}."]
    verdict = "the coalition answers" if crisis.answered else "the coalition lets it pass"
    power, needed = apart(crisis.defying, crisis.quorum)
    did = "defies" if sum(stand.defies for stand in crisis.stands) <= 1 else "defy"
    return [
        f"{sentence(_among(crisis.stands))} {did}, {power} of the fighting power where more than "
        f"{needed} is needed: {verdict}.",
        *_surprise(crisis.stands),
    ]


def _among(stands: Sequence[Stand]) -> str:
    """How many of the states that could defy do."""
    defying = sum(stand.defies for stand in stands)
    if len(stands) == 1:
        only = f"{called(stands[0].state)}, the only state with fighting forces there,"
        return only if defying else f"not even {only}"
    return f"{defying or 'none'} of {len(stands)} states with fighting forces"


def _surprise(stands: Sequence[Stand]) -> list[str]:
    """The most powerful of the states that did what was unlikely of them."""
    odd = [s for s in stands if (s.chance if s.defies else 1 - s.chance) < UNLIKELY]
    if not odd:
        return []
    state = max(odd, key=lambda stand: stand.power)
    did = "defies it" if state.defies else "gives way"
    odds = f"with {chance(state.chance)} of defying beforehand"
    return [f"{sentence(called(state.state))} {did}, {odds}."]


def _pressing(challenger: str, press: Press) -> str:
    weighed = (
        f"({chance(press.chance)} of pressing beforehand: worth {worth(press.worth)} to it, "
        f"backing down {worth(press.back_down)})"
    )
    if press.pressed:
        return f"{sentence(challenger)} presses on {weighed}, at {chance(press.slip)} of war."
    return f"{sentence(challenger)} backs down {weighed}."


def _end(crisis: Crisis, war: War) -> list[str]:
    if war is not War.NONE and crisis.press:
        of_what = "of that" if war is War.GENERAL else "of becoming general"
        return [f"{WARS[war]}, with {chance(crisis.press.general)} {of_what} beforehand."]
    if war is not War.NONE:
        return [f"{WARS[war]}."]
    return ["The war does not come."] if crisis.press and crisis.press.pressed else []
