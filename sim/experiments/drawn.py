"""The parameters that a scenario draws anew in each run, and their values in given runs."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from sim.engines.kernels import start_kernel
from sim.experiments.factors import moved_parameters
from sim.model.build import address, build
from sim.model.state import WORLD, rows
from sim.scenario.scenario import Scenario


def drawn_parameters(scenario: Scenario, moved: Collection[str] = ()) -> tuple[str, ...]:
    """The paths of the parameters that are drawn, except those that the paths ``moved`` set."""
    held = {place for path in moved for place in moved_parameters(scenario, path)}
    return tuple(
        path
        for path, value in scenario.values.items()
        if not value.distribution.is_fixed and scenario.uses(path) and path not in held
    )


def drawn_values(
    scenario: Scenario, paths: Sequence[str], seed: int, runs: int
) -> NDArray[np.float64]:
    """The value at each of ``paths`` at the start of runs 0 to ``runs - 1``, shape (runs, paths).

    A draw is keyed by its path, so it is the same wherever other parameters are moved.
    """
    setup = build(scenario)
    parameters, world = setup.base.copy(), rows(np.zeros(1, WORLD))
    values, base = parameters.view(np.float64), setup.base.view(np.float64)
    addresses = [address(path, scenario) for path in paths]
    rest = (base, rows(setup.draws), setup.nodes, setup.surface)
    found = np.empty((runs, len(paths)))
    for run in range(runs):
        start_kernel(seed, run, world, rows(parameters), values, *rest)
        found[run] = values[addresses]
    return found
