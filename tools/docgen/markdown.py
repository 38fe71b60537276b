"""Markdown that several generated pages share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from textwrap import fill


def table(headings: Sequence[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table."""
    lines = [headings, ["---"] * len(headings), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def sources(works: Iterable[str]) -> str:
    """A section with the works that a page names, in the order of the alphabet."""
    listed = sorted((" ".join(work.split()) for work in works), key=lambda work: work.strip("*"))
    items = (
        fill(work, 100, initial_indent="- ", subsequent_indent="  ", break_on_hyphens=False)
        for work in listed
    )
    return "\n## Sources\n\n" + "\n".join(items) + "\n"
