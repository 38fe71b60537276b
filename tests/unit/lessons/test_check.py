"""A student's file of answers is marked with reasons that help."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from sim.errors import LessonError
from sim.lessons.catalogue import load_lesson
from sim.lessons.check import Checked, check
from sim.lessons.questions.verdict import AnswerVerdict
from sim.lessons.read_answers import answers_form, read_answers
from sim.resources import lesson_file

HEAD = "lesson: presence\nruns: {runs}\nseed: 7\n"
RIGHT = {
    "q1": "falls",
    "q2": "rises",
    "q3": "falls then rises",
    "q4": "cannot",
    "q5": "0.5",
    "q6": "It counts runs of a model with invented weights.",
}


@pytest.fixture
def marked(tmp_path: Path):
    """A function that writes answers to the lesson on presence and has them marked."""

    def mark(answers: dict[str, str], predictions: str = "", runs: int = 1000) -> Checked:
        lines = [f"  {name}: {answer}" for name, answer in answers.items()]
        text = HEAD.format(runs=runs) + predictions + "answers:\n" + "\n".join(lines) + "\n"
        path = tmp_path / "answers.yaml"
        path.write_text(text, encoding="utf-8")
        return check(*read_answers(path))

    return mark


def test_right_answers_are_right_with_other_luck(marked):
    verdicts = {name: mark.verdict for name, mark in marked(RIGHT).marks.items()}
    assert verdicts.pop("q6") is AnswerVerdict.OPEN
    assert set(verdicts.values()) == {AnswerVerdict.RIGHT}


@pytest.mark.parametrize(
    ("name", "answer", "reason"),
    [
        ("q3", "falls", "true of planned attacks alone"),
        ("q3", "rises", "true of crises that grew"),
        ("q1", "rises", "look at 'planned attack' in order: "),
        ("q4", "can", "points apart"),
        ("q5", "23", "This is the run without consent"),
        ("q5", "90", "above the interval of your runs"),
    ],
)
def test_a_wrong_answer_gets_the_reason_that_helps(marked, name, answer, reason):
    mark = marked({**RIGHT, name: answer}).marks[name]
    assert mark.verdict is AnswerVerdict.WRONG
    assert reason in mark.reason


def test_an_answer_left_out_is_missing(marked):
    assert marked({"q1": "falls"}).marks["q2"].verdict is AnswerVerdict.MISSING


def test_a_prediction_is_measured_and_not_judged(marked):
    said = marked(RIGHT, "predictions:\n  war_by_size: [37, 7, 4, 73]\n").distances["war_by_size"]
    assert "farthest for 'three times the pledge: war in all'" in said
    assert "too high" in said
    assert "wrong" not in said


def test_an_empty_prediction_is_missing(marked):
    assert marked(RIGHT).distances == {}
    said = marked(RIGHT, "predictions:\n  war_by_size: []\n").distances["war_by_size"]
    assert said.startswith("missing: write a list of 4 numbers")


def test_a_prediction_of_another_length_is_told_how_many(marked):
    said = marked(RIGHT, "predictions:\n  war_by_size: [37, 7]\n").distances["war_by_size"]
    assert "write a list of 4 numbers" in said


@pytest.mark.parametrize(
    ("item", "problem"),
    [
        ("some", "'some': write a number"),
        ("400", "400: write 0 to 100 per cent"),
        ("-1.5", "-1.5: write 0 to 100 per cent"),
    ],
)
def test_a_wrong_item_of_a_prediction_is_named(marked, item, problem):
    predictions = f"predictions:\n  war_by_size: [37, 7, {item}, 9]\n"
    said = marked(RIGHT, predictions).distances["war_by_size"]
    assert said == f"item 3, for 'as pledged: war in all', is {problem}"


def test_the_form_that_is_handed_out_can_be_read(tmp_path):
    lesson = load_lesson("presence")
    path = tmp_path / "answers.yaml"
    form = answers_form(lesson, lesson.plans[50])
    path.write_text(form, encoding="utf-8")
    read, answers = read_answers(path)
    assert read == lesson
    assert (answers.count, answers.length) == (lesson.count, 50)
    assert answers.given == {**dict.fromkeys(["q1", "q2", "q3", "q4", "q5"]), "q6": ""}
    # A sentence may have a colon.
    path.write_text(form.replace('q6: ""', 'q6: "It depends: on the size."'), encoding="utf-8")
    assert read_answers(path)[1].given["q6"] == "It depends: on the size."


def test_a_form_is_for_one_plan_and_no_question_of_a_longer_one_is_missing(tmp_path):
    lesson = load_lesson("presence")
    path = tmp_path / "answers_20.yaml"
    form = answers_form(lesson, lesson.plans[20])
    path.write_text(form, encoding="utf-8")
    assert list(check(*read_answers(path)).marks) == ["q1", "q2", "q3", "q4"]
    path.write_text(form + "  q5: 0.5\n", encoding="utf-8")
    assert check(*read_answers(path)).marks["q5"].verdict is AnswerVerdict.RIGHT


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("answers: {}\n", "the file has no 'lesson'"),
        ("lesson: presence\nanswers: {q99: falls}\n", "unknown key 'q99' in answers"),
        ("lesson: presence\nruns: -3\nanswers: {}\n", "runs: -3 is not a whole number"),
        ("lesson: presence\nminutes: 30\nanswers: {}\n", "no plan of 30 minutes .*20, 50 and 90"),
        ("lesson: presence\nruns: 100001\nanswers: {}\n", "from 2 to 100,000"),
        ("lesson: presense\nanswers: {}\n", "did you mean 'presence'"),
        ("lesson: presence\nanswrs: {}\n", "unknown key 'answrs'"),
        ("lesson: presence\nanswers: [1]\n", "answers is a list"),
    ],
)
def test_a_wrong_file_is_refused_with_what_to_do(tmp_path, text, message):
    path = tmp_path / "answers.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(LessonError, match=message):
        read_answers(path)


def test_a_student_cannot_be_marked_by_a_lesson_of_their_own(tmp_path):
    own = tmp_path / "presence.yaml"
    shutil.copy(lesson_file("presence"), own)
    path = tmp_path / "answers.yaml"
    path.write_text(f"lesson: {own}\nanswers: {{}}\n", encoding="utf-8")
    with pytest.raises(LessonError, match=r"no shipped lesson named .* --lesson FILE"):
        read_answers(path)


def test_a_teacher_marks_by_a_lesson_of_their_own(tmp_path):
    own, path = tmp_path / "mine.yaml", tmp_path / "answers.yaml"
    text = lesson_file("presence").read_text(encoding="utf-8")
    own.write_text(text.replace("lesson: presence", "lesson: mine", 1), encoding="utf-8")
    path.write_text("lesson: mine\nanswers: {q1: falls}\n", encoding="utf-8")
    lesson, answers = read_answers(path, own)
    assert (lesson.name, answers.given) == ("mine", {"q1": "falls"})
    path.write_text("lesson: presence\nanswers: {}\n", encoding="utf-8")
    with pytest.raises(LessonError, match=r"is 'mine'"):
        read_answers(path, own)
