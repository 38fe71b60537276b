"""The same scenario with one parameter at another value."""

from __future__ import annotations

from dataclasses import replace

from sim.errors import UsageError
from sim.scenario.distributions import Law
from sim.scenario.model import Scenario, Value
from sim.scenario.parameter import Kind, Parameter
from sim.scenario.paths import Miss, explained, find

# What makes the cast: it cannot be moved without telling another story.
CAST = ("role", "watches", "effect")


def fixed_at(scenario: Scenario, path: str, value: float) -> Scenario:
    """``scenario`` with the parameter at ``path`` fixed at ``value``, whatever was said of it.

    A word is given by its rank, a flag as 0 or 1. Raises :class:`sim.errors.UsageError` for a path
    the scenario does not have, a value that is none of the parameter's, or a red line turned
    upside down.
    """
    parameter = find(path)
    if isinstance(parameter, Miss):
        raise UsageError(*explained(path, parameter))
    if path not in scenario.values or not _takes_part(scenario, path, parameter):
        raise UsageError(f"{scenario.name} has no {path}", "see thinline explain for what it has")
    if parameter.name in CAST or not _is_a_value(parameter, value):
        raise UsageError(f"{path}: {value:g} cannot be set", f"it is {parameter.range_text}")
    values = {**scenario.values, path: Value(Law("fixed", (float(value),)))}
    moved = replace(scenario, values=values)
    _check_line(moved, path)
    return moved


def _is_a_value(parameter: Parameter, value: float) -> bool:
    whole = parameter.kind is Kind.NUMBER or float(value).is_integer()
    return whole and parameter.low <= value <= parameter.high


def _takes_part(scenario: Scenario, path: str, parameter: Parameter) -> bool:
    state = path.split(".")[1]
    return parameter.role is None or scenario.role(state) is parameter.role


def _check_line(scenario: Scenario, path: str) -> None:
    line, _, name = path.rpartition(".")
    if name not in ("threshold", "reach"):
        return
    threshold, reach = (scenario[f"{line}.{end}"].mean for end in ("threshold", "reach"))
    if threshold >= reach:
        raise UsageError(
            f"{path}: the threshold {threshold:g} would not be below the reach {reach:g}",
            "move the other end too",
        )
