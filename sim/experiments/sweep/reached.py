"""Whether a sweep that was to go on until its intervals are narrow got there, and what it lacks."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from sim.experiments.sweep.plan import PASS
from sim.experiments.sweep.results import SweepResults
from sim.experiments.sweep.summary import at
from sim.figures.wording import plural
from sim.scenario.schema import MAX_RUNS


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
    width = shares[widest].width
    # An interval narrows with the square root of the runs.
    enough = int(tally.runs[widest] * (width / plan.until_ci) ** 2)
    enough = max(plan.replications + PASS, PASS * -(-enough // PASS))
    return Missed(len(wide), widest, width, enough if enough <= MAX_RUNS else None)


def in_words(results: SweepResults, found: Missed) -> str:
    """How many points did not reach the width that was asked for, and the widest of them."""
    plan = results.plan
    return (
        f"{found.points:,} of {plural(len(plan.design), 'point')} did not reach an interval "
        f"narrower than {plan.until_ci:g} within {plural(plan.replications, 'run')} a point; the "
        f"widest is {found.width:.2g}, at {at(results, found.widest)}"
    )


def remedy(found: Missed, again: str) -> str:
    """What can be done: the command ``again`` with more runs, if so many can be played."""
    if found.enough is None:
        return "be content with a wider --until-ci: no number of runs allowed would do"
    return f"about {found.enough:,} would do, go on with: {again} --replications {found.enough}"


def document(results: SweepResults) -> dict[str, Any]:
    """The same as plain data: the number of points, ``None`` where nothing was asked."""
    found = missed(results)
    asked = results.plan.until_ci is not None
    return {
        "until_ci": results.plan.until_ci,
        "points_too_wide": (found.points if found else 0) if asked else None,
        "widest": found.width if found else None,
    }
