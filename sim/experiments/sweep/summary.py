"""What a sweep came to, in a sentence that its intervals allow, and as plain data."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.errors import SCHEMA_VERSION
from sim.experiments.sweep.results import SweepResults
from sim.figures.wording import hedged, number, plural
from sim.statistics import Estimate
from sim.vocabulary import Outcome

MOST_ERRORS = 20
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


def ends(results: SweepResults) -> tuple[tuple[int, Estimate], tuple[int, Estimate]] | None:
    """The points with the least and the most of what is watched; ``None`` where none was played."""
    shares = results.tally.estimates(results.plan.watch)
    played = np.flatnonzero(results.tally.runs).tolist()
    if not played:
        return None
    least, most = (pick(played, key=lambda k: shares[k].value) for pick in (min, max))
    return (least, shares[least]), (most, shares[most])


def sentence(results: SweepResults) -> str:
    """The range of what is watched over the points, where its ends are more than luck apart."""
    found = ends(results)
    if found is None:
        return f"{results.plan.name}: no point could be played"
    (least, low), (most, high) = found
    what, points = watched(results), plural(len(results.plan.design), "point")
    if low.high >= high.low:
        return (
            f"Over {points} {what} ranges from {hedged(low)} to {hedged(high)} of model runs: too "
            f"close to tell the points apart"
        )
    return (
        f"Over {points} {what} ranges from {hedged(low)} of model runs at {at(results, least)} to "
        f"{hedged(high)} at {at(results, most)}"
    )


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
    found = ends(results) or ()
    errors = sorted(results.tally.errors.items())[:MOST_ERRORS]
    return {
        "schema_version": SCHEMA_VERSION,
        "kind": "sweep",
        "sweep": plan.name,
        "scenario": plan.scenario.name,
        "folder": str(results.folder),
        "done": results.done,
        "design": plan.design.method,
        "paths": list(plan.design.paths),
        "points": len(plan.design),
        "replications": plan.replications,
        "runs": results.runs,
        "seed": plan.seed,
        "digest": plan.digest,
        "watch": plan.watch,
        **{
            name: {**_point(results, point), "share": e.value, "low": e.low, "high": e.high}
            for name, (point, e) in zip(("least", "most"), found, strict=False)
        },
        "points_failed": results.failed,
        "errors": [{**_point(results, point), "error": error} for point, error in errors],
        "sentence": sentence(results),
    }


def _point(results: SweepResults, point: int) -> dict[str, Any]:
    return {"point": point, "values": results.plan.design.said(point)}
