"""The backstop: the utility of each level to the state that decides on it."""

from __future__ import annotations

from sim.jit import rule

LEVELS = 5


@rule
def backstop_level(option: int) -> float:
    """The level of the backstop of an option from 0 to 4: none, then fifths up to 0.8."""
    return option / 5.0


@rule
def effort_shown(power: float, asked: float) -> float:
    """Power that the others bring, as a share of what the backer asks: min(1, power / asked)."""
    return power / asked if power < asked else 1.0


@rule
def utility_of_backing(
    level: float, resolve: float, added: float, effort_weight: float, shown: float, drawn_in: float
) -> float:
    """Utility of a level: resolve x added + level (effort_weight x shown - drawn_in).

    ``added`` is the deterrence that the level adds, ``shown`` the effort of the others as a share
    of what is asked, ``drawn_in`` the expected cost of the war that a full backstop would draw the
    backer into.
    """
    return resolve * added + level * (effort_weight * shown - drawn_in)
