"""Every example in the documentation does what it shows."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from sim.errors import ScenarioError
from sim.experiments.sweep.parse import read_sweep
from sim.explorer.lesson import read_exercise
from sim.explorer.levers import choose_levers
from sim.model.state import RECORD
from sim.scenario.load import load, load_text
from tests.docs.pages import OWN, Block, blocks, own_blocks, text_of

HEAD = "scenario: snippet\nextends: reassurance_force\n"
SNIPPETS = [block for block in own_blocks("yaml") if not block.marked]
SWEEPS = [block for block in own_blocks("yaml") if block.marked == "sweep"]
LESSONS = [block for block in own_blocks("yaml") if block.marked == "lesson"]
WRONG = [
    block for kind in ("yaml", "text") for block in own_blocks(kind) if "wrong: " in block.marked
]
SCRIPTS = [page for page in OWN if any(not each.marked for each in blocks(page, "python"))]


# Mesa announces that batch_run will go.
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")
@pytest.mark.parametrize("page", SCRIPTS)
def test_the_python_examples_of_a_page_run_one_after_the_other(page, workplace):
    names: dict[str, object] = {"__name__": "example"}
    for block in blocks(page, "python"):
        if not block.marked:
            # The lines above it, so that a traceback names the page's own line.
            code = compile("\n" * block.line + block.text, page, "exec", dont_inherit=True)
            exec(code, names)


@pytest.mark.parametrize("block", SNIPPETS, ids=str)
def test_a_snippet_loads(block: Block) -> None:
    whole = re.search(r"^scenario:", block.text, re.M)
    assert load_text(block.text if whole else HEAD + block.text)


@pytest.mark.parametrize("block", SWEEPS, ids=str)
def test_a_sweep_file_is_read(block: Block, workplace) -> None:
    (workplace / "sweep.yaml").write_text(block.text, encoding="utf-8")
    assert len(read_sweep("./sweep.yaml").design) > 1


@pytest.mark.parametrize("block", LESSONS, ids=str)
def test_a_lesson_file_is_read(block: Block, tmp_path: Path) -> None:
    file = tmp_path / "lesson.yaml"
    file.write_text(block.text, encoding="utf-8")
    levers = choose_levers(load("reassurance_force"), ())
    assert len(read_exercise(file, levers).steps) == block.text.count("ask:")


@pytest.mark.parametrize("block", WRONG, ids=str)
def test_what_is_wrong_is_said_as_shown(block: Block) -> None:
    with pytest.raises(ScenarioError) as refused:
        _refuse(block)
    assert str(refused.value) + "\n" == _shown(block)


def _refuse(block: Block) -> None:
    name, *overrides = shlex.split(block.marked.removeprefix("wrong: "))
    if block.kind == "yaml":
        load_text(block.text, file=name)
    else:
        load(name, overrides)


def _shown(block: Block) -> str:
    """What the page shows as said: the block itself, or the one right below a scenario."""
    if block.kind == "text":
        return block.text
    return next(each.text for each in blocks(block.page, "text") if each.line > block.line)


def test_every_field_of_a_record_is_described() -> None:
    table = text_of("docs/api.md").partition("### Records")[2].partition("\n## ")[0]
    rows = [row.split("|")[1] for row in table.splitlines() if row.startswith("| `")]
    told = {name for row in rows for name in re.findall(r"`(\w+)`", row)}
    assert told == {*(RECORD.names or ()), "outcome"}
