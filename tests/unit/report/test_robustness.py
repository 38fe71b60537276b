"""The page of postures: how many of them are drawn, all of them in the table, and its notes."""

from __future__ import annotations

import pytest

from sim.analysis.robustness.robustness import robustness
from sim.report import robustness as page
from tests.scenarios import tiny

GRID = {"setting.clarity": [0.1, 0.4, 0.7, 1.0], "setting.force_size": [0.1, 0.5, 1.0, 2.0]}
TYPES = {name: {"states.russia.ambition": x} for name, x in (("dove", 0.1), ("hawk", 0.9))}


@pytest.fixture(scope="module")
def found():
    return robustness(tiny(), GRID, TYPES, runs=10)


def test_it_says_how_many_are_drawn_and_the_table_has_all(found):
    for panel in (page.losses_panel(found), page.regret_panel(found)):
        assert "of 16 postures" in panel.caption
        assert len(panel.table.rows) == 16
        assert "10 model runs of a posture against a type, 320 in all" in panel.caption


def test_where_all_are_drawn_nothing_is_said_of_it(found):
    few = robustness(tiny(), {"setting.clarity": [0.1, 1.0]}, TYPES, runs=10)
    assert "drawn" not in page.losses_panel(few).caption


def test_the_notes_count_the_types_there_are(found):
    assert "The 2 types are a selection" in page.notes(found)[-1]
