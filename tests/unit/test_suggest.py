"""A suggestion is near what was written, or it is not made; a list is whole."""

from __future__ import annotations

import pytest

from sim.errors import did_you_mean, nearest
from sim.experiments.measures import NAMES

STATES = ["poland", "russia", "germany", "united_kingdom", "other_pledger_1"]


@pytest.mark.parametrize(
    ("written", "meant", "options"),
    [
        ("polnad", "poland", STATES),
        ("POLAND", "poland", STATES),
        ("russian", "russia", STATES),
        ("unitedkingdom", "united_kingdom", STATES),
        ("unit", "united_kingdom", STATES),
        ("wra", "war", NAMES),
        ("escalations", "escalation", NAMES),
        ("no_forse", "no_force", ["no_force", "reassurance_force"]),
        ("reassurance", "reassurance_force", ["no_force", "reassurance_force"]),
        ("clearity", "clarity", ["clarity", "consent"]),
    ],
)
def test_a_slip_is_told_from_what_was_meant(written, meant, options):
    assert nearest(written, options) == meant


@pytest.mark.parametrize(
    ("written", "options"),
    [
        ("peace", NAMES),
        ("setting.foo", ["setting", "states"]),
        ("states.germany.foo", ["states.germany"]),
        ("france", ["finland", "iceland"]),
        ("lst", ["no_force"]),
        ("", ["no", "war"]),
        ("w" * 500, NAMES),
    ],
)
def test_what_is_far_is_not_suggested(written, options):
    assert nearest(written, options) is None


def test_where_nothing_is_near_all_are_listed():
    said = did_you_mean("xyzzy", NAMES)
    assert all(name in said for name in NAMES)
    assert "…" not in said


def test_where_there_is_nothing_it_says_so():
    assert did_you_mean("x", []) == "none are allowed here: leave it out"
