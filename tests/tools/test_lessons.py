"""The shipped lessons: their claims hold in the model, and their pages are what it computes."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

import pytest

from sim.lessons.catalogue import lessons_in_order
from sim.lessons.catalogue import load_lesson as load_anew
from sim.lessons.key import Key
from sim.lessons.questions.open import OpenQuestion
from sim.lessons.read_lesson import SPOKEN
from tools.docgen.lessons import FOLDER, key_page, overview, page

NAMES = lessons_in_order()
load_lesson = cache(load_anew)
RENEW = "renew it: python -m tools.docgen lessons"


def read(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


def test_there_are_enough_lessons():
    assert len(NAMES) >= 8


@pytest.mark.parametrize("name", NAMES)
class TestLesson:
    def test_its_claims_hold_and_its_key_is_what_the_model_says(self, name):
        key = Key.of(load_lesson(name))
        assert key.drift == []
        assert key_page(key) == read(f"keys/{name}.md"), RENEW

    def test_its_page_is_current_and_does_not_lead_to_the_key(self, name):
        said = page(load_lesson(name))
        assert said == read(f"{name}.md"), RENEW
        assert "keys/" not in said

    def test_it_asks_more_than_for_numbers_and_more_than_for_words(self, name):
        lesson = load_lesson(name)
        kinds = {question.kind for question in lesson.questions}
        assert len(kinds) >= 3
        assert "open" in kinds
        assert any(not isinstance(question, OpenQuestion) for question in lesson.later)

    def test_what_is_asked_was_shown_before_in_every_plan(self, name):
        lesson = load_lesson(name)
        for plan in lesson.plans.values():
            shown: set[str] = set()
            for step in lesson.steps_of(plan):
                shown |= {f"{run}.{measure}" for run in step.show for measure in step.measures}
                asked = {str(cell) for question in step.questions for cell in question.of}
                assert asked <= shown, (plan.length, step.name)

    def test_every_run_is_used(self, name):
        lesson = load_lesson(name)
        asked = {cell.run for each in (*lesson.questions, *lesson.later) for cell in each.of}
        shown = {run for step in lesson.steps for run in step.show}
        told = {run for run, _ in SPOKEN.findall(lesson.notes)}
        assert set(lesson.runs) == asked | shown | told


def test_the_overview_names_every_lesson():
    said = overview()
    assert said == read("README.md"), RENEW
    assert re.findall(r"^\| \[(\w+)\]", said, re.M) == NAMES


def test_a_claim_that_the_model_contradicts_is_found():
    lesson = load_lesson("presence")
    first, *rest = lesson.steps
    wrong = replace(first.questions[0], expect="rises")
    changed = replace(lesson, steps=(replace(first, questions=(wrong,)), *rest))
    assert Key.of(changed).drift == ["presence.q1: rises is claimed, the model: falls"]
