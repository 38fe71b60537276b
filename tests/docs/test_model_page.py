"""The model's page says what the code says: its tables, its rules, its order of play."""

from __future__ import annotations

import ast
import re
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

from sim.enums import Outcome
from sim.rng import DrawPurpose
from sim.scenario.schema import ALLOWED
from tests.docs.pages import ROOT, blocks, text_of
from tools.docgen.parameters import MARKED, renewed, tables

PAGE = "docs/model.md"


def rules() -> Iterator[tuple[str, str]]:
    """The name of every rule, with its file."""
    for path in sorted((ROOT / "sim" / "model" / "rules").glob("*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and node.decorator_list:
                yield node.name, f"sim/model/rules/{path.name}"


def section(file: str) -> str:
    """The part of the page under the heading that names ``file``."""
    found = re.search(rf"^### [^\n]*`{file}`.*?(?=^##)", text_of(PAGE), re.M | re.S)
    assert found, f"no heading for {file}"
    return found[0]


def body(path: Path, name: str) -> str:
    """The source of a function, without its signature and docstring."""
    source = path.read_text(encoding="utf-8")
    [function] = [
        node
        for node in ast.parse(source).body
        if isinstance(node, ast.FunctionDef) and node.name == name
    ]
    lines = source.splitlines()[function.body[1].lineno - 1 : function.end_lineno]
    return textwrap.dedent("\n".join(lines)) + "\n"


def test_the_tables_are_those_of_the_schema() -> None:
    text = text_of(PAGE)
    assert text == renewed(text), "renew them: python -m tools.docgen parameters"


def test_every_table_has_its_place() -> None:
    assert sorted(found[2] for found in MARKED.finditer(text_of(PAGE))) == sorted(tables())


@pytest.mark.parametrize(("name", "file"), list(rules()), ids=str)
def test_every_rule_has_a_row_under_its_file(name: str, file: str) -> None:
    assert f"\n| `{name}` | " in section(file)


def test_no_rule_is_made_up() -> None:
    known = {name for name, _ in rules()}
    files = {file for _, file in rules()}
    told = {name for file in files for name in re.findall(r"^\| `(\w+)` \| ", section(file), re.M)}
    assert told == known


def test_the_order_of_play_is_the_source() -> None:
    [shown] = [
        block for block in blocks(PAGE, "python") if block.marked == "source: sim/model/schedule.py"
    ]
    assert shown.text == body(ROOT / "sim" / "model" / "schedule.py", "play_month")


def test_files_and_stages_named_are_there() -> None:
    named = set(re.findall(r"`((?:sim|seeds)/[\w/.]+\.(?:py|yaml))`", text_of(PAGE)))
    assert named
    assert not [name for name in named if not (ROOT / name).is_file()]


def test_every_outcome_and_every_purpose_of_luck_is_told() -> None:
    text = text_of(PAGE)
    assert all(f"| `{outcome.word}` | " in text for outcome in Outcome)
    assert all(f"| `{purpose.name}` | " in text for purpose in DrawPurpose)


def test_the_red_lines_that_make_sense_are_those_of_the_check() -> None:
    rows = {
        f"| {role.word} | {effect.word} | {', '.join(f'`{watch.word}`' for watch in watches)} |"
        for (role, effect), watches in ALLOWED.items()
    }
    assert all(row in text_of(PAGE) for row in rows)
