"""The wheel has the same bytes wherever it is built, and everything that a run needs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# What is made by tools and by running, and is not part of the source.
MADE = shutil.ignore_patterns(".git", ".venv", ".*_cache", ".hypothesis", "__pycache__", "build")


def built(folder: Path, age: int) -> Path:
    """The wheel of a copy of the source whose files were changed so many seconds after 2001."""
    shutil.copytree(ROOT, folder / "source", ignore=MADE)
    for file in (folder / "source").rglob("*"):
        os.utime(file, (10**9 + age, 10**9 + age))
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=folder / "source", check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    return wheel


@pytest.mark.deep
def test_two_builds_are_the_same_and_one_runs_alone(tmp_path: Path) -> None:
    one, other = (built(tmp_path / name, age) for name, age in (("one", 0), ("another", 10**8)))
    assert one.read_bytes() == other.read_bytes()
    alone = tmp_path / "alone"
    with zipfile.ZipFile(one) as wheel:
        wheel.extractall(alone)
    program = "import sim; print(sim.__file__); sim.load('reassurance_force'); from sim.cli.main "
    program += "import main; main(['list'])"
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(alone)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.startswith(str(alone))
    assert "reassurance_force" in done.stdout
