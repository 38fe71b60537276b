"""Compile every kernel once, before the tests, so that all their workers find the code on disk.

``python -m tests.compile_kernels`` compiles; with ``--check``, after the tests, it fails if any of
them compiled a kernel again.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from sim import jit
from sim.experiments.simulate import simulate
from sim.room.rehearsal import rehearse
from sim.scenario.load import load
from sim.theory.catalogue import CASES
from tests.scenarios import ALIVE

KERNEL = re.compile(r"^@kernel\ndef (\w+)", re.MULTILINE)
STAMP = "compiled.stamp"


def kernels() -> set[str]:
    """Every kernel of the package, as ``module.function``."""
    return {
        f"{file.stem}.{name}"
        for file in Path(jit.__file__).parent.rglob("*.py")
        for name in KERNEL.findall(file.read_text(encoding="utf-8"))
    }


def compile_all() -> None:
    """Call every kernel, and note when that was done."""
    scenario = load(ALIVE)  # in which everything happens
    rehearse(scenario)
    simulate(scenario, 20, engine="mesa")
    for case in CASES.values():
        case.compare(runs=100)
    CASES["cascade"].compare({"mean": 0.25, "sd": 0.1, "n": 10})
    kept = {file.name.partition("-")[0] for file in jit.cache_folder().rglob("*.nbc")}
    assert kernels() <= kept, f"never called: {kernels() - kept}"
    (jit.cache_folder() / STAMP).touch()


def compiled_since() -> list[str]:
    """The kernels that were compiled after :func:`compile_all`."""
    folder = jit.cache_folder()
    done = (folder / STAMP).stat().st_mtime_ns
    return sorted(f.name for f in folder.rglob("*.nbc") if f.stat().st_mtime_ns > done)


if __name__ == "__main__":
    if "--check" not in sys.argv:
        compile_all()
    elif again := compiled_since():
        sys.exit(f"compiled again by the tests: {', '.join(again)}")
