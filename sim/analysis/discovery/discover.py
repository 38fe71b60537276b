"""Scenario discovery: boxes of factors in which an outcome is common, checked on fresh points."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

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
from sim.analysis.discovery.sentences import (
    DiscoveryText,
    describe_box,
    describe_limit,
    discovery_headline,
    plain_bound,
)
from sim.analysis.factors import as_levers
from sim.errors import RunFailed, UsageError, is_number, json_head, whole_within
from sim.experiments.backends import Backend
from sim.experiments.evaluate import Ensemble, open_evaluator
from sim.experiments.factors import Factor, place_points
from sim.experiments.measures import Measure
from sim.experiments.simulate import MOST_POINTS, Progress, check_size, part_of, run_options
from sim.formatting import parameter_cell, plural
from sim.rng import resampling_generator
from sim.scenario.scenario import Scenario
from sim.statistics import Estimate, bounded_mean, difference_independent, mean, proportion
from sim.study_result import StudyResult
from sim.tables import Column, ResultTable, estimate_to_dict, with_interval

POINTS, REPLICATIONS, BOXES = 1024, 32, 2
FEWEST_POINTS = 100

# A box with fewer fresh points cannot be checked and is not reported.
FEWEST_FRESH = 2


@dataclass(frozen=True, slots=True)
class TrajectoryBox:
    """A box of the peeling trajectory: its fit in sample and on fresh points."""

    found: Fit
    fresh: Fit


@dataclass(frozen=True, slots=True)
class Region:
    """A box with its limits, fit and peeling trajectory.

    Attributes
    ----------
    limits : tuple of Limit
        Limits of the box, with quasi-p-values.
    found, fresh : Fit
        Fit in sample and on fresh points.
    density : Estimate
        Mean outcome of the fresh points inside.
    lift : Estimate
        The same minus the mean outcome of the fresh points outside.
    way : tuple of TrajectoryBox
        The peeling trajectory.
    chosen : int
        The position in the trajectory of the box that was then pasted and pruned, which changes its
        fit.
    sentence : str
        The box in a sentence.
    """

    limits: tuple[Limit, ...]
    found: Fit
    fresh: Fit
    density: Estimate
    lift: Estimate
    way: tuple[TrajectoryBox, ...]
    chosen: int
    sentence: str

    @property
    def excludes_zero(self) -> bool:
        """Whether fresh points confirm that the box is denser than the rest."""
        return self.lift.low > 0


@dataclass(frozen=True, repr=False, eq=False)
class Discovery(StudyResult):
    """Boxes found for an outcome of a scenario, in the order found.

    Attributes
    ----------
    scenario : str
        Name of the scenario.
    measure : Measure
        The outcome.
    threshold : float or None
        If given, a point counts as 1 if its mean exceeds the threshold, else as 0.
    levers : tuple of Factor
        The factors with their ranges.
    points, replications, seed : int
        Points of each of the two samples, runs at each point, and the random seed.
    overall, overall_fresh : float
        Mean outcome of all points in sample, and of all fresh points.
    regions : tuple of Region
        The boxes.
    missing : tuple of str
        Points left out because they could not be run.
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
        """The number of runs in both samples."""
        return 2 * self.points * self.replications

    @property
    def label(self) -> str:
        """Outcome, scenario, boxes, runs and seed."""
        boxes, runs = plural(len(self.regions), "box", "boxes"), plural(self.runs, "run")
        return f"{self.measure.label} in {self.scenario}, {boxes}, {runs}, seed {self.seed}"

    @property
    def sentence(self) -> str:
        """The boxes in a sentence."""
        text = DiscoveryText(self.measure, self.threshold)
        sentences = [region.sentence for region in self.regions]
        clear = [region.excludes_zero for region in self.regions]
        return discovery_headline(text, self.overall_fresh, sentences, clear)

    def to_dict(self) -> dict[str, Any]:
        """The boxes as plain data, as ``thinline discover --json`` prints them."""
        return {
            **json_head("discovery", self.scenario, self.runs, self.seed),
            "outcome": self.measure.name,
            "threshold": self.threshold,
            "points": self.points,
            "replications": self.replications,
            "levers": [
                {"path": lever.path, **dict(zip(("low", "high"), lever.plain_ends, strict=True))}
                for lever in self.levers
            ],
            "overall": self.overall,
            "overall_held_out": self.overall_fresh,
            "regions": [self._region(region) for region in self.regions],
            "missing": list(self.missing),
            "sentence": self.sentence,
        }

    def limits(self, region: Region) -> ResultTable[Limit]:
        """A row for each limit of a box."""
        levers = self.levers
        columns: tuple[Column[Limit], ...] = (
            Column("path", "lever", lambda limit: levers[limit.lever].path, parameter_cell),
            Column("end", None, lambda limit: ("low", "high")[limit.end]),
            Column(
                "value",
                "limit",
                lambda limit: plain_bound(levers[limit.lever], limit),
                text=lambda limit: describe_limit(levers[limit.lever], limit),
            ),
            Column(None, "varied from", lambda limit: levers[limit.lever].format_range()),
            Column("quasi_p", "quasi-p", attrgetter("quasi_p"), "{:.2g}".format),
        )
        return ResultTable(columns, region.limits)

    def _region(self, region: Region) -> dict[str, Any]:
        return {
            "limits": self.limits(region).to_dicts(),
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

    def rows(self) -> list[dict[str, Any]]:
        """A row for each limit of each box, with the density on fresh points."""
        return [
            {
                "box": number,
                **limit,
                **with_interval("density", region.density),
                "coverage": region.fresh.coverage,
                "significant": region.excludes_zero,
            }
            for number, region in enumerate(self.regions, start=1)
            for limit in self.limits(region).to_rows()
        ]


def discover(
    scenario: Scenario,
    levers: str | Sequence[str] | Sequence[Factor] = (),
    outcome: str = "escalation",
    threshold: float | None = None,
    points: int = POINTS,
    replications: int = REPLICATIONS,
    boxes: int = BOXES,
    seed: int | None = None,
    jobs: int | None = None,
    progress: Progress | None = None,
    folder: str | Path | None = None,
    backend: Backend | None = None,
    force: bool = False,
) -> Discovery:
    """Find boxes of factors in which an outcome is common.

    One sample of points is used to find the boxes, a second of the same size to check them. Every
    point has its own random numbers, so that an effect of random numbers that all points share
    cannot look like a finding.

    Parameters
    ----------
    scenario : Scenario
        The baseline.
    levers : str, or sequence of str or Factor, optional
        Factors as ``"PATH"`` or ``"PATH=low:high"``; by default those of :func:`sim.sensitivity`.
    outcome : str
        The outcome: a share such as ``"war"``, or the name of a recorded mean.
    threshold : float, optional
        Count a point as 1 if its mean exceeds this, else as 0. Shares are between 0 and 1.
    points : int
        Points of each sample, at least 100.
    replications : int
        Runs at each point.
    boxes : int
        Maximum number of boxes, at least 1.
    seed : int, optional
        Random seed; by default the scenario's.
    jobs : int, optional
        Threads; by default one for each processor. They do not affect results.
    progress : callable, optional
        Called with the number of runs done and the total.
    folder : str or Path, optional
        Folder in which finished runs are kept; the same call resumes with them.
    backend : Backend, optional
        What makes the runs, by default ``jobs`` threads. It does not affect results.
    force : bool
        Replace other evaluations in the folder.

    Returns
    -------
    Discovery
        The boxes, with their fit in sample and on fresh points.

    Raises
    ------
    sim.errors.UsageError
        For an unknown outcome or factor, or a number out of range.
    sim.errors.RunFailed
        If too few points can be run.
    """
    replications, seed, jobs = run_options(scenario, replications, seed, jobs)
    factors, measure = as_levers(scenario, levers), Measure(outcome)
    points = whole_within("points", points, 0, MOST_POINTS)
    boxes = whole_within("boxes", boxes, 0, MOST_POINTS)
    _check(points, boxes, threshold, measure)
    check_size(points, replications)
    if progress:
        progress(0, 2 * points * replications)
    paths = [lever.path for lever in factors]
    rng = resampling_generator(seed)
    samples = []
    with open_evaluator(scenario, seed, [measure], jobs, backend, folder, force) as evaluator:
        for k in range(2):
            design = place_points(factors, latin_hypercube(points, len(factors), rng))
            begin, report = k * points * replications, part_of(progress, k, 2)
            given = evaluator.evaluate(paths, design, replications, report, begin, apart=True)
            samples.append(_sample(given.required, measure, threshold))
            if not samples[0].y.any() and threshold is not None:
                most = measure.amount(given.required.mean(measure.name)[given.kept].max())
                message = f"no point has more {measure.label} than {measure.amount(threshold)}"
                raise UsageError(message, f"the largest mean is {most}: lower the threshold")
    found, fresh = samples
    return Discovery(
        scenario=scenario.name,
        measure=measure,
        threshold=threshold,
        levers=factors,
        points=points,
        replications=replications,
        seed=seed,
        overall=float(found.y.mean()),
        overall_fresh=float(fresh.y.mean()),
        regions=tuple(regions(found, fresh, factors, measure, threshold, boxes)),
        missing=tuple(each.missing for each in samples if each.missing),
    )


def _check(points: int, boxes: int, threshold: float | None, measure: Measure) -> None:
    if points < FEWEST_POINTS:
        few = f"{plural(points, 'point')} (--points) are too few to find a box"
        raise UsageError(few, f"at least {FEWEST_POINTS}")
    if boxes < 1:
        raise UsageError(f"{plural(boxes, 'box', 'boxes')} (--boxes) to find", "at least 1")
    if threshold is None:
        return
    if not is_number(threshold) or not math.isfinite(threshold):
        raise UsageError(
            f"threshold: {threshold!r:.60} is not a number", "leave it out, or try 0.2"
        )
    if measure.is_share and not 0 <= threshold < 1:
        message = f"threshold: {threshold:g}, but {measure.label} is a share between 0 and 1"
        percent = f"write {threshold / 100:g} for {threshold:g} %" if 1 < threshold < 100 else ""
        raise UsageError(message, percent or "leave it out, or try 0.2")


def latin_hypercube(points: int, factors: int, rng: np.random.Generator) -> NDArray[np.float64]:
    """A Latin hypercube of shape (points, factors), from 0 to 1."""
    slices = rng.permuted(np.tile(np.arange(points), (factors, 1)), axis=1).T
    sample: NDArray[np.float64] = (slices + rng.random((points, factors))) / points
    return sample


@dataclass(frozen=True)
class Sample:
    """Points ``x``, shape (points, factors), and the outcome ``y`` at each: a mean, or with a
    threshold whether the mean exceeds it (0 or 1)."""

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    missing: str


def _sample(given: Ensemble, measure: Measure, threshold: float | None) -> Sample:
    kept = given.kept
    if kept.sum() < FEWEST_POINTS:
        raise RunFailed(f"too few points could be run: {given.missing}", "narrow the ranges")
    y = given.mean(measure.name)[kept]
    if threshold is not None:
        y = (y > threshold).astype(np.float64)
    return Sample(given.points[kept], y, given.missing)


def regions(
    found: Sample,
    fresh: Sample,
    levers: Sequence[Factor],
    measure: Measure,
    threshold: float | None,
    boxes: int,
) -> list[Region]:
    """Boxes one after another, each among the points outside all earlier ones, while they are
    denser than the whole sample and have at least one limit."""
    everything = Box(tuple(e.low for e in levers), tuple(e.high for e in levers))
    free, fresh_free = np.ones(len(found.y), bool), np.ones(len(fresh.y), bool)
    listed: list[Region] = []
    while len(listed) < boxes and free.sum() > 2 * LEAST_MASS * len(free):
        box, way, chosen = _find_box(found, free, everything)
        bounded = tuple(limits(box, everything, found.x[free], found.y[free]))
        in_sample = fit(box, found.x, found.y, free)
        if not bounded or in_sample.density <= found.y.mean():
            break
        held_out = fit(box, fresh.x, fresh.y, fresh_free)
        if held_out.points < FEWEST_FRESH:
            break
        inside = box.holds(fresh.x) & fresh_free
        density, rest = (_mean(fresh.y, which, measure) for which in (inside, ~inside))
        text = DiscoveryText(measure, threshold)
        region = Region(
            limits=bounded,
            found=in_sample,
            fresh=held_out,
            density=density,
            lift=difference_independent(density, rest),
            way=tuple(
                TrajectoryBox(fit(b, found.x, found.y, free), fit(b, fresh.x, fresh.y, fresh_free))
                for b in way
            ),
            chosen=chosen,
            sentence=describe_box(bounded, levers, text, density, in_sample, held_out),
        )
        listed.append(region)
        free, fresh_free = free & ~box.holds(found.x), fresh_free & ~box.holds(fresh.x)
    return listed


def _find_box(sample: Sample, free: Any, everything: Box) -> tuple[Box, list[Box], int]:
    """A box, its peeling trajectory, and the position in it of the box that was pasted and
    pruned."""
    x, y = sample.x[free], sample.y[free]
    way = peeled(x, y, everything, least=math.ceil(LEAST_MASS * len(sample.y)))
    chosen = balanced([fit(box, x, y) for box in way])
    box = pruned(pasted(way[chosen], x, y, everything)[-1], everything, x, y)
    return box, way, chosen


def balanced(way: Sequence[Fit]) -> int:
    """The position in the trajectory of the box with the best balance of coverage and density: the
    largest harmonic mean of coverage and the gain in density as a share of the largest gain."""
    start = way[0].density
    most = max(step.density for step in way) - start or 1.0
    both = [(step.coverage, max(0.0, step.density - start) / most) for step in way]
    return int(np.argmax([2 * a * b / (a + b) if a + b else 0.0 for a, b in both]))


def _mean(outcomes: Any, which: Any, measure: Measure) -> Estimate:
    """Mean outcome of some points with independent random numbers."""
    y = outcomes[which]
    if np.isin(outcomes, (0, 1)).all():
        return proportion(int(y.sum()), len(y))
    total, squares = float(y.sum()), float((y * y).sum())
    if measure.is_share:
        return bounded_mean((0.0, 1.0), total, squares, len(y))
    return mean(total, squares, len(y))
