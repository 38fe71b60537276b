"""One factor at a time: the tornado of a scenario, and the effects of the weights on war."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from operator import attrgetter
from typing import Any

from sim.analysis.paired import run_flags
from sim.engines.threads import map_ordered
from sim.errors import RunFailed, UsageError
from sim.experiments.evaluate import Ensemble, Evaluator
from sim.experiments.factors import FIFTH, Factor
from sim.experiments.measures import Measure
from sim.experiments.simulate import Progress, check_size, processors
from sim.formatting import INDISTINGUISHABLE, parameter_cell, plural
from sim.scenario.paths import parameter_at
from sim.scenario.scenario import Scenario
from sim.statistics import Estimate, best_subset, paired_difference, sample_mean
from sim.tables import Column, ResultTable

FEWEST_RUNS = 2
SIZE = "setting.force_size"


@dataclass(frozen=True, slots=True)
class Swing:
    """Effect of one factor on the outcome, on common random numbers.

    ``low`` and ``high`` are the outcome at either end minus the baseline, ``swing`` is high minus
    low. The intervals are simultaneous for all factors, because the largest is picked out.
    """

    lever: Factor
    low: Estimate
    high: Estimate
    swing: Estimate

    @property
    def excludes_zero(self) -> bool:
        """Whether the interval of the swing excludes zero."""
        return self.swing.excludes_zero


@dataclass(frozen=True, slots=True)
class Tornado:
    """Swings of all factors, the largest first, and the outcome of the baseline.

    ``runs`` is the number of runs at each end. ``missing`` names the factors that are left out
    because an end could not be run.
    """

    runs: int
    baseline: Estimate
    bars: tuple[Swing, ...]
    n_comparisons: int
    missing: str = ""

    @property
    def played(self) -> int:
        """The total number of runs: at both ends of each factor, and of the baseline."""
        return self.runs * (1 + 2 * len(self.bars))

    def to_dict(self, measure: Measure) -> dict[str, Any]:
        """The tornado as plain data."""
        return {
            "runs": self.runs,
            "baseline": list(self.baseline),
            "n_comparisons": self.n_comparisons,
            "missing": self.missing,
            "levers": swing_table(measure, self.bars).to_dicts(),
        }


def swing_table(measure: Measure, bars: Sequence[Swing]) -> ResultTable[Swing]:
    """A row for each factor: its range, the change at either end, and the swing between them."""

    def swing(bar: Swing) -> str:
        return measure.cell(bar.swing) if bar.excludes_zero else INDISTINGUISHABLE

    columns: tuple[Column[Swing], ...] = (
        Column("path", "lever", attrgetter("lever.path"), parameter_cell),
        Column(
            "ends",
            "range",
            attrgetter("lever.plain_ends"),
            text=lambda bar: bar.lever.format_range(),
        ),
        Column("low", "at the low end", attrgetter("low"), measure.cell),
        Column("high", "at the high end", attrgetter("high"), measure.cell),
        Column("swing", "low to high", attrgetter("swing"), text=swing),
        Column("significant", None, attrgetter("excludes_zero")),
    )
    return ResultTable(columns, bars)


def check_tornado(runs: int) -> None:
    """Raise :class:`sim.errors.UsageError` for too few runs at an end, or too many to keep."""
    if runs < FEWEST_RUNS:
        raise UsageError(f"tornado: {plural(runs, 'run')} at each end", f"at least {FEWEST_RUNS}")
    check_size(2, runs)


def tornado(
    evaluator: Evaluator,
    levers: Sequence[Factor],
    outcome: str,
    runs: int,
    progress: Progress | None = None,
) -> Tornado:
    """Evaluate the baseline and each factor at its low and high end, with ``runs`` runs each.

    Raises :class:`sim.errors.RunFailed` if the baseline cannot be run, or no factor can be varied.
    """
    check_tornado(runs)
    total = (1 + 2 * len(levers)) * runs
    done = 0

    def report(here: int, _: int) -> None:
        if progress:
            progress(done + here, total)

    def at_points(paths: tuple[str, ...], points: Any) -> Ensemble:
        nonlocal done
        found = evaluator.evaluate(paths, points, runs, report)
        done += len(points) * runs
        return found

    baseline = at_points((), [()]).required.values[outcome][0]
    bars, missing = [], []
    for lever in levers:
        ends = at_points((lever.path,), [(lever.low,), (lever.high,)])
        if ends.lost:
            missing.append(f"{lever.path} ({ends.lost[0].reason})")
        else:
            low, high = ends.values[outcome]
            pairs = (low, baseline), (high, baseline), (high, low)
            bars.append(Swing(lever, *(paired_difference(*both, len(levers)) for both in pairs)))
    if not bars:
        raise RunFailed(f"no factor could be varied: {missing[0]}")
    bars.sort(key=lambda bar: -abs(bar.swing.value))
    left_out = f"left out, because an end could not be run: {', '.join(missing)}" if missing else ""
    return Tornado(runs, sample_mean(baseline), tuple(bars), len(levers), left_out)


@dataclass(frozen=True, slots=True)
class WeightEffect:
    """Effect of a weight on war: the share of runs in war with its mean at ``high`` minus that at
    ``low``."""

    path: str
    low: float
    high: float
    war: Estimate

    @property
    def excludes_zero(self) -> bool:
        """Whether the interval of the difference excludes zero."""
        return self.war.excludes_zero


def largest_effects(weights: Sequence[WeightEffect]) -> list[WeightEffect]:
    """The weight with the largest significant effect, then the weights whose effects are not
    significantly smaller; empty if no effect is significant."""
    return [weights[k] for k in best_subset([weight.war for weight in weights])]


def weight_effect(
    scenario: Scenario, path: str, runs: int, seed: int, n_comparisons: int = 1
) -> WeightEffect:
    """Effect of the parameter at ``path`` on war, with an interval simultaneous for
    ``n_comparisons``."""
    return _weight_effects(scenario, [path], runs, seed, n_comparisons)[0]


def weight_effects(
    scenario: Scenario, paths: Sequence[str], runs: int, seed: int
) -> list[WeightEffect]:
    """Effects of several parameters on war, in their order, with simultaneous intervals."""
    return _weight_effects(scenario, paths, runs, seed, n_comparisons=len(paths))


def _weight_effects(
    scenario: Scenario, paths: Sequence[str], runs: int, seed: int, n_comparisons: int
) -> list[WeightEffect]:
    # With so few runs at an end, whole ends are shared out to threads, not blocks of runs.
    ends = [shift_parameter(scenario, path, share) for path in paths for share in (-FIFTH, FIFTH)]
    evaluated = partial(run_flags, runs=runs, seed=seed, jobs=1)
    wars = [found["war"] for found in map_ordered(evaluated, ends, processors())]
    return [
        WeightEffect(
            path, low[path].mean, high[path].mean, paired_difference(up, down, n_comparisons)
        )
        for path, low, high, down, up in zip(
            paths, ends[::2], ends[1::2], wars[::2], wars[1::2], strict=True
        )
    ]


def shift_parameter(scenario: Scenario, path: str, share: float) -> Scenario:
    """``scenario`` with the parameter at ``path`` shifted by a share of its mean, within its
    range."""
    parameter, value = parameter_at(path), scenario.values[path]
    law = value.distribution.shifted(share * value.distribution.mean, parameter.low, parameter.high)
    return replace(scenario, values={**scenario.values, path: replace(value, distribution=law)})
