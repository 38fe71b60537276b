"""A sweep seen along one or two of its axes, averaged over the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.errors import UsageError
from sim.experiments.sweep.axis import Axis
from sim.experiments.sweep.design import DRAWN, Design
from sim.experiments.sweep.results import SweepResults
from sim.scenario.parameter import Kind
from sim.statistics import Estimate, share
from sim.suggest import did_you_mean
from sim.vocabulary import Outcome

# A drawn design has a value of its own at every point: they are gathered in at most so many bins,
# and in fewer where a place would otherwise have less than a handful of points.
BINS = 12
HANDFUL = 4

Place = tuple[float, ...]


@dataclass(frozen=True)
class Gathered:
    """Points by place, a place being their values of ``axes``; ``rest`` holds the other axes that
    move. ``places`` gives the numbers of the points at each."""

    axes: tuple[Axis, ...]
    rest: tuple[Axis, ...]
    places: dict[Place, Any]


@dataclass(frozen=True)
class Slice:
    """Shares of runs at each place.

    Points share their luck, so an average over several is taken to be no surer than one of them:
    its interval is that of as many runs as one point has.
    """

    gathered: Gathered
    outcomes: dict[Place, dict[Outcome, Estimate]]
    watched: dict[Place, Estimate]
    runs: int

    @property
    def axes(self) -> tuple[Axis, ...]:
        """The one or two axes along which the sweep is seen."""
        return self.gathered.axes


def slice_of(results: SweepResults, paths: Sequence[str] | None = None) -> Slice:
    """The sweep along ``paths``, by default its only two axes, or the first of them.

    Raises :class:`sim.errors.UsageError` for a path that is not varied, or none that was played.
    """
    tally = results.tally
    gathered = gather(results.plan.design, tally.runs > 0, paths)
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
        return share(int(counts[0]), int(runs[0]))
    value, n = float((counts / runs).mean()), round(float(runs.mean()))
    return share(round(value * n), n)._replace(value=value)


def gather(design: Design, played: Any, paths: Sequence[str] | None = None) -> Gathered:
    """The points that were ``played`` (flags), by their values of ``paths``; raises as
    :func:`slice_of` does."""
    shown = chosen(design, paths)
    few = (len(design) / HANDFUL) ** (1 / len(shown))
    bins = int(np.clip(few, 2, BINS))
    values = np.array([_values(design, k, bins) for k in shown]).T
    there = np.flatnonzero(played & ~np.isnan(values).any(axis=1))
    if not len(there):
        raise UsageError("there is nothing to draw: no point was played", "see its errors")
    places, at = np.unique(values[there], axis=0, return_inverse=True)
    order = np.argsort(at, kind="stable")
    cuts = np.flatnonzero(np.diff(at[order])) + 1
    points = np.split(there[order], cuts)
    rest = tuple(
        axis for k, axis in enumerate(design.axes) if k not in shown and _moves(design, k, there)
    )
    by_place = {tuple(place): here for place, here in zip(places.tolist(), points, strict=True)}
    return Gathered(tuple(design.axes[k] for k in shown), rest, by_place)


def chosen(design: Design, paths: Sequence[str] | None) -> list[int]:
    """The numbers of the one or two axes to see a sweep along; raises as :func:`slice_of` does."""
    known = design.paths
    if paths is None:
        both = len(known) > 1 and design.method != "one_at_a_time"
        return [0, 1] if both else [0]
    if not 1 <= len(paths) <= 2 or len(set(paths)) < len(paths):
        raise UsageError("a figure has one axis or two different ones", "write --axes PATH,PATH")
    for path in paths:
        if path not in known:
            raise UsageError(f"{path} is not varied", did_you_mean(path, known))
    return [known.index(path) for path in paths]


def _values(design: Design, k: int, most: int) -> Any:
    """The values of an axis at every point, gathered in bins where there are too many."""
    values, kind = design.points[:, k], design.axes[k].parameter.kind
    is_smooth = design.method in DRAWN and kind is Kind.NUMBER
    if not is_smooth or len(np.unique(values)) <= most:
        return values
    low, high = float(values.min()), float(values.max())
    width = (high - low) / most
    bins = np.clip(np.floor((values - low) / width), 0, most - 1)
    return np.round(low + (bins + 0.5) * width, 9)


def _moves(design: Design, k: int, there: Any) -> bool:
    values = design.points[there, k]
    return len(np.unique(values[~np.isnan(values)])) > 1
