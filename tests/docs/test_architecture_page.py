"""The page on architecture shows the rooms that there are, and code as it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.pages import ROOT, Block, blocks, text_of
from tests.docs.renew import rooms

PAGE = "docs/architecture.md"
SHOWN = [block for block in blocks(PAGE, "python") if block.marked.startswith("source: ")]


def test_the_rooms_are_those_of_the_import_contract() -> None:
    text = text_of(PAGE)
    assert text == rooms(text), "renew them: python -m tests.docs.renew"


@pytest.mark.parametrize("block", SHOWN, ids=str)
def test_code_shown_stands_in_its_file(block: Block) -> None:
    file = Path(ROOT / block.marked.removeprefix("source: "))
    assert block.text.strip() in file.read_text(encoding="utf-8")


def test_folders_named_are_there() -> None:
    tests = [line.split("`")[1] for line in text_of(PAGE).splitlines() if "| `tests/" in line]
    assert sorted(tests) == sorted(
        f"tests/{folder.name}/"
        for folder in (ROOT / "tests").iterdir()
        if folder.is_dir() and list(folder.rglob("test_*.py"))
    )
