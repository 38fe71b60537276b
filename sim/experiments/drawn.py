"""The inputs that a scenario draws anew in each run, and their values in given runs: parameters,
and the values that events set."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from sim.engines.kernels import start_kernel
from sim.experiments.factors import moved_parameters
from sim.model.build import address, build
from sim.model.state import WORLD, address_of, rows
from sim.scenario.scenario import Scenario, Value


def drawn_inputs(scenario: Scenario, moved: Collection[str] = ()) -> dict[str, Value]:
    """The inputs that are drawn, by path, except those that the paths ``moved`` change."""
    held = {place for path in moved for place in moved_parameters(scenario, path)}
    of_events = {path: value for path, value, _ in _event_values(scenario)}
    return {
        path: value
        for path, value in {**scenario.values, **of_events}.items()
        if not value.distribution.is_fixed
        and (path in of_events or scenario.uses(path))
        and path not in held
    }


def _event_values(scenario: Scenario) -> Iterator[tuple[str, Value, int]]:
    """The values that events set, as (path, value, index in the flat array of a row)."""
    place = address_of("set_value")
    for event in scenario.events:
        for path, value in event.set:
            yield f"events.{event.name}.set.{path}", value, place
            place += 1


def drawn_values(
    scenario: Scenario, paths: Sequence[str], seed: int, runs: int
) -> NDArray[np.float64]:
    """The value at each of ``paths`` at the start of runs 0 to ``runs - 1``, shape (runs, paths);
    for an event, the value that it sets if it happens.

    A draw is keyed by its path, so changes of other parameters do not affect it.
    """
    setup = build(scenario)
    parameters, world = setup.base.copy(), rows(np.zeros(1, WORLD))
    values, base = parameters.view(np.float64), setup.base.view(np.float64)
    of_events = {path: place for path, _, place in _event_values(scenario)}
    addresses = [
        of_events[path] if path in of_events else address(path, scenario) for path in paths
    ]
    rest = (base, rows(setup.draws), setup.nodes, setup.surface)
    found = np.empty((runs, len(paths)))
    for run in range(runs):
        start_kernel(seed, run, world, rows(parameters), values, *rest)
        found[run] = values[addresses]
    return found
