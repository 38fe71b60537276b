"""What was learnt about the challenger's type, in sentences."""

from __future__ import annotations

from sim.formatting import format_chance, join_and
from sim.trace.events import Learned
from sim.trace.formatting import format_level

# A smaller change of belief in a type is not reported.
MIN_CHANGE = 0.05
# The types lie around the ambition that was expected at first.
TYPES = ("less ambition than first thought", "as much as first thought", "more than first thought")


def describe_learned(learned: Learned | None, challenger: str) -> list[str]:
    """The beliefs about the challenger's type, if one of them changed noticeably."""
    if learned is None:
        return []
    changes = (abs(now - was) for was, now in zip(learned.before, learned.after, strict=True))
    if max(changes) < MIN_CHANGE:
        return []
    beliefs = [
        f"{format_chance(belief)} for {kind}"
        for kind, belief in zip(TYPES, learned.after, strict=True)
    ]
    return [
        f"Others now believe of {challenger}: {join_and(beliefs)}; they expect an ambition of "
        f"{format_level(learned.ambition)}."
    ]
