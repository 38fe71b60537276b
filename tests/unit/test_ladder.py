"""The ladder's counts follow every move, and say what a count from scratch would."""

from __future__ import annotations

import numpy as np
import pytest

from sim.build import build
from sim.engines.mesa_model import ThinLine
from sim.scenario.load import load
from sim.stages.ladder import muster, states_at, step
from sim.vocabulary import Participation, Role
from sim.world import rows


@pytest.fixture
def model():
    return ThinLine(build(load("reassurance_force")), run=3)


def counted(model):
    """The standing and the massed capability, counted from scratch."""
    fresh = np.array([model.world])
    muster(rows(fresh)[0], model.handed[0])
    return fresh[0]["standing"], fresh[0]["massed"]


def test_moves_keep_the_count(model):
    guarantors = np.flatnonzero(model.parameters[0]["role"] == Role.GUARANTOR)
    for k in range(60):
        model.world["moved"] = 0
        step(int(guarantors[k % 30]), 7 * k % len(Participation), model.worlds[0], model.handed[0])
        standing, massed = counted(model)
        assert np.array_equal(model.world["standing"], standing)
        assert model.world["massed"] == pytest.approx(massed, abs=1e-12)


def test_of_nobody_there_is_exactly_nothing(model):
    w = model.worlds[0]
    for i in np.flatnonzero(model.world["rung"] == Participation.GROUND):
        model.world["moved"] = 0
        step(int(i), 1, w, model.handed[0])
    assert model.world["standing"][Participation.GROUND] == 0
    assert model.world["massed"][Participation.GROUND] == 0.0
    assert states_at(Participation.GROUND, w) == 0


def test_who_moved_is_noted(model):
    w = model.worlds[0]
    model.world["moved"] = 0
    step(2, 3, w, model.handed[0])
    step(5, 1, w, model.handed[0])
    assert model.world["moved"] == 2
    assert list(model.world["mover"][:2]) == [2, 5]
