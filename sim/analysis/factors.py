"""Factors of a study as its caller gives them: as text, or as factors."""

from __future__ import annotations

from collections.abc import Sequence

from sim.experiments.factors import Factor
from sim.experiments.parse_factors import parse_factors
from sim.scenario.scenario import Scenario


def as_levers(
    scenario: Scenario, given: str | Sequence[str] | Sequence[Factor]
) -> tuple[Factor, ...]:
    """Factors from ``"PATH"`` or ``"PATH=low:high"``, one or several, or factors as they are; the
    default factors if none is given.

    Raises :class:`sim.errors.UsageError` for a text that names no factor of the scenario.
    """
    several = [given] if isinstance(given, str) else list(given)
    texts = [each for each in several if isinstance(each, str)]
    factors = tuple(each for each in several if isinstance(each, Factor))
    return factors + parse_factors(scenario, texts) if texts or not factors else factors
