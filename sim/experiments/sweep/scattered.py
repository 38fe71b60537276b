"""A sweep whose points lie anywhere, seen along one or two of its axes: point by point.

Nothing is averaged: two points that differ in an axis which is not shown lie on one another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.experiments.sweep.axis import Axis
from sim.experiments.sweep.design import Design
from sim.experiments.sweep.slices import chosen, moving, refuse_none
from sim.experiments.sweep.standing import stands
from sim.scenario.model import Scenario


@dataclass(frozen=True, eq=False)
class Scattered:
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


def scattered(
    design: Design, played: Any, paths: Sequence[str] | None, scenario: Scenario
) -> Scattered:
    """The points that were ``played`` (flags) along ``paths``, by default the first two axes.

    Raises :class:`sim.errors.UsageError` for a path that is not varied, or none that was played.
    """
    shown = chosen(design, paths)
    refuse_none(played)
    there = np.flatnonzero(played)
    values = design.points[there][:, shown]
    axes = tuple(design.axes[k] for k in shown)
    standing = np.array([stands(scenario, axis) for axis in axes])
    rest = tuple(design.axes[k] for k in moving(design.points[there]) if k not in shown)
    left = np.isnan(values)
    return Scattered(axes, rest, there, np.where(left, standing, values), left.any(axis=1))
