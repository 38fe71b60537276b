"""The same scenario with one parameter at another value."""

from __future__ import annotations

from dataclasses import replace

from sim.errors import UsageError
from sim.scenario.distributions import Law
from sim.scenario.model import Scenario, Value
from sim.scenario.paths import Miss, explained, find


def fixed_at(scenario: Scenario, path: str, value: float) -> Scenario:
    """``scenario`` with the parameter at ``path`` fixed at ``value``, whatever was said of it.

    Raises :class:`sim.errors.UsageError` for a path the scenario does not have, a parameter that
    is no number, or a value outside its range.
    """
    parameter = find(path)
    if isinstance(parameter, Miss):
        raise UsageError(*explained(path, parameter))
    if path not in scenario.values:
        raise UsageError(f"{scenario.name} has no {path}", "see thinline explain for what it has")
    if not parameter.drawable or not parameter.low <= value <= parameter.high:
        raise UsageError(f"{path}: {value:g} cannot be set", f"it is {parameter.range_text}")
    values = {**scenario.values, path: Value(Law("fixed", (float(value),)))}
    return replace(scenario, values=values)
