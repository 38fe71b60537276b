"""A month in sentences: events, moves that were not free, the challenge, red lines crossed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sim.figures.wording import sentence, several
from sim.scenario.model import Scenario
from sim.trace.facts import Belief, Cause, Change, Happening, Move, Waiting
from sim.trace.run import Month
from sim.trace.told_crisis import crisis_told, held
from sim.trace.told_lines import lines_told
from sim.trace.wording import called, names, said, weight
from sim.vocabulary import Role

# A move of credit smaller than this is not told.
WORTH_SAYING = 0.05

# Why one state goes down a rung that had no choice, and why several do.
FORCED = {
    Cause.CONDITION: ("what it asks for is missing", "what they ask for is missing"),
    Cause.CEILING: ("it will no longer go that far", "they will no longer go that far"),
    Cause.STRIKE: ("of the strike that nobody answered",) * 2,
}
ASKED = {
    "ceasefire": "a ceasefire",
    "consent": "consent",
    "backstop": "the backstop",
    "clarity": "a clear mandate",
    "others": "enough others there",
}


def month_told(month: Month, scenario: Scenario) -> tuple[str, ...]:
    """What is worth telling of a month: nothing, if states only moved of their own accord."""
    driven = [move for move in month.moves if move.cause not in (Cause.CHOICE, Cause.STRIKE)]
    struck = [move for move in month.moves if move.cause is Cause.STRIKE]
    challenger = challenger_of(scenario)
    return (
        *_waiting(month.waiting),
        *map(happened, month.happenings),
        *_forced(driven),
        *_challenge(month, called(challenger)),
        *_forced(struck),
        *lines_told(month.crossings, month.crisis, start=month.number == 0),
        *believed(month.beliefs),
    )


def challenger_of(scenario: Scenario) -> str:
    """The challenger's name."""
    return next(state for state in scenario.states if scenario.role(state) is Role.CHALLENGER)


def _challenge(month: Month, challenger: str) -> tuple[str, ...]:
    crisis, options = month.crisis, month.options
    chose_none = options and not (crisis and crisis.ordered)
    return (
        *([held(challenger, options)] if chose_none else []),
        *(crisis_told(challenger, crisis, options, month.war) if crisis else []),
    )


def _waiting(waiting: Sequence[Waiting]) -> list[str]:
    """Who stays at words for want of something, those for want of the same together."""
    alike: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for state in waiting:
        alike[state.unmet].append(state.state)
    parts = [f"{names(states)} ({_missing(unmet)})" for unmet, states in alike.items()]
    return [f"Kept to political for want of what they ask: {'; '.join(parts)}."] if parts else []


def _missing(unmet: Sequence[str]) -> str:
    return several([ASKED[condition] for condition in unmet])


def happened(happening: Happening) -> str:
    """An event: what set it off, why it was put there, and what changes by it."""
    alike: dict[tuple[str, str], list[Change]] = defaultdict(list)
    for change in happening.changes:
        if change.after != change.before:
            alike[_what(change.path), said(change.path, change.after)].append(change)
    changes = [_changed(what, now, some) for (what, now), some in alike.items()]
    why = f" ({happening.why})" if happening.why else ""
    the = "the " if happening.occasion.startswith("first") else ""
    told = "; ".join(changes) or "nothing changes by it"
    return f"What the scenario sets for {the}{happening.occasion} comes about{why}: {told}."


def _what(path: str) -> str:
    """A path without the state's name: what is changed, and not whose."""
    block, *rest = path.split(".")
    return " ".join(rest[1:] if block == "states" else rest).replace("_", " ")


def _changed(what: str, now: str, changes: Sequence[Change]) -> str:
    before = {said(change.path, change.before) for change in changes}
    was = f" from {before.pop()}" if len(before) == 1 else ""
    states = [c.path.split(".")[1] for c in changes if c.path.startswith("states.")]
    owners = f" of {names(states)}" if states else ""
    return f"the {what}{owners} goes{was} to {now}"


def _forced(moves: Sequence[Move]) -> list[str]:
    """Moves down that were nobody's free choice, those for the same reason together."""
    alike: dict[tuple[Cause, tuple[str, ...]], list[str]] = defaultdict(list)
    for move in moves:
        alike[move.cause, move.unmet].append(move.state)
    return [_down(states, *reason) for reason, states in alike.items()]


def _down(states: Sequence[str], cause: Cause, unmet: tuple[str, ...]) -> str:
    several_go = len(states) > 1
    missing = f" ({_missing(unmet)})" if unmet else ""
    go = "go" if several_go else "goes"
    why = FORCED[cause][several_go]
    return f"{sentence(names(states))} {go} down a rung because {why}{missing}."


def believed(beliefs: Sequence[Belief]) -> list[str]:
    """Whose declared lines are believed more or less than before, by what they did."""
    moved = [belief for belief in beliefs if abs(belief.after - belief.before) >= WORTH_SAYING]
    more = [belief for belief in moved if belief.after > belief.before]
    less = [belief for belief in moved if belief.after < belief.before]
    told = "; ".join([*_credit("more", more), *_credit("less", less)])
    return [f"Going by what was done, declared lines are believed {told}."] if told else []


def _credit(how: str, beliefs: Sequence[Belief]) -> list[str]:
    parts = [f"{called(belief.state)} {weight(belief.after)}" for belief in beliefs]
    return [f"{how}: {several(parts)}"] if parts else []
