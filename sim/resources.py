"""The shipped scenarios, lessons and seeds: in the installed package, or in the checkout."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from sim.errors import UsageError, nearest

PACKAGE = Path(__file__).resolve().parent
ENDINGS = (".yaml", ".yml")
STANDARD_INPUT = "-"
LESSONS = "classroom"


def is_path(source: str) -> bool:
    """Whether ``source`` is a path or standard input, not the name of a shipped scenario."""
    return source == STANDARD_INPUT or source.endswith(ENDINGS) or "/" in source or "\\" in source


def scenario_names() -> list[str]:
    """The names of all shipped scenarios, sorted."""
    return sorted(_scenarios())


def scenario_file(name: str) -> Path:
    """The file of a shipped scenario; raises ``UsageError`` for a name that is not shipped."""
    return _one_of(_scenarios(), name, "scenario", "thinline list shows them all")


def is_scenario_file(name: str, file: str | Path) -> bool:
    """Whether ``file`` is that of the shipped scenario ``name``."""
    return name in scenario_names() and Path(file).resolve() == scenario_file(name).resolve()


def lesson_names() -> list[str]:
    """The names of all shipped lessons, sorted."""
    return sorted(_lessons())


def lesson_file(name: str) -> Path:
    """The file of a shipped lesson; raises ``UsageError`` for a name that is not shipped."""
    return _one_of(_lessons(), name, "lesson", "thinline lesson list shows them all")


def seed_file(name: str) -> Path:
    """A file of the seeds, by name with or without ``.yaml``; raises ``UsageError``."""
    folder = _folder("seeds")
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*.*")}
    there = f"there are: {', '.join(sorted(files))}"
    return _one_of(files, name if name in files else f"{name}.yaml", "seed", there)


def _scenarios() -> dict[str, Path]:
    return _scenarios_in(_folder("scenarios"))


# What is shipped does not change while a process runs, and every load asks for it several times.
@cache
def _scenarios_in(folder: Path) -> dict[str, Path]:
    return {path.stem: path for path in folder.rglob("*.yaml") if path.parent.name != LESSONS}


def _lessons() -> dict[str, Path]:
    return {path.stem: path for path in (_folder("scenarios") / LESSONS).glob("*.yaml")}


def _folder(name: str) -> Path:
    packaged = PACKAGE / "_shipped" / name
    return packaged if packaged.is_dir() else PACKAGE.parent / name


def _one_of(files: dict[str, Path], name: str, what: str, where: str) -> Path:
    if name in files:
        return files[name]
    close = nearest(name, files)
    guess = f"did you mean '{close}'? " if close else ""
    raise UsageError(f"no shipped {what} named '{name}'", f"{guess}{where}")
