"""One lever at a time: each at its low and its high end, against the scenario as it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from sim.engines.threads import map_ordered
from sim.errors import RunFailed, UsageError
from sim.experiments.evaluate import Ensemble, Model, evaluate, require_any
from sim.experiments.factors import FIFTH, Lever
from sim.experiments.simulate import Progress, check_size, processors, simulate
from sim.results import flags
from sim.scenario.paths import parameter_at
from sim.scenario.scenario import Scenario
from sim.statistics import Estimate, best_subset, mean, paired_difference, proportion

FEWEST_RUNS = 2


@dataclass(frozen=True, slots=True)
class Swing:
    """What moving one lever does, on the same luck: the outcome at its ``low`` and at its ``high``
    end less that of the scenario as it is, and the ``swing`` from low to high. Each interval is of
    as many that hold at once as levers were moved, as the largest is picked out."""

    lever: Lever
    low: Estimate
    high: Estimate
    swing: Estimate

    @property
    def excludes_zero(self) -> bool:
        """Whether low and high differ by more than luck of the draw could make them."""
        return self.swing.excludes_zero


@dataclass(frozen=True, slots=True)
class Tornado:
    """The bars, the longest swing first, and the outcome as it is; their intervals are of
    ``n_comparisons`` that hold together.

    ``missing`` says in words which levers are left out because an end could not be played.
    """

    runs: int
    baseline: Estimate
    bars: tuple[Swing, ...]
    n_comparisons: int
    missing: str = ""

    @property
    def played(self) -> int:
        """All runs: at either end of each lever, and of the scenario as it is."""
        return self.runs * (1 + 2 * len(self.bars))

    def to_dict(self) -> dict[str, Any]:
        """The tornado as plain data."""
        return {
            "runs": self.runs,
            "baseline": list(self.baseline),
            "n_comparisons": self.n_comparisons,
            "missing": self.missing,
            "levers": [
                {
                    "path": bar.lever.path,
                    "ends": [bar.lever.low, bar.lever.high],
                    "low": list(bar.low),
                    "high": list(bar.high),
                    "swing": list(bar.swing),
                    "distinguishable": bar.excludes_zero,
                }
                for bar in self.bars
            ],
        }


def check_tornado(runs: int) -> None:
    """Raise :class:`sim.errors.UsageError` for too few runs an end, or too many to keep."""
    if runs < FEWEST_RUNS:
        raise UsageError(f"tornado: {runs} runs an end", f"at least {FEWEST_RUNS}")
    check_size(2, runs)


def tornado(
    model: Model,
    levers: Sequence[Lever],
    outcome: str,
    runs: int,
    jobs: int | None = None,
    progress: Progress | None = None,
) -> Tornado:
    """Play the model as it is, then with each of ``levers`` at either end, ``runs`` times each.

    Raises :class:`sim.errors.RunFailed` where it cannot be played as it is, or no lever moved.
    """
    check_tornado(runs)
    total = (1 + 2 * len(levers)) * runs
    done = 0

    def told(here: int, _: int) -> None:
        if progress:
            progress(done + here, total)

    def ends(paths: tuple[str, ...], points: Any) -> Ensemble:
        nonlocal done
        found = evaluate(model(paths), points, runs, jobs, told)
        done += len(points) * runs
        return found

    as_it_is = require_any(ends((), [()])).values[outcome][0]
    bars, missing = [], []
    for lever in levers:
        both = ends((lever.path,), [(lever.low,), (lever.high,)])
        if both.lost:
            missing.append(f"{lever.path} ({both.lost[0].reason})")
        else:
            low, high = both.values[outcome]
            bars.append(_bar(lever, as_it_is, low, high, len(levers)))
    if not bars:
        raise RunFailed(f"no lever could be moved: {missing[0]}")
    bars.sort(key=lambda bar: -abs(bar.swing.value))
    said = f"left out, as an end could not be played: {', '.join(missing)}" if missing else ""
    return Tornado(runs, _mean(as_it_is), tuple(bars), len(levers), said)


def _bar(lever: Lever, as_it_is: Any, low: Any, high: Any, n_comparisons: int) -> Swing:
    return Swing(
        lever,
        paired_difference(low, as_it_is, n_comparisons),
        paired_difference(high, as_it_is, n_comparisons),
        paired_difference(high, low, n_comparisons),
    )


def _mean(values: Any) -> Estimate:
    values = values.astype(float)
    if set(values.tolist()) <= {0.0, 1.0}:
        return proportion(int(values.sum()), len(values))
    return mean(float(values.sum()), float((values * values).sum()), len(values))


SIZE = "setting.force_size"


@dataclass(frozen=True, slots=True)
class WeightEffect:
    """A parameter with the means it was moved to, and the share of runs in war at ``high`` less
    that at ``low``."""

    path: str
    low: float
    high: float
    war: Estimate

    @property
    def excludes_zero(self) -> bool:
        """Whether the difference is more than luck of the draw could make it."""
        return self.war.excludes_zero


def largest_effects(weights: Sequence[WeightEffect]) -> list[WeightEffect]:
    """The weight that most hangs on, if any is clear, and after it those that cannot be told from
    it."""
    return [weights[k] for k in best_subset([weight.war for weight in weights])]


def weight_effect(
    scenario: Scenario, path: str, runs: int, seed: int, n_comparisons: int = 1
) -> WeightEffect:
    """What moving the parameter at ``path`` does to war; for ``n_comparisons`` see
    :func:`sim.statistics.paired_difference_of_proportions`."""
    return _hinges(scenario, [path], runs, seed, n_comparisons)[0]


def weight_effects(
    scenario: Scenario, paths: Sequence[str], runs: int, seed: int
) -> list[WeightEffect]:
    """The same of several parameters, in their order. Their intervals hold for all at once, so that
    the weightiest may be picked out."""
    return _hinges(scenario, paths, runs, seed, n_comparisons=len(paths))


def _hinges(
    scenario: Scenario, paths: Sequence[str], runs: int, seed: int, n_comparisons: int
) -> list[WeightEffect]:
    # A few runs of each end are too few to share out: the ends go to threads whole.
    ends = [shift_parameter(scenario, path, share) for path in paths for share in (-FIFTH, FIFTH)]
    wars = list(map_ordered(partial(_wars, runs=runs, seed=seed), ends, processors()))
    return [
        WeightEffect(
            path, low[path].mean, high[path].mean, paired_difference(up, down, n_comparisons)
        )
        for path, low, high, down, up in zip(
            paths, ends[::2], ends[1::2], wars[::2], wars[1::2], strict=True
        )
    ]


def _wars(scenario: Scenario, runs: int, seed: int) -> Any:
    """Which runs end in war, as flags."""
    return flags(simulate(scenario, runs, seed, jobs=1).records)["war"]


def shift_parameter(scenario: Scenario, path: str, share: float) -> Scenario:
    """``scenario`` with the parameter at ``path`` moved by a share of its mean, as far as its
    range allows."""
    parameter, value = parameter_at(path), scenario.values[path]
    law = value.distribution.shifted(share * value.distribution.mean, parameter.low, parameter.high)
    return replace(scenario, values={**scenario.values, path: replace(value, distribution=law)})
