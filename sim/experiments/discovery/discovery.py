"""Boxes in the space of the levers in which an outcome is common, checked on fresh points."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.errors import SCHEMA_VERSION, RunFailed, UsageError
from sim.experiments.discovery.prim import LEAST_MASS, Box, Fit, fit, pasted, peeled
from sim.experiments.discovery.significance import Limit, limits, pruned
from sim.experiments.discovery.words import Told, box_said, headline
from sim.experiments.levers import Lever, placed
from sim.experiments.measure import Measure
from sim.experiments.points import Played, Progress, played, playing, settled, whole
from sim.luck import resampling
from sim.scenario.model import Scenario
from sim.statistics import Estimate, mean, share

POINTS, REPLICATIONS, BOXES = 1024, 32, 2
FEWEST_POINTS = 100


@dataclass(frozen=True, slots=True)
class Step:
    """A box on the way inwards, and how it fits the points it was found on and fresh ones."""

    found: Fit
    fresh: Fit


@dataclass(frozen=True, slots=True)
class Region:
    """A box, its limits with their quasi-p-values, how it fits the points it was found on and fresh
    ones, the mean outcome of the fresh ones with its interval, and the way it was peeled.

    ``chosen`` is the step of the way that it was made from.
    """

    limits: tuple[Limit, ...]
    found: Fit
    fresh: Fit
    density: Estimate
    way: tuple[Step, ...]
    chosen: int
    sentence: str


@dataclass(frozen=True)
class Sample:
    """Points in the space of the levers, and the outcome at each: a mean, or (with a threshold)
    whether the mean is above it."""

    x: Any
    y: Any
    missing: str


@dataclass(frozen=True)
class Discovery:
    """The regions found for an outcome of a scenario, in the order found."""

    scenario: str
    measure: Measure
    threshold: float | None
    levers: tuple[Lever, ...]
    points: int
    replications: int
    seed: int
    overall: float
    regions: tuple[Region, ...]
    missing: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """The finding, in words."""
        sentences = [region.sentence for region in self.regions]
        return headline(Told(self.measure, self.threshold), self.overall, sentences)

    def document(self) -> dict[str, Any]:
        """The regions as plain data, as ``thinline discover --json`` prints them."""
        return {
            "schema_version": SCHEMA_VERSION,
            "scenario": self.scenario,
            "outcome": self.measure.name,
            "threshold": self.threshold,
            "points": self.points,
            "replications": self.replications,
            "seed": self.seed,
            "levers": [{"path": e.path, "low": e.low, "high": e.high} for e in self.levers],
            "overall": self.overall,
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
            "chosen": region.chosen,
            "trajectory": [
                {"in_sample": step.found._asdict(), "held_out": step.fresh._asdict()}
                for step in region.way
            ],
            "sentence": region.sentence,
        }


def discover(
    scenario: Scenario,
    levers: Sequence[Lever],
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
    measure, seed = Measure(outcome), settled(scenario, seed)
    if points < FEWEST_POINTS or boxes < 1:
        raise UsageError(f"{points} points, {boxes} boxes", f"at least {FEWEST_POINTS} and 1")
    player = playing(scenario, seed, [measure])(tuple(lever.path for lever in levers))
    rng = resampling(seed)
    samples = []
    for k in range(2):
        design = [placed(levers, shares) for shares in spread_out(points, len(levers), rng)]

        def told(done: int, total: int, before: int = k) -> None:
            if progress:
                progress(before * total + done, 2 * total)

        begin = k * points * replications
        given = played(player, design, replications, jobs, told, first=begin, apart=True)
        samples.append(_sample(whole(given), measure, threshold))
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
        regions=tuple(regions(found, fresh, levers, measure, threshold, boxes)),
        missing=tuple(each.missing for each in samples if each.missing),
    )


def spread_out(points: int, levers: int, rng: Any) -> Any:
    """A Latin hypercube: ``(points, levers)`` from 0 to 1, one point in every slice of a lever."""
    slices = rng.permuted(np.tile(np.arange(points), (levers, 1)), axis=1).T
    return (slices + rng.random((points, levers))) / points


def _sample(given: Played, measure: Measure, threshold: float | None) -> Sample:
    kept = given.kept
    if kept.sum() < FEWEST_POINTS:
        raise RunFailed(f"too little could be played: {given.missing}", "narrow the levers")
    y = given.mean(measure.name)[kept]
    if threshold is not None:
        y = (y > threshold).astype(np.float64)
    return Sample(given.points[kept], y, given.missing)


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
        there, density = fit(box, fresh.x, fresh.y, open_), _density(box, fresh, open_)
        steps = [Step(fit(b, found.x, found.y, free), fit(b, fresh.x, fresh.y, open_)) for b in way]
        said = box_said(bounded, levers, Told(measure, threshold), density, here, there)
        listed.append(Region(tuple(bounded), here, there, density, tuple(steps), chosen, said))
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


def _density(box: Box, fresh: Sample, free: Any) -> Estimate:
    """The mean outcome of fresh points in the box, each with luck of its own."""
    y = fresh.y[box.holds(fresh.x) & free]
    if np.isin(fresh.y, (0, 1)).all():
        return share(int(y.sum()), len(y))
    return mean(float(y.sum()), float((y * y).sum()), len(y))
