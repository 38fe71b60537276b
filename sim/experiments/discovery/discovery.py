"""Boxes in the space of the levers in which an outcome is common, checked on fresh points."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.errors import RunFailed, UsageError, head
from sim.experiments.discovery.regions import Region, Sample, regions
from sim.experiments.discovery.words import Told, headline
from sim.experiments.levers import Lever, placed
from sim.experiments.limits import check_size, settled
from sim.experiments.measure import Measure
from sim.experiments.points import Played, played, playing, whole
from sim.experiments.run import Progress
from sim.figures.wording import plural
from sim.luck import resampling
from sim.results import plain
from sim.scenario.model import Scenario

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
    levers: tuple[Lever, ...]
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
        told = Told(self.measure, self.threshold)
        sentences = [region.sentence for region in self.regions]
        clear = [region.is_clear for region in self.regions]
        return headline(told, self.overall_fresh, sentences, clear)

    def document(self) -> dict[str, Any]:
        """The regions as plain data, as ``thinline discover --json`` prints them."""
        return {
            **head("discovery", self.scenario, self.runs, self.seed),
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
            "held_out_inside_less_outside": plain("difference", region.lift),
            "clear": region.is_clear,
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
    _check(points, boxes, threshold)
    check_size(points, replications, jobs)
    if progress:
        progress(0, 2 * points * replications)
    player = playing(scenario, seed, [measure])(tuple(lever.path for lever in levers))
    rng = resampling(seed)
    samples = []
    for k in range(2):
        design = placed(levers, spread_out(points, len(levers), rng))
        begin, told = k * points * replications, _halfway(progress, k)
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


def _sample(given: Played, measure: Measure, threshold: float | None) -> Sample:
    kept = given.kept
    if kept.sum() < FEWEST_POINTS:
        raise RunFailed(f"too little could be played: {given.missing}", "narrow the levers")
    y = given.mean(measure.name)[kept]
    if threshold is not None:
        y = (y > threshold).astype(np.float64)
    return Sample(given.points[kept], y, given.missing)
