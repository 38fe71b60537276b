"""A sweep seen along one or two of its axes, averaged over the rest."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.errors import UsageError
from sim.experiments.sweep.axis import Axis
from sim.experiments.sweep.design import DRAWN
from sim.experiments.sweep.results import SweepResults
from sim.scenario.parameter import Kind
from sim.scenario.suggest import did_you_mean
from sim.statistics import Estimate, share
from sim.vocabulary import Outcome

# A drawn design has a value of its own at every point: they are gathered in so many bins.
BINS = 12

Place = tuple[float, ...]


@dataclass(frozen=True)
class Slice:
    """Shares of runs at each place, a place being the values of ``axes``.

    ``rest`` holds the axes averaged over. Points share their luck, so an average over several is
    taken to be no surer than one of them: its interval is that of as many runs as one point has.
    """

    axes: tuple[Axis, ...]
    rest: tuple[Axis, ...]
    outcomes: dict[Place, dict[Outcome, Estimate]]
    watched: dict[Place, Estimate]
    runs: int


def slice_of(results: SweepResults, paths: Sequence[str] | None = None) -> Slice:
    """The sweep along ``paths``, by default its only two axes, or the first of them.

    Raises :class:`sim.errors.UsageError` for a path that is not varied, or none that was played.
    """
    axes = results.plan.design.axes
    chosen = _chosen(results, paths)
    values = np.array([_values(results, k) for k in chosen]).T
    tally = results.tally
    counted = tally.counts(results.plan.watch)
    outcomes: dict[Place, dict[Outcome, Estimate]] = {}
    watched: dict[Place, Estimate] = {}
    there = (tally.runs > 0) & ~np.isnan(values).any(axis=1)
    for place in sorted({tuple(row) for row in values[there].tolist()}):
        here = there & (values == place).all(axis=1)
        runs = tally.runs[here]
        outcomes[place] = {o: _average(tally.endings[here, o], runs) for o in Outcome}
        watched[place] = _average(counted[here], runs)
    if not watched:
        raise UsageError("there is nothing to draw: no point was played", "see its errors")
    rest = tuple(
        axis for k, axis in enumerate(axes) if k not in chosen and _moves(results, k, there)
    )
    return Slice(tuple(axes[k] for k in chosen), rest, outcomes, watched, results.runs)


def _average(counts: Any, runs: Any) -> Estimate:
    """The mean share over points, with the interval of one point's runs."""
    if len(runs) == 1:
        return share(int(counts[0]), int(runs[0]))
    value, n = float((counts / runs).mean()), round(float(runs.mean()))
    return share(round(value * n), n)._replace(value=value)


def _chosen(results: SweepResults, paths: Sequence[str] | None) -> list[int]:
    known = results.plan.design.paths
    if paths is None:
        both = len(known) > 1 and results.plan.design.method != "one_at_a_time"
        return [0, 1] if both else [0]
    if not 1 <= len(paths) <= 2 or len(set(paths)) < len(paths):
        raise UsageError("a figure has one axis or two different ones", "write --axes PATH,PATH")
    for path in paths:
        if path not in known:
            raise UsageError(f"{path} is not varied", did_you_mean(path, known))
    return [known.index(path) for path in paths]


def _values(results: SweepResults, k: int) -> Any:
    """The values of an axis at every point, gathered in bins where each is its own."""
    design = results.plan.design
    values = design.points[:, k]
    is_many = len(np.unique(values)) > 2 * BINS
    if (
        design.method not in DRAWN
        or design.axes[k].parameter.kind is not Kind.NUMBER
        or not is_many
    ):
        return values
    low, high = float(values.min()), float(values.max())
    width = (high - low) / BINS
    bins = np.clip(np.floor((values - low) / width), 0, BINS - 1)
    return np.round(low + (bins + 0.5) * width, 9)


def _moves(results: SweepResults, k: int, there: Any) -> bool:
    values = results.plan.design.points[there, k].tolist()
    return len({value for value in values if not math.isnan(value)}) > 1
