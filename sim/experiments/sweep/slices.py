"""A sweep in steps seen along one or two of its axes, averaged over the rest.

Designs without steps are :mod:`sim.experiments.sweep.slices`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.enums import Outcome
from sim.errors import UsageError
from sim.experiments.designs import ONE_AT_A_TIME, Design
from sim.experiments.factors import Axis, baseline_value, refuse_fixed
from sim.experiments.sweep.results import SweepResults
from sim.scenario.scenario import Scenario
from sim.statistics import Estimate, proportion

Place = tuple[float, ...]


@dataclass(frozen=True)
class GroupedPoints:
    """Points by place, a place being their values of ``axes``; ``rest`` holds the other axes that
    move. ``places`` gives the numbers of the points at each; they are ``uneven`` where it is not
    the same values of the rest that are averaged at each."""

    axes: tuple[Axis, ...]
    rest: tuple[Axis, ...]
    places: dict[Place, Any]
    uneven: bool = False


@dataclass(frozen=True)
class Slice:
    """Shares of runs at each place.

    Points share their luck, so an average over several is taken to be no surer than one of them:
    its interval is that of as many runs as one point has.
    """

    gathered: GroupedPoints
    outcomes: dict[Place, dict[Outcome, Estimate]]
    watched: dict[Place, Estimate]
    runs: int

    @property
    def axes(self) -> tuple[Axis, ...]:
        """The one or two axes along which the sweep is seen."""
        return self.gathered.axes


def slices_of(results: SweepResults, paths: Sequence[str] | None = None) -> list[Slice]:
    """The sweep along ``paths``, by default its only two axes, or the first two of them; where one
    parameter is moved at a time, a slice for each.

    Raises :class:`sim.errors.UsageError` for a path that is not varied, or none that was played.
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
    """The mean share over points, with the interval of one point's runs."""
    if len(runs) == 1:
        return proportion(int(counts[0]), int(runs[0]))
    value, n = float((counts / runs).mean()), round(float(runs.mean()))
    return proportion(round(value * n), n)._replace(value=value)


def group_points(
    design: Design, played: Any, paths: Sequence[str] | None, scenario: Scenario
) -> list[GroupedPoints]:
    """The points that were ``played`` (flags), by their values of ``paths``; raises as
    :func:`slices_of` does."""
    shown = select_slices(design, paths)
    refuse_none(played)
    if design.method != ONE_AT_A_TIME:
        return [_gather(design, played, shown)]
    alone = [_alone(design, played, k, baseline_value(scenario, design.axes[k])) for k in shown]
    return [each for each in alone if each.places]


def refuse_none(played: Any) -> None:
    """Raise :class:`sim.errors.UsageError` where no point was ``played``."""
    if not np.any(played):
        raise UsageError("there is nothing to draw: no point was played", "see its errors")


def _gather(design: Design, played: Any, shown: list[int]) -> GroupedPoints:
    there = np.flatnonzero(played)
    places, at = np.unique(design.points[there][:, shown], axis=0, return_inverse=True)
    order = np.argsort(at, kind="stable")
    cuts = np.flatnonzero(np.diff(at[order])) + 1
    points = np.split(there[order], cuts)
    rest = [k for k in moving(design.points[there]) if k not in shown]
    uneven = _are_uneven(design, rest, points)
    by_place = {tuple(place): here for place, here in zip(places.tolist(), points, strict=True)}
    axes, others = (tuple(design.axes[k] for k in each) for each in (shown, rest))
    return GroupedPoints(axes, others, by_place, uneven)


def _alone(design: Design, played: Any, k: int, base: float) -> GroupedPoints:
    """The points at which axis ``k`` moves alone, and the scenario as it is where it stands.

    A level just there hides the scenario, which differs from it at most in its spread.
    """
    values = design.points[:, k]
    at_base = np.isnan(design.points).all(axis=1) & ~np.isnan(base)
    there = np.flatnonzero(played & (at_base | ~np.isnan(values)))
    found = {float(base if at_base[point] else values[point]): point for point in there.tolist()}
    places: dict[Place, Any] = {(value,): np.array([found[value]]) for value in sorted(found)}
    return GroupedPoints((design.axes[k],), (), places)


def select_slices(design: Design, paths: Sequence[str] | None) -> list[int]:
    """The numbers of the axes to see a sweep along, one or two, or all of those that are moved one
    at a time; raises as :func:`slices_of` does."""
    known = design.paths
    if paths is None:
        return list(range(len(known) if design.method == ONE_AT_A_TIME else min(2, len(known))))
    if not 1 <= len(paths) <= 2 or len(set(paths)) < len(paths):
        raise UsageError("a figure has one axis or two different ones", "write --axes PATH,PATH")
    for path in paths:
        if path not in known:
            raise UsageError(f"{path} is not varied", refuse_fixed(path, known))
    return [known.index(path) for path in paths]


def _are_uneven(design: Design, rest: list[int], points: Sequence[Any]) -> bool:
    """Whether the values of the ``rest`` of the axes are others at one place than at another."""
    values = design.points[:, rest]
    return len({frozenset(map(tuple, values[here].tolist())) for here in points}) > 1


def moving(points: Any) -> list[int]:
    """The columns of ``points`` that have more than one value; to leave a value as it is counts as
    one, too."""
    # NaN is no NaN, so that it is told apart from numbers as a number.
    values = np.nan_to_num(points, nan=np.inf)
    return [k for k in range(values.shape[1]) if len(np.unique(values[:, k])) > 1]


@dataclass(frozen=True, eq=False)
class PointCloud:
    """The numbers of the ``points`` that were played, and where they are on the ``axes`` shown.

    ``values`` is ``float64 (points, axes)``, NaN where a point leaves an axis as it is on which the
    scenario has no single value; ``own`` flags the points that leave one as it is. ``rest`` holds
    the other axes that move.
    """

    axes: tuple[Axis, ...]
    rest: tuple[Axis, ...]
    points: Any
    values: Any
    own: Any

    @property
    def placed(self) -> Any:
        """Flags: the points that have a place on every axis shown."""
        return ~np.isnan(self.values).any(axis=1)

    @property
    def covered(self) -> int:
        """How many points lie where another lies, too."""
        _, many = np.unique(self.values[self.placed], axis=0, return_counts=True)
        return int(many[many > 1].sum())


def point_cloud(
    design: Design, played: Any, paths: Sequence[str] | None, scenario: Scenario
) -> PointCloud:
    """The points that were ``played`` (flags) along ``paths``, by default the first two axes.

    Raises :class:`sim.errors.UsageError` for a path that is not varied, or none that was played.
    """
    shown = select_slices(design, paths)
    refuse_none(played)
    there = np.flatnonzero(played)
    values = design.points[there][:, shown]
    axes = tuple(design.axes[k] for k in shown)
    standing = np.array([baseline_value(scenario, axis) for axis in axes])
    rest = tuple(design.axes[k] for k in moving(design.points[there]) if k not in shown)
    left = np.isnan(values)
    return PointCloud(axes, rest, there, np.where(left, standing, values), left.any(axis=1))
