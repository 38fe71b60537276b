"""A month in sentences: events, moves, red lines crossed, and the crisis if there was one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sim.figures.wording import place_name, plural, several
from sim.scenario.model import Scenario
from sim.trace.facts import Cause, Change, Crossing, Happening, Month, Move
from sim.trace.told_crisis import crisis_told, held
from sim.trace.wording import names, said, weight, worth
from sim.vocabulary import Effect, Role

FORCED = {
    Cause.CONDITION: "because what they ask for is missing",
    Cause.CEILING: "because they go no further than that any more",
    Cause.STRIKE: "after the strike that nobody answered",
}


def month_told(month: Month, scenario: Scenario) -> tuple[str, ...]:
    """What is worth telling of a month; nothing, if states only moved of their own accord."""
    challenger = place_name(
        next(state for state in scenario.states if scenario.role(state) is Role.CHALLENGER)
    )
    return (
        *(_happening(happening) for happening in month.happenings),
        *_forced([move for move in month.moves if move.cause is not Cause.STRIKE]),
        *_challenge(month, challenger),
        *_forced([move for move in month.moves if move.cause is Cause.STRIKE]),
        *_crossed(month.crossings, challenger),
    )


def _challenge(month: Month, challenger: str) -> tuple[str, ...]:
    if month.crisis:
        return crisis_told(challenger, month.crisis, month.options, month.war)
    return held(challenger, month.options) if month.options else ()


def _happening(happening: Happening) -> str:
    by_result: dict[tuple[str, str], list[Change]] = defaultdict(list)
    for change in happening.changes:
        block, *rest = change.path.split(".")
        what = ".".join(rest[1:]) if block == "states" else change.path
        by_result[what, said(change.path, change.after)].append(change)
    changes = several([_changed(what, now, some) for (what, now), some in by_result.items()])
    why = f" ({happening.why})" if happening.why else ""
    return f"The event set for {happening.occasion} comes about{why}: {changes}."


def _changed(what: str, now: str, changes: Sequence[Change]) -> str:
    before = sorted({said(change.path, change.before) for change in changes})
    was = f"from {before[0]}" if len(before) == 1 else "from what it was"
    states = [c.path.split(".")[1] for c in changes if c.path.startswith("states.")]
    owners = f" of {names(states)}" if states else ""
    return f"{what.replace('_', ' ')}{owners} goes {was} to {now}"


def _forced(moves: Sequence[Move]) -> list[str]:
    """Moves that were nobody's free choice, those for the same reason together."""
    alike: dict[tuple[Cause, tuple[str, ...]], list[Move]] = defaultdict(list)
    for move in moves:
        if move.cause is not Cause.CHOICE:
            alike[move.cause, move.unmet].append(move)
    return [_down(some, cause, unmet) for (cause, unmet), some in alike.items()]


def _down(moves: Sequence[Move], cause: Cause, unmet: tuple[str, ...]) -> str:
    missing = f" ({several(unmet)})" if unmet else ""
    many = len(moves) > 1
    why = FORCED[cause] if many else FORCED[cause].replace("they go", "it goes").replace(
        "they ask", "it asks"
    )
    return f"{names([m.state for m in moves])} {'go' if many else 'goes'} down a rung {why}{missing}."


def _crossed(crossings: Iterable[Crossing], challenger: str) -> list[str]:
    """Red lines crossed for the first time, those of a kind together, and what followed."""
    alike: dict[tuple[Effect, str], list[Crossing]] = defaultdict(list)
    for crossing in crossings:
        alike[crossing.effect, crossing.watches.label].append(crossing)
    return [_lines(some, challenger) for some in alike.values()]


def _lines(lines: Sequence[Crossing], challenger: str) -> str:
    first = lines[0]
    owners = names([line.state for line in lines])
    bluffs = sum(not line.meant for line in lines)
    bluff = f" ({'a bluff' if len(lines) == 1 else f'{bluffs} of them a bluff'})" if bluffs else ""
    what = f"the red line on {first.watches.label}"
    if len(lines) > 1:
        what = f"the red lines of {owners} on {first.watches.label}"
    else:
        what = f"{owners}’s red line on {first.watches.label}"
    return f"Crossed for the first time: {what}{bluff}. {_followed(lines, challenger)}"


def _followed(lines: Sequence[Crossing], challenger: str) -> str:
    first = lines[0]
    if first.grievance is not None:
        before, after = first.grievance
        return f"{challenger}’s grievance goes from {weight(before)} to {weight(after)}."
    if first.effect is Effect.COMMITS:
        return _kept(lines)
    if first.price is not None:
        return f"Acting past it costs {challenger} {worth(first.price)}."
    return "What it was to prevent has come."


def _kept(lines: Sequence[Crossing]) -> str:
    stood = [line.state for line in lines if line.defied is True]
    gave = [line.state for line in lines if line.defied is False]
    unasked = plural(sum(line.defied is None for line in lines), "of them", "of them")
    parts = [
        *([f"{names(stood)} {'stands' if len(stood) == 1 else 'stand'} by it"] if stood else []),
        *([f"{names(gave)} {'does' if len(gave) == 1 else 'do'} not"] if gave else []),
        *([f"{unasked} had no forces to ask, or nobody to answer"] if not stood + gave else []),
    ]
    return f"{several(parts)}."
