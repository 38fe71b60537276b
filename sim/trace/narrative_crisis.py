"""A crisis and the red lines crossed in it, in sentences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sim.enums import Challenge, Effect, Participation, War, Watch
from sim.formatting import capitalise, format_chance, join_and
from sim.trace.events import Crisis, Crossing, Option, Stand, Success, chance_of_none
from sim.trace.formatting import (
    MAX_NAMED,
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
    """The action, the answer to it, whether the challenger presses on, what it gains, and the
    end."""
    return (
        _action(challenger, crisis, options),
        *_answer(crisis),
        *([_pressing(challenger, crisis)] if crisis.press else []),
        *_end(crisis, war),
        *([_success(challenger, crisis.action, crisis.success)] if crisis.success else []),
    )


def describe_hold(challenger: str, options: Sequence[Option]) -> str:
    """A review after which the challenger holds still."""
    return (
        f"{capitalise(challenger)} reviews its options and holds still, which it had "
        f"{chance_phrase(chance_of_none(options))} of choosing {_utilities(options, answers=True)}."
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
        would = _defying(crisis.stands, "would have defied", "would have given way")
        return [f"The action is not attributed, so no state answers; {would}."]
    verdict = "the coalition answers" if crisis.answered else "the coalition does not answer"
    defying = sum(stand.defies for stand in crisis.stands)
    share = ""
    if 0 < defying < len(crisis.stands):
        power, needed = format_distinct_pair(crisis.defying, crisis.quorum)
        share = f", with {power} of the fighting power (more than {needed} is needed)"
    does = _defying(crisis.stands, "defies" if defying <= 1 else "defy", "gives way")
    return [f"{capitalise(does)}{share}: {verdict}.", *_unexpected(crisis.stands)]


def _defying(stands: Sequence[Stand], defy: str, give_way: str) -> str:
    """How many states with fighting forces ``defy``, or what the only one does."""
    defying = sum(stand.defies for stand in stands)
    if len(stands) == 1:
        (stand,) = stands
        only = f"{name_in_sentence(stand.state)}, the only state with fighting forces there,"
        chance = f"it had {chance_phrase(stand.chance)} of defying"
        return f"{only} {defy if stand.defies else give_way} ({chance})"
    if defying == len(stands):
        every = "both" if defying == 2 else f"all {defying}"
        return f"{every} states with fighting forces {defy}"
    return f"{defying or 'none'} of {len(stands)} states with fighting forces {defy}"


def _unexpected(stands: Sequence[Stand]) -> list[str]:
    """Of several states the most powerful one whose decision was unlikely, if there is one."""
    unlikely = [s for s in stands if (s.chance if s.defies else 1 - s.chance) < UNEXPECTED]
    if not unlikely or len(stands) == 1:
        return []
    stand = max(unlikely, key=lambda stand: stand.power)
    name, chance = name_in_sentence(stand.state), chance_phrase(stand.chance)
    if not stand.defies:
        return [f"Unexpectedly, {name} gives way: it had {chance} of defying."]
    if sum(each.defies for each in stands) == 1:
        return [f"Unexpectedly, this is {name}, which had {chance} of defying."]
    return [f"Unexpectedly, {name} is one of them: it had {chance} of defying."]


def _pressing(challenger: str, crisis: Crisis) -> str:
    press = crisis.press
    assert press is not None
    mobilised = crisis.action is Challenge.MOBILISATION
    on, back = ("carrying it out", "calling it off") if mobilised else ("pressing", "backing down")
    decision = (
        f"(it had {chance_phrase(press.chance)} of {on}; utility: {on} "
        f"{format_utility(press.worth)}, {back} {format_utility(press.back_down)})"
    )
    if not press.pressed:
        does = "calls the mobilisation off" if mobilised else "backs down"
        return f"{capitalise(challenger)} {does} {decision}."
    does = "carries the offensive out" if mobilised else "presses on"
    risk = ""
    if crisis.answered:
        means_war = press.slip == 1.0
        risk = ", which means war" if means_war else f", with {chance_phrase(press.slip)} of war"
    return f"{capitalise(challenger)} {does}{risk} {decision}."


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


def _success(challenger: str, action: Challenge, success: Success) -> str:
    """What a challenge that is carried through brings the challenger."""
    odds = f"(it had {chance_phrase(success.chance)} of success)"
    if not success.succeeded:
        return f"The {action.label} fails {odds} and gains {challenger} nothing."
    (_, position), (was, relieved) = success.position, success.relieved
    gains = [f"{challenger} now holds {format_chance(position)} of its aims"] if position else []
    if relieved > was:
        gains.append(f"{format_chance(relieved)} of its grievance is now relieved")
    return f"The {action.label} succeeds {odds}{': ' if gains else ''}{join_and(gains)}."


def describe_crossings(
    crossings: Iterable[Crossing],
    crisis: Crisis | None,
    rungs: Mapping[str, Participation],
    start: bool,
) -> list[str]:
    """A sentence on the red lines crossed for the first time, grouped by what follows.

    Lines that provoke form one group; the others are grouped by what they watch, and by whether
    crossing them has a price, as well. ``rungs`` are those of the guarantors.
    """
    groups: dict[tuple[Effect, Watch | None, bool], list[Crossing]] = defaultdict(list)
    for crossing in crossings:
        watches = None if crossing.effect is Effect.PROVOKES else crossing.watches
        groups[crossing.effect, watches, crossing.price is not None].append(crossing)
    when = "Crossed from the start" if start else "Crossed for the first time"
    parts = [
        f"{_which_lines(lines, rungs)} ({_consequence(lines, crisis)}{_bluffs(lines)})"
        for lines in groups.values()
    ]
    return [f"{when}: {'; '.join(parts)}."] if parts else []


def _which_lines(lines: Sequence[Crossing], rungs: Mapping[str, Participation]) -> str:
    watched = [WATCHED[watch] for watch in dict.fromkeys(line.watches for line in lines)]
    what = "the red line" if len(lines) == 1 else "the red lines"
    owners = _owners(lines)
    if len(owners) <= MAX_NAMED:
        return f"{what} of {list_states(owners)} on {join_and(watched)}"
    return f"{what} on {join_and(watched)} of {_by_rung(owners, rungs)}"


def _by_rung(states: Sequence[str], rungs: Mapping[str, Participation]) -> str:
    """Many states by their rung, with the names of those with fighting forces or without a
    rung."""
    parts = [name_in_sentence(state) for state in states if state not in rungs]
    for rung in reversed(Participation):
        if there := [state for state in states if rungs.get(state) is rung]:
            names = f" ({list_states(there)})" if rung >= Participation.AIR_SEA else ""
            parts.append(f"{len(there)} at {rung.label}{names}")
    return join_and(parts)


def _owners(lines: Sequence[Crossing]) -> list[str]:
    return list(dict.fromkeys(line.state for line in lines))


def _consequence(lines: Sequence[Crossing], crisis: Crisis | None) -> str:
    first, it = lines[0], "it" if len(lines) == 1 else "them"
    if first.grievance is not None:
        return _grievance(*first.grievance, whose="its" if len(_owners(lines)) == 1 else "their")
    if first.effect is Effect.COMMITS:
        return _commitment(lines, crisis)
    prices = [line.price for line in lines if line.price is not None]
    if prices:
        return f"crossing {it} costs {format_level(sum(prices))}"
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
        *([f"{list_states(defied)} {_verb(defied, 'stand')} by {it}"] if defied else []),
        *([f"{list_states(conceded)} {_verb(conceded, 'give')} way"] if conceded else []),
        *([f"{list_states(absent)} {_has(absent)} no forces there"] if absent else []),
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
        which = f"of {list_states(_owners(bluffs))}"
    return f"; {f'that {which} is a bluff' if len(bluffs) == 1 else f'those {which} are bluffs'}"


def _verb(states: Sequence[str], verb: str) -> str:
    return f"{verb}s" if len(states) == 1 else verb


def _has(states: Sequence[str]) -> str:
    return "has" if len(states) == 1 else "have"
