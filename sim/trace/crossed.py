"""How often each red line of a scenario is crossed."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.build import build
from sim.scenario.model import Scenario
from sim.statistics import Estimate, share
from sim.trace.doors import crossed_door
from sim.world import WORLD, rows


class Crossed(NamedTuple):
    """A red line with the shares of runs in which it was crossed: from the start, and at all."""

    state: str
    line: str
    at_start: Estimate
    ever: Estimate


def crossed(scenario: Scenario, seed: int, runs: int) -> list[Crossed]:
    """Every red line of ``scenario``, in its order, over runs 0 to ``runs - 1``."""
    setup = build(scenario)
    parameters = setup.base.copy()
    counts = np.zeros((max(1, len(scenario.red_lines)), 2), np.int64)
    crossed_door(
        seed,
        runs,
        rows(np.zeros(1, WORLD)),
        rows(parameters),
        parameters.view(np.float64),
        setup.base.view(np.float64),
        rows(setup.draws),
        setup.nodes,
        setup.surface,
        counts,
    )
    estimates = [[share(int(count), runs) for count in pair] for pair in counts]
    return [
        Crossed(state, line, *pair)
        for (state, line), pair in zip(scenario.red_lines, estimates, strict=False)
    ]
