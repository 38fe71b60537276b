"""Pages of lessons: an overview, a page for students, and a key that the model computes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from textwrap import fill
from typing import TYPE_CHECKING

from sim.evidence.claims import claim
from sim.formatting import capitalise
from sim.lessons.catalogue import lessons_in_order, load_lesson
from sim.lessons.cell import measure_label
from sim.lessons.debrief import ROUNDS
from sim.lessons.key import Key
from sim.lessons.lesson import Lesson

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES = Path(__file__).parent / "templates"
FOLDER = Path(__file__).parents[2] / "docs" / "classroom"
AS_IT_IS = ("|", "#", ">", "`")
NO_BREAK = "\u00a0"
ITEM = re.compile(r"(- |\d+\. )")


def overview() -> str:
    """The page for teachers, with all lessons."""
    return _render("classroom.md", lessons=[load_lesson(name) for name in lessons_in_order()])


def page(lesson: Lesson) -> str:
    """The page of a lesson for students; no link leads to its key."""
    return _render("lesson.md", lesson=lesson, label=measure_label)


def key_page(key: Key) -> str:
    """The key of a lesson."""
    sources = [claim(name) for name in key.lesson.sources]
    return _render("lesson_key.md", lesson=key.lesson, key=key, rounds=ROUNDS, claims=sources)


def pages() -> Iterator[tuple[Path, str]]:
    """Every page with its path."""
    yield FOLDER / "README.md", overview()
    for name in lessons_in_order():
        lesson = load_lesson(name)
        yield FOLDER / f"{name}.md", page(lesson)
        yield FOLDER / "keys" / f"{name}.md", key_page(Key.of(lesson))


def write() -> None:
    """Write every page."""
    (FOLDER / "keys").mkdir(parents=True, exist_ok=True)
    for path, text in pages():
        path.write_text(text, encoding="utf-8")


@cache
def _templates() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["sentence"] = capitalise
    return made


def _render(template: str, **context: object) -> str:
    said = _templates().get_template(template).render(**context)
    parts = re.split(r"\n\s*\n", said.strip())
    return "\n\n".join(_laid_out(part) for part in parts) + "\n"


def _laid_out(part: str) -> str:
    """A part between blank lines: prose and items are filled, tables and headings are not."""
    part = part.strip()
    if part.startswith(AS_IT_IS):
        return part
    if ITEM.match(part):
        items = re.split(r"\n(?=- |\d+\. )", part)
        return "\n".join(_filled(item, " " * (item.index(" ") + 1)) for item in items)
    return _filled(part)


def _filled(text: str, indent: str = "") -> str:
    joined = " ".join(text.split()).replace(" %", f"{NO_BREAK}%")
    return fill(
        joined, 100, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )
