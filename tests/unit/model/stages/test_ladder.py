"""The ladder's counts follow every move, and say what a count from scratch would."""

from __future__ import annotations

import numpy as np
import pytest

from sim.engines.mesa_model import ThinLineModel
from sim.enums import Participation, Role
from sim.model.build import build
from sim.model.stages.ladder import states_at, step, sum_rungs
from sim.model.state import plain_rows
from sim.scenario.load import load


@pytest.fixture
def ladder():
    """A run's world and parameters, as plain Python sees them, with nobody moved yet."""
    model = ThinLineModel(build(load("reassurance_force")), run=3)
    return plain_rows(model.worlds)[0], plain_rows(model.parameters)[0]


def guarantors(p):
    return [int(i) for i in np.flatnonzero(p.role == Role.GUARANTOR)]


def test_moves_keep_the_count(ladder):
    w, p = ladder
    for k, i in enumerate(2 * guarantors(p)):
        step(i, 7 * k % len(Participation), w, p)
        standing, capability_on = w.states_on.copy(), w.capability_on.copy()
        sum_rungs(w, p)
        assert np.array_equal(standing, w.states_on)
        assert capability_on == pytest.approx(w.capability_on, abs=1e-12)


def test_of_nobody_there_is_exactly_nothing(ladder):
    w, p = ladder
    for i in guarantors(p):
        if w.rung[i] == Participation.GROUND:
            step(i, Participation.POLITICAL, w, p)
    assert w.states_on[Participation.GROUND] == 0
    assert w.capability_on[Participation.GROUND] == 0.0
    assert states_at(Participation.GROUND, w) == 0


def test_who_moved_is_noted(ladder):
    w, p = ladder
    first, second, *_ = guarantors(p)
    step(first, Participation.MONITORING, w, p)
    step(second, Participation.NONE, w, p)
    assert list(w.mover[: w.moved]) == [first, second]
