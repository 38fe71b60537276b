"""The shipped lessons, and a lesson by name or path."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import yaml

from sim import resources
from sim.lessons.lesson import Lesson
from sim.lessons.read_lesson import read_lesson


def lessons_in_order() -> list[str]:
    """The names of the shipped lessons, in the order of a course."""
    return [each.name for each in headings()]


class Heading(NamedTuple):
    """The name, the question and the goal of a lesson, as its longest plan has it."""

    name: str
    title: str
    goal: str


def headings() -> list[Heading]:
    """The headings of the shipped lessons in the order of a course, without reading the rest."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    files = map(resources.lesson_file, resources.lesson_names())
    found = [yaml.load(file.read_text(encoding="utf-8"), loader) for file in files]
    found.sort(key=lambda each: each["place"])
    return [Heading(each["lesson"], each["title"], _goal(each["goal"])) for each in found]


def _goal(written: str | dict[str, str]) -> str:
    return written if isinstance(written, str) else written["say"]


def load_lesson(source: str | Path) -> Lesson:
    """The lesson in a file (its path ends in .yaml or has a slash), or the shipped one of a name.

    Raises :class:`sim.errors.LessonError` for an invalid file and :class:`sim.errors.UsageError`
    for a name that is not shipped.
    """
    if isinstance(source, Path) or resources.is_path(source):
        return read_lesson(Path(source).expanduser(), str(source))
    return read_lesson(resources.lesson_file(source), source)
