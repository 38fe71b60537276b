"""``thinline explore``: the file, the document, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sim.explorer.page import MOST_BYTES

QUICK = ["no_force", "reassurance_force", "--runs", "5", "--lever", "setting.clarity"]


def test_it_writes_the_file_that_it_names(ask, tmp_path: Path) -> None:
    answer = ask("explore", *QUICK, "--out", "here.html")
    assert answer.code == 0
    assert answer.out.splitlines()[-1] == "here.html"
    assert 0 < Path("here.html").stat().st_size <= MOST_BYTES


def test_the_document_says_what_is_in_the_file(ask) -> None:
    answer = ask("explore", *QUICK, "--seed", "3", "--json")
    document = json.loads(answer.out)
    assert document["kind"] == "explorer"
    assert (document["scenario"], document["presets"]) == ("no_force", ["reassurance_force"])
    assert document["levers"] == ["setting.clarity"]
    assert document["bytes"] == Path("explorer.html").stat().st_size


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--out", "page.txt"], 2, "write --out page.html"),
        (["--lever", "setting.clarty"], 2, "did you mean 'clarity'?"),
        (["--lever", "setting.clarity=1:0"], 2, "do not ascend"),
        (["--lesson", "none.yaml"], 2, "cannot be read"),
        (["--seed", "4294967296"], 2, "4,294,967,295"),
        (["--set", "setting.clarity=7"], 2, "clarity: 7 is above 1"),
    ],
    ids=lambda case: " ".join(case) if isinstance(case, list) else "",
)
def test_what_is_wrong_is_refused_before_anything_is_written(
    ask, words: list[str], code: int, said: str
) -> None:
    answer = ask("explore", *QUICK, *words)
    assert answer.code == code
    assert said in answer.err
    assert not Path("explorer.html").exists()
