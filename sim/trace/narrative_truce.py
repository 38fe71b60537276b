"""The terms of a truce, the replies to them, and its end, in sentences."""

from __future__ import annotations

from sim.formatting import capitalise
from sim.trace.events import Reply, Talks
from sim.trace.formatting import chance_phrase, format_level, format_utility


def describe_talks(talks: Talks | None, challenger: str, protege: str) -> list[str]:
    """What the terms promise, and who accepts or refuses them."""
    if talks is None:
        return []
    terms = f"A truce is weighed that would bring a force of power {format_level(talks.power)}."
    first = describe_reply(talks.challenger, challenger)
    if talks.protege is None:
        return [terms, f"{first}."]
    outcome = "the truce begins" if talks.succeed else "there is no truce"
    return [terms, f"{first}.", f"{describe_reply(talks.protege, protege)}: {outcome}."]


def describe_reply(reply: Reply, state: str) -> str:
    """One side's decision, with its chance and the utilities behind it."""
    chance = reply.chance if reply.accepts else 1.0 - reply.chance
    return (
        f"{capitalise(state)} {'accepts' if reply.accepts else 'refuses'}, which it had "
        f"{chance_phrase(chance)} of choosing (utility: truce {format_utility(reply.truce)}, "
        f"fighting on {format_utility(reply.fighting)})"
    )


def describe_break(chance: float | None, at_war: bool) -> list[str]:
    """That the truce breaks, which had this chance, or was certain in a war; nothing if it
    holds."""
    if chance is None:
        return []
    if at_war:
        return ["The war ends the truce."]
    return [f"The truce breaks (it had {chance_phrase(chance)} of breaking): fighting resumes."]
