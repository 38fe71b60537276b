"""Every declared parameter is alive: moving it moves something."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.engines.ensemble import play
from sim.enums import Challenge, Participation
from sim.model.build import address, build
from sim.scenario.load import load
from sim.scenario.schema import (
    CHALLENGE_LADDER,
    CONSTANTS,
    PARTICIPATION_LADDER,
    RED_LINE,
    REQUIRES,
    SETTING,
    STATE,
)
from tests.scenarios import DATA

RUNS = 400

ROLES = {"ambition": "russia", "fear": "russia", "sanctions_relief": "china"}

PATHS = [
    *(f"setting.{name}" for name in SETTING),
    *(f"constants.{name}" for name, p in CONSTANTS.items() if p.drawable),
    *(f"states.{ROLES.get(name, 'france')}.{name}" for name, p in STATE.items() if p.drawable),
    *(f"states.france.requires.{name}" for name in REQUIRES),
    *(
        f"states.{owner}.red_lines.{line}.{name}"
        for owner, line in (
            ("russia", "foreign_troops"),
            ("france", "attack_on_the_force"),
            ("germany", "direct_war"),
        )
        for name, parameter in RED_LINE.items()
        if parameter.drawable
    ),
    *(
        f"ladders.participation.{rung.word}.{name}"
        for name in PARTICIPATION_LADDER
        for rung in Participation
    ),
    *(
        f"ladders.challenge.{action.word}.{name}"
        for name in CHALLENGE_LADDER
        for action in Challenge
        if action
    ),
]


@pytest.fixture(scope="module")
def lively():
    """A scenario in which everything matters, and what it gives."""
    scenario = load(str(DATA / "alive.yaml"))
    setup = build(scenario)
    return scenario, setup, play(setup, 3, 0, RUNS).records.tobytes()


def moved(setup, place, value):
    """The same arrays with one parameter fixed at another value."""
    base = setup.base.copy()
    base.view(np.float64)[place] = value
    return replace(setup, base=base, draws=setup.draws[setup.draws["address"] != place])


@pytest.mark.parametrize("path", PATHS)
def test_moving_it_moves_something(path, lively):
    scenario, setup, before = lively
    mean = scenario[path].mean
    place = address(path, scenario)
    for value in (mean + 1.0, mean * 0.5, mean + 0.3, 0.0):
        if play(moved(setup, place, value), 3, 0, RUNS).records.tobytes() != before:
            return
    pytest.fail(f"{path} is dead: no value of it changes a record of {RUNS} runs")


def test_concentration_shapes_what_is_private(lively):
    scenario = load(str(DATA / "alive.yaml"), ["constants.concentration=40"])
    assert play(build(scenario), 3, 0, RUNS).records.tobytes() != lively[2]
