"""Factors of a study as its caller gives them: as text, or as factors."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sim.errors import UsageError
from sim.experiments.factors import Factor
from sim.experiments.parse_factors import parse_factors
from sim.scenario.scenario import Scenario
from sim.study_result import native


def as_levers(
    scenario: Scenario,
    given: str | Iterable[str] | Iterable[Factor] | Mapping[str, Sequence[float]],
) -> tuple[Factor, ...]:
    """Factors from ``"PATH"`` or ``"PATH=low:high"``, one or several, from bounds by path, or
    factors as they are; the default factors if none is given.

    Raises :class:`sim.errors.UsageError` for anything that names no factor of the scenario.
    """
    if isinstance(given, Mapping):
        given = [f"{path}={':'.join(map(str, ends))}" for path, ends in native(given).items()]
    several = [given] if isinstance(given, str) or not isinstance(given, Iterable) else list(given)
    if wrong := [each for each in several if not isinstance(each, str | Factor)]:
        raise UsageError(f"{wrong[0]!r:.60} is not a factor", "write 'setting.clarity=0:1'")
    texts = [each for each in several if isinstance(each, str)]
    factors = tuple(each for each in several if isinstance(each, Factor))
    return factors + parse_factors(scenario, texts) if texts or not factors else factors
