"""Sensitivity of an outcome to factors, by one method or by all of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.analysis.factors import as_levers
from sim.analysis.sensitivity import salib
from sim.analysis.sensitivity.global_indices import (
    METHODS,
    GlobalSensitivity,
    check_base_sample,
    global_sensitivity,
)
from sim.analysis.sensitivity.one_at_a_time import Tornado, check_tornado, swing_table, tornado
from sim.analysis.sensitivity.sentences import describe_findings
from sim.choices import ALL, SENSITIVITY_METHODS, TORNADO
from sim.errors import UsageError, json_head
from sim.experiments.backends import Backend
from sim.experiments.evaluate import open_evaluator
from sim.experiments.factors import Factor
from sim.experiments.measures import Measure
from sim.experiments.simulate import Progress, run_options
from sim.formatting import plural
from sim.scenario.scenario import Scenario
from sim.statistics import Estimate
from sim.study_result import StudyResult
from sim.tables import ResultTable

REPLICATIONS = 64


@dataclass(frozen=True, repr=False, eq=False)
class Sensitivity(StudyResult):
    """Sensitivity of one outcome of a scenario; a method that was not requested is ``None``.

    Attributes
    ----------
    scenario : str
        Name of the scenario.
    measure : Measure
        The outcome.
    levers : tuple of Factor
        The factors with their ranges.
    seed : int
        Random seed.
    tornado : Tornado or None
        Factors varied one at a time.
    morris, sobol : GlobalSensitivity or None
        Factors varied together.
    """

    scenario: str
    measure: Measure
    levers: tuple[Factor, ...]
    seed: int
    tornado: Tornado | None
    morris: GlobalSensitivity | None
    sobol: GlobalSensitivity | None

    @property
    def together(self) -> tuple[GlobalSensitivity, ...]:
        """Results of the methods that vary all factors together."""
        return tuple(found for found in (self.morris, self.sobol) if found)

    @property
    def runs(self) -> int:
        """The total number of runs of all methods."""
        alone = self.tornado.played if self.tornado else 0
        return alone + sum(found.runs for found in self.together)

    @property
    def missing(self) -> tuple[str, ...]:
        """Descriptions of what could not be run."""
        parts = (self.tornado, self.morris, self.sobol)
        return tuple(part.missing for part in parts if part and part.missing)

    @property
    def label(self) -> str:
        """Outcome, scenario, factors, runs and seed."""
        factors, runs = plural(len(self.levers), "factor"), plural(self.runs, "run")
        return f"{self.measure.label} in {self.scenario}, {factors}, {runs}, seed {self.seed}"

    @property
    def findings(self) -> list[str]:
        """The findings in words, the largest effect first."""
        return describe_findings(self.measure, self.tornado, self.morris, self.sobol)

    @property
    def sentence(self) -> str:
        """The findings in a sentence."""
        return "; ".join(self.findings)

    def to_dict(self) -> dict[str, Any]:
        """The findings as plain data, as ``thinline sensitivity --json`` prints them."""
        parts = {"tornado": self.tornado, "morris": self.morris, "sobol": self.sobol}
        return {
            **json_head("sensitivity", self.scenario, self.runs, self.seed),
            "outcome": self.measure.name,
            "levers": [
                {"path": lever.path, **dict(zip(("low", "high"), lever.plain_ends, strict=True))}
                for lever in self.levers
            ],
            **{name: part.to_dict(self.measure) for name, part in parts.items() if part},
            "missing": list(self.missing),
            "sentence": self.sentence,
        }

    @property
    def tables(self) -> dict[str, ResultTable[Any]]:
        """By method, a row for each factor."""
        found: dict[str, ResultTable[Any]] = {}
        if self.tornado:
            found[TORNADO] = swing_table(self.measure, self.tornado.bars)
        return found | {e.method: e.table(self.measure, e.indices) for e in self.together}

    def rows(self) -> list[dict[str, Any]]:
        """A row for each method, factor and quantity: ``low``, ``high`` and ``swing`` of the
        tornado, ``mu_star`` and ``sigma`` of Morris, ``first`` and ``total`` of Sobol."""
        return [
            {"method": method, **row}
            for method, table in self.tables.items()
            for row in _by_estimate(table)
        ]


def _by_estimate(table: ResultTable[Any]) -> Iterator[dict[str, Any]]:
    """A row for each factor and each of its estimates."""
    for row in table.keyed_values():
        for quantity, each in row.items():
            if isinstance(each, Estimate):
                yield {
                    "path": row["path"],
                    "quantity": quantity,
                    "value": each.value,
                    "ci_low": each.low,
                    "ci_high": each.high,
                    "significant": row["significant"],
                }


def sensitivity(
    scenario: Scenario,
    levers: str | Sequence[str] | Sequence[Factor] = (),
    method: str = TORNADO,
    outcome: str = "war",
    runs: int | None = None,
    replications: int = REPLICATIONS,
    base_sample: int | None = None,
    trajectories: int | None = None,
    seed: int | None = None,
    jobs: int | None = None,
    progress: Progress | None = None,
    folder: str | Path | None = None,
    backend: Backend | None = None,
    force: bool = False,
) -> Sensitivity:
    """Compute the sensitivity of an outcome to factors.

    Parameters
    ----------
    scenario : Scenario
        The baseline.
    levers : str, or sequence of str or Factor, optional
        Factors as ``"PATH"`` or ``"PATH=low:high"``, as for ``--over``; by default the setting,
        the challenger's ambition and fear, and the weights with the largest effects.
    method : {"tornado", "morris", "sobol", "all"}
        Factors one at a time, elementary effects, Sobol indices, or all three.
    outcome : str
        The outcome: a share such as ``"war"``, or the name of a recorded mean.
    runs : int, optional
        Runs at each end of the tornado; by default the scenario's.
    replications : int
        Runs at each point of the other methods, at least 8.
    base_sample : int, optional
        Size of Sobol's base sample, a power of two from 16 to 65,536.
    trajectories : int, optional
        Number of Morris's trajectories, a power of two from 16 to 65,536.
    seed : int, optional
        Random seed; by default the scenario's.
    jobs : int, optional
        Threads; by default one for each processor. They do not affect results.
    progress : callable, optional
        Called with the number of runs done and the total of the method.
    folder : str or Path, optional
        Folder in which finished runs are kept; the same call resumes with them.
    backend : Backend, optional
        What makes the runs, by default ``jobs`` threads. It does not affect results.
    force : bool
        Replace other evaluations in the folder.

    Returns
    -------
    Sensitivity
        Swings and indices with 95 % intervals that are simultaneous for all factors.

    Raises
    ------
    sim.errors.MissingExtra
        If SALib is needed and not installed; before anything is run.
    sim.errors.UsageError
        For an unknown method, outcome or factor, or a number out of range.
    """
    if method not in SENSITIVITY_METHODS:
        raise UsageError(f"no method '{method}'", f"one of {', '.join(SENSITIVITY_METHODS)}")
    each, seed, jobs = run_options(scenario, runs, seed, jobs)
    factors = as_levers(scenario, levers)
    measure = Measure(outcome)
    methods = [name for name in METHODS if method in (name, ALL)]
    if methods:
        salib.import_salib("sample.sobol")
    sizes = {"morris": trajectories, "sobol": base_sample}
    for name in methods:
        check_base_sample(name, factors, sizes[name], replications)
    if method in (TORNADO, ALL):
        check_tornado(each)
    bars = None
    with open_evaluator(scenario, seed, [measure], jobs, backend, folder, force) as evaluator:
        found = {
            name: global_sensitivity(
                name, evaluator, factors, outcome, sizes[name], replications, seed, progress
            )
            for name in methods
        }
        if method in (TORNADO, ALL):
            bars = tornado(evaluator, factors, outcome, each, progress)
    return Sensitivity(
        scenario=scenario.name,
        measure=measure,
        levers=factors,
        seed=seed,
        tornado=bars,
        morris=found.get("morris"),
        sobol=found.get("sobol"),
    )
