"""The model without the mechanisms that can be switched off: settings, and numbers on file.

The numbers are those of the small world before any of these mechanisms existed, so they cannot be
rewritten: switched off, a mechanism must change no draw and no number. ``casualties`` is left out,
because a strike that is answered counts as one that hit.
"""

from __future__ import annotations

import json
from typing import Any

import yaml

from sim.scenario.scenario import Scenario
from sim.scenario.schema import OFF
from tests.scenarios import DATA, scenario_of

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
# Two more, of which the small world has values of its own.
OTHERS = {"constants.precision": 12, "constants.challenger_review": 1 / 9}
# Values that the small world had then.
SMALL_WORLD = {"constants.accident": 0.08, "ladders.challenge.probe.slip": 0.02}
SETTINGS = [
    f"{path}={json.dumps(value)}" for path, value in {**OFF, **DEFAULTS, **SMALL_WORLD}.items()
]


def plain(text: str, *overrides: str) -> Scenario:
    """The scenario that a text describes, without the mechanisms, for a test of one rule or stage.

    What the text sets itself stays as it is.
    """
    document = yaml.safe_load(text)
    for path, number in {**OFF, **DEFAULTS, **OTHERS}.items():
        *blocks, name = path.split(".")
        block = document
        for word in blocks:
            block = block.setdefault(word, {})
        block.setdefault(name, number)
    return scenario_of(document, *overrides)


def kept() -> list[dict[str, Any]]:
    """The numbers of the small world, block by block."""
    document: list[dict[str, Any]] = json.loads(KEPT.read_text(encoding="utf-8"))
    return document
