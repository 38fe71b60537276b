"""The floor: what a run cannot do without, counted, and timed in a tight loop.

Counted in plain Python, by standing in for the functions in the rules and for the draws in the
stages: ``python -m benchmarks.floor``, with compiling off, prints the counts a run as JSON.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable
from typing import Any

from benchmarks.cases import SEED, main_setup
from sim import arithmetic
from sim.jit import kernel
from sim.rng import uniforms

RUNS = 60
OWN = ("exp", "log", "erf")


@kernel
def tight(runs: int, draws: int, exps: int, logs: int, erfs: int) -> float:
    """So many of each, ``runs`` times over, on numbers like those of a run."""
    total = 0.0
    for run in range(runs):
        for k in range(draws):
            a, b, _, _ = uniforms(7, 1, k, 99, run)
            total += a + b
        for k in range(exps):
            total += arithmetic.exp(-0.03 * (k & 63))
        for k in range(logs):
            total += arithmetic.log(1.0 + 0.01 * (k & 63))
        for k in range(erfs):
            total += arithmetic.erf(0.03 * (k & 63))
    return total


def counting(function: Callable[..., Any], name: str, counts: Counter[str]) -> Callable[..., Any]:
    """``function``, counted under ``name`` whenever it is called."""

    def counted(*arguments: Any) -> Any:
        counts[name] += 1
        return function(*arguments)

    return counted


def counted(runs: int = RUNS) -> dict[str, float]:
    """How many draws and functions a run takes; only with compiling off."""
    from sim.engines.ensemble import play

    counts: Counter[str] = Counter()
    for name, module in list(sys.modules.items()):
        if name.startswith("sim.model."):
            for each in ("uniforms", *OWN):
                if function := getattr(module, each, None):
                    setattr(module, each, counting(function, each, counts))
    play(main_setup(), SEED, 0, runs)
    return {name: counts[name] / runs for name in ("uniforms", *OWN)}


if __name__ == "__main__":
    print(json.dumps(counted()))
