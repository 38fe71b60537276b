"""The ready-made explorer of the main scenario, ``docs/explorer.html``."""

from __future__ import annotations

from pathlib import Path

from sim.explorer.page import explore
from sim.scenario.load import load

FILE = Path(__file__).parents[2] / "docs" / "explorer.html"
SCENARIO = "reassurance_force"


def write() -> None:
    """Write the file."""
    explore(load(SCENARIO), FILE)
