"""Sweeps that are killed many times, and sweeps of many rows."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest

import sim
from sim.experiments.backends import threads
from tests.kill_helpers import finished, kill_somewhere
from tests.sweeps import contents, plan

ROOT = Path(__file__).parents[2]
MANY = 10_000_000
MOST_MEMORY = 500 * 2**20

# Rows as a sweep of ten million runs has them, without the time it takes to play them.
COPIED = """
import resource, sys
from pathlib import Path
from sim.experiments.sweep.run import PartRunner
from sim.experiments.sweep.run import sweep
from tests.sweeps import plan

runs = int(sys.argv[2])
large = plan(over={"setting.clarity": [k / 999 for k in range(1000)]}, replications=runs // 1000)
player = PartRunner(large)
kept = {}

def copied(one, parts):
    for part in parts:
        points = part.points
        if points not in kept:
            kept[points] = player.play(part)
        yield kept[points]

found = sweep(large, sys.argv[1], copied)
assert found.runs == runs, found.runs
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)
"""


@pytest.mark.deep
def test_killed_twenty_times_it_ends_with_the_same_bytes(tmp_path: Path) -> None:
    chance, folder, many = random.Random(2025), tmp_path / "killed", 5000
    reached = [kill_somewhere(folder, many, chance) for _ in range(20)]
    assert reached == sorted(reached)
    assert 0 < reached[0] < reached[-1] < 600, "it was killed at work"
    sim.sweep(plan(replications=many), folder, threads(2))
    sim.sweep(plan(replications=many), tmp_path / "whole", threads(1))
    assert finished(folder) == 600
    assert contents(folder) == contents(tmp_path / "whole")


@pytest.mark.deep
def test_ten_million_rows_take_no_more_memory_than_a_laptop_has(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", COPIED, str(tmp_path / "large"), str(MANY)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
    )
    assert int(done.stdout) < MOST_MEMORY
