"""Small scenarios for tests, without files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from sim.resources import scenario_names
from sim.scenario.load import load_text
from sim.scenario.scenario import Scenario

DATA = Path(__file__).parent / "data"
# A scenario in which everything happens.
ALIVE = str(DATA / "alive.yaml")

# Among them, these differ from the main scenario in every kind of parameter and event in which any
# shipped scenario does (tests/unit/test_library.py).
COVERING = (
    "reassurance_force",
    "presence",
    "everyone_decides",
    "budapest_paper",
    "fracture_after_first_casualties",
    "kyiv_retaliates",
    "immediate_strikes_on_violation",
    "truce_in_doubt",
    "one_month_freeze",
    "backstop_withdrawn",
    "black_sea_and_air_only",
    "during_fighting",
    "korean_armistice",
    "moscow_agrees",
)
# Every shipped scenario, for tests of the code rather than of the scenario: those that cover all
# kinds of parameters in the gate, the others in `make deep`.
COVERING_FIRST = tuple(
    pytest.param(name, marks=() if name in COVERING else pytest.mark.deep)
    for name in scenario_names()
)

TINY = """\
scenario: tiny
title: Three states
months: 12
runs: 100
seed: 7
states:
  russia:
    role: challenger
    capability: 1
    red_lines:
      foreign_troops: {watches: ground_footprint, effect: provokes, reach: 2, severity: 0.6}
  ukraine: {role: protege, capability: 0.4}
  poland: {capability: 0.3, resolve: 0.7, pledge: ground, start: political}
"""


def scenario_of(data: Mapping[str, Any] | str, *overrides: str) -> Scenario:
    """The scenario that a text, or plain data, describes."""
    text = data if isinstance(data, str) else json.dumps(data, ensure_ascii=False)
    return load_text(text, overrides)


def tiny(*overrides: str) -> Scenario:
    """A challenger, a protégé and one guarantor."""
    return load_text(TINY, overrides)
