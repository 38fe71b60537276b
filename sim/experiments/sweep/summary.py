"""What a sweep came to, in a sentence that its intervals allow, and as plain data."""

from __future__ import annotations

from typing import Any

from sim.errors import head
from sim.experiments.sweep.extremes import Extremes
from sim.experiments.sweep.results import SweepResults
from sim.figures.wording import hedged, number, plural, several
from sim.figures.wording import points as in_points
from sim.vocabulary import Outcome

# Errors, and points that are as good, that are listed one by one.
MOST_LISTED = 20
WATCHED = {"war": "war", "failure": "failed deterrence", "escalation": "escalation"}


def watched(results: SweepResults) -> str:
    """What is watched, in words."""
    return words_for(results.plan.watch)


def words_for(watch: str) -> str:
    """An ending or a road to war, in words."""
    return WATCHED.get(watch) or Outcome.of(watch).label


def at(results: SweepResults, point: int) -> str:
    """A point in words: ``setting.clarity = 0.5, setting.force_size = 1``."""
    said = results.plan.design.said(point)
    moved = [f"{path} = {short(value)}" for path, value in said.items() if value is not None]
    return ", ".join(moved) or "the scenario as it is"


def as_written(value: Any) -> str:
    """A value as a scenario file has it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def short(value: Any) -> str:
    """The same with no more digits than a reader wants."""
    return number(value) if isinstance(value, float) else as_written(value)


def sentence(results: SweepResults) -> str:
    """The range of what is watched over the points, and whether its ends are more than luck
    apart."""
    found, what = results.extremes, watched(results)
    if found is None:
        return f"{results.plan.name}: no point could be played"
    shares = results.tally.estimates(results.plan.watch)
    low, high = hedged(shares[found.least]), hedged(shares[found.most])
    if found.points == 1:
        return f"At {at(results, found.least)} {what} comes in {low} of model runs: one point alone"
    over = f"Over {plural(found.points, 'point')} {what}"
    if found.least == found.most:
        return f"{over} is equally common in these runs: {low} of model runs at each"
    if found.apart.is_clear:
        return (
            f"{over} ranges from {low} of model runs at {at(results, found.least)} to {high} at "
            f"{at(results, found.most)}: {_apart(found)}{_alike(found)}"
        )
    return (
        f"{over} ranges from {low} to {high} of model runs, but the two ends cannot be told apart: "
        f"{_apart(found)}{_others(found)}"
    )


def _apart(found: Extremes) -> str:
    """How far the ends are apart run by run, and that they were picked."""
    picked = f", allowing for two ends picked out of {found.points:,}" if found.at_once > 1 else ""
    return f"run by run {in_points(found.apart)}{picked}"


def _alike(found: Extremes) -> str:
    """How many points cannot be told from either end."""
    ends = {"the least": found.like_least, "the most": found.like_most}
    told = [f"{len(like):,} cannot be told from {end}" for end, like in ends.items() if like]
    return f"; of the others, {several(told)}" if told else ""


def _others(found: Extremes) -> str:
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
        f"{at(results, first)}: {results.tally.errors[first]}"
    )


def summary(results: SweepResults) -> dict[str, Any]:
    """The sweep as plain data, as ``thinline sweep --json`` prints it; points.parquet has every
    point."""
    plan = results.plan
    errors = sorted(results.tally.errors.items())[:MOST_LISTED]
    return {
        **head("sweep", plan.scenario.name, results.runs, plan.seed),
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


def _ends(results: SweepResults, found: Extremes) -> dict[str, Any]:
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
        "most_less_least": found.document(),
    }


def _point(results: SweepResults, point: int) -> dict[str, Any]:
    return {"point": point, "values": results.plan.design.said(point)}
