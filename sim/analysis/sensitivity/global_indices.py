"""All factors at once: a sample is evaluated, and indices are computed from a quarter, a half and
the whole of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from sim.analysis.sensitivity import morris, salib, sobol
from sim.analysis.sensitivity.morris import ElementaryEffect
from sim.analysis.sensitivity.salib import evaluate_blocks
from sim.analysis.sensitivity.sobol import Index
from sim.analysis.sensitivity.variance import VarianceShares, variance_shares
from sim.errors import UsageError
from sim.experiments.evaluate import Evaluator
from sim.experiments.factors import Factor
from sim.experiments.measures import Measure
from sim.experiments.simulate import Progress, check_size
from sim.formatting import plural
from sim.tables import ResultTable

METHODS: dict[str, ModuleType] = {"morris": morris, "sobol": sobol}
DEFAULT_N = {"morris": 64, "sobol": 256}
# The sample is divided by these for the steps of convergence.
DIVISORS = (4, 2, 1)

# Fewer runs a point estimate the variance within points too poorly.
FEWEST_RUNS = 8


@dataclass(frozen=True, slots=True)
class ConvergenceStep:
    """Indices from the first ``blocks`` blocks of the sample, and their number of runs."""

    blocks: int
    runs: int
    indices: tuple[Index | ElementaryEffect, ...]


@dataclass(frozen=True, slots=True)
class GlobalSensitivity:
    """Result of one method.

    Attributes
    ----------
    method : str
        ``"morris"`` or ``"sobol"``.
    n, replications, points : int
        Base sample, runs at each point, and points evaluated.
    indices : tuple of Index or ElementaryEffect
        Indices from the whole sample, the largest first.
    stages : tuple of ConvergenceStep
        Indices from a quarter, a half and the whole of the sample.
    split : VarianceShares
        Variance of single runs, split into stochastic and parametric parts.
    missing : str
        Points left out because they could not be run; empty if none.
    """

    method: str
    n: int
    replications: int
    points: int
    indices: tuple[Index | ElementaryEffect, ...]
    stages: tuple[ConvergenceStep, ...]
    split: VarianceShares
    missing: str = ""

    @property
    def top(self) -> Index | ElementaryEffect | None:
        """The largest index that exceeds noise, or ``None``."""
        return next((index for index in self.indices if index.excludes_zero), None)

    @property
    def runs(self) -> int:
        """The total number of runs."""
        return self.points * self.replications

    def table(self, measure: Measure, indices: Sequence[Any]) -> ResultTable[Any]:
        """A row for each factor: its index or effect on ``measure``."""
        found: ResultTable[Any] = METHODS[self.method].table(measure, indices)
        return found

    def to_dict(self, measure: Measure) -> dict[str, Any]:
        """The result as plain data."""
        return {
            "n": self.n,
            "replications": self.replications,
            "points": self.points,
            "runs": self.runs,
            "missing": self.missing,
            "n_comparisons": len(self.indices),
            "indices": self.table(measure, self.indices).to_dicts(),
            "convergence": [
                {
                    "blocks": stage.blocks,
                    "runs": stage.runs,
                    "indices": self.table(measure, stage.indices).to_dicts(),
                }
                for stage in self.stages
            ],
            "variance": self.split.to_dict(),
        }


# The names of their sizes, as the options of a study are called.
SIZES = {"morris": "trajectories", "sobol": "base sample"}


def check_base_sample(
    method: str, levers: Sequence[Factor], n: int | None, replications: int
) -> int:
    """The base sample of ``method``, checked; raises as :func:`global_sensitivity`."""
    n = salib.check_power_of_two(SIZES[method], DEFAULT_N[method] if n is None else n)
    if len(levers) < 2:
        raise UsageError(f"{method} needs at least two factors", "name more with --over")
    if replications < FEWEST_RUNS:
        several = plural(replications, "run")
        raise UsageError(f"{method}: {several} a point", f"at least {FEWEST_RUNS}")
    check_size(n * METHODS[method].size(levers), replications)
    return n


def global_sensitivity(
    method: str,
    evaluator: Evaluator,
    levers: Sequence[Factor],
    outcome: str,
    n: int | None,
    replications: int,
    seed: int,
    progress: Progress | None = None,
) -> GlobalSensitivity:
    """Evaluate a sample of ``n`` blocks with ``replications`` runs a point, and compute indices.

    Raises :class:`sim.errors.UsageError` for an ``n`` that is not a power of two, a single factor,
    or too few replications, and :class:`sim.errors.MissingExtra` if SALib is not installed.
    """
    n = check_base_sample(method, levers, n, replications)
    analysis = METHODS[method]
    size = analysis.size(levers)
    if progress:
        progress(0, n * size * replications)
    where = analysis.sample(levers, n, seed)
    blocks = evaluate_blocks(evaluator, levers, where, size, outcome, replications, progress)
    stages = []
    for divisor in DIVISORS:
        part = blocks.first(len(blocks.values) // divisor)
        count = len(part.values)
        indices = analysis.analyse(part, levers, seed)
        stages.append(ConvergenceStep(count, count * size * replications, indices))
    return GlobalSensitivity(
        method=method,
        n=n,
        replications=replications,
        points=len(where),
        indices=tuple(sorted(stages[-1].indices, key=lambda index: -index.leading.value)),
        stages=tuple(stages),
        split=variance_shares(blocks.values),
        missing=blocks.missing,
    )
