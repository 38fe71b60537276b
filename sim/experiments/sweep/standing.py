"""Where a scenario itself stands on an axis: what a point has that leaves the axis as it is."""

from __future__ import annotations

import math

from sim.experiments.sweep.axis import Axis
from sim.experiments.vary import targets
from sim.scenario.distributions import Law
from sim.scenario.model import Scenario
from sim.scenario.parameter import Kind


def stands(scenario: Scenario, axis: Axis) -> float:
    """The value that the scenario has on ``axis``, the mean of a spread; NaN where it has no single
    one, as members of a group may differ and words have no mean."""
    laws = _laws(scenario, axis.path)
    means = {round(law.mean, 9) for law in laws}
    has_mean = axis.parameter.kind in (Kind.NUMBER, Kind.COUNT)
    if len(means) == 1 and (has_mean or all(law.is_fixed for law in laws)):
        return means.pop()
    return math.nan


def is_spread(scenario: Scenario, axis: Axis) -> bool:
    """Whether the value differs from run to run."""
    return not all(law.is_fixed for law in _laws(scenario, axis.path))


def _laws(scenario: Scenario, path: str) -> list[Law]:
    if not path.startswith("events."):
        return [scenario[each] for each in targets(scenario, path)]
    _, number, *rest = path.split(".")
    event = scenario.events[int(number) - 1]
    if rest == ["month"]:
        return [Law("fixed", (float(event.month),))]
    places = set(targets(scenario, ".".join(rest[1:])))
    return [said.law for place, said in event.set if place in places]
