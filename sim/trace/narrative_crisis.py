"""A crisis in sentences: what was tried and why, who answered, and what came of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sim.enums import Challenge, Effect, War, Watch
from sim.scenario.parameter import Kind
from sim.scenario.paths import parameter_at
from sim.text import capitalise, format_chance, format_number, format_percent, join_and, state_name
from sim.trace.events import Crisis, Crossing, Option, Press, Stand

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
        f"{capitalise(challenger)} weighs its options and holds still, {chance(share)} beforehand "
        f"{_compared(options, answers=True)}."
    )


def _deed(challenger: str, crisis: Crisis, options: Sequence[Option]) -> str:
    if not crisis.ordered:
        return "There is a clash that nobody ordered; it counts as a probe."
    chosen = next(option for option in options if option.action is crisis.action)
    reckons = f"on {chance(chosen.answer)} of an answer" if chosen.answer else "with no answer"
    unarmed = crisis.action is Challenge.STRIKE and not crisis.stands
    return (
        f"{capitalise(challenger)} {UNARMED if unarmed else DEEDS[crisis.action]}, "
        f"{chance(chosen.chance)} beforehand {_compared(options)}, and reckons {reckons}."
    )


def _compared(options: Sequence[Option], answers: bool = False) -> str:
    """What each option is worth to the challenger, and how likely an answer to it seems."""
    head = "worth to it, and chance of an answer" if answers else "worth to it"
    parts = [
        f"{option.action.label} {worth(option.worth)}"
        + (f" at {format_chance(option.answer)}" if answers else "")
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
        f"{capitalise(_among(crisis.stands))} {did}, {power} of the fighting power where more than "
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
    return [f"{capitalise(called(state.state))} {did}, {odds}."]


def _pressing(challenger: str, press: Press) -> str:
    weighed = (
        f"({chance(press.chance)} of pressing beforehand: worth {worth(press.worth)} to it, "
        f"backing down {worth(press.back_down)})"
    )
    if press.pressed:
        return f"{capitalise(challenger)} presses on {weighed}, at {chance(press.slip)} of war."
    return f"{capitalise(challenger)} backs down {weighed}."


def _end(crisis: Crisis, war: War) -> list[str]:
    if war is not War.NONE and crisis.press:
        of_what = "of that" if war is War.GENERAL else "of becoming general"
        return [f"{WARS[war]}, with {chance(crisis.press.general)} {of_what} beforehand."]
    if war is not War.NONE:
        return [f"{WARS[war]}."]
    return ["The war does not come."] if crisis.press and crisis.press.pressed else []


SEEN = {
    Watch.FOOTPRINT: "foreign presence",
    Watch.GROUND_FOOTPRINT: "foreign troops on the ground",
    Watch.STRIKE_ON_FORCE: "attacks on the force, probes included",
    Watch.OFFENSIVE: "a new offensive",
    Watch.DIRECT_COMBAT: "direct combat",
    Watch.LONG_RANGE_ARMS: "long-range arms",
}


def lines_told(crossings: Iterable[Crossing], crisis: Crisis | None, start: bool) -> list[str]:
    """A sentence on the lines of each effect and, but for grievances, of each thing watched."""
    alike: dict[tuple[Effect, Watch | None], list[Crossing]] = defaultdict(list)
    for crossing in crossings:
        provokes = crossing.effect is Effect.PROVOKES
        alike[crossing.effect, None if provokes else crossing.watches].append(crossing)
    when = "Crossed from the first day" if start else "Crossed for the first time"
    told = "; ".join(_told(some, crisis) for some in alike.values())
    return [f"{when}: {told}."] if told else []


def _told(lines: Sequence[Crossing], crisis: Crisis | None) -> str:
    return f"{_crossed(lines)} ({_followed(lines, crisis)}{_bluffs(lines)})"


def _crossed(lines: Sequence[Crossing]) -> str:
    owners = _owners(lines)
    seen = [SEEN[watch] for watch in dict.fromkeys(line.watches for line in lines)]
    what = "the red line" if len(lines) == 1 else "the red lines"
    return f"{what} of {_all(owners)} on {join_and(seen)}"


def _owners(lines: Sequence[Crossing]) -> list[str]:
    return list(dict.fromkeys(line.state for line in lines))


def _followed(lines: Sequence[Crossing], crisis: Crisis | None) -> str:
    first, one = lines[0], len(lines) == 1
    if first.grievance is not None:
        return _grieved(*first.grievance, whose="its" if len(_owners(lines)) == 1 else "their")
    if first.effect is Effect.COMMITS:
        return _kept(lines, crisis)
    if first.price is not None:
        return f"acting past {'it' if one else 'them'} costs {weight(first.price)}"
    return f"what {'it was' if one else 'they were'} to prevent has come"


def _grieved(before: float, after: float, whose: str) -> str:
    if weight(before) == weight(after):
        return f"{whose} grievance stays near {weight(after)}"
    return f"{whose} grievance goes from {weight(before)} to {weight(after)}"


def _kept(lines: Sequence[Crossing], crisis: Crisis | None) -> str:
    stood = [line.state for line in lines if line.defied is True]
    gave = [line.state for line in lines if line.defied is False]
    away = [line.state for line in lines if line.defied is None]
    if crisis is None or not crisis.attributed:
        return "nobody knows whom to answer"
    it = "it" if len(lines) == 1 else "them"
    if len(stood) == len(lines) > 1:
        return "all who drew them hold to them"
    parts = [
        *([f"{_all(stood)} {_verb(stood, 'hold')} to {it}"] if stood else []),
        *([f"{_all(gave)} {_verb(gave, 'give')} way"] if gave else []),
        *([f"{_all(away)} {'has' if len(away) == 1 else 'have'} no forces there"] if away else []),
    ]
    return join_and(parts) if stood + gave else "nobody who drew them has forces there"


def _bluffs(lines: Sequence[Crossing]) -> str:
    """Which of the lines are bluffs: by owner or, where they have one owner, by what they watch."""
    bluffs = [line for line in lines if not line.meant]
    if not bluffs:
        return ""
    if len(lines) == 1:
        return "; it is a bluff"
    if len(_owners(lines)) == 1:
        which = f"on {join_and([SEEN[line.watches] for line in bluffs])}"
    else:
        which = f"of {_all(_owners(bluffs))}"
    return f"; {'that' if len(bluffs) == 1 else 'those'} {which} {_is(bluffs)}"


def _is(bluffs: Sequence[Crossing]) -> str:
    return "is a bluff" if len(bluffs) == 1 else "are bluffs"


def _all(states: Sequence[str]) -> str:
    return names(states, most=len(states))


def _verb(states: Sequence[str], verb: str) -> str:
    return f"{verb}s" if len(states) == 1 else verb


MINUS = "\N{MINUS SIGN}"
NAMED = 4
VOWEL_SOUNDS = ("8", "11 ", "11.", "18 ", "18.")
BOUNDS = {"<": "less than ", ">": "more than "}
WITH_ARTICLE = {"netherlands", "united_kingdom", "united_states"}


def worth(value: float) -> str:
    """A worth, in utility, with its sign: ``+0.12``, ``−0.04`` or ``0.00``."""
    text = f"{value:+.2f}".replace("-", MINUS)
    return "0.00" if text[1:] == "0.00" else text


def chance(share: float) -> str:
    """A chance: ``a 31 % chance``, ``less than a 0.1 % chance``."""
    text = format_chance(share)
    bound, text = BOUNDS.get(text[0], ""), text.lstrip("<>")
    return f"{bound}{'an' if text.startswith(VOWEL_SOUNDS) else 'a'} {text} chance"


def apart(one: float, other: float) -> tuple[str, str]:
    """Two shares in per cent, with as many decimals, up to two, as it takes to tell them apart."""
    texts = format_chance(one), format_chance(other)
    for decimals in (1, 2):
        if texts[0] == texts[1] and one != other:
            texts = format_percent(one, decimals), format_percent(other, decimals)
    return texts


def weight(value: float) -> str:
    """A weight of forces, tension or grievance, to two places."""
    return f"{value:.2f}"


def said(path: str, value: float) -> str:
    """A parameter's value as one would say it."""
    parameter = parameter_at(path)
    if parameter.words is not None:
        return parameter.words(int(value)).label
    return str(bool(value)).lower() if parameter.kind is Kind.FLAG else format_number(value)


def called(state: str) -> str:
    """A state's name within a sentence: ``Poland``, ``the United States``."""
    return f"the {state_name(state)}" if state in WITH_ARTICLE else state_name(state)


def names(states: Sequence[str], most: int = NAMED) -> str:
    """The states by name; of many, the first few and how many more, unless that is only one."""
    most = len(states) if len(states) == most + 1 else most
    more = [f"{len(states) - most} more"] if len(states) > most else []
    return join_and([*map(called, states[:most]), *more])
