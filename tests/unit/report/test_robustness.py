"""The page of postures: how many of them are drawn, all of them in the table, and its notes."""

from __future__ import annotations

import pytest

from sim.analysis.robustness.robustness import robustness
from sim.figures.robustness import LossChart
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


def test_the_value_of_information_is_a_panel_if_asked_for(found, tmp_path):
    drawn = ("states.poland.resolve", "setting.quorum")
    scenario = tiny(*(f"{path}={{uniform: [0.4, 0.9]}}" for path in drawn))
    grid = {"setting.force_size": [0.1, 2.0]}
    asked = robustness(scenario, grid, TYPES, runs=20, information=True)
    assert asked.information is not None
    panel = page.information_panel(asked, asked.information)
    assert len(panel.table.rows) == 2
    assert "40 model runs of a posture, 80 in all" in panel.caption
    text = page.write_robustness(asked, tmp_path / "asked.html").read_text(encoding="utf-8")
    assert "Value of information" in text
    assert page.INFORMATION_NOTE in page.notes(asked)
    plain = page.write_robustness(found, tmp_path / "plain.html").read_text(encoding="utf-8")
    assert "Value of information" not in plain


def test_words_are_words_in_chart_and_table():
    over = {"states.poland.pledge": [0.0, 5.0], "setting.clarity": [0.2, 0.9]}
    chart = page.losses_panel(robustness(tiny(), over, TYPES, runs=10)).chart
    assert isinstance(chart, LossChart)
    assert {row.label for row in chart.every} == {
        f"{pledge} · {clarity}" for pledge in ("none", "ground") for clarity in (0.2, 0.9)
    }
    assert all("pledge none" in row[0] or "pledge ground" in row[0] for row in chart.table.rows)
