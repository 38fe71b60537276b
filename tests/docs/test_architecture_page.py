"""The architecture page shows the layers of the import contract, and code as it is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.docs.pages import ROOT, Block, blocks, text_of
from tests.docs.renew import layers

PAGE = "docs/architecture.md"
SHOWN = [block for block in blocks(PAGE, "python") if block.marked.startswith("source: ")]


def test_the_layers_are_those_of_the_import_contract() -> None:
    text = text_of(PAGE)
    assert text == layers(text), "renew them: python -m tests.docs.renew"


@pytest.mark.parametrize("block", SHOWN, ids=str)
def test_code_shown_stands_in_its_file(block: Block) -> None:
    file = Path(ROOT / block.marked.removeprefix("source: "))
    assert block.text.strip() in file.read_text(encoding="utf-8")


def test_folders_named_are_there() -> None:
    rows = [line for line in text_of(PAGE).splitlines() if line.startswith("| `tests/")]
    tests = [row.split("`")[1] for row in rows]
    assert sorted(tests) == sorted(
        f"tests/{folder.name}/"
        for folder in (ROOT / "tests").iterdir()
        if folder.is_dir() and list(folder.rglob("test_*.py"))
    )


def test_files_named_are_there() -> None:
    table = text_of(PAGE).partition("## Where to find things")[2].partition("## One set")[0]
    for cell in re.findall(r"`([\w/]+(?:\.py|/))`", table):
        assert (
            (ROOT / "sim" / cell).exists()
            or (ROOT / cell).exists()
            or list((ROOT / "sim").rglob(cell))
        ), cell
