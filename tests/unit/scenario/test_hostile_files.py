"""Whatever a file holds, the answer is a scenario or a ``ScenarioError``."""

from __future__ import annotations

import random
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.errors import Problem, ScenarioError
from sim.scenario.load import load, load_text
from tests.hostile_texts import READERS, try_texts
from tests.scenarios import TINY

RICH = (
    TINY
    + """\
  france:
    capability: {triangular: [0.1, 0.2, 0.3], source: a.b, why: so}
    requires: {consent: 0.5}
groups: {west: {members: [france, poland], resolve: {shift: -0.1}}}
setting: {clarity: {choice: {0.2: 1, 0.4: 3}}, ceasefire: false}
events:
  - {month: 3, set: {groups.west.resolve: 0.2, setting.consent: {beta: [0.3, 9]}}, why: reason}
  - when: month >= 2 and 2 states at ground
    set: {states.russia.red_lines.foreign_troops.backed: false}
info: {what_is_it: [one, two], sources: [three]}
"""
)
STRANGE = ["\t", "{", "]", ": ", "- ", "&a ", "*a", "!x ", "\0", "é", "'", "9" * 9, "...\n", "\n"]


def problems_of(text: str) -> tuple[Problem, ...]:
    try:
        load_text(text)
    except ScenarioError as error:
        return error.problems
    return ()


def mutated(text: str, draw: random.Random) -> str:
    """The text with a few pieces moved, doubled, lost or made strange."""
    for _ in range(draw.randint(1, 4)):
        here, there = draw.randrange(len(text)), draw.randrange(len(text))
        moved = text[there : there + draw.randint(0, 30)]
        piece = draw.choice([draw.choice(STRANGE), moved, moved * 3, ""])
        text = text[:here] + piece + text[here + draw.choice([0, 1, 20]) :]
    return text


def test_the_rich_file_is_right() -> None:
    assert problems_of(RICH) == ()


@settings(max_examples=300)
@given(st.randoms(use_true_random=False))
def test_no_change_of_a_file_raises_anything_else(draw: random.Random) -> None:
    assert all(problem.remedy for problem in problems_of(mutated(RICH, draw)))


# Texts made up from what stands in the sources may well be right: then nothing is raised at all.
@given(st.text(max_size=60))
def test_no_text_raises_anything_else(text: str) -> None:
    with suppress(ScenarioError):
        load_text(text)


@given(st.text(max_size=40))
def test_no_override_raises_anything_else(text: str) -> None:
    with suppress(ScenarioError):
        load_text(RICH, [text])


def test_a_few_of_the_deep_trials_are_taken_or_refused_with_a_remedy(tmp_path: Path) -> None:
    tried = try_texts(tmp_path, range(60))
    assert {reader for reader, _ in tried} == {reader.__name__ for reader in READERS}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("bytes")


@given(data=st.binary(max_size=60))
def test_no_bytes_raise_anything_else(folder: Path, data: bytes) -> None:
    path = folder / "wrong.yaml"
    path.write_bytes(data)
    with pytest.raises(ScenarioError):
        load(path)


@pytest.mark.parametrize(
    ("data", "line", "column", "message"),
    [
        (b"scenario: a\ntitle: caf\xe9\n", 2, 11, "not UTF-8: byte 0xe9"),
        (b"\xff\xfes\x00", 1, 1, "not UTF-8: byte 0xff"),
        (b"scenario: a\n" + b"#" * 2**20, 1, 1, "larger than 1 MiB"),
    ],
)
def test_unreadable_bytes(
    tmp_path: Path, data: bytes, line: int, column: int, message: str
) -> None:
    path = tmp_path / "wrong.yaml"
    path.write_bytes(data)
    with pytest.raises(ScenarioError) as refused:
        load(path)
    (problem,) = refused.value.problems
    assert (problem.place.line, problem.place.column) == (line, column)
    assert message in problem.message


def test_a_byte_order_mark_is_no_matter(tmp_path: Path) -> None:
    path = tmp_path / "marked.yaml"
    path.write_text(TINY, encoding="utf-8-sig")
    assert load(path) == load_text(TINY)


def test_a_folder_and_a_missing_file(tmp_path: Path) -> None:
    for path, message in [(tmp_path, "this is a folder"), (tmp_path / "no.yaml", "does not exist")]:
        with pytest.raises(ScenarioError, match=message):
            load(path)


@pytest.mark.parametrize(
    "name", ["", "a" * 5000, "x" * 5000 + ".yaml", "\0", "a\0.yaml", "../..", "/"]
)
def test_no_name_raises_anything_else(name: str) -> None:
    with pytest.raises(ScenarioError):
        load(name)
