"""Summary of a sweep: a sentence that its intervals support, and plain data."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from sim.categories import NOUNS
from sim.choices import MAX_RUNS
from sim.enums import Outcome
from sim.errors import json_head
from sim.experiments.sweep.paired import MinMax, min_max
from sim.experiments.sweep.plan import PASS
from sim.formatting import (
    equally_at,
    format_change,
    format_distinct,
    format_share_ci,
    join_and,
    plural,
)
from sim.statistics import Z95, Estimate

if TYPE_CHECKING:
    from sim.experiments.sweep.results import SweepResults

# The most errors, and indistinguishable points, that are listed.
MAX_LISTED = 20


def outcome_label(results: SweepResults) -> str:
    """The label of the sweep's outcome."""
    return describe_outcome(results.plan.watch)


def describe_outcome(watch: str) -> str:
    """The label of an outcome or a cause of war."""
    return NOUNS.get(watch) or Outcome.of(watch).label


def point_label(results: SweepResults, point: int) -> str:
    """The values of a point: ``setting.clarity = 0.5, setting.force_size = 1``."""
    design = results.plan.design
    texts = zip(
        design.paths, design.points[point].tolist(), design.format_point(point), strict=True
    )
    moved = [f"{path} = {text}" for path, value, text in texts if not math.isnan(value)]
    return ", ".join(moved) or "the scenario as it is"


def sentence(results: SweepResults) -> str:
    """The findings in a sentence."""
    return ": ".join(findings(results))


def findings(results: SweepResults) -> list[str]:
    """The range of the outcome over the points, then whether its minimum and maximum differ."""
    found, label = min_max(results), outcome_label(results)
    if found is None:
        return [results.plan.name, "no point could be run"]
    shares = results.tally.estimates(results.plan.watch)
    low, high = format_share_ci(shares[found.least]), format_share_ci(shares[found.most])
    planned = plural(len(results.plan.design), "point")
    is_whole = found.points == len(results.plan.design)
    if found.points == 1:
        point = point_label(results, found.least)
        only = "the only point" if is_whole else f"the only one so far of {planned}"
        return [f"At {point}, {only}, {label} occurs in {low} of model runs"]
    over = f"Over {'' if is_whole else f'{found.points:,} of '}{planned}, {label}"
    if found.least == found.most:
        return [f"{over} is equally frequent", f"{low} of model runs at each"]
    if found.apart.excludes_zero:
        return [
            f"{over} ranges from {low} of model runs at {_places(results, found.least, shares)} to "
            f"{high} at {_places(results, found.most, shares)}",
            f"{_difference(found)}{_indistinguishable(found, shares)}",
        ]
    return [
        f"{over} ranges from {low} to {high} of model runs, but its minimum and maximum do not "
        "differ significantly",
        f"{_difference(found)}{_distinguishable(found)}",
    ]


def _places(results: SweepResults, point: int, shares: Sequence[Estimate]) -> str:
    """A point, and how many others have the same share."""
    values = [share.value for share in shares]
    return f"{point_label(results, point)}{equally_at(values[point], values, 'point')}"


def _difference(found: MinMax) -> str:
    several = found.n_comparisons > 1
    picked = f", with an interval for all pairs of {found.points:,} points" if several else ""
    return f"their paired difference is {format_change(found.apart, ' points')}{picked}"


def _indistinguishable(found: MinMax, shares: Sequence[Estimate]) -> str:
    """How many points are indistinguishable from each end, without those that are equal to it."""
    ends = {
        "the minimum": (found.least, found.like_least),
        "the maximum": (found.most, found.like_most),
    }
    further = {
        name: sum(shares[k].value != shares[end].value for k in like)
        for name, (end, like) in ends.items()
    }
    parts = [
        f"{plural(count, 'further point')} {'is' if count == 1 else 'are'} indistinguishable from "
        f"{name}"
        for name, count in further.items()
        if count
    ]
    return f"; {join_and(parts)}" if parts else ""


def _distinguishable(found: MinMax) -> str:
    """How many points differ significantly from each end, if the two ends do not differ."""
    ends = {"above the minimum": found.like_least, "below the maximum": found.like_most}
    parts = [
        f"; significantly {end}: {found.points - 1 - len(like):,} of the other points"
        for end, like in ends.items()
        if len(like) < found.points - 1
    ]
    return "".join(parts)


def failures(results: SweepResults) -> str:
    """A sentence on the failed points; empty if there are none."""
    if not results.failed:
        return ""
    first = min(results.tally.errors)
    return (
        f"{results.failed:,} of {plural(len(results.plan.design), 'point')} failed, first "
        f"{point_label(results, first)}: {results.tally.errors[first]}"
    )


def summary(results: SweepResults) -> dict[str, Any]:
    """The sweep as plain data, as ``thinline sweep --json`` prints it.

    It has the minimum and maximum only; ``points.parquet`` has every point.
    """
    plan, found = results.plan, min_max(results)
    errors = sorted(results.tally.errors.items())[:MAX_LISTED]
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
        **(_ends(results, found) if found else {}),
        "points_failed": results.failed,
        "errors": [{**_point(results, point), "error": error} for point, error in errors],
        "sentence": sentence(results),
    }


def _ends(results: SweepResults, found: MinMax) -> dict[str, Any]:
    """Both ends, the points indistinguishable from each, and their difference."""
    shares = results.tally.estimates(results.plan.watch)
    ends = {"least": (found.least, found.like_least), "most": (found.most, found.like_most)}
    return {
        **{
            name: {
                **_point(results, point),
                "share": shares[point].value,
                "low": shares[point].low,
                "high": shares[point].high,
                "indistinguishable": len(like),
                "indistinguishable_points": list(like[:MAX_LISTED]),
            }
            for name, (point, like) in ends.items()
        },
        "most_less_least": found.to_dict(),
    }


def _point(results: SweepResults, point: int) -> dict[str, Any]:
    return {"point": point, "values": results.plan.design.values_at(point)}


class PrecisionShortfall(NamedTuple):
    """Points whose interval is still too wide.

    Their number, the widest one, and about how many runs a point are needed; ``None`` if that is
    more than allowed.
    """

    points: int
    widest: int
    width: float
    enough: int | None


def precision_shortfall(results: SweepResults) -> PrecisionShortfall | None:
    """The shortfall of a stopping rule; ``None`` if it was met, or if there is none."""
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
    """The number of runs for which a Wilson interval is narrower than ``width``.

    It is computed for the value in the interval of ``share`` that is nearest to one half, because
    that value needs the most runs.
    """
    most = min(max(0.5, share.low), share.high)
    spread, narrow = most * (1 - most), (width / (2 * Z95)) ** 2
    return math.ceil((spread + math.sqrt(spread**2 + width**2 / 4)) / (2 * narrow)) + 1


def describe_shortfall(results: SweepResults, found: PrecisionShortfall) -> str:
    """A sentence on the points that are too wide, and on the widest of them."""
    plan = results.plan
    width = format_distinct(found.width, plan.until_ci or 0.0)
    return (
        f"{found.points:,} of {plural(len(plan.design), 'point')} did not reach an interval "
        f"narrower than {plan.until_ci:g} within {plural(plan.replications, 'run')} a point; the "
        f"widest is {width}, at {point_label(results, found.widest)}"
    )


def shortfall_remedy(found: PrecisionShortfall, again: Callable[[int], str]) -> str:
    """The remedy: the command ``again`` with enough runs, if so many are allowed."""
    if found.enough is None:
        return "use a wider --until-ci: more runs than allowed would be needed"
    return f"about {found.enough:,} are enough; continue with: {again(found.enough)}"


def shortfall_to_dict(results: SweepResults) -> dict[str, Any]:
    """The shortfall as plain data; ``None`` for values that do not apply."""
    found = precision_shortfall(results)
    has_rule = results.plan.until_ci is not None
    return {
        "until_ci": results.plan.until_ci,
        "points_too_wide": (found.points if found else 0) if has_rule else None,
        "widest": found.width if found else None,
    }
