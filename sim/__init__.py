"""thinline: a teaching model of where deterrence ends and escalation begins.

Every study is reached from here, and each function is loaded when it is first used::

    import sim

    scenario = sim.load("reassurance_force", ["setting.clarity=0.8"])
    results = sim.simulate(scenario, runs=10_000)
    print(results.measures["war"])

A teaching model with invented weights: it forecasts nothing.
"""

from __future__ import annotations

# Importing typing for this flag would take longer than the rest of this module.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from sim.analysis.compare import Comparison, compare
    from sim.analysis.compare_sweeps import SweepComparison, compare_sweeps
    from sim.analysis.discovery.discover import Discovery, discover
    from sim.analysis.pivotal import Pivotal, pivotal
    from sim.analysis.robustness.robustness import Robustness, robustness
    from sim.analysis.sensitivity.study import Sensitivity, sensitivity
    from sim.analysis.thin_line.compute import thin_line, valley
    from sim.analysis.thin_line.result import ThinLine, Valley
    from sim.experiments.load_results import load_results
    from sim.experiments.simulate import simulate
    from sim.experiments.sweep.results import SweepResults, load_sweep
    from sim.experiments.sweep.run import sweep
    from sim.explorer.page import explore
    from sim.results import Results
    from sim.scenario.load import load
    from sim.scenario.scenario import Scenario
    from sim.trace.interactive import InteractiveRun, play

__version__ = "0.1.0"
__all__ = [
    "Comparison",
    "Discovery",
    "InteractiveRun",
    "Pivotal",
    "Results",
    "Robustness",
    "Scenario",
    "Sensitivity",
    "SweepComparison",
    "SweepResults",
    "ThinLine",
    "Valley",
    "compare",
    "compare_sweeps",
    "discover",
    "explore",
    "load",
    "load_results",
    "load_sweep",
    "pivotal",
    "play",
    "robustness",
    "sensitivity",
    "simulate",
    "sweep",
    "thin_line",
    "valley",
]

_MODULES = {
    "sim.analysis.compare": ("Comparison", "compare"),
    "sim.analysis.compare_sweeps": ("SweepComparison", "compare_sweeps"),
    "sim.analysis.discovery.discover": ("Discovery", "discover"),
    "sim.analysis.pivotal": ("Pivotal", "pivotal"),
    "sim.analysis.robustness.robustness": ("Robustness", "robustness"),
    "sim.analysis.sensitivity.study": ("Sensitivity", "sensitivity"),
    "sim.analysis.thin_line.compute": ("thin_line", "valley"),
    "sim.analysis.thin_line.result": ("ThinLine", "Valley"),
    "sim.experiments.load_results": ("load_results",),
    "sim.experiments.simulate": ("simulate",),
    "sim.experiments.sweep.results": ("SweepResults", "load_sweep"),
    "sim.experiments.sweep.run": ("sweep",),
    "sim.explorer.page": ("explore",),
    "sim.results": ("Results",),
    "sim.scenario.load": ("load",),
    "sim.scenario.scenario": ("Scenario",),
    "sim.trace.interactive": ("InteractiveRun", "play"),
}
_MODULE_OF = {name: module for module, names in _MODULES.items() for name in names}


def __getattr__(name: str) -> Any:
    # Importing everything at once would add more than a second to every command.
    if name not in _MODULE_OF:
        raise AttributeError(f"module 'sim' has no attribute '{name}'")
    from importlib import import_module

    value = globals()[name] = getattr(import_module(_MODULE_OF[name]), name)
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
