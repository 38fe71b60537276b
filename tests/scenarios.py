"""Small scenarios for tests, without files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sim.scenario.load import load_text
from sim.scenario.scenario import Scenario

DATA = Path(__file__).parent / "data"

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
