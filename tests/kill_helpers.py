"""A sweep in a process of its own, killed at some moment."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

from sim.experiments.storage.folder_state import PARTS

ROOT = Path(__file__).parents[1]
PLAY = """
import sys
import sim
from tests.sweeps import plan
from sim.experiments.backends import threads
print("ready", flush=True)
sim.sweep(plan(replications=int(sys.argv[2])), sys.argv[1], threads(2))
"""


def start(folder: Path, replications: int) -> subprocess.Popen[str]:
    """The sweep of :func:`tests.sweeps.plan` at work in ``folder``."""
    running = subprocess.Popen(
        [sys.executable, "-c", PLAY, str(folder), str(replications)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert running.stdout is not None
    assert running.stdout.readline() == "ready\n"
    return running


def kill_somewhere(folder: Path, replications: int, chance: random.Random) -> int:
    """Start it, kill it a moment after its next part is finished; how many parts there are."""
    before = finished(folder)
    with start(folder, replications) as running:
        while finished(folder) == before and running.poll() is None:
            time.sleep(0.002)
        time.sleep(chance.uniform(0, 0.05))
        running.kill()
    return finished(folder)


def finished(folder: Path) -> int:
    """How many parts there are."""
    return len(list((folder / PARTS).glob("part-*.parquet")))
