"""What the mechanisms cost: the main scenario with each switched on or off, against as shipped."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

import sim
from benchmarks.cases import MAIN, SEED
from benchmarks.clock import in_turns, spread
from benchmarks.table import Row
from sim.engines.ensemble import play
from sim.model.build import Setup, build
from sim.scenario.schema import OFF

RUNS = 500
ROUNDS = 7
# Mechanisms that are off in the main scenario, and the values of `everyone_decides`.
ON: Mapping[str, Mapping[str, Any]] = {
    "a threat as an act": {"constants.threat": 1.0},
    "the backstop decided": {"constants.effort_weight": 1.0},
    "deterrence as a public good": {"constants.public_good": 0.5},
    "pivotal answers": {"constants.pivotality": 0.5},
    "learning the type": {"constants.learning": 1.0},
    "truces that break, and talks": {"constants.truce_fragility": 0.05, "setting.talks": 1.0},
    "the protégé's answer": {"setting.retaliation": 1.0},
}


def mechanisms() -> Iterator[Row]:
    """Processor time of a run as shipped, and of others as multiples of it, turn by turn."""
    everything = {path: value for parts in ON.values() for path, value in parts.items()}
    variants: dict[str, Mapping[str, Any]] = {
        MAIN: {},
        "with all mechanisms off": OFF,
        **ON,
        "all of these": everything,
    }
    works = {
        name: partial(play, _setup(changed), SEED, 0, RUNS) for name, changed in variants.items()
    }
    timed = in_turns(works, ROUNDS)
    shipped = timed.pop(MAIN).cpu
    yield Row(MAIN, "µs a run", spread([1e6 * seconds / RUNS for seconds in shipped]))
    for name, other in timed.items():
        ratios = [ours / base for ours, base in zip(other.cpu, shipped, strict=True)]
        yield Row(f"· {name}", "times that", spread(ratios))


def _setup(changed: Mapping[str, Any]) -> Setup:
    overrides = [f"{path}={json.dumps(value)}" for path, value in changed.items()]
    return build(sim.load(MAIN, overrides))
