"""Boxes in plain words."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from sim.analysis.discovery.prim import Fit, Limit
from sim.experiments.factors import Factor
from sim.experiments.measures import Measure
from sim.statistics import Estimate
from sim.text import format_percent, format_share_ci, format_signed, join_and, parameter_name

ENDS = ("at least", "at most")


class DiscoveryText(NamedTuple):
    """What is dense or not: the outcome itself, or that a point's mean is above a threshold."""

    measure: Measure
    threshold: float | None = None

    @property
    def cases(self) -> str:
        """What lies in a box."""
        if self.threshold is None:
            return self.measure.label
        return f"{self.measure.label} above {self.short_threshold}"

    @property
    def short_threshold(self) -> str:
        """The threshold in words."""
        assert self.threshold is not None
        unit = " %" if self.measure.is_share else " a run"
        return f"{self.measure.scale * self.threshold:g}{unit}"

    def level(self, density: Estimate) -> str:
        """A density with its interval."""
        if self.threshold is None:
            return self.measure.level(density)
        runs = " of model runs" if self.measure.is_share else ""
        return f"{self.cases}{runs} at {format_share_ci(density)} of points"

    @property
    def unit(self) -> str:
        """What a density is counted in."""
        return " of points" if self.threshold is not None else ""

    @property
    def held(self) -> str:
        """What a box holds a part of."""
        return self.cases if self.threshold is None else "such points"

    def short(self, density: float) -> str:
        """A density alone."""
        share = self.measure.is_share or self.threshold is not None
        return format_percent(density) if share else format_signed(density)


def limits_said(limits: Sequence[Limit], levers: Sequence[Factor]) -> str:
    """Where the box lies: ``clarity at most 0.4 and Russia: fear from 0.6 to 0.8``."""
    places = sorted({limit.lever for limit in limits})
    told = [
        _limited(levers[place], [limit for limit in limits if limit.lever == place])
        for place in places
    ]
    return join_and(told)


def _limited(lever: Factor, limits: Sequence[Limit]) -> str:
    values = [format_bound(lever, limit) for limit in limits]
    if len(limits) == 2:
        return f"{parameter_name(lever.path)} from {values[0]} to {values[1]}"
    return f"{parameter_name(lever.path)} {ENDS[limits[0].end]} {values[0]}"


def format_bound(lever: Factor, limit: Limit) -> str:
    """A limit as a reader sees it; between two whole values, the one that is inside."""
    inside = (math.ceil, math.floor)[limit.end]
    return lever.format(inside(limit.value) if lever.is_whole else limit.value)


def box_said(
    limits: Sequence[Limit],
    levers: Sequence[Factor],
    told: DiscoveryText,
    density: Estimate,
    found: Fit,
    fresh: Fit,
) -> str:
    """A box in a sentence: where, how dense on fresh points, and how much of it all lies there."""
    return (
        f"with {limits_said(limits, levers)}: {told.level(density)} on fresh points "
        f"({told.short(found.density)} on those it was found on); the box holds "
        f"{format_percent(fresh.coverage)} of all {told.held} on fresh points ({format_percent(found.coverage)} "
        f"on those it was found on), in {format_percent(fresh.mass)} of the fresh points"
    )


def headline(
    told: DiscoveryText, overall: float, sentences: Sequence[str], clear: Sequence[bool]
) -> str:
    """All boxes, against the whole, told apart by whether fresh points bear them out: ``overall``
    is the mean of these."""
    if not sentences:
        return f"no combination of these levers stands out for {told.measure.label}"
    numbered = [
        f"({k}) {said}" if len(sentences) > 1 else said for k, said in enumerate(sentences, 1)
    ]
    borne, not_borne = (
        "; ".join(said for said, sure in zip(numbered, clear, strict=True) if sure is which)
        for which in (True, False)
    )
    parts = [
        f"{told.cases} is more common than overall ({told.short(overall)}{told.unit}) {borne}",
        f"fresh points do not bear out that {told.cases} is more common than overall "
        f"({told.short(overall)}{told.unit}) {not_borne}",
    ]
    return "; ".join(part for part, places in zip(parts, (borne, not_borne), strict=True) if places)
