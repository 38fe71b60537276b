"""The protégé's answer to a violation, in sentences."""

from __future__ import annotations

from sim.formatting import capitalise
from sim.trace.events import Retaliation
from sim.trace.formatting import chance_phrase, format_utility


def describe_retaliation(retaliation: Retaliation | None, protege: str) -> list[str]:
    """Whether the protégé retaliates or complains, why, and whether it is blamed for it."""
    if retaliation is None:
        return []
    decision = "retaliates" if retaliation.retaliates else "complains and does not retaliate"
    chance = retaliation.chance if retaliation.retaliates else 1.0 - retaliation.chance
    said = (
        f"{capitalise(protege)} {decision}, which it had {chance_phrase(chance)} of choosing "
        f"(utility of retaliating {format_utility(retaliation.worth)}, of complaining 0; it relies "
        f"on {chance_phrase(retaliation.support)} of support)."
    )
    blame = f"Others blame {protege} for beginning it, and stand by it less."
    return [said, blame] if retaliation.blamed else [said]
