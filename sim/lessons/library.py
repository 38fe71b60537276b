"""The shipped lessons, and a lesson by name or path."""

from __future__ import annotations

from pathlib import Path

from sim import resources
from sim.lessons.lesson import Lesson
from sim.lessons.read_lesson import read_lesson


def lesson_names() -> list[str]:
    """The names of the shipped lessons, sorted."""
    return resources.lesson_names()


def load_lesson(source: str | Path) -> Lesson:
    """The lesson in a file (its path ends in .yaml or has a slash), or the shipped one of a name.

    Raises :class:`sim.errors.LessonError` for an invalid file and :class:`sim.errors.UsageError`
    for a name that is not shipped.
    """
    if isinstance(source, Path) or resources.is_path(source):
        return read_lesson(Path(source).expanduser())
    return read_lesson(resources.lesson_file(source))
