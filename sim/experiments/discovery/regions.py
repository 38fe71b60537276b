"""Boxes in which an outcome is common: sought on some points, checked on others."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.experiments.discovery.prim import LEAST_MASS, Box, Fit, fit, pasted, peeled
from sim.experiments.discovery.significance import Limit, limits, pruned
from sim.experiments.discovery.words import Told, box_said
from sim.experiments.levers import Lever
from sim.experiments.measure import Measure
from sim.statistics import Estimate, less, mean, mean_between, share

# A box that holds fewer fresh points cannot be checked, and is not shown.
FEWEST_FRESH = 2


@dataclass(frozen=True, slots=True)
class Step:
    """A box on the way inwards, and how it fits the points it was found on and fresh ones."""

    found: Fit
    fresh: Fit


@dataclass(frozen=True, slots=True)
class Region:
    """A box, its limits with their quasi-p-values, how it fits the points it was found on and fresh
    ones, the mean outcome of the fresh ones with its interval, and the way it was peeled.

    ``lift`` is how much denser the fresh points inside are than those outside. ``chosen`` is the
    step of the way that the box was made from, by widening it again and letting limits go: so the
    fit of the box is not that of the step.
    """

    limits: tuple[Limit, ...]
    found: Fit
    fresh: Fit
    density: Estimate
    lift: Estimate
    way: tuple[Step, ...]
    chosen: int
    sentence: str

    @property
    def is_clear(self) -> bool:
        """Whether fresh points bear out that it is denser than the rest."""
        return self.lift.low > 0


@dataclass(frozen=True)
class Sample:
    """Points in the space of the levers, and the outcome at each: a mean, or (with a threshold)
    whether the mean is above it."""

    x: Any
    y: Any
    missing: str


def regions(
    found: Sample,
    fresh: Sample,
    levers: Sequence[Lever],
    measure: Measure,
    threshold: float | None,
    boxes: int,
) -> list[Region]:
    """Box after box, each among the points that no earlier one holds, while they are denser than
    the whole and have a limit that matters."""
    everything = Box(tuple(e.low for e in levers), tuple(e.high for e in levers))
    free, open_ = np.ones(len(found.y), bool), np.ones(len(fresh.y), bool)
    listed: list[Region] = []
    while len(listed) < boxes and free.sum() > 2 * LEAST_MASS * len(free):
        box, way, chosen = _sought(found, free, everything)
        bounded = limits(box, everything, found.x[free], found.y[free])
        here = fit(box, found.x, found.y, free)
        if not bounded or here.density <= found.y.mean():
            break
        there = fit(box, fresh.x, fresh.y, open_)
        if there.points < FEWEST_FRESH:
            break
        inside = box.holds(fresh.x) & open_
        density, rest = (_mean(fresh.y, which, measure) for which in (inside, ~inside))
        steps = [Step(fit(b, found.x, found.y, free), fit(b, fresh.x, fresh.y, open_)) for b in way]
        said = box_said(bounded, levers, Told(measure, threshold), density, here, there)
        lift = less(density, rest)
        listed.append(
            Region(tuple(bounded), here, there, density, lift, tuple(steps), chosen, said)
        )
        free, open_ = free & ~box.holds(found.x), open_ & ~box.holds(fresh.x)
    return listed


def _sought(sample: Sample, free: Any, everything: Box) -> tuple[Box, list[Box], int]:
    """The box, the way it was peeled, and the step on the way that was chosen and refined."""
    x, y = sample.x[free], sample.y[free]
    way = peeled(x, y, everything, least=math.ceil(LEAST_MASS * len(sample.y)))
    chosen = balanced([fit(box, x, y) for box in way])
    box = pruned(pasted(way[chosen], x, y, everything)[-1], everything, x, y)
    return box, way, chosen


def balanced(way: Sequence[Fit]) -> int:
    """The step at which coverage and what has been gained in density, as a share of the most that
    is gained anywhere on the way, are best balanced: their harmonic mean is largest."""
    start = way[0].density
    most = max(step.density for step in way) - start or 1.0
    both = [(step.coverage, max(0.0, step.density - start) / most) for step in way]
    return int(np.argmax([2 * a * b / (a + b) if a + b else 0.0 for a, b in both]))


def _mean(outcomes: Any, which: Any, measure: Measure) -> Estimate:
    """The mean outcome of some points, each with luck of its own."""
    y = outcomes[which]
    if np.isin(outcomes, (0, 1)).all():
        return share(int(y.sum()), len(y))
    total, squares = float(y.sum()), float((y * y).sum())
    if measure.is_share:
        return mean_between((0.0, 1.0), total, squares, len(y))
    return mean(total, squares, len(y))
