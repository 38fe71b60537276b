"""What a sweep came to, in a sentence that its intervals allow, and as plain data."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from sim.enums import Outcome
from sim.errors import json_head
from sim.experiments.sweep.paired import MinMax
from sim.experiments.sweep.plan import PASS
from sim.experiments.sweep.results import SweepResults
from sim.scenario.schema import MAX_RUNS
from sim.statistics import Z95, Estimate
from sim.text import describe_change as in_points
from sim.text import format_distinct, format_share_ci, format_short, join_and, plural

# Errors, and points that are as good, that are listed one by one.
MOST_LISTED = 20
WATCHED = {"war": "war", "failure": "failed deterrence", "escalation": "escalation"}


def watched_measures(results: SweepResults) -> str:
    """What is watched, in words."""
    return describe_point(results.plan.watch)


def describe_point(watch: str) -> str:
    """An ending or a road to war, in words."""
    return WATCHED.get(watch) or Outcome.of(watch).label


def point_label(results: SweepResults, point: int) -> str:
    """A point in words: ``setting.clarity = 0.5, setting.force_size = 1``."""
    said = results.plan.design.said(point)
    moved = [f"{path} = {format_short(value)}" for path, value in said.items() if value is not None]
    return ", ".join(moved) or "the scenario as it is"


def sentence(results: SweepResults) -> str:
    """The range of what is watched over the points, and whether its ends are more than luck
    apart."""
    found, what = results.extremes, watched_measures(results)
    if found is None:
        return f"{results.plan.name}: no point could be played"
    shares = results.tally.estimates(results.plan.watch)
    low, high = format_share_ci(shares[found.least]), format_share_ci(shares[found.most])
    if found.points == 1:
        return f"At {point_label(results, found.least)} {what} comes in {low} of model runs: one point alone"
    over = f"Over {plural(found.points, 'point')} {what}"
    if found.least == found.most:
        return f"{over} is equally common in these runs: {low} of model runs at each"
    if found.apart.excludes_zero:
        return (
            f"{over} ranges from {low} of model runs at {point_label(results, found.least)} to {high} at "
            f"{point_label(results, found.most)}: {_apart(found)}{_alike(found)}"
        )
    return (
        f"{over} ranges from {low} to {high} of model runs, but the two ends cannot be told apart: "
        f"{_apart(found)}{_others(found)}"
    )


def _apart(found: MinMax) -> str:
    """How far the ends are apart run by run, and that they were picked."""
    picked = (
        f", allowing for two ends picked out of {found.points:,}" if found.n_comparisons > 1 else ""
    )
    return f"run by run {in_points(found.apart)}{picked}"


def _alike(found: MinMax) -> str:
    """How many points cannot be told from either end."""
    ends = {"the least": found.like_least, "the most": found.like_most}
    told = [f"{len(like):,} cannot be told from {end}" for end, like in ends.items() if like]
    return f"; of the others, {join_and(told)}" if told else ""


def _others(found: MinMax) -> str:
    """How many points are clearly off an end, though the other end is not."""
    ends = {"above the least": found.like_least, "below the most": found.like_most}
    told = [
        f"; clearly {end}: {found.points - 1 - len(like):,} of the others"
        for end, like in ends.items()
        if len(like) < found.points - 1
    ]
    return "".join(told)


def failures(results: SweepResults) -> str:
    """How many points failed, in words; empty where none did."""
    if not results.failed:
        return ""
    first = min(results.tally.errors)
    return (
        f"{results.failed:,} of {plural(len(results.plan.design), 'point')} failed, first "
        f"{point_label(results, first)}: {results.tally.errors[first]}"
    )


def summary(results: SweepResults) -> dict[str, Any]:
    """The sweep as plain data, as ``thinline sweep --json`` prints it; points.parquet has every
    point."""
    plan = results.plan
    errors = sorted(results.tally.errors.items())[:MOST_LISTED]
    return {
        **json_head("sweep", plan.scenario.name, results.runs, plan.seed),
        "sweep": plan.name,
        "folder": str(results.folder),
        "done": results.done,
        "design": plan.design.method,
        "paths": list(plan.design.paths),
        "points": len(plan.design),
        "replications": plan.replications,
        "digest": results.made.digest,
        "watch": plan.watch,
        **(_ends(results, results.extremes) if results.extremes else {}),
        "points_failed": results.failed,
        "errors": [{**_point(results, point), "error": error} for point, error in errors],
        "sentence": sentence(results),
    }


def _ends(results: SweepResults, found: MinMax) -> dict[str, Any]:
    """Both ends, the points that cannot be told from each, and how far they are apart."""
    shares = results.tally.estimates(results.plan.watch)
    ends = {"least": (found.least, found.like_least), "most": (found.most, found.like_most)}
    return {
        **{
            name: {
                **_point(results, point),
                "share": shares[point].value,
                "low": shares[point].low,
                "high": shares[point].high,
                "alike": len(like),
                "alike_points": list(like[:MOST_LISTED]),
            }
            for name, (point, like) in ends.items()
        },
        "most_less_least": found.to_dict(),
    }


def _point(results: SweepResults, point: int) -> dict[str, Any]:
    return {"point": point, "values": results.plan.design.said(point)}


class PrecisionShortfall(NamedTuple):
    """Points whose interval is still too wide: how many, the widest, and about how many runs a
    point it would take, ``None`` for more than there can be."""

    points: int
    widest: int
    width: float
    enough: int | None


def precision_shortfall(results: SweepResults) -> PrecisionShortfall | None:
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
    return PrecisionShortfall(
        len(wide), widest, shares[widest].width, enough if enough <= MAX_RUNS else None
    )


def _enough(share: Estimate, width: float) -> int:
    """Runs after which a Wilson interval is narrower than ``width``, if the share is anywhere in
    its interval: at the place nearest to a half, where it takes most."""
    most = min(max(0.5, share.low), share.high)
    spread, narrow = most * (1 - most), (width / (2 * Z95)) ** 2
    return math.ceil((spread + math.sqrt(spread**2 + width**2 / 4)) / (2 * narrow)) + 1


def describe_shortfall(results: SweepResults, found: PrecisionShortfall) -> str:
    """How many points did not reach the width that was asked for, and the widest of them."""
    plan = results.plan
    width = format_distinct(found.width, plan.until_ci or 0.0)
    return (
        f"{found.points:,} of {plural(len(plan.design), 'point')} did not reach an interval "
        f"narrower than {plan.until_ci:g} within {plural(plan.replications, 'run')} a point; the "
        f"widest is {width}, at {point_label(results, found.widest)}"
    )


def shortfall_remedy(found: PrecisionShortfall, again: Callable[[int], str]) -> str:
    """What can be done: the command that ``again`` makes with so many runs, if they can be
    played."""
    if found.enough is None:
        return "be content with a wider --until-ci: no number of runs allowed would do"
    return f"about {found.enough:,} would do, go on with: {again(found.enough)}"


def shortfall_to_dict(results: SweepResults) -> dict[str, Any]:
    """The same as plain data: the number of points, ``None`` where nothing was asked."""
    found = precision_shortfall(results)
    asked = results.plan.until_ci is not None
    return {
        "until_ci": results.plan.until_ci,
        "points_too_wide": (found.points if found else 0) if asked else None,
        "widest": found.width if found else None,
    }
