"""What a user waits for: the verbs, the first time and later, and a class's next distribution."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import sim
from benchmarks.cases import MAIN
from benchmarks.clock import once, spread
from benchmarks.table import Row
from sim.experiments.variants import fixed_at

VERBS = {
    "--help": ["--help"],
    "list": ["list"],
    "validate": ["validate", MAIN],
    "run, 10,000 runs, with its report": ["run", MAIN, "--force"],
    "run, 10,000 runs, without": ["run", MAIN, "--force", "--no-report"],
}
LIVE = 2000
ENTER = "import sys; from sim.cli.main import main; main(sys.argv[1:])"


def verbs(rounds: int = 5) -> Iterator[Row]:
    """Each verb once with nothing compiled, then again and again."""
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder) / "cache"
        cold = asked(["run", MAIN, "--force", "--runs", "1"], folder, kept)
        yield Row("the very first run (1 run, report): processor", "s", spread([cold[0]]))
        yield Row("· on the clock", "s", spread([cold[1]]))
        for name, words in VERBS.items():
            times = [asked(words, folder, kept) for _ in range(rounds)]
            yield Row(f"{name}: processor", "s", spread([cpu for cpu, _ in times]))
            yield Row("· on the clock", "s", spread([wall for _, wall in times]))


def asked(words: list[str], folder: str, kept: Path) -> tuple[float, float]:
    """Processor and clock seconds of a verb in a process of its own."""
    out = ["--out", str(Path(folder) / "out")] if words[0] == "run" else []
    before, start = os.times(), time.perf_counter()
    subprocess.run(
        [sys.executable, "-c", ENTER, *words, *out],
        env={**os.environ, "THINLINE_CACHE": str(kept)},
        capture_output=True,
        check=True,
    )
    after = os.times()
    cpu = after.children_user + after.children_system
    return cpu - before.children_user - before.children_system, time.perf_counter() - start


def live(rounds: int = 15) -> Iterator[Row]:
    """A lever is moved in a process that is running: until the new distribution is there."""
    scenario = sim.load(MAIN)

    def moved(clarity: float) -> None:
        sim.simulate(fixed_at(scenario, "setting.clarity", clarity), LIVE, keep_records=False)

    moved(0.5)
    walls = [1e3 * once(partial(moved, k / rounds))[1] for k in range(rounds)]
    yield Row(f"{LIVE:,} runs summarised", "ms on the clock", spread(walls))
