"""The model without the mechanisms that can be switched off: settings, and numbers on file.

The numbers are those of the small world before any of these mechanisms existed, so they cannot be
rewritten: switched off, a mechanism must change no draw and no number. ``casualties`` is left out,
because a strike that is answered counts as one that hit.
"""

from __future__ import annotations

import json
from typing import Any

from sim.scenario.schema import OFF
from tests.scenarios import DATA

KEPT = DATA / "first_edition.json"

# Defaults that were other numbers then. The half-life is that of a monthly memory of exactly .85.
DEFAULTS = {
    "constants.concentration": 12,
    "constants.own_cost": 0.2,
    "constants.risk_half": 0.35,
    "constants.standing_force": 0.02,
    "constants.tension_half_life": 4.265024281798724,
    "constants.mobilise": 0.25,
    "constants.sanction_cost": 0.15,
    "constants.war_cost": 0.8,
    "ladders.participation.monitoring.power": 0.05,
    "ladders.participation.monitoring.exposure": 0.3,
    "ladders.challenge.strike.gain": 0.15,
    "ladders.challenge.strike.loss": 0.35,
    "ladders.challenge.strike.cost": 0.2,
    "ladders.challenge.strike.relief": 0.6,
    "ladders.challenge.strike.violence": 0.8,
    "ladders.challenge.strike.slip": 0.12,
    "ladders.challenge.strike.back_down": 0.1,
    "ladders.challenge.mobilisation.back_down": 0.2,
}
SETTINGS = [f"{path}={number!r}" for path, number in {**OFF, **DEFAULTS}.items()]


def kept() -> list[dict[str, Any]]:
    """The numbers of the small world, block by block."""
    document: list[dict[str, Any]] = json.loads(KEPT.read_text(encoding="utf-8"))
    return document
