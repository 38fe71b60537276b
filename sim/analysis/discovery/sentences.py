"""Boxes of scenario discovery in sentences."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from sim.analysis.discovery.prim import Fit, Limit
from sim.experiments.factors import Factor
from sim.experiments.measures import Measure
from sim.formatting import format_percent, format_share_ci, format_signed, join_and, parameter_name
from sim.statistics import Estimate

ENDS = ("at least", "at most")


class DiscoveryText(NamedTuple):
    """The words for the density of a box: a mean outcome, or a share of points above a
    threshold."""

    measure: Measure
    threshold: float | None = None

    @property
    def cases(self) -> str:
        """The name of the cases of interest: the outcome, or points above the threshold."""
        if self.threshold is None:
            return self.measure.label
        return f"{self.measure.label} above {self.short_threshold}"

    @property
    def short_threshold(self) -> str:
        """The threshold with its unit."""
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
        """Unit of a density."""
        return " of points" if self.threshold is not None else ""

    @property
    def held(self) -> str:
        """The name of the cases that coverage is a share of."""
        return self.cases if self.threshold is None else "such points"

    def short(self, density: float) -> str:
        """A density without interval."""
        share = self.measure.is_share or self.threshold is not None
        return format_percent(density) if share else format_signed(density)


def describe_limits(limits: Sequence[Limit], levers: Sequence[Factor]) -> str:
    """The limits of a box: ``clarity at most 0.4 and Russia: fear from 0.6 to 0.8``."""
    limited = []
    for place in sorted({limit.lever for limit in limits}):
        lever, here = levers[place], [limit for limit in limits if limit.lever == place]
        if len(here) == 2:
            within = f"from {' to '.join(format_bound(lever, limit) for limit in here)}"
        else:
            within = describe_limit(lever, here[0])
        limited.append(f"{parameter_name(lever.path)} {within}")
    return join_and(limited)


def describe_limit(lever: Factor, limit: Limit) -> str:
    """A limit by itself: ``at most 0.4``."""
    return f"{ENDS[limit.end]} {format_bound(lever, limit)}"


def format_bound(lever: Factor, limit: Limit) -> str:
    """The value of a limit as text."""
    return lever.format(_inside(lever, limit))


def plain_bound(lever: Factor, limit: Limit) -> float | int | bool | str | None:
    """The value of a limit as plain data: words as words."""
    return lever.to_plain(_inside(lever, limit))


def _inside(lever: Factor, limit: Limit) -> float:
    """The value of a limit; between two whole numbers, the one inside the box."""
    inside = (math.ceil, math.floor)[limit.end]
    return inside(limit.value) if lever.is_whole else limit.value


def describe_box(
    limits: Sequence[Limit],
    levers: Sequence[Factor],
    text: DiscoveryText,
    density: Estimate,
    in_sample: Fit,
    held_out: Fit,
) -> str:
    """A box in a sentence: limits, density, coverage and mass on fresh points, with the in-sample
    values."""
    return (
        f"with {describe_limits(limits, levers)}: {text.level(density)} (in sample "
        f"{text.short(in_sample.density)}); the box holds {format_percent(held_out.mass)} of the "
        f"points and {format_percent(held_out.coverage)} of all {text.held} (in sample "
        f"{format_percent(in_sample.coverage)})"
    )


def discovery_headline(
    text: DiscoveryText, overall: float, sentences: Sequence[str], clear: Sequence[bool]
) -> str:
    """A sentence that compares each box with the mean of all fresh points; confirmed boxes
    first."""
    if not sentences:
        return f"no combination of these factors makes {text.measure.label} more common"
    numbered = [
        f"in {f'box {k}' if len(sentences) > 1 else 'the box'} {each}"
        for k, each in enumerate(sentences, 1)
    ]
    confirmed, not_confirmed = (
        "; ".join(each for each, sure in zip(numbered, clear, strict=True) if sure is which)
        for which in (True, False)
    )
    overall_text = f"than overall ({text.short(overall)}{text.unit})"
    parts = [
        f"on fresh points, {text.cases} is more common {overall_text} {confirmed}"
        if confirmed
        else "",
        f"fresh points do not confirm that {text.cases} is more common {overall_text} "
        f"{not_confirmed}"
        if not_confirmed
        else "",
    ]
    return "; ".join(filter(None, parts))
