"""A crisis in sentences: what was tried and why, who answered, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence

from sim.figures.wording import percent, place_name, plural, several
from sim.trace.facts import Crisis, Option, Press
from sim.trace.wording import chance, worth
from sim.vocabulary import Challenge, War

DEEDS = {
    Challenge.PROBE: "probes",
    Challenge.STRIKE: "strikes the force",
    Challenge.OFFENSIVE: "launches a new offensive",
}
NOUNS = {
    Challenge.PROBE: "a probe",
    Challenge.STRIKE: "a strike on the force",
    Challenge.OFFENSIVE: "an offensive",
}
WARS = {
    War.UNOPPOSED: "Nobody fights it: the offensive takes its course.",
    War.LIMITED: "It comes to war with the coalition, and the war stays limited.",
    War.GENERAL: "It comes to war with the coalition, and the war becomes general.",
}
UNTRACED = {True: "Nobody can tell who was behind it", False: "It is never cleared up"}


def crisis_told(
    challenger: str, crisis: Crisis, options: Sequence[Option], war: War
) -> tuple[str, ...]:
    """The whole crisis, sentence by sentence."""
    return (
        *_deed(challenger, crisis, options),
        *_answers(crisis),
        *(_pressing(challenger, crisis.press) if crisis.press else ()),
        *_end(crisis, war),
    )


def held(challenger: str, options: Sequence[Option]) -> tuple[str, ...]:
    """A review after which nothing was tried."""
    return f"{challenger} weighs its options and holds still.", _compared(options, answers=True)


def _deed(challenger: str, crisis: Crisis, options: Sequence[Option]) -> list[str]:
    if not crisis.ordered:
        return ["There is a clash that nobody ordered; it counts as a probe."]
    chosen = next(option for option in options if option.action is crisis.action)
    return [
        f"{challenger} {DEEDS[crisis.action]}. It reckons on {chance(chosen.answer)} that the "
        f"coalition answers, and on {percent(chosen.defying)} of the fighting power being for that.",
        _compared(options),
    ]


def _compared(options: Sequence[Option], answers: bool = False) -> str:
    """What each option is worth to the challenger; holding still is worth nothing."""
    parts = [
        f"{NOUNS[option.action]} is worth {worth(option.worth)}"
        + (f" ({chance(option.answer)} of an answer)" if answers else "")
        for option in options
        if option.worth is not None
    ]
    return f"In its eyes {several(parts)}; holding still is worth 0."


def _answers(crisis: Crisis) -> list[str]:
    if not crisis.stands:
        return ["No state has forces there that could answer."]
    defying = sum(stand.defies for stand in crisis.stands)
    among = f"{defying} of {plural(len(crisis.stands), 'state')} with fighting forces"
    if not crisis.attributed:
        return [f"{UNTRACED[crisis.ordered]}, so nobody answers; {among} would have."]
    verdict = "the coalition answers" if crisis.answered else "the coalition lets it pass"
    return [
        f"{among} defy, with {percent(crisis.defying)} of the fighting power; it takes more than "
        f"{percent(crisis.quorum)}: {verdict}.",
        *_surprise(crisis),
    ]


def _surprise(crisis: Crisis) -> list[str]:
    """Of the states that did what was less likely of them, the most powerful."""
    unlikely = [stand for stand in crisis.stands if stand.defies is (stand.chance < 0.5)]
    if not unlikely:
        return []
    largest = max(unlikely, key=lambda stand: stand.power)
    did = "defies" if largest.defies else "gives way"
    return [
        f"{place_name(largest.state)} {did}, although there was {chance(largest.chance)} that it "
        "would defy."
    ]


def _pressing(challenger: str, press: Press) -> list[str]:
    eyes = f"in its eyes that is worth {worth(press.worth)}, backing down {worth(press.back_down)}"
    if press.pressed:
        return [
            f"{challenger} presses on, as there was {chance(press.chance)} that it would: {eyes}.",
            f"There is {chance(press.slip)} that a crisis so pressed slips into war.",
        ]
    return [
        f"{challenger} backs down; there was {chance(press.chance)} that it would press on: {eyes}."
    ]


def _end(crisis: Crisis, war: War) -> list[str]:
    if war is not War.NONE:
        return [WARS[war]]
    return ["It does not."] if crisis.press and crisis.press.pressed else []
