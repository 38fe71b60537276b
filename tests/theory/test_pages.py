"""The textbook pages: one a game, with a figure, two exercises, and commands that run."""

from __future__ import annotations

import re
import runpy
import shlex

import pytest

from sim.theory.catalogue import CASES
from tests.docs.pages import ROOT, blocks, text_of

FOLDER = ROOT / "docs" / "theory"
DRAWING = runpy.run_path(str(FOLDER / "figures.py"))
PICTURES = {picture.case: picture for picture in DRAWING["PICTURES"]}
COMMANDS = [
    line
    for page in sorted(FOLDER.glob("*.md"))
    for block in blocks(page.relative_to(ROOT).as_posix(), "console")
    for line in block.text.splitlines()
    if line.startswith("$ ")
]


def page_of(name: str) -> str:
    return text_of(f"docs/theory/{name}.md")


def test_every_game_has_a_page_and_every_page_a_game():
    assert {file.stem for file in FOLDER.glob("*.md")} - {"README"} == set(CASES)
    told = re.findall(r"^\| \[([a-z-]+)\]\(\1\.md\)", page_of("README"), re.M)
    assert told == list(CASES)


@pytest.mark.parametrize("name", CASES)
class TestPage:
    def test_it_has_all_its_parts(self, name):
        headings = re.findall(r"^## (.*)$", page_of(name), re.M)
        assert headings[:3] == ["The game", "What it exercises", "Exercises"]
        assert headings[3:] in (["Source"], ["Sources"])

    def test_it_names_the_files_of_the_rules_and_of_the_game(self, name):
        named = re.findall(r"`(sim/[a-z_/]+\.py)`", page_of(name))
        assert f"sim/theory/{name.replace('-', '_')}.py" in named
        assert any(file.startswith("sim/model/rules/") for file in named)
        assert all((ROOT / file).is_file() for file in named)

    def test_it_has_two_exercises_each_with_its_solution_and_a_command(self, name):
        _, _, exercises = page_of(name).partition("## Exercises")
        parts = re.split(r"^\*\*\d\.\*\* ", exercises, flags=re.M)[1:]
        assert len(parts) == 2
        for part in parts:
            assert part.count("<summary>Solution</summary>") == part.count("</details>") == 1
            assert f"$ thinline theory {name} --set " in part

    def test_its_figure_is_what_the_rules_and_the_closed_form_give(self, name):
        kept = (FOLDER / "figures" / f"{name}.svg").read_text(encoding="utf-8")
        drawn = DRAWING["drawn"](PICTURES[name])
        assert drawn == kept, "draw it anew: python docs/theory/figures.py"
        assert re.search(rf"!\[[^\]]{{60,}}\]\(figures/{name}\.svg\)", page_of(name))


@pytest.mark.parametrize("command", sorted(set(COMMANDS)))
def test_every_command_runs_and_rules_and_theory_agree(ask, workplace, command):
    _, program, *words = shlex.split(command)
    assert program == "thinline"
    assert ask(*words).code == 0
