"""Why a run took its course: its crises, the chances of war in them, and what decided the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from math import prod
from operator import attrgetter
from typing import Any

from sim.enums import Challenge, War
from sim.formatting import capitalise, format_chance, join_and, join_or, plural
from sim.trace.events import Crisis, Option, TracedMonth, TracedRun, chance_of_none
from sim.trace.formatting import (
    challenger_of,
    chance_phrase,
    format_distinct_pair,
    format_level,
    format_utility,
    with_article,
)
from sim.trace.narrative_force import describe_course_of_force
from sim.trace.why_mechanisms import describe_mechanisms

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
        ``probe``, ``strike``, ``mobilisation`` or ``accidental clash``.
    power
        Fighting power of the force.
    answered
        Whether the coalition answered; only then can it become a war with the coalition.
    pressed
        Whether the challenger pressed on after the answer.
    chance_of_pressing
        The chance that it would press on; None without an answer.
    chance_of_war
        The chance of war once it presses on; None without an answer.
    succeeded
        Whether a probe or strike that was carried through succeeded; None for others.
    war
        The war that followed.
    """

    month: int
    kind: str
    power: float
    answered: bool
    pressed: bool
    chance_of_pressing: float | None
    chance_of_war: float | None
    succeeded: bool | None
    war: War

    def to_dict(self) -> dict[str, Any]:
        """The crisis as plain data."""
        return {
            "month": self.month,
            "kind": self.kind,
            "power": self.power,
            "answered": self.answered,
            "pressed": self.pressed,
            "chance_of_pressing": self.chance_of_pressing,
            "chance_of_war": self.chance_of_war,
            "succeeded": self.succeeded,
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
        crisis.power,
        crisis.answered,
        bool(press and press.pressed),
        press.chance if press else None,
        press.slip if press else None,
        crisis.success.succeeded if crisis.success else None,
        month.war,
    )


def describe_course(run: TracedRun) -> str:
    """The crises, the answers, the pressed ones with their chances of war, what the mechanisms that
    are switched on did, and what decided the end, in sentences."""
    challenger, risks = challenger_of(run.scenario), crisis_risks(run)
    sentences = [
        _crises(risks),
        *_unanswered([risk for risk in risks if not risk.answered], len(risks)),
        *_gains(run, challenger),
        *_backed_down([r for r in risks if r.answered and not r.pressed], challenger),
        *_pressed([risk for risk in risks if risk.pressed], challenger),
        *describe_mechanisms(run),
    ]
    if run.last.war is War.NONE:
        sentences += [
            *_called_off(run, challenger),
            *_peace(risks, challenger),
            *_not_chosen(run, challenger),
            describe_course_of_force(run),
        ]
    elif crisis := run.last.crisis:
        sentences += [
            *_value(run.last, crisis, challenger),
            _war(risks, run.last, crisis, challenger),
        ]
    return " ".join(sentences)


def _crises(risks: Sequence[CrisisRisk]) -> str:
    """The number of crises, and their months in order or their number by kind."""
    if not risks:
        return "There was no crisis."
    spells = [(kind, [r.month for r in some]) for kind, some in groupby(risks, attrgetter("kind"))]
    if len(risks) == 1:
        return f"There was one crisis, {_spell(*spells[0])}."
    if len(risks) <= MOST_DATED:
        listed = [_spell(kind, months) for kind, months in spells]
        return f"There were {len(risks)} crises: {join_and(listed)}."
    counts = Counter(risk.kind for risk in risks)
    listed = [plural(count, kind, _plural(kind)) for kind, count in counts.most_common()]
    span = f"from month {risks[0].month} to month {risks[-1].month}"
    return f"There were {len(risks)} crises {span}: {join_and(listed)}."


def _spell(kind: str, months: Sequence[int]) -> str:
    if len(months) == 1:
        return f"{with_article(kind)} in month {months[0]}"
    return f"{_plural(kind)} in months {join_and(list(map(str, months)))}"


def _plural(kind: str) -> str:
    return f"{kind}es" if kind.endswith("sh") else f"{kind}s"


def _unanswered(risks: Sequence[CrisisRisk], n_crises: int) -> list[str]:
    if not risks:
        return []
    if len(risks) == n_crises:
        which = "it" if n_crises == 1 else "any of them"
    elif len(risks) > MOST_LISTED:
        which = f"{len(risks)} of them"
    else:
        months = join_and([str(risk.month) for risk in risks])
        which = f"the crisis of month {months}" if len(risks) == 1 else f"those of months {months}"
    return [f"The coalition did not answer {which}."]


def _gains(run: TracedRun, challenger: str) -> list[str]:
    """The probes and strikes that succeeded, and what they brought."""
    crises = [month.crisis for month in run.months if month.crisis]
    gains = [c.success for c in crises if c.success and c.success.succeeded]
    if not gains:
        return []
    kinds = [c.action.label for c in crises if c.success and c.success.succeeded]
    listed = join_and([plural(count, kind) for kind, count in Counter(kinds).most_common()])
    position = gains[-1].position[1]
    brought = f", which brought it {format_chance(position)} of its aims" if position else ""
    return [f"{capitalise(challenger)} succeeded with {listed}{brought}."]


def _backed_down(risks: Sequence[CrisisRisk], challenger: str) -> list[str]:
    """The answered crises that were not pressed, with the risk that was avoided."""
    if not risks:
        return []
    pressing = [risk.chance_of_pressing or 0.0 for risk in risks]
    if len(risks) > MOST_LISTED:
        highest = f"its highest chance of pressing on was {format_chance(max(pressing))}"
        return [f"{capitalise(challenger)} backed down in {len(risks)} crises; {highest}."]
    listed = [
        f"month {risk.month} ({chance_phrase(share)} of pressing on, "
        + ("which would mean war)" if _is_certain(risk) else f"and then {_risk_of_war(risk)})")
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
            [
                f"month {risk.month}" + ("" if _is_certain(risk) else f" ({_risk_of_war(risk)})")
                for risk in risks
            ]
        )
    return [f"{capitalise(challenger)} pressed on in {listed}."]


def _is_certain(risk: CrisisRisk) -> bool:
    """Whether the crisis is war once it is pressed."""
    return risk.chance_of_war == 1.0


def _risk_of_war(risk: CrisisRisk) -> str:
    return f"{chance_phrase(risk.chance_of_war or 0.0)} of war"


def _value(last: TracedMonth, crisis: Crisis, challenger: str) -> list[str]:
    """What the challenge that ended in a war was worth to the challenger."""
    worth = next((o.worth for o in last.options if o.action is crisis.action), None)
    if worth is None or not crisis.ordered:
        return []
    challenge = f"the {crisis.action.label} of month {last.number}"
    utility = f"a utility of {format_utility(worth)}"
    return [f"To {challenger} {challenge} had {utility}; holding still has 0."]


def _war(risks: Sequence[CrisisRisk], last: TracedMonth, crisis: Crisis, challenger: str) -> str:
    """The crisis that became a war, after others that did not."""
    if last.war is War.UNOPPOSED:
        decided = crisis.press
        odds = f" (it had {chance_phrase(decided.chance)} of doing so)" if decided else ""
        return f"{_no_answer(crisis)}, and {challenger} carried the offensive out{odds}."
    course = "became general" if last.war is War.GENERAL else "stayed limited"
    if crisis.press:
        course += f" (it had {chance_phrase(crisis.press.general)} of becoming general)"
    end = f"The crisis of month {last.number} slipped into war, which {course}."
    if _is_certain(risks[-1]):
        act = f"Pressing on with the {risks[-1].kind} against an answer"
        end = f"{act} was certain to mean war; it {course}."
    before = [risk for risk in risks[:-1] if risk.pressed]
    if not before:
        return end
    earlier = "The earlier one" if len(before) == 1 else f"The {len(before)} earlier ones"
    return f"{earlier} passed without war ({_no_slip(before)}). {end}"


def _no_answer(crisis: Crisis) -> str:
    """Why no guarantor fought an offensive."""
    if crisis.answered:
        return "No war with the coalition followed"
    if not crisis.stands:
        return "No guarantor had fighting forces there"
    if not crisis.attributed:
        return "The offensive was not attributed"
    if not crisis.defying:
        return f"None of the force defied, whose power was {format_level(crisis.power)}"
    share, needed = format_distinct_pair(crisis.defying, crisis.quorum)
    return (
        f"Only {share} of the force’s power of {format_level(crisis.power)} defied, and more than "
        f"{needed} was needed"
    )


def _called_off(run: TracedRun, challenger: str) -> list[str]:
    """The mobilisations that the challenger called off although nobody answered them."""
    unanswered = [
        (month.number, month.crisis.press.chance)
        for month in run.months
        if month.crisis and month.crisis.press and not month.crisis.answered
    ]
    if not unanswered:
        return []
    listed = join_and(
        [f"month {number} ({chance_phrase(c)} of carrying it out)" for number, c in unanswered]
    )
    called = "the mobilisation" if len(unanswered) == 1 else "the mobilisations"
    return [f"{capitalise(challenger)} itself called off {called} of {listed}."]


def _peace(risks: Sequence[CrisisRisk], challenger: str) -> list[str]:
    """Why no crisis became a war."""
    pressed = [risk for risk in risks if risk.pressed]
    if pressed:
        which, none = (
            ("this crisis", "it did not") if len(pressed) == 1 else ("any of these", "none did")
        )
        chance = chance_phrase(1.0 - prod(1.0 - (r.chance_of_war or 0.0) for r in pressed))
        return [f"There was {chance} that {which} slipped into war; {none}."]
    if any(risk.answered for risk in risks):
        return [f"There was no war because {challenger} pressed no crisis."]
    if any(risk.kind != Challenge.MOBILISATION.label for risk in risks):
        return ["A probe or strike that is not answered cannot become a war with the coalition."]
    return []


def _not_chosen(run: TracedRun, challenger: str) -> list[str]:
    """What the challenger never chose, the highest utility of it, and the chance of this course;
    without a crisis this explains the quiet."""
    reviews = [month.options for month in run.months if month.options]
    if not reviews:
        return [f"{capitalise(challenger)} never reviewed its options."]
    chosen = {month.crisis.action for month in run.months if month.crisis and month.crisis.ordered}
    best: dict[Challenge, Option] = {}
    for option in (option for options in reviews for option in options):
        if option.action not in chosen and option.worth is not None:
            best[option.action] = max(option, best.get(option.action, option), key=_worth)
    if not best:
        return []
    kept = prod(chance_of_none(o for o in options if o.action in best) for options in reviews)
    most = "at" if len(reviews) == 1 else "at no more than"
    valued = [
        f"{with_article(action.label)} {most} {format_utility(_worth(option))} (chance of an "
        f"answer {format_chance(option.answer)})"
        for action, option in best.items()
    ]
    return [
        f"{capitalise(challenger)} reviewed its options {_times(len(reviews))} and never chose "
        f"{join_or([with_article(action.label) for action in best])} ({chance_phrase(kept)} of "
        f"this course): it valued {join_and(valued)}, and holding still at 0."
    ]


def _worth(option: Option) -> float:
    return option.worth or 0.0


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _no_slip(risks: Sequence[CrisisRisk]) -> str:
    """The chance that none of some pressed crises slips into war."""
    return chance_phrase(prod(1.0 - (risk.chance_of_war or 0.0) for risk in risks))
