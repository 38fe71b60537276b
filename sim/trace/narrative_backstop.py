"""The backer's decision on the backstop in sentences."""

from __future__ import annotations

from sim.formatting import capitalise, format_number
from sim.trace.events import Backing
from sim.trace.formatting import (
    chance_phrase,
    format_backstop,
    format_level,
    format_utility,
    name_in_sentence,
)


def describe_backing(backing: Backing) -> str:
    """A review that changes the level: what the others bring, and the utilities of the levels."""
    options = ", ".join(
        f"{format_backstop(option.level)} {format_utility(option.utility)}"
        for option in backing.options
    )
    way = "raises" if backing.level > backing.before else "lowers"
    return (
        f"{capitalise(name_in_sentence(backing.state))} {way} the backstop from "
        f"{format_backstop(backing.before)} to {format_backstop(backing.level)}, which it had "
        f"{chance_phrase(backing.chosen.chance)} of choosing (utility of each level: {options}); "
        f"the others bring a fighting power of {format_level(backing.effort)}, and it asks for "
        f"{format_number(backing.asked)}."
    )
