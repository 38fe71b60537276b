"""Every ending, from what was recorded."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from sim.enums import Outcome, Trigger, War
from sim.model.outcomes import count_flags, flags, outcomes
from sim.model.state import RECORD


def record(**facts):
    row = np.zeros(1, RECORD)
    for name, value in facts.items():
        row[name] = value
    return row


@pytest.mark.parametrize(
    ("facts", "outcome"),
    [
        ({"stands": 1, "stood": 1}, Outcome.UNTESTED_FORCE),
        ({"stands": 1, "stood": 1, "probes": 4}, Outcome.UNTESTED_FORCE),
        ({"stands": 1, "stood": 1, "strikes": 1}, Outcome.TESTED_FORCE),
        ({"stands": 1, "stood": 1, "mobilisations": 1}, Outcome.TESTED_FORCE),
        ({}, Outcome.NEVER_A_FORCE),
        ({"strikes": 1}, Outcome.NEVER_A_FORCE),
        ({"stood": 1}, Outcome.HOLLOWED_OUT),
        ({"war": War.UNOPPOSED, "stands": 1}, Outcome.RENEWED_OFFENSIVE),
        ({"war": War.LIMITED}, Outcome.LIMITED_WAR),
        ({"war": War.GENERAL, "stood": 1}, Outcome.GENERAL_WAR),
    ],
)
def test_each_ending(facts, outcome):
    assert outcomes(record(**facts))[0] == outcome


def test_every_record_has_exactly_one_ending():
    for war, stands, stood, strikes in itertools.product(War, (0, 1), (0, 1), (0, 1)):
        facts = {"war": war, "stands": stands, "stood": stood, "strikes": strikes}
        assert Outcome(int(outcomes(record(**facts))[0])) in Outcome


@pytest.mark.parametrize("trigger", Trigger)
def test_a_war_is_a_failure_or_an_escalation_by_what_it_grew_from(trigger):
    found = flags(np.array([trigger]))
    assert found["failure"][0] == (trigger is Trigger.OFFENSIVE)
    assert found["escalation"][0] == (trigger in {Trigger.STRIKE, Trigger.PROBE, Trigger.ACCIDENT})
    assert found["war"][0] == found["failure"][0] + found["escalation"][0]


def test_flags_are_counted_by_trigger():
    found = count_flags(np.array([[1, 2, 4, 8, 16]]))
    assert {name: each.tolist() for name, each in found.items()} == {
        "failure": [2],
        "escalation": [28],
        "war": [30],
    }
