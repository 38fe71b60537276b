"""Boxes in the space of the levers in which an outcome is common, checked on fresh points."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.analysis.discovery.prim import (
    LEAST_MASS,
    Box,
    Fit,
    Limit,
    fit,
    limits,
    pasted,
    peeled,
    pruned,
)
from sim.analysis.discovery.text import DiscoveryText, box_said, headline
from sim.errors import RunFailed, UsageError, json_head
from sim.experiments.evaluate import Ensemble, evaluate, make_model, require_any
from sim.experiments.factors import Factor, place_points
from sim.experiments.measures import Measure
from sim.experiments.simulate import Progress, check_size, seed_or_default
from sim.results import estimate_to_dict
from sim.rng import resampling_generator
from sim.scenario.scenario import Scenario
from sim.statistics import Estimate, bounded_mean, difference_independent, mean, proportion
from sim.text import plural

POINTS, REPLICATIONS, BOXES = 1024, 32, 2
FEWEST_POINTS = 100


@dataclass(frozen=True)
class Discovery:
    """The regions found for an outcome of a scenario, in the order found.

    ``overall`` is the mean outcome of all points that boxes were sought on, ``overall_fresh`` that
    of the fresh ones that they are checked on.
    """

    scenario: str
    measure: Measure
    threshold: float | None
    levers: tuple[Factor, ...]
    points: int
    replications: int
    seed: int
    overall: float
    overall_fresh: float
    regions: tuple[Region, ...]
    missing: tuple[str, ...] = ()

    @property
    def runs(self) -> int:
        """All runs that were asked for, on both sets of points."""
        return 2 * self.points * self.replications

    @property
    def sentence(self) -> str:
        """The finding, in words."""
        told = DiscoveryText(self.measure, self.threshold)
        sentences = [region.sentence for region in self.regions]
        clear = [region.excludes_zero for region in self.regions]
        return headline(told, self.overall_fresh, sentences, clear)

    def to_dict(self) -> dict[str, Any]:
        """The regions as plain data, as ``thinline discover --json`` prints them."""
        return {
            **json_head("discovery", self.scenario, self.runs, self.seed),
            "outcome": self.measure.name,
            "threshold": self.threshold,
            "points": self.points,
            "replications": self.replications,
            "levers": [{"path": e.path, "low": e.low, "high": e.high} for e in self.levers],
            "overall": self.overall,
            "overall_held_out": self.overall_fresh,
            "regions": [self._region(region) for region in self.regions],
            "missing": list(self.missing),
            "sentence": self.sentence,
        }

    def _region(self, region: Region) -> dict[str, Any]:
        return {
            "limits": [
                {
                    "path": self.levers[limit.lever].path,
                    "end": ("low", "high")[limit.end],
                    "value": limit.value,
                    "quasi_p": limit.quasi_p,
                }
                for limit in region.limits
            ],
            "in_sample": region.found._asdict(),
            "held_out": region.fresh._asdict(),
            "held_out_density": list(region.density),
            "held_out_inside_less_outside": estimate_to_dict("difference", region.lift),
            "significant": region.excludes_zero,
            "chosen": region.chosen,
            "trajectory": [
                {"in_sample": step.found._asdict(), "held_out": step.fresh._asdict()}
                for step in region.way
            ],
            "sentence": region.sentence,
        }


def discover(
    scenario: Scenario,
    levers: Sequence[Factor],
    outcome: str = "escalation",
    threshold: float | None = None,
    points: int = POINTS,
    replications: int = REPLICATIONS,
    boxes: int = BOXES,
    seed: int | None = None,
    jobs: int | None = None,
    progress: Progress | None = None,
) -> Discovery:
    """Find up to ``boxes`` boxes of levers in which ``outcome`` is common.

    ``points`` are drawn for finding them and as many again for checking; every point has luck of
    its own, so that what the luck of a few runs does at all points alike cannot pass for a finding.
    With a ``threshold`` a point counts as 0 or 1. Raises :class:`sim.errors.UsageError` for what
    is unknown or too few points.
    """
    measure, seed = Measure(outcome), seed_or_default(scenario, seed)
    _check(points, boxes, threshold)
    check_size(points, replications, jobs)
    if progress:
        progress(0, 2 * points * replications)
    player = make_model(scenario, seed, [measure])(tuple(lever.path for lever in levers))
    rng = resampling_generator(seed)
    samples = []
    for k in range(2):
        design = place_points(levers, spread_out(points, len(levers), rng))
        begin, told = k * points * replications, _halfway(progress, k)
        given = evaluate(player, design, replications, jobs, told, first=begin, apart=True)
        samples.append(_sample(require_any(given), measure, threshold))
    found, fresh = samples
    return Discovery(
        scenario=scenario.name,
        measure=measure,
        threshold=threshold,
        levers=tuple(levers),
        points=points,
        replications=replications,
        seed=seed,
        overall=float(found.y.mean()),
        overall_fresh=float(fresh.y.mean()),
        regions=tuple(regions(found, fresh, levers, measure, threshold, boxes)),
        missing=tuple(each.missing for each in samples if each.missing),
    )


def _check(points: int, boxes: int, threshold: float | None) -> None:
    if points < FEWEST_POINTS:
        few = f"{plural(points, 'point')} (--n) are too few to find a box in"
        raise UsageError(few, f"at least {FEWEST_POINTS}")
    if boxes < 1:
        raise UsageError(f"{plural(boxes, 'box', 'boxes')} (--boxes) to find", "at least 1")
    if threshold is not None and not math.isfinite(threshold):
        raise UsageError(f"threshold: {threshold:g} is no number", "leave it out, or try 0.2")


def _halfway(progress: Progress | None, half: int) -> Progress | None:
    """What is told of one of two samples, of the same size, as a part of both."""
    if progress is None:
        return None
    return lambda done, total: progress(half * total + done, 2 * total)


def spread_out(points: int, levers: int, rng: Any) -> Any:
    """A Latin hypercube: ``(points, levers)`` from 0 to 1, one point in every slice of a lever."""
    slices = rng.permuted(np.tile(np.arange(points), (levers, 1)), axis=1).T
    return (slices + rng.random((points, levers))) / points


def _sample(given: Ensemble, measure: Measure, threshold: float | None) -> Sample:
    kept = given.kept
    if kept.sum() < FEWEST_POINTS:
        raise RunFailed(f"too little could be played: {given.missing}", "narrow the levers")
    y = given.mean(measure.name)[kept]
    if threshold is not None:
        y = (y > threshold).astype(np.float64)
    return Sample(given.points[kept], y, given.missing)


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
    def excludes_zero(self) -> bool:
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
    levers: Sequence[Factor],
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
        said = box_said(bounded, levers, DiscoveryText(measure, threshold), density, here, there)
        lift = difference_independent(density, rest)
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
        return proportion(int(y.sum()), len(y))
    total, squares = float(y.sum()), float((y * y).sum())
    if measure.is_share:
        return bounded_mean((0.0, 1.0), total, squares, len(y))
    return mean(total, squares, len(y))
