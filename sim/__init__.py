"""thinline: a teaching model of where deterrence ends and escalation begins.

The public API is small, and each part is loaded when it is first used::

    import sim

    scenario = sim.load("reassurance_force", ["setting.clarity=0.8"])
    results = sim.simulate(scenario, runs=10_000)
    print(results.measures["war"])

A teaching model with invented weights: it forecasts nothing.
"""

from __future__ import annotations

# Importing typing for its flag would cost every command more than the rest of this file.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from sim.analysis.compare import Comparison, compare
    from sim.experiments.load_results import load_results
    from sim.experiments.simulate import simulate
    from sim.experiments.sweep.results import load_sweep
    from sim.experiments.sweep.run import sweep
    from sim.results import Results
    from sim.scenario.load import load

__version__ = "0.1.0"
__all__ = [
    "Comparison",
    "Results",
    "compare",
    "load",
    "load_results",
    "load_sweep",
    "simulate",
    "sweep",
]

_PARTS = {
    "load": "sim.scenario.load",
    "simulate": "sim.experiments.simulate",
    "sweep": "sim.experiments.sweep.run",
    "load_sweep": "sim.experiments.sweep.results",
    "load_results": "sim.experiments.load_results",
    "Results": "sim.results",
    "compare": "sim.analysis.compare",
    "Comparison": "sim.analysis.compare",
}


def __getattr__(name: str) -> Any:
    # Importing everything at once would cost every `thinline --help` more than a second.
    if name not in _PARTS:
        raise AttributeError(f"module 'sim' has no attribute '{name}'")
    from importlib import import_module

    return getattr(import_module(_PARTS[name]), name)
