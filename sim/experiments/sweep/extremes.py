"""The two ends of a sweep: the points with the least and the most of what is watched, run by run.

Whoever picks two ends out of many points would find a difference in mere luck. So the interval of
their difference is one of as many, all of which hold at once, as there are pairs of points.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.experiments.sweep.pairs import against
from sim.experiments.sweep.results import SweepResults
from sim.statistics import Estimate, pairs_of


@dataclass(frozen=True, slots=True)
class Extremes:
    """The points with the ``least`` and the ``most``, and how far they are ``apart`` in the
    ``runs`` that both have.

    ``like_least`` and ``like_most`` are the other points that the runs cannot tell from each;
    ``points`` is how many were played, ``at_once`` how many intervals hold together.
    """

    least: int
    most: int
    apart: Estimate
    runs: int
    like_least: tuple[int, ...]
    like_most: tuple[int, ...]
    points: int
    at_once: int

    def document(self) -> dict[str, Any]:
        """How far apart they are, as plain data."""
        value, low, high = self.apart
        return {
            "difference": value,
            "low": low,
            "high": high,
            "clear": self.apart.is_clear,
            "runs": self.runs,
            "at_once": self.at_once,
        }


def extremes_of(results: SweepResults) -> Extremes | None:
    """The ends of a sweep; ``None`` where no point was played."""
    tally, watch = results.tally, results.plan.watch
    played = np.flatnonzero(tally.runs)
    if not len(played):
        return None
    shares = tally.counts(watch)[played] / tally.runs[played]
    least, most = int(played[shares.argmin()]), int(played[shares.argmax()])
    at_once = pairs_of(len(played))
    low, high = against(results, watch, (least, most))
    return Extremes(
        least=least,
        most=most,
        apart=low.apart(most, at_once),
        runs=int(low.pairs[most]),
        like_least=tuple(point for point in low.alike(at_once) if point != least),
        like_most=tuple(point for point in high.alike(at_once) if point != most),
        points=len(played),
        at_once=at_once,
    )
