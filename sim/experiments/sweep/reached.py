"""Whether a sweep that was to go on until its intervals are narrow got there, and what it lacks."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from sim.experiments.sweep.plan import PASS
from sim.experiments.sweep.results import SweepResults
from sim.experiments.sweep.summary import at
from sim.figures.wording import beyond, plural
from sim.scenario.schema import MAX_RUNS
from sim.statistics import Z95, Estimate


class Missed(NamedTuple):
    """Points whose interval is still too wide: how many, the widest, and about how many runs a
    point it would take, ``None`` for more than there can be."""

    points: int
    widest: int
    width: float
    enough: int | None


def missed(results: SweepResults) -> Missed | None:
    """What was not reached; ``None`` where everything was, or nothing was asked."""
    plan, tally = results.plan, results.tally
    if plan.until_ci is None:
        return None
    wide = np.flatnonzero(tally.wide(plan.watch, plan.until_ci))
    if not len(wide):
        return None
    shares = tally.estimates(plan.watch)
    widest = max(wide.tolist(), key=lambda point: shares[point].width)
    runs = max(_enough(shares[point], plan.until_ci) for point in wide.tolist())
    enough = max(plan.replications + PASS, PASS * -(-runs // PASS))
    return Missed(len(wide), widest, shares[widest].width, enough if enough <= MAX_RUNS else None)


def _enough(share: Estimate, width: float) -> int:
    """Runs after which a Wilson interval is narrower than ``width``, if the share is anywhere in
    its interval: at the place nearest to a half, where it takes most."""
    most = min(max(0.5, share.low), share.high)
    spread, narrow = most * (1 - most), (width / (2 * Z95)) ** 2
    return math.ceil((spread + math.sqrt(spread**2 + width**2 / 4)) / (2 * narrow)) + 1


def in_words(results: SweepResults, found: Missed) -> str:
    """How many points did not reach the width that was asked for, and the widest of them."""
    plan = results.plan
    width = beyond(found.width, plan.until_ci or 0.0)
    return (
        f"{found.points:,} of {plural(len(plan.design), 'point')} did not reach an interval "
        f"narrower than {plan.until_ci:g} within {plural(plan.replications, 'run')} a point; the "
        f"widest is {width}, at {at(results, found.widest)}"
    )


def remedy(found: Missed, again: Callable[[int], str]) -> str:
    """What can be done: the command that ``again`` makes with so many runs, if they can be
    played."""
    if found.enough is None:
        return "be content with a wider --until-ci: no number of runs allowed would do"
    return f"about {found.enough:,} would do, go on with: {again(found.enough)}"


def document(results: SweepResults) -> dict[str, Any]:
    """The same as plain data: the number of points, ``None`` where nothing was asked."""
    found = missed(results)
    asked = results.plan.until_ci is not None
    return {
        "until_ci": results.plan.until_ci,
        "points_too_wide": (found.points if found else 0) if asked else None,
        "widest": found.width if found else None,
    }
