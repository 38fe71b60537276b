"""Reading a student's answers, and the file that is handed out for them."""

from __future__ import annotations

from pathlib import Path

from sim.choices import MAX_RUNS, MAX_SEED
from sim.errors import LessonError
from sim.lessons.answers import Answers
from sim.lessons.fields import Fields, compose_file, plain
from sim.lessons.lesson import Lesson
from sim.lessons.library import load_lesson
from sim.scenario.diagnostics import Diagnostics

KEYS = {
    "lesson": "the name of the lesson",
    "runs": "the number of model runs that you made",
    "seed": "their seed",
    "predictions": "what you predicted, a list of numbers each",
    "answers": "your answers by the names of the questions",
}


def read_answers(path: Path) -> tuple[Lesson, Answers]:
    """The answers in a file, and their lesson; raises ``LessonError`` with every problem."""
    root = compose_file(path, "file of answers")
    diagnostics = Diagnostics()
    fields = Fields(root, "the file", KEYS, diagnostics, ("runs", "seed", "predictions"))
    if "lesson" not in fields:
        raise LessonError(diagnostics.problems)
    lesson = load_lesson(fields.text("lesson"))
    questions = [question.name for question in lesson.questions]
    answers = Answers(
        lesson.name,
        fields.whole("runs", 2, MAX_RUNS, lesson.count),
        fields.whole("seed", 0, MAX_SEED, lesson.seed),
        _by_name("answers", questions, fields),
        _by_name("predictions", [each.name for each in lesson.predict], fields),
    )
    if diagnostics.problems:
        raise LessonError(diagnostics.problems)
    return lesson, answers


def _by_name(key: str, known: list[str], fields: Fields) -> dict[str, object]:
    """The values of a block by names that must be among ``known``."""
    if key not in fields:
        return {}
    named = dict.fromkeys(known, "what you found")
    inside = Fields(fields.at(key), key, named, fields.diagnostics, tuple(known))
    return {word: plain(entry.node) for word, entry in inside.entries.items()}


def answers_form(lesson: Lesson) -> str:
    """A file to fill in: every question with how its answer is written."""
    lines = [
        f"# Answers to the lesson '{lesson.title}'. Fill in what follows each colon, then run:",
        "#   thinline lesson check answers.yaml",
        f"lesson: {lesson.name}",
        f"runs: {lesson.count}  # the number of model runs that you made",
        f"seed: {lesson.seed}  # the seed that the table prints",
        "predictions:",
    ]
    for prediction in lesson.predict:
        labels = ", ".join(lesson.runs[cell.run].label for cell in prediction.of)
        lines += [f"  # {prediction.ask} A list of numbers: {labels}", f"  {prediction.name}: []"]
    lines.append("answers:")
    for question in lesson.questions:
        lines += [f"  # {question.ask}", f"  #   {question.how}", f"  {question.name}:"]
    return "\n".join(lines) + "\n"
