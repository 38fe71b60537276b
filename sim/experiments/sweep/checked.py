"""The points of a design, held to what a scenario is held to before anything is played."""

from __future__ import annotations

from collections.abc import Collection

from sim.errors import UsageError
from sim.experiments.orders import refused
from sim.experiments.sweep.design import DRAWN, Design
from sim.experiments.sweep.summary import as_written
from sim.figures.wording import plural
from sim.scenario.model import Scenario

MOST_NAMED = 3


def check_points(scenario: Scenario, design: Design) -> None:
    """Raise :class:`sim.errors.UsageError` for points at which no scenario could stand, with the
    values that do not go together and why."""
    found = refused(scenario, design.paths, design.points)
    if not found:
        return
    reasons = {why: point for point, why in sorted(found.items(), reverse=True)}
    named = [_said(design, at, why.columns) for why, at in list(reasons.items())[::-1]]
    told = [
        f"{values} ({why.message})"
        for values, why in zip(named[:MOST_NAMED], list(reasons)[::-1], strict=False)
    ]
    left = len(named) - len(told)
    more = f"; and {plural(left, 'more such case')}" if left else ""
    way_out = "narrow the ranges" if design.method in DRAWN else f"exclude such points: {named[0]}"
    raise UsageError(
        f"{len(found):,} of {plural(len(design), 'point')} cannot be played: "
        f"{'; '.join(told)}{more}",
        f"{list(reasons)[-1].remedy}, or {way_out}",
    )


def _said(design: Design, point: int, columns: Collection[int]) -> str:
    """The values of a point at some columns, as an exclusion has them."""
    said = list(design.said(point).items())
    chosen = [said[k] for k in columns]
    return ",".join(f"{path}={as_written(v)}" for path, v in chosen if v is not None)
