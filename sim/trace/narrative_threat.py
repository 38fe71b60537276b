"""Threats of the challenger, in sentences."""

from __future__ import annotations

from sim.formatting import capitalise, format_chance
from sim.trace.events import Threat
from sim.trace.formatting import chance_phrase, format_utility


def describe_threat(threat: Threat | None, challenger: str) -> list[str]:
    """A threat in sentences: its utility to the challenger, the share of the force that it is
    expected to make leave, and whether the challenger would carry it out."""
    if threat is None or not threat.spoken:
        return []
    return [
        f"{capitalise(challenger)} threatens the force, which it had "
        f"{chance_phrase(threat.chance)} of choosing (utility {format_utility(threat.worth)}, of "
        f"silence 0); it expects {format_chance(threat.moves)} of the force to go and would act "
        f"on the threat with {chance_phrase(threat.acts)}."
    ]


def describe_empty_threat(threat: Threat | None, challenger: str) -> list[str]:
    """That the review after a threat, which the force called, brought no strike or mobilisation."""
    if threat is None or not threat.empty:
        return []
    return [
        f"{capitalise(challenger)} neither strikes nor mobilises at this review, although the "
        "force has stayed: its earlier threat counts as empty."
    ]
