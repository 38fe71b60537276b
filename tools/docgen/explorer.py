"""The ready-made explorer of the main scenario, ``docs/explorer.html``."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from sim.explorer.codes import Codes
from sim.explorer.levers import choose_levers
from sim.explorer.page import explore
from sim.explorer.presets import choose_presets
from sim.scenario.load import load

FILE = Path(__file__).parents[2] / "docs" / "explorer.html"
SCENARIO = "reassurance_force"


def write() -> None:
    """Write the file."""
    explore(load(SCENARIO), FILE)


@cache
def codes() -> Codes:
    """Addresses of the file's settings, which stay valid after a change of the model."""
    scenario = load(SCENARIO)
    presets = [preset.scenario.name for preset in choose_presets([scenario])]
    return Codes(presets, choose_levers(scenario))
