"""Reading a student's answers, and the file that is handed out for them."""

from __future__ import annotations

from pathlib import Path

from sim.choices import MAX_SEED
from sim.errors import LessonError, did_you_mean
from sim.formatting import join_and
from sim.lessons.answers import Answers
from sim.lessons.catalogue import lessons_in_order, load_lesson
from sim.lessons.fields import Fields, compose_file, plain
from sim.lessons.lesson import Lesson
from sim.lessons.plan import LessonPlan
from sim.lessons.questions.open import OpenQuestion
from sim.scenario.diagnostics import Diagnostics

KEYS = {
    "lesson": "the name of the lesson",
    "minutes": "the length of the plan",
    "runs": "the number of model runs that you made",
    "seed": "their seed",
    "predictions": "what you predicted, a list of numbers each",
    "answers": "your answers by the names of the questions",
}

# The most runs that a file of answers may ask of the computer that marks it.
MOST_RUNS = 100_000


def read_answers(path: Path, own: Path | None = None) -> tuple[Lesson, Answers]:
    """The answers in a file, and their lesson; raises ``LessonError`` with every problem.

    Students write the file, so it may name a shipped lesson only. ``own`` is the file of a lesson
    that the teacher wrote.
    """
    root = compose_file(path, "file of answers")
    diagnostics = Diagnostics()
    fields = Fields(root, "the file", KEYS, diagnostics, ("minutes", "runs", "seed", "predictions"))
    if "lesson" not in fields:
        raise LessonError(diagnostics.problems)
    lesson = _lesson(fields, own)
    questions = [question.name for question in lesson.questions]
    answers = Answers(
        lesson.name,
        _length(lesson, fields),
        fields.whole("runs", 2, max(MOST_RUNS, lesson.count), lesson.count),
        fields.whole("seed", 0, MAX_SEED, lesson.seed),
        _by_name("answers", questions, fields),
        _by_name("predictions", [each.name for each in lesson.predict], fields),
    )
    if diagnostics.problems:
        raise LessonError(diagnostics.problems)
    return lesson, answers


def _lesson(fields: Fields, own: Path | None) -> Lesson:
    """The lesson that the file names, which must be shipped, or else the teacher's own."""
    name = fields.text("lesson")
    if own is not None:
        lesson = load_lesson(own)
        if lesson.name == name:
            return lesson
        message, remedy = f"the lesson in {own} is '{lesson.name}'", f"write '{lesson.name}'"
    elif name in (shipped := lessons_in_order()):
        return load_lesson(name)
    else:
        message = f"no shipped lesson named '{name[:40]}'"
        remedy = f"{did_you_mean(name, shipped)}; mark your own with: lesson check --lesson FILE"
    fields.report(fields.at("lesson"), message, remedy)
    raise LessonError(fields.diagnostics.problems)


def _length(lesson: Lesson, fields: Fields) -> int:
    """The length of the plan; that of the longest if the file names none."""
    longest = max(lesson.plans)
    length = fields.whole("minutes", min(lesson.plans), longest, longest)
    if length not in lesson.plans:
        listed = join_and(list(map(str, lesson.plans)))
        fields.report(fields.at("minutes"), f"no plan of {length} minutes", f"write {listed}")
    return length


def _by_name(key: str, known: list[str], fields: Fields) -> dict[str, object]:
    """The values of a block by names that must be among ``known``."""
    if key not in fields:
        return {}
    named = dict.fromkeys(known, "what you found")
    inside = Fields(fields.at(key), key, named, fields.diagnostics, tuple(known))
    return {word: plain(entry.node) for word, entry in inside.entries.items()}


def answers_form(lesson: Lesson, plan: LessonPlan) -> str:
    """A file to fill in: every question of a plan with how its answer is written."""
    lines = [
        f"# Answers to the lesson '{lesson.title}'. Fill in what follows each colon, then run:",
        f"#   {lesson.check_command(plan)}",
        f"lesson: {lesson.name}",
        f"minutes: {plan.length}  # the length of the plan",
        f"runs: {lesson.count}  # the number of model runs that you made",
        f"seed: {lesson.seed}  # the seed that the table prints",
        "predictions:",
    ]
    for prediction in lesson.predictions_of(plan):
        labels = "; ".join(lesson.runs[cell.run].label for cell in prediction.of)
        lines += [f"  # {prediction.ask} A list of numbers: {labels}", f"  {prediction.name}: []"]
    lines.append("answers:")
    for step in lesson.steps_of(plan):
        for question in step.questions:
            # Between quotes a text may have colons.
            how, place = question.how, f"  {question.name}:"
            if isinstance(question, OpenQuestion):
                how, place = f"{how}, between the quotes", f'{place} ""'
            lines += [f"  # {question.ask}", f"  #   {how}", place]
    return "\n".join(lines) + "\n"
