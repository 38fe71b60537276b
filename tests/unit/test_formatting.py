"""Numbers as text: halves are rounded up, and columns that do not add to 100 say so."""

from __future__ import annotations

import numpy as np
import pytest

from sim.formatting import (
    add_up_note,
    format_ci,
    format_fixed,
    format_interval,
    format_percent,
    format_share_ci,
    join_and,
    join_or,
    name_in_words,
    name_states,
    parameter_name,
)


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0.6275, "62.8 %"),
        (251 / 400, "62.8 %"),
        (np.float64(0.6275), "62.8 %"),
        (0.6225, "62.3 %"),
        (0.0005, "0.1 %"),
        (0.00049, "<0.1 %"),
        (0.9996, ">99.9 %"),
        (0.0, "0.0 %"),
        (1.0, "100.0 %"),
    ],
)
def test_halves_of_a_decimal_are_rounded_up(share, text):
    assert format_percent(share) == text


def test_every_share_of_four_hundred_runs_is_rounded_up_at_its_half():
    for k in range(401):
        tenths, quarter = divmod(10 * k, 4)
        assert format_fixed(100 * k / 400) == f"{(tenths + (quarter >= 2)) / 10:.1f}"


def test_an_interval_of_a_share_has_one_form_alone_and_beside_its_share():
    assert format_interval((0.431, 0.4215, 0.4405)) == "42.2–44.1 %"
    assert format_share_ci((0.431, 0.4215, 0.4405)) == "43.1 % (42.2–44.1)"


def test_intervals_and_differences_are_rounded_alike():
    assert format_share_ci((0.6275, 0.6125, 0.6425)) == "62.8 % (61.3–64.3)"
    assert format_ci((1.25, -0.05, 2.55), "+.1f") == "+1.3 (−0.1 to +2.6)"
    assert format_ci((0.04, -0.04, 0.3), "+.1f") == "0.0 (0.0 to +0.3)"


@pytest.mark.parametrize(
    ("words", "text"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_words_are_joined(words, text):
    assert join_and(words) == text
    assert join_or(words) == text.replace("and", "or")


@pytest.mark.parametrize(
    ("shares", "note"),
    [
        ([0.5, 0.25, 0.25], ""),
        ([1 / 3, 1 / 3, 1 / 3], "; rounded shares, which add to 99.9 %"),
        ([0.6275, 0.3725], "; rounded shares, which add to 100.1 %"),
    ],
)
def test_a_column_that_does_not_add_up_says_so(shares, note):
    assert add_up_note(shares) == note


def test_numbered_states_of_one_kind_share_a_name():
    states = ["poland", "other_1", "other_2", "partner_1", "other_3", "partner_2"]
    assert name_states(states) == [
        ("Poland", [0]),
        ("Others (3)", [1, 2, 4]),
        ("Partner 1", [3]),
        ("Partner 2", [5]),
    ]


def test_an_acronym_keeps_its_capitals():
    assert name_in_words("nato_ties") == "NATO ties"
    assert name_in_words("senators") == "senators"
    path = "states.united_kingdom.red_lines.nato_ties.severity"
    assert parameter_name(path) == "United Kingdom: red lines NATO ties severity"
