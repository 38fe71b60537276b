"""Why two runs with the same random numbers diverge: the first step of a month that differs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from sim.enums import Challenge, Participation, War
from sim.formatting import capitalise, format_chance, join_and, plural
from sim.scenario.scenario import Scenario
from sim.trace.events import (
    Cause,
    Crisis,
    Move,
    Option,
    Retaliation,
    Stand,
    TracedMonth,
    chance_of_none,
)
from sim.trace.formatting import (
    challenger_of,
    chance_phrase,
    format_backstop,
    list_states,
    name_in_sentence,
    protege_of,
    require,
    with_article,
)
from sim.trace.narrative import why_forced
from sim.trace.worth import MonthPair, ScenarioPair, Where, describe_worth

MOST_NAMED = 3
ENDS = {
    War.NONE: "passes without war",
    War.UNOPPOSED: "becomes an offensive that the coalition does not fight",
    War.LIMITED: "becomes a limited war",
    War.GENERAL: "becomes a general war",
}
SAME_NUMBER = "The random number is the same in both; the chances differ."


def describe_divergence(
    here: TracedMonth | None,
    there: TracedMonth | None,
    scenarios: ScenarioPair,
    where: Where,
    before: MonthPair,
) -> str:
    """What differs first in the month in which two runs diverge, with the chances behind it, and
    why a challenge that differs is worth more in one of them.

    ``where`` names the runs after a verb, such as ``in no_force``. A month is None after the end
    of its run; ``before`` is the month before in both.
    """
    if here is None or there is None:
        over = where[0] if here is None else where[1]
        return f"The horizon is shorter {over}."
    # The states and their roles are the same in both.
    scenario = scenarios[0]
    if here.number == 0:
        return _start(here, there, scenario, where)
    for step in STEPS:
        if sentences := list(step(here, there, scenario, where)):
            if step is _challenge:
                sentences += describe_worth((here, there), before, scenarios, where)
            return " ".join(sentences)
    return ""


def describe_crises(here: TracedMonth, there: TracedMonth, scenario: Scenario, where: Where) -> str:
    """What differs first in a month in which crises take another course."""
    for step in CRISIS_STEPS:
        sentences = [s for s in step(here, there, scenario, where) if s != SAME_NUMBER]
        if sentences:
            return " ".join(sentences)
    return ""


def _start(here: TracedMonth, there: TracedMonth, scenario: Scenario, where: Where) -> str:
    unmet = [{each.state: each.unmet for each in month.waiting} for month in (here, there)]

    def start(run: int, state: str, rung: Participation) -> str:
        held = unmet[run].get(state)
        condition = f" (it {require(held)})" if held else ""
        return f"at {rung.label}{condition} {where[run]}"

    parts = [
        f"{name_in_sentence(state)} starts {start(0, state, one)} and {start(1, state, other)}"
        for state, one, other in zip(scenario.states, here.rungs, there.rungs, strict=True)
        if one is not other
    ]
    if parts:
        return _sentence(parts, "states start at different rungs")
    return " ".join(_crossings(here, there, scenario, where))


def _happenings(
    here: TracedMonth, there: TracedMonth, scenario: Scenario, where: Where
) -> Iterator[str]:
    for one, other, place in ((here, there, where[0]), (there, here, where[1])):
        others = {happening.name for happening in other.happenings}
        for happening in one.happenings:
            if happening.name not in others:
                yield f"The event {happening.name} happens only {place}."


def _moves(
    here: TracedMonth, there: TracedMonth, scenario: Scenario, where: Where
) -> Iterator[str]:
    yield from _moved(here, there, where, lambda move: move.cause is not Cause.STRIKE)


def _withdrawals(
    here: TracedMonth, there: TracedMonth, scenario: Scenario, where: Where
) -> Iterator[str]:
    yield from _moved(here, there, where, lambda move: move.cause is Cause.STRIKE)


def _moved(
    here: TracedMonth, there: TracedMonth, where: Where, counts: Callable[[Move], bool]
) -> Iterator[str]:
    one, other = ({m.state: m for m in month.moves if counts(m)} for month in (here, there))
    differing = [
        state
        for state in dict.fromkeys([*one, *other])
        if _step(one.get(state)) != _step(other.get(state))
    ]
    parts = [
        f"{name_in_sentence(state)} {_move(one.get(state))} {where[0]} and "
        f"{_move(other.get(state))} {where[1]}"
        for state in differing
    ]
    if parts:
        yield _sentence(parts, "states move differently")


def _step(move: Move | None) -> tuple[int, int] | None:
    return None if move is None else (move.before, move.after)


def _move(move: Move | None) -> str:
    if move is None:
        return "does not move"
    way = "up" if move.after > move.before else "down"
    if move.cause is Cause.CHOICE:
        return f"moves {way} to {move.after.label} by choice"
    return f"moves {way} to {move.after.label} because {why_forced(move)}"


def _backing(
    here: TracedMonth, there: TracedMonth, scenario: Scenario, where: Where
) -> Iterator[str]:
    pair = (here.backing, there.backing)
    if (pair[0] and pair[0].level) == (pair[1] and pair[1].level):
        return
    backer = next(backing for backing in pair if backing).state
    parts = [
        f"decides on a backstop that is {format_backstop(backing.level)} {place} "
        f"({chance_phrase(backing.chosen.chance)} of it)"
        if backing
        else f"does not review the backstop {place}"
        for backing, place in zip(pair, where, strict=True)
    ]
    yield f"{capitalise(name_in_sentence(backer))} {join_and(parts)}."
    yield from _same_number([backing.chosen.chance for backing in pair if backing])


def _threat(
    here: TracedMonth, there: TracedMonth, scenario: Scenario, where: Where
) -> Iterator[str]:
    pair = (here.threat, there.threat)
    spoken = [bool(threat and threat.spoken) for threat in pair]
    if spoken[0] == spoken[1]:
        return
    parts = [
        f"{'threatens' if spoke else 'does not threaten'} the force {place}"
        + (f" ({chance_phrase(threat.chance)} of threatening)" if threat else "")
        for threat, spoke, place in zip(pair, spoken, where, strict=True)
    ]
    yield f"{capitalise(challenger_of(scenario))} {join_and(parts)}."
    yield from _same_number([threat.chance for threat in pair if threat])


def _talks(
    here: TracedMonth, there: TracedMonth, scenario: Scenario, where: Where
) -> Iterator[str]:
    """Which side replies differently to the terms of a truce."""
    if here.talks is None or there.talks is None:
        if here.talks is not there.talks:
            yield f"A truce is weighed {where[0] if here.talks else where[1]} only."
        return
    pair = (
        (here.talks.challenger, there.talks.challenger),
        (here.talks.protege, there.talks.protege),
    )
    for replies, state in zip(pair, (challenger_of(scenario), protege_of(scenario)), strict=True):
        if len({reply.accepts for reply in replies if reply}) > 1:
            parts = [
                f"{'accepts' if reply.accepts else 'refuses'} a truce {place} "
                f"({chance_phrase(reply.chance)} of accepting)"
                for reply, place in zip(replies, where, strict=True)
                if reply
            ]
            yield f"{capitalise(state)} {join_and(parts)}."
            yield from _same_number([reply.chance for reply in replies if reply])
            return


def _break(
    here: TracedMonth, there: TracedMonth, scenario: Scenario, where: Where
) -> Iterator[str]:
    breaks = [month.truce_broken is not None for month in (here, there)]
    if breaks[0] != breaks[1]:
        yield f"The truce breaks {where[0] if breaks[0] else where[1]} only."


def _challenge(
    here: TracedMonth, there: TracedMonth, scenario: Scenario, where: Where
) -> Iterator[str]:
    acts = [crisis and (crisis.action, crisis.ordered) for crisis in (here.crisis, there.crisis)]
    if acts[0] == acts[1]:
        return
    for month, place in zip((here, there), where, strict=True):
        if month.crisis and not month.crisis.ordered:
            yield f"An accidental clash occurs {place}."
    if any(crisis and crisis.ordered for crisis in (here.crisis, there.crisis)):
        decisions = [_decision(month.crisis, month.options) for month in (here, there)]
        parts = [
            f"{does} {place}"
            if chance is None
            else f"{does} ({chance_phrase(chance)} of it) {place}"
            for (does, chance), place in zip(decisions, where, strict=True)
        ]
        yield f"{capitalise(challenger_of(scenario))} {join_and(parts)}."
        yield from _same_number([chance for _, chance in decisions if chance is not None])


def _decision(crisis: Crisis | None, options: Sequence[Option]) -> tuple[str, float | None]:
    """The challenger's decision and the chance that it had; None if it had nothing to decide."""
    if not options:
        return "does not review its options", None
    if crisis is None or not crisis.ordered:
        return "holds still", chance_of_none(options)
    chosen = next(option for option in options if option.action is crisis.action)
    return f"chooses {with_article(crisis.action.label)}", chosen.chance


def _attribution(
    here: TracedMonth, there: TracedMonth, scenario: Scenario, where: Where
) -> Iterator[str]:
    if here.crisis and there.crisis and here.crisis.attributed is not there.crisis.attributed:
        place = where[0] if here.crisis.attributed else where[1]
        yield f"The {here.crisis.action.label} is attributed only {place}."


def _answers(
    here: TracedMonth, there: TracedMonth, scenario: Scenario, where: Where
) -> Iterator[str]:
    if not (here.crisis and here.crisis.attributed and there.crisis and there.crisis.attributed):
        return
    one, other = ({s.state: s for s in c.stands} for c in (here.crisis, there.crisis))
    differing = [
        state
        for state in dict.fromkeys([*one, *other])
        if _defies(one.get(state)) is not _defies(other.get(state))
    ]
    if differing:
        parts = [
            f"{name_in_sentence(state)} {_stand(one.get(state))} {where[0]} and "
            f"{_stand(other.get(state))} {where[1]}"
            for state in differing
        ]
        yield _sentence(parts, "states answer differently")
        votes = ([run[state].chance for run in (one, other) if state in run] for state in differing)
        yield from _same_number(*votes)
    elif here.crisis.answered is not there.crisis.answered:
        place = where[0] if here.crisis.answered else where[1]
        yield f"The same states defy, and only {place} do they suffice for an answer."


def _defies(stand: Stand | None) -> bool | None:
    return None if stand is None else stand.defies


def _stand(stand: Stand | None) -> str:
    if stand is None:
        return "has no fighting forces there"
    return f"{'defies' if stand.defies else 'gives way'} ({chance_phrase(stand.chance)} of defying)"


def _pressing(
    here: TracedMonth, there: TracedMonth, scenario: Scenario, where: Where
) -> Iterator[str]:
    pair = [month.crisis.press if month.crisis else None for month in (here, there)]
    if not pair[0] or not pair[1] or pair[0].pressed is pair[1].pressed:
        return
    mobilised = here.crisis is not None and here.crisis.action is Challenge.MOBILISATION
    on, back = ("presses on", "backs down")
    if mobilised:
        on, back = ("carries the offensive out", "calls the mobilisation off")
    doing = "carrying it out" if mobilised else "pressing on"
    parts = [
        f"{on if press.pressed else back} {place} ({chance_phrase(press.chance)} of {doing})"
        for press, place in zip(pair, where, strict=True)
        if press
    ]
    yield f"{capitalise(challenger_of(scenario))} {join_and(parts)}."
    yield from _same_number([press.chance for press in pair if press])


def _war(here: TracedMonth, there: TracedMonth, scenario: Scenario, where: Where) -> Iterator[str]:
    if here.war is there.war:
        return
    pair = (here, there)
    both_fight = all(month.war > War.UNOPPOSED for month in pair)
    what = "becoming general" if both_fight else "war"
    risks = [_risk(month.crisis, general=both_fight) for month in pair]
    parts = [
        f"{ENDS[month.war]} {place}"
        + ("" if risk is None else f" ({chance_phrase(risk)} of {what})")
        for month, risk, place in zip(pair, risks, where, strict=True)
    ]
    yield f"The crisis {join_and(parts)}."
    yield from _same_number([risk for risk in risks if risk is not None])


def _risk(crisis: Crisis | None, general: bool) -> float | None:
    """The chance of war, or that a war becomes ``general``, in a crisis that is answered."""
    if crisis is None or crisis.press is None or not crisis.answered:
        return None
    return crisis.press.general if general else crisis.press.slip


def _success(
    here: TracedMonth, there: TracedMonth, scenario: Scenario, where: Where
) -> Iterator[str]:
    if not here.crisis or not there.crisis:
        return
    one, other = here.crisis.success, there.crisis.success
    if not one or not other or one.succeeded is other.succeeded:
        return
    parts = [
        f"{'succeeds' if success.succeeded else 'fails'} {place} "
        f"({chance_phrase(success.chance)} of success)"
        for success, place in zip((one, other), where, strict=True)
    ]
    yield f"The {here.crisis.action.label} {join_and(parts)}."
    yield from _same_number([one.chance, other.chance])


def _retaliation(
    here: TracedMonth, there: TracedMonth, scenario: Scenario, where: Where
) -> Iterator[str]:
    pair = (here.retaliation, there.retaliation)
    if (pair[0] and pair[0].retaliates) is not (pair[1] and pair[1].retaliates):
        decisions = [f"{_answer(each)} {place}" for each, place in zip(pair, where, strict=True)]
        yield f"{capitalise(protege_of(scenario))} {join_and(decisions)}."
        yield from _same_number([each.chance for each in pair if each])
    elif pair[0] and pair[1] and pair[0].blamed is not pair[1].blamed:
        place = where[0] if pair[0].blamed else where[1]
        yield f"{capitalise(protege_of(scenario))} is blamed for its retaliation only {place}."


def _answer(retaliation: Retaliation | None) -> str:
    """The protégé's decision, with the chance that it had."""
    if retaliation is None:
        return "has no violation to answer"
    chance = retaliation.chance if retaliation.retaliates else 1.0 - retaliation.chance
    decision = "retaliates" if retaliation.retaliates else "complains"
    return f"{decision} ({chance_phrase(chance)} of it)"


def _crossings(
    here: TracedMonth, there: TracedMonth, scenario: Scenario, where: Where
) -> Iterator[str]:
    one, other = ({(c.state, c.line) for c in month.crossings} for month in (here, there))
    for only, place in ((one - other, where[0]), (other - one, where[1])):
        if only:
            states = list_states(list(dict.fromkeys(state for state, _ in sorted(only))))
            lines = plural(len(only), "red line").partition(" ")[2]
            verb = "is" if len(only) == 1 else "are"
            yield f"The {lines} of {states} {verb} crossed only {place}."


def _same_number(*decisions: Sequence[float]) -> list[str]:
    """That the random number is the same, if both runs took one of the decisions, with chances that
    differ as they are printed. Each decision has its chance in each run that took it."""
    differ = any(len(set(map(format_chance, chances))) > 1 for chances in decisions)
    return [SAME_NUMBER] if differ else []


def _sentence(parts: Sequence[str], others: str) -> str:
    """The first parts as a sentence, and the number of the others."""
    more = len(parts) - MOST_NAMED
    rest = f"; {more} more {others}" if more > 0 else ""
    return f"{capitalise('; '.join(parts[:MOST_NAMED]))}{rest}."


# The steps of a month in the order of play.
Step = Callable[[TracedMonth, TracedMonth, Scenario, Where], Iterator[str]]
CRISIS_STEPS: tuple[Step, ...] = (_challenge, _attribution, _answers, _pressing, _war, _success)
STEPS: tuple[Step, ...] = (
    *(_happenings, _moves, _backing, _threat, _talks),
    *CRISIS_STEPS,
    *(_retaliation, _withdrawals, _break, _crossings),
)
