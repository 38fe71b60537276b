"""A sweep along one or two of its factors: averages over the others, or a cloud of points.

A stepped design is averaged at each level (:class:`Slice`). The points of other designs are shown
one by one (:class:`PointCloud`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.enums import Outcome
from sim.errors import UsageError
from sim.experiments.designs import ONE_AT_A_TIME, Design
from sim.experiments.factors import Factor, remedy_for_fixed
from sim.experiments.sweep.results import SweepResults
from sim.scenario.scenario import Scenario
from sim.statistics import Estimate, proportion

Place = tuple[float, ...]


@dataclass(frozen=True)
class GroupedPoints:
    """Points grouped by their values on ``axes``; each combination of values is a place.

    ``rest`` holds the other factors that vary. ``places`` has the point numbers at each place. They
    are ``uneven`` if the values of the rest differ from place to place.
    """

    axes: tuple[Factor, ...]
    rest: tuple[Factor, ...]
    places: dict[Place, Any]
    uneven: bool = False


@dataclass(frozen=True)
class Slice:
    """The shares of runs at each place.

    Points use common random numbers. So the interval of an average over points is computed with the
    number of runs of one point.
    """

    gathered: GroupedPoints
    outcomes: dict[Place, dict[Outcome, Estimate]]
    watched: dict[Place, Estimate]
    runs: int

    @property
    def axes(self) -> tuple[Factor, ...]:
        """The one or two factors shown."""
        return self.gathered.axes


def slices_of(results: SweepResults, paths: Sequence[str] | None = None) -> list[Slice]:
    """The sweep along ``paths``, by default its first two factors.

    A one-at-a-time design has a slice for each factor. Raises :class:`sim.errors.UsageError` for a
    path that is not varied, and if no point was run.
    """
    plan, played = results.plan, results.tally.runs > 0
    return [
        _slice(results, each) for each in group_points(plan.design, played, paths, plan.scenario)
    ]


def _slice(results: SweepResults, gathered: GroupedPoints) -> Slice:
    tally = results.tally
    counted = tally.counts(results.plan.watch)
    outcomes: dict[Place, dict[Outcome, Estimate]] = {}
    watched: dict[Place, Estimate] = {}
    for place, here in gathered.places.items():
        runs = tally.runs[here]
        outcomes[place] = {o: _average(tally.endings[here, o], runs) for o in Outcome}
        watched[place] = _average(counted[here], runs)
    return Slice(gathered, outcomes, watched, results.runs)


def _average(counts: Any, runs: Any) -> Estimate:
    """The mean share over points, with the interval of one point's number of runs."""
    value, n = float((counts / runs).mean()), float(runs.mean())
    return proportion(value * n, n)


def group_points(
    design: Design, played: Any, paths: Sequence[str] | None, scenario: Scenario
) -> list[GroupedPoints]:
    """The ``played`` points (flags), grouped by ``paths``; raises as :func:`slices_of`."""
    shown = select_slices(design, paths)
    require_played(played)
    if design.method != ONE_AT_A_TIME:
        return [_group(design, played, shown)]
    alone = [_alone(design, played, k, design.factors[k].baseline(scenario)) for k in shown]
    return [each for each in alone if each.places]


def require_played(played: Any) -> None:
    """Raise :class:`sim.errors.UsageError` if no point was ``played``."""
    if not np.any(played):
        raise UsageError(
            "there is nothing to draw: every point failed", "see the errors of the sweep"
        )


def _group(design: Design, played: Any, shown: list[int]) -> GroupedPoints:
    there = np.flatnonzero(played)
    places, at = np.unique(design.points[there][:, shown], axis=0, return_inverse=True)
    order = np.argsort(at, kind="stable")
    cuts = np.flatnonzero(np.diff(at[order])) + 1
    points = np.split(there[order], cuts)
    rest = [k for k in varying_columns(design.points[there]) if k not in shown]
    values = design.points[:, rest]
    uneven = len({frozenset(map(tuple, values[here].tolist())) for here in points}) > 1
    by_place = {tuple(place): here for place, here in zip(places.tolist(), points, strict=True)}
    axes, others = (tuple(design.factors[k] for k in each) for each in (shown, rest))
    return GroupedPoints(axes, others, by_place, uneven)


def _alone(design: Design, played: Any, k: int, base: float) -> GroupedPoints:
    """The points at which only factor ``k`` varies, and the baseline at its own value.

    A level equal to the baseline replaces it. The two differ only if the scenario's own value is a
    distribution.
    """
    values = design.points[:, k]
    at_base = np.isnan(design.points).all(axis=1) & ~np.isnan(base)
    there = np.flatnonzero(played & (at_base | ~np.isnan(values)))
    found = {float(base if at_base[point] else values[point]): point for point in there.tolist()}
    places: dict[Place, Any] = {(value,): np.array([found[value]]) for value in sorted(found)}
    return GroupedPoints((design.factors[k],), (), places)


def select_slices(design: Design, paths: Sequence[str] | None) -> list[int]:
    """The numbers of the factors to show: one or two, or all of a one-at-a-time design.

    Raises as :func:`slices_of`.
    """
    known = design.paths
    if paths is None:
        return list(range(len(known) if design.method == ONE_AT_A_TIME else min(2, len(known))))
    if not 1 <= len(paths) <= 2 or len(set(paths)) < len(paths):
        raise UsageError("a figure has one axis or two different ones", "write --axes PATH,PATH")
    for path in paths:
        if path not in known:
            raise UsageError(f"{path} is not varied", remedy_for_fixed(path, known))
    return [known.index(path) for path in paths]


def varying_columns(points: Any) -> list[int]:
    """The columns of ``points`` with several values; the scenario's own value counts as one."""
    # NaN differs from NaN, so it is replaced by a number.
    values = np.nan_to_num(points, nan=np.inf)
    return [k for k in range(values.shape[1]) if len(np.unique(values[:, k])) > 1]


@dataclass(frozen=True, eq=False)
class PointCloud:
    """The numbers of the ``points`` that were run, and their values on the ``axes`` shown.

    ``values`` is ``float64 (points, axes)``; it is NaN where a point has the scenario's own value
    and this is not a single value. ``own`` flags the points with an own value on any axis. ``rest``
    holds the other factors that vary.
    """

    axes: tuple[Factor, ...]
    rest: tuple[Factor, ...]
    points: Any
    values: Any
    own: Any

    @property
    def placed(self) -> Any:
        """Flags: the points with a value on every axis shown."""
        return ~np.isnan(self.values).any(axis=1)

    @property
    def covered(self) -> int:
        """The number of points that share their place with another."""
        _, many = np.unique(self.values[self.placed], axis=0, return_counts=True)
        return int(many[many > 1].sum())


def point_cloud(
    design: Design, played: Any, paths: Sequence[str] | None, scenario: Scenario
) -> PointCloud:
    """The ``played`` points (flags) along ``paths``, by default the first two factors.

    Raises :class:`sim.errors.UsageError` for a path that is not varied, and if no point was run.
    """
    shown = select_slices(design, paths)
    require_played(played)
    there = np.flatnonzero(played)
    values = design.points[there][:, shown]
    axes = tuple(design.factors[k] for k in shown)
    baseline = np.array([axis.baseline(scenario) for axis in axes])
    rest = tuple(design.factors[k] for k in varying_columns(design.points[there]) if k not in shown)
    is_own = np.isnan(values)
    return PointCloud(axes, rest, there, np.where(is_own, baseline, values), is_own.any(axis=1))
