"""Every declared parameter has an effect: some other value of it changes a record."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.engines.ensemble import play
from sim.enums import Challenge, Participation
from sim.model.build import address, build
from sim.scenario.constants import CONSTANTS
from sim.scenario.load import load
from sim.scenario.schema import (
    CHALLENGE_LADDER,
    PARTICIPATION_LADDER,
    RED_LINE,
    REQUIRES,
    SETTING,
    STATE,
)
from tests.scenarios import ALIVE

# Most parameters show themselves in the first few runs; only for the others are more played.
BLOCKS = ((0, 20), (20, 380))

ROLES = {
    "backs": "united_states",
    "ambition": "russia",
    "fear": "russia",
    "sanctions_relief": "china",
}

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
def baseline():
    """A scenario in which every parameter matters, its arrays and its records by block."""
    scenario = load(ALIVE)
    setup = build(scenario)
    return scenario, setup, [played(setup, block) for block in BLOCKS]


def played(setup, block):
    first, runs = block
    return play(setup, 3, first, runs).records.tobytes()


def differs(setup, before):
    return any(played(setup, block) != same for block, same in zip(BLOCKS, before, strict=True))


def changed(setup, place, value):
    """The same arrays with one parameter fixed at another value."""
    base = setup.base.copy()
    base.view(np.float64)[place] = value
    return replace(setup, base=base, draws=setup.draws[setup.draws["address"] != place])


def test_every_parameter_has_an_effect(baseline):
    """In one test, because a parameter takes less time to play than to collect."""
    scenario, setup, before = baseline

    def has_effect(path):
        mean, place = scenario[path].mean, address(path, scenario)
        values = (mean + 1.0, mean * 0.5, mean + 0.3, 0.0)
        settings = (changed(setup, place, value) for value in values)
        return any(differs(each, before) for each in settings)

    dead = [path for path in PATHS if not has_effect(path)]
    assert not dead, f"no value of these changes a record of 400 runs: {', '.join(dead)}"


def test_the_concentration_of_private_values_has_an_effect(baseline):
    scenario = load(ALIVE, ["constants.concentration=40"])
    assert differs(build(scenario), baseline[2])
