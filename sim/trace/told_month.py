"""A month in sentences: events, moves that were not free, the challenge, red lines crossed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sim.figures.wording import place_name, several
from sim.scenario.model import Scenario
from sim.trace.facts import Belief, Cause, Change, Happening, Move
from sim.trace.run import Month
from sim.trace.told_crisis import crisis_told, held
from sim.trace.told_lines import lines_told
from sim.trace.wording import names, said, weight
from sim.vocabulary import Role

# A move of credit smaller than this is not told.
WORTH_SAYING = 0.05

# Why one state goes down a rung that had no choice, and why several do.
FORCED = {
    Cause.CONDITION: ("what it asks for is missing", "what they ask for is missing"),
    Cause.CEILING: ("it no longer goes that far", "they no longer go that far"),
    Cause.STRIKE: ("of the strike that nobody answered",) * 2,
}


def month_told(month: Month, scenario: Scenario) -> tuple[str, ...]:
    """What is worth telling of a month: nothing, if states only moved of their own accord."""
    driven = [move for move in month.moves if move.cause not in (Cause.CHOICE, Cause.STRIKE)]
    struck = [move for move in month.moves if move.cause is Cause.STRIKE]
    return (
        *map(_happening, month.happenings),
        *_forced(driven),
        *_challenge(month, challenger_of(scenario)),
        *_forced(struck),
        *lines_told(month.crossings, month.crisis, start=month.number == 0),
        *_believed(month.beliefs),
    )


def challenger_of(scenario: Scenario) -> str:
    """The challenger's name as a reader sees it."""
    roles = ((state, scenario.role(state)) for state in scenario.states)
    return place_name(next(state for state, role in roles if role is Role.CHALLENGER))


def _challenge(month: Month, challenger: str) -> tuple[str, ...]:
    crisis, options = month.crisis, month.options
    chose_none = options and not (crisis and crisis.ordered)
    return (
        *([held(challenger, options)] if chose_none else []),
        *(crisis_told(challenger, crisis, options, month.war) if crisis else []),
    )


def _happening(happening: Happening) -> str:
    alike: dict[tuple[str, str], list[Change]] = defaultdict(list)
    for change in happening.changes:
        alike[_what(change.path), said(change.path, change.after)].append(change)
    changes = several([_changed(what, now, some) for (what, now), some in alike.items()])
    why = f" ({happening.why})" if happening.why else ""
    return f"What was set for {happening.occasion} comes about{why}: {changes}."


def _what(path: str) -> str:
    """A path without the state's name: what is changed, and not whose."""
    block, *rest = path.split(".")
    return " ".join(rest[1:] if block == "states" else rest).replace("_", " ")


def _changed(what: str, now: str, changes: Sequence[Change]) -> str:
    before = {said(change.path, change.before) for change in changes}
    was = f" from {before.pop()}" if len(before) == 1 else ""
    states = [c.path.split(".")[1] for c in changes if c.path.startswith("states.")]
    owners = f" of {names(states)}" if states else ""
    return f"{what}{owners} goes{was} to {now}"


def _forced(moves: Sequence[Move]) -> list[str]:
    """Moves down that were nobody's free choice, those for the same reason together."""
    alike: dict[tuple[Cause, tuple[str, ...]], list[str]] = defaultdict(list)
    for move in moves:
        alike[move.cause, move.unmet].append(move.state)
    return [_down(states, *reason) for reason, states in alike.items()]


def _down(states: Sequence[str], cause: Cause, unmet: tuple[str, ...]) -> str:
    several_go = len(states) > 1
    missing = f" ({several(unmet)})" if unmet else ""
    go = "go" if several_go else "goes"
    return f"{names(states)} {go} down a rung because {FORCED[cause][several_go]}{missing}."


def _believed(beliefs: Sequence[Belief]) -> list[str]:
    moved = [belief for belief in beliefs if abs(belief.after - belief.before) >= WORTH_SAYING]
    more = [belief for belief in moved if belief.after > belief.before]
    less = [belief for belief in moved if belief.after < belief.before]
    return [*_lines_believed("more", more), *_lines_believed("less", less)]


def _lines_believed(how: str, beliefs: Sequence[Belief]) -> list[str]:
    parts = [f"{place_name(belief.state)} {weight(belief.after)}" for belief in beliefs]
    return [f"Declared lines are believed {how}: {several(parts)}."] if parts else []
