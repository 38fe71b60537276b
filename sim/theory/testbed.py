"""A minimal world for the stages: a challenger, a protégé and any number of guarantors."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from sim.engines.kernels import start_kernel
from sim.model.build import Setup, build
from sim.model.state import WORLD, rows
from sim.scenario.load import load_text
from sim.scenario.schema import OFF

CHALLENGER, PROTEGE = "challenger", "protege"


class Bench(NamedTuple):
    """One world and its parameters, an array of one row each, and the index of the challenger."""

    world: Any
    parameters: Any


def bench(seed: int, settings: Mapping[str, float], guarantors: int = 0) -> Bench:
    """The world of a minimal scenario at the start of run 0.

    ``settings`` are parameters by path, as for ``--set``; mechanisms that can be switched off are
    off. All guarantors are pledged to monitoring and start at political support.
    """
    setup = _setup(tuple({**OFF, **settings}.items()), guarantors)
    world = np.zeros(1, WORLD)
    parameters = setup.base.copy()
    start_kernel(
        seed,
        0,
        rows(world),
        rows(parameters),
        parameters.view(np.float64),
        setup.base.view(np.float64),
        rows(setup.draws),
        setup.nodes,
        setup.surface,
    )
    return Bench(world, parameters)


@lru_cache(maxsize=8)
def _setup(settings: tuple[tuple[str, float], ...], guarantors: int) -> Setup:
    overrides = [f"{path}={json.dumps(number)}" for path, number in settings]
    return build(load_text(json.dumps(_scenario(guarantors)), overrides))


def _scenario(guarantors: int) -> dict[str, Any]:
    states: dict[str, Any] = {
        CHALLENGER: {"role": "challenger", "capability": 1, "ambition": 1},
        PROTEGE: {"role": "protege"},
    }
    willing = {"resolve": 1, "pledge": "monitoring", "start": "political", "solidarity": 0}
    states |= {f"g{i:03d}": willing for i in range(guarantors)}
    return {"scenario": "bare", "title": "A bare world", "states": states}
