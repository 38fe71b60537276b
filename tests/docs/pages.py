"""The pages of the documentation, and what stands in their fenced blocks."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
OWN = [
    "README.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    *(f"docs/{name}.md" for name in ("api", "architecture", "limits", "model")),
]
COMMON = (
    "browser",
    "compare",
    "discovery",
    "explorer",
    "notebooks",
    "play",
    "room",
    "scale",
    "scenarios",
    "security",
    "sensitivity",
    "sweeps",
    "trace",
    "tutorial",
)
OWN += [f"docs/{name}.md" for name in COMMON]
OWN += [f"docs/theory/{path.name}" for path in sorted((ROOT / "docs/theory").glob("*.md"))]
FENCED = re.compile(
    r"(?:^<!-- (?P<marked>[^\n]*) -->\n)?^```(?P<kind>[a-z]*)\n(?P<text>.*?)^```$", re.M | re.S
)


class Block(NamedTuple):
    """A fenced block: its page, the line of its fence, its language, what a comment right above
    it says, and its text."""

    page: str
    line: int
    kind: str
    marked: str
    text: str

    def __str__(self) -> str:
        return f"{self.page}:{self.line}"


def pages() -> list[str]:
    """Every page of the documentation, by its path from the root."""
    found = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
    return [path.relative_to(ROOT).as_posix() for path in found]


def text_of(page: str) -> str:
    """The text of a page."""
    return (ROOT / page).read_text(encoding="utf-8")


def blocks(page: str, kind: str = "") -> list[Block]:
    """The fenced blocks of a page, all of them or those of one language."""
    text = text_of(page)
    found = (
        Block(page, text.count("\n", 0, m.start()) + 1, m["kind"], m["marked"] or "", m["text"])
        for m in FENCED.finditer(text)
    )
    return [block for block in found if kind in ("", block.kind)]


def own_blocks(kind: str) -> list[Block]:
    """The blocks of one language in the pages that describe code."""
    return [block for page in OWN for block in blocks(page, kind)]
