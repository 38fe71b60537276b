"""A required behaviour, and the settings that behaviours compare.

The claims about presence, absence, will, unity and guarantees, and their signs, come from the
articles; the settings are our own.
"""

from __future__ import annotations

from dataclasses import dataclass

from sim.validation.contrast import Contrast, Side


@dataclass(frozen=True, slots=True)
class Behaviour:
    """A required behaviour: a claim, and the contrasts that must all hold."""

    name: str
    claim: str
    contrasts: tuple[Contrast, ...]


REVISIONIST = ("states.russia.ambition=0.7", "states.russia.fear=0.5")
INTERMEDIATE = ("states.russia.ambition=0.45",)
SEEKER = ("states.russia.ambition=0.15", "states.russia.fear=1")


def force(*settings: str) -> Side:
    """The coded baseline with overrides."""
    return Side("reassurance_force", settings)


def against(challenger: tuple[str, ...], *settings: str) -> Side:
    """The coded baseline against one type of challenger, with overrides."""
    return force(*challenger, *settings)


def force_size(number: float) -> str:
    """Override of the force size."""
    return f"setting.force_size={number:g}"


def everyone(parameter: str, value: object) -> str:
    """Override of one parameter of every guarantor."""
    return f"groups.guarantors.{parameter}={value}"


LOW, HIGH = everyone("resolve", "{shift: -0.3}"), everyone("resolve", "{shift: 0.2}")

# A protégé that is free to answer violations, and one that is quick to and pays for wrong blame.
FREE = "setting.retaliation=1"
BLAMED = (
    FREE,
    "states.ukraine.resolve=0.8",
    "constants.retaliation_risk=0.15",
    "constants.misattribution=1",
    "constants.blame_cost=0.5",
)
