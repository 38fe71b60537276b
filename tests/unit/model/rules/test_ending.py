"""How a run ended, by hand."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from sim.enums import Outcome, Trigger, War
from sim.model.rules.ending import ending, is_escalation, is_failure

FLAGS = (0, 1)
BY_WAR = {
    War.UNOPPOSED: Outcome.RENEWED_OFFENSIVE,
    War.LIMITED: Outcome.LIMITED_WAR,
    War.GENERAL: Outcome.GENERAL_WAR,
}


@pytest.mark.parametrize("facts", list(product(FLAGS, FLAGS, FLAGS)), ids=str)
@pytest.mark.parametrize("war", BY_WAR)
def test_a_war_decides_whatever_became_of_the_force(war, facts):
    assert ending(war, *facts) == BY_WAR[war]


@pytest.mark.parametrize(
    ("facts", "outcome"),
    [
        ((1, 1, 0), Outcome.UNTESTED_FORCE),
        ((1, 0, 1), Outcome.TESTED_FORCE),
        ((0, 1, 1), Outcome.HOLLOWED_OUT),
        ((0, 0, 1), Outcome.NEVER_A_FORCE),
    ],
)
def test_without_war_the_force_decides(facts, outcome):
    assert ending(War.NONE, *facts) == outcome


def test_every_war_is_a_failure_or_an_escalation():
    triggers = np.array(list(Trigger))
    assert (is_failure(triggers) + is_escalation(triggers) == (triggers != Trigger.NONE)).all()
    assert [trigger for trigger in Trigger if is_failure(trigger)] == [Trigger.OFFENSIVE]
