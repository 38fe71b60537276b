"""What is timed: the main scenario, and made-up ones of any size."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import sim
from sim.model.build import Setup, build
from sim.scenario.load import load_text

MAIN = "reassurance_force"
SEED = 2025


@cache
def main_setup(months: int = 60) -> Setup:
    """The main scenario, as the engines need it."""
    return build(sim.load(MAIN, [f"months={months}"]))


def crowd(states: int) -> Setup:
    """A challenger, a protégé (from two states on) and guarantors alike, ``states`` in all."""
    willing = {
        "capability": 0.5 / max(1, states - 2),
        "resolve": {"beta": [0.6, 12]},
        "pledge": "ground",
        "start": "ground",
    }
    cast: dict[str, Any] = {
        "russia": {"role": "challenger", "capability": 1},
        "ukraine": {"role": "protege", "capability": 0.4},
    }
    cast |= {f"g{k:03d}": willing for k in range(states - 2)}
    text = json.dumps({"scenario": "crowd", "title": "A crowd", "months": 60, "states": cast})
    return build(load_text(text))
