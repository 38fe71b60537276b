"""Whether a coded value goes the way a claim says.

``at X``: the distribution of the value can draw X. ``range``: it is not one fixed number, since the
sources leave it open or disagree. ``up``, ``down``: its mean lies above, below the reference. If
another claim that the value cites says the opposite, the disagreement must be kept: a tenth of the
draws at least lies on the claim's side of the reference. The reference is the schema's default; for
capability, whose default is 0, it is the median of the guarantors, or what is inherited.
"""

from __future__ import annotations

from statistics import median

import numpy as np

from sim.enums import Role
from sim.scenario.distributions import Distribution
from sim.scenario.load import load
from sim.scenario.paths import parameter_at
from sim.scenario.scenario import Scenario
from sim.scenario.yaml_nodes import parse_scalar

OPPOSITE = {"up": "down", "down": "up"}
KEPT = 0.1


def agrees(
    direction: str, distribution: Distribution, path: str, scenario: Scenario, opposed: bool = False
) -> bool:
    """Whether ``distribution`` at ``path`` goes in ``direction``, against an opposite claim if
    ``opposed``; raises ``ValueError`` if there is no such direction."""
    match direction.split():
        case ["up" | "down" as way]:
            sign = 1.0 if way == "up" else -1.0
            least = sign * reference(path, scenario)
            if opposed:
                return share_above(distribution, sign, least) >= KEPT
            return sign * distribution.mean > least
        case ["range"]:
            return not distribution.is_fixed
        case ["at", word]:
            return _can_draw(distribution, _number(path, word))
    raise ValueError(direction)


def share_above(distribution: Distribution, sign: float, least: float) -> float:
    """The share of draws that, times ``sign``, lie above ``least``."""
    shares, values = distribution.quantile_knots()
    grid = np.linspace(0.0, 1.0, 2001)
    return float(np.mean(sign * np.interp(grid, shares, values) > least))


def reference(path: str, scenario: Scenario) -> float:
    """What ``up`` and ``down`` are measured from."""
    if path.endswith(".capability"):
        if scenario.role(path.split(".")[1]) is not Role.GUARANTOR and scenario.parent:
            return load(scenario.parent)[path].mean
        return median(scenario[f"states.{state}.capability"].mean for state in guarantors(scenario))
    parameter = parameter_at(path)
    return parameter.number(parameter.default)


def guarantors(scenario: Scenario) -> list[str]:
    """The states that may take part."""
    return [state for state in scenario.states if scenario.role(state) is Role.GUARANTOR]


def _number(path: str, word: str) -> float:
    written = parse_scalar(word)
    assert written is not None
    return parameter_at(path).number(written)


def _can_draw(distribution: Distribution, number: float) -> bool:
    if distribution.kind in ("fixed", "choice"):
        return number in distribution.numbers
    _, values = distribution.quantile_knots()
    return bool(values[0] <= number <= values[-1])
