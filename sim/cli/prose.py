"""Text for reading: paragraphs as wide as the terminal, but never wider than a page."""

from __future__ import annotations

import os
import shutil
import sys
from textwrap import wrap

import click

from sim.cli.output import say

PAGE = 96


def heading(text: str) -> None:
    """Print a heading, bold on a terminal, after an empty line."""
    plain = not sys.stdout.isatty() or "NO_COLOR" in os.environ
    say()
    say(text if plain else click.style(text, bold=True))


def paragraph(text: str, indent: int = 0, mark: str = "") -> None:
    """Print a text, its lines ``indent`` blanks in, the first after ``mark``."""
    first = " " * indent + mark
    lines = wrap(
        text,
        _width(),
        initial_indent=first,
        subsequent_indent=" " * len(first),
        break_on_hyphens=False,
        break_long_words=False,
    )
    for line in lines:
        say(line)


def _width() -> int:
    return min(PAGE, shutil.get_terminal_size((PAGE, 24)).columns) if sys.stdout.isatty() else PAGE
