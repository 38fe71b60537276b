"""Sheets of lessons: every shipped one, with a link to the explorer for each run."""

from __future__ import annotations

from html import unescape

import pytest

from sim.lessons.catalogue import lessons_in_order, load_lesson
from sim.lessons.explorer import ExplorerLink, set_by_hand
from sim.report.lesson import write_student


@pytest.mark.parametrize("name", lessons_in_order())
def test_a_sheet_says_how_to_set_the_runs_that_the_explorer_begins_with(name, tmp_path):
    lesson = load_lesson(name)
    links = {run: ExplorerLink(f"TL1-{run}", "explorer.html#tl1") for run in lesson.runs}
    by_hand = set_by_hand(lesson)
    for plan in lesson.plans.values():
        text = unescape(
            write_student(lesson, plan, tmp_path / "sheet.html", links).read_text("utf-8")
        )
        shown = {run for step in lesson.steps_of(plan) for run in step.show}
        assert {run for run in lesson.runs if f"TL1-{run}<" in text} == shown
        told = {by_hand[run] for run in shown if by_hand.get(run)}
        assert {each for each in told if f"or set {each}<" not in text} == set()
        assert ("or set " in text) == bool(told)
