"""Red lines crossed for the first time, in sentences: whose, by what, and what followed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sim.figures.wording import place_name, plural, several
from sim.trace.facts import Crisis, Crossing
from sim.trace.wording import names, weight, worth
from sim.vocabulary import Effect, Watch

SEEN = {
    Watch.FOOTPRINT: "foreign presence",
    Watch.GROUND_FOOTPRINT: "foreign troops on the ground",
    Watch.STRIKE_ON_FORCE: "attacks on the force, probes included",
    Watch.OFFENSIVE: "a new offensive",
    Watch.DIRECT_COMBAT: "direct combat",
    Watch.LONG_RANGE_ARMS: "long-range arms",
}


def lines_told(crossings: Iterable[Crossing], crisis: Crisis | None, start: bool) -> list[str]:
    """A sentence for the lines of each effect and, but for grievances, of each thing watched."""
    when = "Crossed from the first day" if start else "Crossed for the first time"
    alike: dict[tuple[Effect, Watch | None], list[Crossing]] = defaultdict(list)
    for crossing in crossings:
        provokes = crossing.effect is Effect.PROVOKES
        alike[crossing.effect, None if provokes else crossing.watches].append(crossing)
    return [f"{when}: {_crossed(some)}; {_followed(some, crisis)}." for some in alike.values()]


def _crossed(lines: Sequence[Crossing]) -> str:
    owners = names(list(dict.fromkeys(line.state for line in lines)), most=len(lines))
    what = "the red line" if len(lines) == 1 else "the red lines"
    seen = several([SEEN[watch] for watch in dict.fromkeys(line.watches for line in lines)])
    bluffs = sum(not line.meant for line in lines)
    bluff = f" ({bluffs} of {plural(len(lines), 'line')} a bluff)" if bluffs else ""
    return f"{what} of {owners} on {seen}{bluff}"


def _followed(lines: Sequence[Crossing], crisis: Crisis | None) -> str:
    first = lines[0]
    if first.grievance is not None:
        before, after = first.grievance
        owner = place_name(first.state)
        return f"the grievance of {owner} goes from {weight(before)} to {weight(after)}"
    if first.effect is Effect.COMMITS:
        return _kept(lines, crisis)
    if first.price is not None:
        return f"acting past it costs {worth(-first.price)}"
    return "what it was to prevent has come"


def _kept(lines: Sequence[Crossing], crisis: Crisis | None) -> str:
    stood = [line.state for line in lines if line.defied is True]
    gave = [line.state for line in lines if line.defied is False]
    if not stood + gave:
        known = crisis is not None and crisis.attributed
        return "none of them has forces there" if known else "there is nobody to hold to it"
    parts = [
        *([f"{names(stood)} {_verb(stood, 'stand')} by it"] if stood else []),
        *([f"{names(gave)} {_verb(gave, 'let')} it pass"] if gave else []),
    ]
    return several(parts)


def _verb(states: Sequence[str], verb: str) -> str:
    return f"{verb}s" if len(states) == 1 else verb
