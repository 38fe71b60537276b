"""Whether a coded value goes the way a claim says.

``at X``: the distribution of the value can draw X. ``up``, ``down``: its mean lies above,
below the schema's default; for capability, whose default is 0, the median of the guarantors.
``range``: the distribution is not one fixed number, since the sources leave it open or disagree.
"""

from __future__ import annotations

from statistics import median

from sim.enums import Role
from sim.scenario.distributions import Distribution
from sim.scenario.paths import parameter_at
from sim.scenario.scenario import Scenario
from sim.scenario.yaml_nodes import parse_scalar


def agrees(direction: str, distribution: Distribution, path: str, scenario: Scenario) -> bool:
    """Whether ``distribution`` at ``path`` goes in ``direction``; raises ``ValueError`` if there is
    no such direction."""
    match direction.split():
        case ["up"]:
            return distribution.mean > reference(path, scenario)
        case ["down"]:
            return distribution.mean < reference(path, scenario)
        case ["range"]:
            return not distribution.is_fixed
        case ["at", word]:
            return _can_draw(distribution, _number(path, word))
    raise ValueError(direction)


def reference(path: str, scenario: Scenario) -> float:
    """What ``up`` and ``down`` are measured from."""
    if path.endswith(".capability"):
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
