"""Lessons of an explorer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from sim.errors import UsageError
from sim.explorer.lesson import DEFAULT_STEPS, RUNS, default_lesson, read_exercise
from sim.explorer.levers import Lever, choose_levers
from sim.explorer.words import predicted_words
from tests.scenarios import tiny

GOOD: dict[str, Any] = {
    "title": "Words or soldiers",
    "about": "Two changes.",
    "steps": [{"ask": "And now?", "set": {"setting.clarity": 0.2}, "why": "Look again."}],
}


@pytest.fixture(scope="module")
def levers() -> tuple[Lever, ...]:
    return choose_levers(tiny())


def written(folder: Path, lesson: Any) -> Path:
    file = folder / "lesson.yaml"
    file.write_text(lesson if isinstance(lesson, str) else yaml.safe_dump(lesson), "utf-8")
    return file


def test_the_default_lesson_moves_one_lever_a_step(levers: tuple[Lever, ...]) -> None:
    lesson = default_lesson(levers)
    assert lesson.is_default
    assert len(lesson.steps) == DEFAULT_STEPS
    for step in lesson.steps:
        assert len(step.set) == 1
    assert len({path for step in lesson.steps for path in step.set}) == DEFAULT_STEPS


def test_a_lesson_is_read(levers: tuple[Lever, ...], tmp_path: Path) -> None:
    lesson = read_exercise(written(tmp_path, GOOD), levers)
    assert (lesson.title, lesson.about) == (GOOD["title"], GOOD["about"])
    assert lesson.to_dict() == {"steps": GOOD["steps"], "runs": RUNS, "default": False}
    assert read_exercise(written(tmp_path, {**GOOD, "runs": 500}), levers).runs == 500


def test_a_share_of_runs_can_be_predicted_instead_of_endings(
    levers: tuple[Lever, ...], tmp_path: Path
) -> None:
    assert read_exercise(written(tmp_path, {**GOOD, "measure": "truce"}), levers).measure == "truce"
    bars = predicted_words("truce")
    assert [(bar["label"], bar["rest"]) for bar in bars] == [
        ("a truce is made", False),
        ("all other runs", True),
    ]


@pytest.mark.parametrize(
    ("lesson", "said"),
    [
        ("title: [", "not YAML"),
        ({**GOOD, "measure": "threats"}, "'threats' is no share of runs"),
        ("just text", "no mapping"),
        ({**GOOD, "steps": []}, "no list of"),
        ({**GOOD, "steps": GOOD["steps"] * 21}, "no list of"),
        ({**GOOD, "extra": 1}, "unknown key 'extra'"),
        *(({**GOOD, "runs": runs}, "runs") for runs in (0, 100_001, 2.5, True, "x")),
        ({**GOOD, "title": ""}, "'title' is missing"),
        ({**GOOD, "steps": [{"set": {}}]}, "step 1: 'ask' is missing"),
        ({**GOOD, "steps": [{"ask": "x", "set": [1]}]}, "no mapping of paths"),
        ({**GOOD, "steps": [{"ask": "x", "set": {"setting.clarty": 0}}]}, "no lever"),
        ({**GOOD, "steps": [{"ask": "x", "set": {"setting.clarity": 2}}]}, "outside its lever"),
        ({**GOOD, "steps": [{"ask": "x", "set": {"setting.clarity": "big"}}]}, "not a value"),
    ],
)
def test_a_wrong_lesson_is_refused(
    levers: tuple[Lever, ...], tmp_path: Path, lesson: Any, said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        read_exercise(written(tmp_path, lesson), levers)


def test_a_missing_file_is_refused(levers: tuple[Lever, ...], tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        read_exercise(tmp_path / "none.yaml", levers)
