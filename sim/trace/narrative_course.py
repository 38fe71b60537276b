"""Why a run took its course: its crises, which were pressed, the chance of war, and the end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import prod
from typing import Any

from sim.enums import Challenge, War
from sim.text import capitalise, format_chance, join_and, plural
from sim.trace.events import Crisis, TracedMonth, TracedRun
from sim.trace.text import challenger_of, chance_phrase

ACCIDENT = "accidental clash"
# Of more crises than this, only the number is given.
MOST_DATED = 8
# Of more decisions than this, only the number and the extremes are given.
MOST_LISTED = 3


@dataclass(frozen=True, slots=True)
class CrisisRisk:
    """A crisis as a risk of war.

    Parameters
    ----------
    month
        The month of the crisis.
    kind
        ``probe``, ``strike``, ``offensive`` or ``accidental clash``.
    answered
        Whether the coalition answered; only then can it become a war with the coalition.
    pressed
        Whether the challenger pressed on after the answer.
    chance_of_pressing
        The chance that it would press on; None without an answer.
    chance_of_war
        The chance of war once it presses on; None without an answer.
    war
        The war that followed.
    """

    month: int
    kind: str
    answered: bool
    pressed: bool
    chance_of_pressing: float | None
    chance_of_war: float | None
    war: War

    def to_dict(self) -> dict[str, Any]:
        """The crisis as plain data."""
        return {
            "month": self.month,
            "kind": self.kind,
            "answered": self.answered,
            "pressed": self.pressed,
            "chance_of_pressing": self.chance_of_pressing,
            "chance_of_war": self.chance_of_war,
            "war": self.war.word,
        }


def crisis_risks(run: TracedRun) -> list[CrisisRisk]:
    """The crises of a run, in order."""
    return [_risk(month, month.crisis) for month in run.months if month.crisis]


def _risk(month: TracedMonth, crisis: Crisis) -> CrisisRisk:
    press = crisis.press if crisis.answered else None
    return CrisisRisk(
        month.number,
        Challenge(crisis.action).label if crisis.ordered else ACCIDENT,
        crisis.answered,
        bool(press and press.pressed),
        press.chance if press else None,
        press.slip if press else None,
        month.war,
    )


def describe_course(run: TracedRun) -> str:
    """The crises, the answers, the pressed ones with their chances of war, and what decided the
    end, in sentences."""
    challenger = challenger_of(run.scenario)
    risks = crisis_risks(run)
    if not risks:
        return _no_crisis(run, challenger)
    sentences = [
        f"There {'was' if len(risks) == 1 else 'were'} {_crises(risks)}.",
        *_unanswered([risk for risk in risks if not risk.answered], len(risks)),
        *_backed_down([r for r in risks if r.answered and not r.pressed], challenger),
        *_pressed([risk for risk in risks if risk.pressed], challenger),
        _end(risks, challenger),
    ]
    return " ".join(sentences)


def _no_crisis(run: TracedRun, challenger: str) -> str:
    reviews = [month.options for month in run.months if month.options]
    if not reviews:
        return f"There was no crisis: {challenger} never reviewed its options."
    held = prod(1.0 - sum(option.chance for option in options) for options in reviews)
    times = "once and held still" if len(reviews) == 1 else f"{len(reviews)} times and held still"
    each = "" if len(reviews) == 1 else " each time"
    return (
        f"There was no crisis: {challenger} reviewed its options {times}{each}. "
        f"The chance of this was {format_chance(held)}."
    )


def _crises(risks: Sequence[CrisisRisk]) -> str:
    """The number of crises, and their months or their number by kind."""
    kinds: dict[str, list[int]] = defaultdict(list)
    for risk in risks:
        kinds[risk.kind].append(risk.month)
    if len(risks) == 1:
        return f"one crisis, {_in_months(*kinds.popitem())}"
    if len(risks) <= MOST_DATED:
        listed = [_in_months(kind, months) for kind, months in kinds.items()]
        return f"{len(risks)} crises: {join_and(listed)}"
    listed = [plural(len(months), kind, _plural(kind)) for kind, months in kinds.items()]
    span = f"from month {risks[0].month} to month {risks[-1].month}"
    return f"{len(risks)} crises {span}: {join_and(listed)}"


def _in_months(kind: str, months: Sequence[int]) -> str:
    if len(months) == 1:
        return f"{'an' if kind[0] in 'ao' else 'a'} {kind} in month {months[0]}"
    return f"{_plural(kind)} in months {join_and(list(map(str, months)))}"


def _plural(kind: str) -> str:
    return f"{kind}es" if kind.endswith("sh") else f"{kind}s"


def _unanswered(risks: Sequence[CrisisRisk], n_crises: int) -> list[str]:
    if not risks:
        return []
    if len(risks) == n_crises:
        which = "it" if n_crises == 1 else "any of them"
    else:
        which = f"the crisis of month {risks[0].month}" if len(risks) == 1 else f"{len(risks)}"
        which += "" if len(risks) == 1 else " of them"
    return [f"The coalition did not answer {which}."]


def _backed_down(risks: Sequence[CrisisRisk], challenger: str) -> list[str]:
    """The answered crises that were not pressed, with the risk that was avoided."""
    if not risks:
        return []
    pressing = [risk.chance_of_pressing or 0.0 for risk in risks]
    if len(risks) > MOST_LISTED:
        span = f"with at most {chance_phrase(max(pressing))} of pressing on"
        return [f"{capitalise(challenger)} backed down in {len(risks)} crises, each {span}."]
    listed = [
        f"month {risk.month} ({chance_phrase(share)} of pressing on, and then "
        f"{chance_phrase(risk.chance_of_war or 0.0)} of war)"
        for risk, share in zip(risks, pressing, strict=True)
    ]
    return [f"{capitalise(challenger)} backed down in {join_and(listed)}."]


def _pressed(risks: Sequence[CrisisRisk], challenger: str) -> list[str]:
    """The pressed crises with their chances of war."""
    if not risks:
        return []
    if len(risks) > MOST_LISTED:
        low, high = (
            chosen(risks, key=lambda risk: risk.chance_of_war or 0.0) for chosen in (min, max)
        )
        span = " to ".join(
            f"{format_chance(risk.chance_of_war or 0.0)} in month {risk.month}"
            for risk in (low, high)
        )
        listed = f"{len(risks)} crises, with chances of war from {span}"
    else:
        listed = join_and(
            [f"month {r.month} ({chance_phrase(r.chance_of_war or 0.0)} of war)" for r in risks]
        )
    return [f"{capitalise(challenger)} pressed on in {listed}."]


def _end(risks: Sequence[CrisisRisk], challenger: str) -> str:
    """What decided the end: the crisis that became a war, or what kept the peace."""
    last = risks[-1]
    if last.war is War.UNOPPOSED:
        return f"No guarantor fought the offensive of month {last.month}, so it took its course."
    pressed = [risk for risk in risks if risk.pressed]
    if last.war is War.NONE:
        return _peace(risks, pressed, challenger)
    course = "became general" if last.war is War.GENERAL else "stayed limited"
    end = f"The crisis of month {last.month} slipped into war, which {course}."
    if last.chance_of_war == 1.0:
        end = f"An offensive that is pressed against an answer is war; this one {course}."
    before = pressed[:-1]
    if not before:
        return end
    which = "The first" if len(before) == 1 else f"The first {len(before)}"
    chance = chance_phrase(_no_slip(before))
    return f"{which} passed without war, for which there had been {chance}. {end}"


def _peace(risks: Sequence[CrisisRisk], pressed: Sequence[CrisisRisk], challenger: str) -> str:
    if pressed:
        which = "this crisis" if len(pressed) == 1 else "any of these"
        chance = chance_phrase(1.0 - _no_slip(pressed))
        return f"There had been {chance} that {which} slipped into war; none did."
    if any(risk.answered for risk in risks):
        return f"There was no war because {challenger} pressed no crisis."
    return "A probe or strike that is not answered cannot become a war with the coalition."


def _no_slip(risks: Sequence[CrisisRisk]) -> float:
    """The chance that none of some pressed crises slips into war."""
    return prod(1.0 - (risk.chance_of_war or 0.0) for risk in risks)
