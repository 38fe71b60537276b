"""All levers at once: a sample played, and indices from a quarter, a half and the whole of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from sim.analysis.sensitivity import morris, salib, sobol
from sim.analysis.sensitivity.morris import Effect
from sim.analysis.sensitivity.salib import play_blocks
from sim.analysis.sensitivity.sobol import Index
from sim.analysis.sensitivity.variance import VarianceShares, variance_shares
from sim.errors import UsageError
from sim.experiments.evaluate import Model
from sim.experiments.factors import Factor
from sim.experiments.simulate import Progress, check_size

METHODS: dict[str, ModuleType] = {"morris": morris, "sobol": sobol}
DEFAULT_N = {"morris": 64, "sobol": 256}
SHARES = (4, 2, 1)

# Fewer runs a point would leave the split of luck and levers to a handful.
FEWEST_RUNS = 8


@dataclass(frozen=True, slots=True)
class Stage:
    """What the first ``blocks`` blocks of the sample say, and the runs they took."""

    blocks: int
    runs: int
    indices: tuple[Index | Effect, ...]


@dataclass(frozen=True, slots=True)
class GlobalSensitivity:
    """One method's answer: the indices of the whole sample, the heaviest first, the same from a
    quarter and a half of it, and the variance of single runs split into luck and levers."""

    method: str
    n: int
    replications: int
    points: int
    indices: tuple[Index | Effect, ...]
    stages: tuple[Stage, ...]
    split: VarianceShares
    missing: str = ""

    @property
    def top(self) -> Index | Effect | None:
        """The heaviest lever of those that are more than noise; ``None`` where none is."""
        return next((index for index in self.indices if index.excludes_zero), None)

    @property
    def runs(self) -> int:
        """All runs that were played."""
        return self.points * self.replications

    def to_dict(self) -> dict[str, Any]:
        """The answer as plain data."""
        return {
            "n": self.n,
            "replications": self.replications,
            "points": self.points,
            "runs": self.runs,
            "missing": self.missing,
            "n_comparisons": len(self.indices),
            "indices": [index.to_dict() for index in self.indices],
            "convergence": [
                {
                    "blocks": stage.blocks,
                    "runs": stage.runs,
                    "indices": [index.to_dict() for index in stage.indices],
                }
                for stage in self.stages
            ],
            "variance": self.split.to_dict(),
        }


def settled(method: str, levers: Sequence[Factor], n: int | None, replications: int) -> int:
    """The size of ``method``'s base sample, if it can be played; raises as :func:`together`."""
    n = salib.check_power_of_two(DEFAULT_N[method] if n is None else n)
    if len(levers) < 2:
        raise UsageError(f"{method} needs at least two levers", "name more with --over")
    if replications < FEWEST_RUNS:
        raise UsageError(f"{method}: {replications} runs a point", f"at least {FEWEST_RUNS}")
    check_size(n * METHODS[method].size(levers), replications)
    return n


def global_sensitivity(
    method: str,
    model: Model,
    levers: Sequence[Factor],
    outcome: str,
    n: int | None,
    replications: int,
    seed: int,
    jobs: int | None = None,
    progress: Progress | None = None,
) -> GlobalSensitivity:
    """Play ``method``'s sample of ``n`` blocks, each point ``replications`` times, and analyse it.

    Raises :class:`sim.errors.UsageError` for an ``n`` that is no power of two, a single lever, or
    too few replications; :class:`sim.errors.MissingExtra` without SALib.
    """
    n = settled(method, levers, n, replications)
    how = METHODS[method]
    size = how.size(levers)
    if progress:
        progress(0, n * size * replications)
    where = how.sample(levers, n, seed)
    player = model(tuple(lever.path for lever in levers))
    blocks = play_blocks(player, levers, where, size, outcome, replications, jobs, progress)
    stages = []
    for share in SHARES:
        part = blocks.first(len(blocks.values) // share)
        count = len(part.values)
        indices = how.analyse(part, levers, seed)
        stages.append(Stage(count, count * size * replications, indices))
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
