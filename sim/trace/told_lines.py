"""Red lines crossed for the first time, in sentences: whose, by what, and what followed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sim.figures.wording import several
from sim.trace.facts import Crisis, Crossing
from sim.trace.wording import names, weight
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
    return f"{what} of {_all(owners)} on {several(seen)}"


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
    return several(parts) if stood + gave else "nobody who drew them has forces there"


def _bluffs(lines: Sequence[Crossing]) -> str:
    """Which of the lines are bluffs: by owner or, where they have one owner, by what they watch."""
    bluffs = [line for line in lines if not line.meant]
    if not bluffs:
        return ""
    if len(lines) == 1:
        return "; it is a bluff"
    if len(_owners(lines)) == 1:
        which = f"on {several([SEEN[line.watches] for line in bluffs])}"
    else:
        which = f"of {_all(_owners(bluffs))}"
    return f"; {'that' if len(bluffs) == 1 else 'those'} {which} {_is(bluffs)}"


def _is(bluffs: Sequence[Crossing]) -> str:
    return "is a bluff" if len(bluffs) == 1 else "are bluffs"


def _all(states: Sequence[str]) -> str:
    return names(states, most=len(states))


def _verb(states: Sequence[str], verb: str) -> str:
    return f"{verb}s" if len(states) == 1 else verb
