"""A crisis and the red lines crossed in it, in sentences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sim.enums import Challenge, Effect, War, Watch
from sim.text import capitalise, format_chance, join_and
from sim.trace.events import Crisis, Crossing, Option, Stand
from sim.trace.text import (
    chance_phrase,
    format_distinct_pair,
    format_level,
    format_utility,
    list_states,
    name_in_sentence,
)

ACTIONS = {
    Challenge.PROBE: "probes",
    Challenge.STRIKE: "strikes the force",
    Challenge.MOBILISATION: "mobilises for a new offensive",
}
UNARMED_STRIKE = "strikes the unarmed foreign presence"
# A decision is called unexpected if its chance was below this.
UNEXPECTED = 1 / 3
WATCHED = {
    Watch.FOOTPRINT: "foreign presence",
    Watch.GROUND_FOOTPRINT: "foreign troops on the ground",
    Watch.STRIKE_ON_FORCE: "attacks on the force, probes included",
    Watch.OFFENSIVE: "a new offensive",
    Watch.DIRECT_COMBAT: "direct combat",
    Watch.LONG_RANGE_ARMS: "long-range arms",
}


def describe_crisis(
    challenger: str, crisis: Crisis, options: Sequence[Option], war: War
) -> tuple[str, ...]:
    """The action, the answer to it, whether the challenger presses on, and the end."""
    return (
        _action(challenger, crisis, options),
        *_answer(crisis),
        *([_pressing(challenger, crisis)] if crisis.press else []),
        *_end(crisis, war),
    )


def describe_hold(challenger: str, options: Sequence[Option]) -> str:
    """A review after which the challenger holds still."""
    chance = 1.0 - sum(option.chance for option in options)
    return (
        f"{capitalise(challenger)} reviews its options and holds still, which it had "
        f"{chance_phrase(chance)} of choosing {_utilities(options, answers=True)}."
    )


def _action(challenger: str, crisis: Crisis, options: Sequence[Option]) -> str:
    if not crisis.ordered:
        return "An accidental clash occurs; it counts as a probe."
    chosen = next(option for option in options if option.action is crisis.action)
    expected = f"{chance_phrase(chosen.answer)} of an answer" if chosen.answer else "no answer"
    unarmed = crisis.action is Challenge.STRIKE and not crisis.stands
    return (
        f"{capitalise(challenger)} {UNARMED_STRIKE if unarmed else ACTIONS[crisis.action]}, "
        f"which it had {chance_phrase(chosen.chance)} of choosing {_utilities(options)}, and "
        f"expects {expected}."
    )


def _utilities(options: Sequence[Option], answers: bool = False) -> str:
    """The utility of each available option and, if asked for, its chance of an answer."""
    parts = [
        f"{option.action.label} {format_utility(option.worth)}"
        + (f" / {format_chance(option.answer)}" if answers else "")
        for option in options
        if option.worth is not None
    ]
    head = "utility / chance of an answer" if answers else "utility"
    return f"({head}: {', '.join([*parts, 'holding still 0'])})"


def _answer(crisis: Crisis) -> list[str]:
    if not crisis.stands:
        return ["No state has fighting forces there that could answer."]
    if not crisis.attributed:
        would = f"{_defying(crisis.stands)} would have defied"
        return [f"The action is not attributed, so no state answers; {would}."]
    verdict = "the coalition answers" if crisis.answered else "the coalition does not answer"
    power, needed = format_distinct_pair(crisis.defying, crisis.quorum)
    defy = "defies" if sum(stand.defies for stand in crisis.stands) <= 1 else "defy"
    return [
        f"{capitalise(_defying(crisis.stands))} {defy}, with {power} of the fighting power (more "
        f"than {needed} is needed): {verdict}.",
        *_unexpected(crisis.stands),
    ]


def _defying(stands: Sequence[Stand]) -> str:
    """The number of defying states, out of those with fighting forces."""
    defying = sum(stand.defies for stand in stands)
    if len(stands) == 1:
        only = f"{name_in_sentence(stands[0].state)}, the only state with fighting forces there,"
        return only if defying else f"not even {only}"
    return f"{defying or 'none'} of {len(stands)} states with fighting forces"


def _unexpected(stands: Sequence[Stand]) -> list[str]:
    """The most powerful state whose decision was unlikely, if there is one."""
    unlikely = [s for s in stands if (s.chance if s.defies else 1 - s.chance) < UNEXPECTED]
    if not unlikely:
        return []
    stand = max(unlikely, key=lambda stand: stand.power)
    decision = f"{name_in_sentence(stand.state)} {'defies' if stand.defies else 'gives way'}"
    return [f"Unexpectedly, {decision}: it had {chance_phrase(stand.chance)} of defying."]


def _pressing(challenger: str, crisis: Crisis) -> str:
    press = crisis.press
    assert press is not None
    mobilised = crisis.action is Challenge.MOBILISATION
    pressing, backing_down = (
        ("pressing", "backing down") if crisis.answered else ("carrying it out", "calling it off")
    )
    decision = (
        f"(it had {chance_phrase(press.chance)} of {pressing}; utility: {pressing} "
        f"{format_utility(press.worth)}, {backing_down} {format_utility(press.back_down)})"
    )
    if not crisis.answered:
        does = "carries the offensive out" if press.pressed else "calls the mobilisation off"
        return f"{capitalise(challenger)} {does} {decision}."
    if press.pressed:
        risk = f"with {chance_phrase(press.slip)} of war"
        does = "carries the offensive out" if mobilised else "presses on"
        return f"{capitalise(challenger)} {does}, {risk} {decision}."
    return f"{capitalise(challenger)} {'stands' if mobilised else 'backs'} down {decision}."


def _end(crisis: Crisis, war: War) -> list[str]:
    if war is War.UNOPPOSED:
        return ["The coalition does not fight."]
    if war is not War.NONE:
        course = "becomes general" if war is War.GENERAL else "stays limited"
        odds = ""
        if crisis.press:
            odds = f" (it had {chance_phrase(crisis.press.general)} of becoming general)"
        return [f"War with the coalition follows and {course}{odds}."]
    pressed = crisis.answered and crisis.press and crisis.press.pressed
    return ["No war results."] if pressed else []


def describe_crossings(
    crossings: Iterable[Crossing], crisis: Crisis | None, start: bool
) -> list[str]:
    """A sentence on the red lines crossed for the first time, grouped by what follows.

    Lines that provoke form one group; the others are grouped by what they watch as well.
    """
    groups: dict[tuple[Effect, Watch | None], list[Crossing]] = defaultdict(list)
    for crossing in crossings:
        provokes = crossing.effect is Effect.PROVOKES
        groups[crossing.effect, None if provokes else crossing.watches].append(crossing)
    when = "Crossed from the start" if start else "Crossed for the first time"
    parts = [
        f"{_which_lines(lines)} ({_consequence(lines, crisis)}{_bluffs(lines)})"
        for lines in groups.values()
    ]
    return [f"{when}: {'; '.join(parts)}."] if parts else []


def _which_lines(lines: Sequence[Crossing]) -> str:
    watched = [WATCHED[watch] for watch in dict.fromkeys(line.watches for line in lines)]
    what = "the red line" if len(lines) == 1 else "the red lines"
    return f"{what} of {_list_all(_owners(lines))} on {join_and(watched)}"


def _owners(lines: Sequence[Crossing]) -> list[str]:
    return list(dict.fromkeys(line.state for line in lines))


def _consequence(lines: Sequence[Crossing], crisis: Crisis | None) -> str:
    first, it = lines[0], "it" if len(lines) == 1 else "them"
    if first.grievance is not None:
        return _grievance(*first.grievance, whose="its" if len(_owners(lines)) == 1 else "their")
    if first.effect is Effect.COMMITS:
        return _commitment(lines, crisis)
    if first.price is not None:
        return f"crossing {it} costs {format_level(first.price)}"
    return f"{'it' if len(lines) == 1 else 'they'} did not prevent this"


def _grievance(before: float, after: float, whose: str) -> str:
    if format_level(before) == format_level(after):
        return f"{whose} grievance stays near {format_level(after)}"
    moves = "rises" if after > before else "falls"
    return f"{whose} grievance {moves} from {format_level(before)} to {format_level(after)}"


def _commitment(lines: Sequence[Crossing], crisis: Crisis | None) -> str:
    """Which owners of lines that commit them defied, conceded, or had no forces there."""
    if crisis is None or not crisis.attributed:
        return "the action is not attributed"
    defied = [line.state for line in lines if line.defied is True]
    conceded = [line.state for line in lines if line.defied is False]
    absent = [line.state for line in lines if line.defied is None]
    it = "it" if len(lines) == 1 else "them"
    if len(defied) == len(lines) > 1:
        return "all owners stand by them"
    if not defied and not conceded:
        return "no owner has forces there"
    parts = [
        *([f"{_list_all(defied)} {_verb(defied, 'stand')} by {it}"] if defied else []),
        *([f"{_list_all(conceded)} {_verb(conceded, 'give')} way"] if conceded else []),
        *([f"{_list_all(absent)} {_has(absent)} no forces there"] if absent else []),
    ]
    return join_and(parts)


def _bluffs(lines: Sequence[Crossing]) -> str:
    """Which lines are bluffs: by owner or, if there is one owner, by what they watch."""
    bluffs = [line for line in lines if not line.meant]
    if not bluffs:
        return ""
    if len(lines) == 1:
        return "; it is a bluff"
    if len(_owners(lines)) == 1:
        which = f"on {join_and([WATCHED[line.watches] for line in bluffs])}"
    else:
        which = f"of {_list_all(_owners(bluffs))}"
    return f"; {f'that {which} is a bluff' if len(bluffs) == 1 else f'those {which} are bluffs'}"


def _list_all(states: Sequence[str]) -> str:
    return list_states(states, most=len(states))


def _verb(states: Sequence[str], verb: str) -> str:
    return f"{verb}s" if len(states) == 1 else verb


def _has(states: Sequence[str]) -> str:
    return "has" if len(states) == 1 else "have"
