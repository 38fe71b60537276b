"""A lesson's file: nothing may be missing, and every problem has a place and a remedy."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from sim.errors import LessonError
from sim.lessons.catalogue import lessons_in_order, load_lesson
from sim.lessons.read_lesson import OPTIONAL, PARTS
from sim.resources import lesson_file

TEXT = lesson_file("presence").read_text(encoding="utf-8")


@pytest.fixture
def lesson(tmp_path: Path):
    """A function that writes a changed text of the lesson and returns what is wrong with it."""

    def problems(text: str) -> list[str]:
        path = tmp_path / "presence.yaml"
        path.write_text(text, encoding="utf-8")
        with pytest.raises(LessonError) as caught:
            load_lesson(path)
        return [str(problem) for problem in caught.value.problems]

    return problems


def without(key: str) -> str:
    written = yaml.safe_load(TEXT)
    del written[key]
    return yaml.safe_dump(written, sort_keys=False, allow_unicode=True)


@pytest.mark.parametrize("part", [part for part in PARTS if part not in OPTIONAL])
def test_a_missing_part_is_refused(lesson, part):
    assert any(f"the lesson has no '{part}'" in each for each in lesson(without(part)))


@pytest.mark.parametrize("key", ["ask", "reason", "of", "name"])
def test_a_missing_part_of_a_prediction_is_refused(lesson, key):
    written = yaml.safe_load(TEXT)
    del written["predict"][0][key]
    named = "a prediction" if key == "name" else "prediction 'war_by_size'"
    assert any(f"{named} has no '{key}'" in each for each in lesson(yaml.safe_dump(written)))


@pytest.mark.parametrize(
    ("old", "new", "message", "remedy"),
    [
        ("expect: falls\n", "expect: sinks\n", "the claim 'sinks'", "one of: rises, falls"),
        (
            "no_force.failure, quarter",
            "no_farce.failure, quarter",
            "no run 'no_farce'",
            "'no_force'",
        ),
        ("measures: [failure,", "measures: [failur,", "no outcome 'failur'", "'failure'"),
        ("kind: number", "kind: numbr", "kind: unknown 'numbr'", "'number'"),
        ("setting.force_size: 0}", "setting.force_siz: 0}", "force_siz", "force_size"),
        ("sizes: [7, 13, 20]", "sizes: [8, 13, 20]", "the plan of 20 minutes has 21", "change"),
        ("sizes: [7, 13, 20]", "sizes: [7, 13]", "minutes of sizes: [7, 13]", "3 whole numbers"),
        ("consent: [0, 7", "consnt: [0, 7", "unknown key 'consnt' in minutes", "'consent'"),
        ("{triple.escalation} with", "{tripl.escalation} with", "no run 'tripl'", "'triple'"),
        ("question: q5", "question: q9", "'q9', which is no marked question", "q1"),
        ("question: q5", "question: q6", "'q6', which is no marked question", "q1"),
        ("question: q5", "question: later1", "'later1', which is no marked", "one of q1"),
        ("answer: triple.war", "answer: tripl.war", "no run 'tripl'", "'triple'"),
        ("answer: triple.war", "answer: triple.wor", "no outcome 'wor'", "'war'"),
        ("answer: triple.war", "answer: 23", "no run '23'", "one of"),
        ("answer: rises", "answer: sinks", "'sinks' is no answer to q3", "one of: rises"),
        ("name: q2", "name: q1", "two questions named 'q1'", "rename"),
        ("- consent.flashpoint", "- consent.flash", "no claim 'consent.flash'", "seeds/claims"),
        ("states.russia.fear]", "states.russia.feer]", "no parameter 'states.russia.feer'", "fear"),
        ("lesson: presence", "lesson: present", "is in the file presence.yaml", "the same name"),
        ("runs: 2000", "runs: many", "runs: 'many' is not a whole number", "such a number"),
        ("        at: 100\n", "        at: 100\n        rubric: [x]\n", "a rubric in kind", "why"),
        ("kind: open\n", "kind: open\n        of: [agreed.war]\n", "has 1 cells", "cells: none"),
        ('    - "0: a slogan"\n', "", "a rubric of 3 lines", "0, 1, 2 and 3 points"),
    ],
)
def test_a_wrong_part_is_named_with_its_remedy(lesson, old, new, message, remedy):
    assert old in TEXT
    found = lesson(TEXT.replace(old, new, 1))
    assert any(message in each and remedy in each for each in found), found


@pytest.mark.parametrize("kind", ["number", "order", "direction", "cannot-tell"])
def test_a_question_without_cells_is_refused(lesson, kind):
    written = yaml.safe_load(TEXT)
    question = written["steps"][0]["questions"][0]
    question["kind"] = kind
    del question["of"]
    assert any("0 cells" in each for each in lesson(yaml.safe_dump(written)))


def test_the_place_is_that_of_the_line(lesson):
    text = TEXT.replace("kind: number", "kind: numbr", 1)
    line = next(k for k, each in enumerate(text.splitlines(), 1) if "kind: numbr" in each)
    assert any(f"presence.yaml:{line}:" in each for each in lesson(text))


@pytest.mark.parametrize(
    ("part", "message"),
    [("debrief", "why asks"), ("predict", "predict asks"), ("later", "quiz asks")],
)
def test_a_part_about_steps_that_a_plan_lacks_is_refused(lesson, part, message):
    written = yaml.safe_load(TEXT)
    if part == "debrief":
        written["debrief"]["why"] = [{"ask": "And consent?", "step": "consent"}]
    else:
        for question in written[part]:
            question["of"] = ["agreed.war"]
    found = lesson(yaml.safe_dump(written))
    assert any(message in each and "the plan of 20 minutes" in each for each in found), found


def test_a_question_of_the_quiz_names_a_step_and_one_of_a_step_does_not(lesson):
    quiz = TEXT.replace("  - name: later5\n", "  - name: later5\n    step: consnt\n")
    assert any("unknown 'consnt'" in each for each in lesson(quiz))
    of_a_step = TEXT.replace("      - name: q1\n", "      - name: q1\n        step: consent\n")
    assert any("'step' in a question of a step" in each for each in lesson(of_a_step))


def test_a_debrief_names_a_step_of_the_lesson(lesson):
    found = lesson(TEXT.replace("      step: consent\n", "      step: consnt\n"))
    assert any("step: unknown 'consnt'" in each and "'consent'" in each for each in found)


def test_a_misspelt_part_is_one_problem_and_a_part_is_named(lesson):
    found = lesson(TEXT.replace("    reason: In one", "    reson: In one"))
    assert len(found) == 1
    assert "unknown key 'reson' in prediction 'war_by_size'" in found[0]


@pytest.mark.parametrize("name", lessons_in_order())
def test_a_short_plan_asks_nothing_about_steps_that_it_lacks(name):
    lesson = load_lesson(name)
    for plan in lesson.plans.values():
        shown = {run for step in lesson.steps_of(plan) for run in step.show}
        lacking = {run for step in lesson.steps for run in step.show} - shown
        cells = [each.of for each in lesson.predictions_of(plan)]
        cells += [each.of for each in lesson.later_of(plan)]
        assert not lacking & {cell.run for of in cells for cell in of}
        quiz = lesson.later_of(plan)
        assert all((each in quiz) is plan.has(each.step) for each in lesson.later if each.step)
        tagged = [each for asked in lesson.debrief.rounds.values() for each in asked if each.step]
        debriefed = [ask for asked in lesson.debrief_of(plan).values() for ask in asked]
        assert all((each.text in debriefed) is plan.has(each.step) for each in tagged)


@pytest.mark.parametrize("name", lessons_in_order())
def test_the_goal_and_the_exit_note_of_a_plan_speak_of_what_it_shows(name):
    lesson = load_lesson(name)
    for plan in lesson.plans.values():
        for each in (lesson.goal, lesson.exit.ask, *lesson.exit.rubric):
            said = each.of(plan)
            assert said
            assert (said == each.text) is (not each.step or plan.has(each.step))
        scores = [line.of(plan)[:2] for line in lesson.exit.rubric]
        assert scores == ["0:", "1:", "2:", "3:"]


def test_a_short_plan_does_not_promise_what_only_a_longer_one_has():
    lesson = load_lesson("truce")
    said = {length: lesson.goal.of(plan) for length, plan in lesson.plans.items()}
    assert {length: "consent clause" in goal for length, goal in said.items()} == {
        20: False,
        50: True,
        90: True,
    }
    assert lesson.minutes_without(lesson.goal) == "20 minutes"
    assert lesson.minutes_without(lesson.exit.ask) == ""


def test_a_text_about_a_step_names_one_and_has_another_for_plans_without_it(lesson):
    goal = "goal: {say: Explain it, step: consnt}\nlevel:"
    found = lesson(re.sub(r"goal: >-\n(  .*\n)+level:", goal, TEXT))
    assert any("step: unknown 'consnt'" in each and "'consent'" in each for each in found)
    assert any("goal has no 'otherwise'" in each for each in found)


def test_a_short_debrief_is_refused(lesson):
    text = TEXT.replace("debrief: [5, 15, 32]", "debrief: [4, 15, 32]").replace(
        "exit: [2,", "exit: [3,"
    )
    assert any("the debrief has 4 of 20 minutes" in each for each in lesson(text))


@pytest.mark.parametrize("text", ["", "- a list\n", "lesson: [\n", "\x00"])
def test_what_is_no_lesson_is_refused_with_a_place(lesson, text):
    assert lesson(text)[0].startswith(("/", "presence.yaml:1", ".."))


def test_every_problem_is_reported_at_once(lesson):
    text = TEXT.replace("kind: number", "kind: numbr", 1).replace("expect: rises", "expect: up", 1)
    assert len(lesson(text)) >= 2
