from __future__ import annotations

from pathlib import Path

import pytest

from sim import resources
from sim.errors import UsageError


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package of its own, with two scenarios beside it and one seed."""
    for name in ("scenarios/one.yaml", "scenarios/theory/two.yaml", "seeds/roster.yaml"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("scenario: x\n", encoding="utf-8")
    monkeypatch.setattr(resources, "PACKAGE", tmp_path / "sim")
    return tmp_path


def test_names_are_those_of_the_files_at_any_depth(package: Path) -> None:
    assert resources.scenario_names() == ["one", "two"]
    assert resources.scenario_file("two") == package / "scenarios" / "theory" / "two.yaml"


def test_seeds_go_by_their_names(package: Path) -> None:
    assert resources.seed_file("roster") == resources.seed_file("roster.yaml")


def test_what_is_in_the_package_is_preferred_to_what_is_beside_it(package: Path) -> None:
    inside = package / "sim" / "_shipped" / "scenarios" / "three.yaml"
    inside.parent.mkdir(parents=True)
    inside.write_text("scenario: three\n", encoding="utf-8")
    assert resources.scenario_names() == ["three"]


def test_the_current_folder_is_not_looked_at(
    package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mine.yaml").write_text("scenario: mine\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match=r"no shipped scenario named 'mine'.*thinline list"):
        resources.scenario_file("mine")


@pytest.mark.usefixtures("package")
def test_an_unknown_name_is_answered_with_the_nearest_and_where_all_are() -> None:
    with pytest.raises(UsageError, match=r"did you mean 'two'\? thinline list shows them all"):
        resources.scenario_file("twoo")
    with pytest.raises(UsageError, match=r"no shipped seed named 'claim.yaml'.*there are: "):
        resources.seed_file("claim")


@pytest.mark.parametrize("source", ["a.yaml", "a.yml", "./a", "a/b", "a\\b"])
def test_what_is_a_path(source: str) -> None:
    assert resources.is_path(source)


def test_a_bare_word_is_no_path() -> None:
    assert not resources.is_path("reassurance_force")
