"""The findings of a sensitivity study in sentences that their intervals support."""

from __future__ import annotations

import math
from collections.abc import Sequence

from sim.analysis.sensitivity.global_indices import GlobalSensitivity
from sim.analysis.sensitivity.morris import ElementaryEffect
from sim.analysis.sensitivity.one_at_a_time import Tornado
from sim.analysis.sensitivity.sobol import Index
from sim.analysis.sensitivity.variance import VarianceShares
from sim.experiments.measures import Measure
from sim.formatting import INDEX, format_ci, format_share_ci, join_and, largest, plural
from sim.statistics import Estimate, best_subset

METHODS = {"sobol": "Sobol", "morris": "Morris"}


def describe_findings(
    measure: Measure,
    bars: Tornado | None,
    morris: GlobalSensitivity | None,
    sobol: GlobalSensitivity | None,
) -> list[str]:
    """The largest effect by each method, and the stochastic share of the variance."""
    found = []
    if either := sobol or morris:
        found.append(_together(measure, morris, sobol))
    if bars:
        found.append(_one_at_a_time(measure, bars))
    if either:
        found.append(describe_variance(measure, either.split))
    return found


def _together(
    measure: Measure, morris: GlobalSensitivity | None, sobol: GlobalSensitivity | None
) -> str:
    """The lever with the largest Sobol index, or Morris effect if none is significant, and whether
    both methods agree."""
    found = {name: each for name, each in (("sobol", sobol), ("morris", morris)) if each}
    clear = {name: each for name, each in found.items() if each.top}
    if not clear:
        points = [f"{METHODS[name]} with {each.points:,} points" for name, each in found.items()]
        return f"no detectable effect on {measure.label} ({join_and(points)})"
    describe = _largest_total if "sobol" in clear else _largest_effect
    first, *others = clear.values()
    agreement = "".join(_agreement(first, other) for other in others)
    unclear = "".join(
        f" ({METHODS[name]}: no detectable effect)" for name in found if name not in clear
    )
    return describe(measure, first) + agreement + unclear


def _agreement(first: GlobalSensitivity, other: GlobalSensitivity) -> str:
    """The largest significant effect by another method."""
    assert first.top is not None
    assert other.top is not None
    lever = "this lever" if other.top.path == first.top.path else other.top.path
    return f" (the largest significant effect by {METHODS[other.method]}: {lever})"


def _one_at_a_time(measure: Measure, bars: Tornado) -> str:
    first = [bars.bars[k] for k in best_subset([bar.swing for bar in bars.bars])]
    if not first:
        several = len(bars.bars) > 1
        factors = f"none of {len(bars.bars)} levers has a" if several else "the lever has no"
        return (
            f"varied one at a time, {factors} detectable effect on {measure.label} with "
            f"{plural(bars.runs, 'run')} at each end"
        )
    top = first[0]
    lever, near = top.lever, [bar.lever.path for bar in first[1:]]
    size = measure.change(top.swing)
    tied = f" (statistically tied: {_list(near)})" if near else ""
    return (
        f"varied one at a time, {lever.path} has the {largest(top, bars.bars)} effect on "
        f"{measure.label}: {size} when it goes from {lever.format_range()}{tied}"
    )


def _list(paths: Sequence[str]) -> str:
    """Up to two paths, and the number of others."""
    more = [f"{len(paths) - 2} more"] if len(paths) > 2 else []
    return join_and([*paths[:2], *more])


def _largest_total(measure: Measure, found: GlobalSensitivity) -> str:
    top = found.top
    assert isinstance(top, Index)
    return (
        f"{top.path} has the {largest(top, found.indices)} total-order index of {measure.label}: "
        f"{format_index(top.total)}, first order {format_index(top.first)}"
        f"{_tied(found, top.total.low)}"
    )


def _largest_effect(measure: Measure, found: GlobalSensitivity) -> str:
    top = found.top
    assert isinstance(top, ElementaryEffect)
    size = measure.change(top.size, signed=False)
    return (
        f"{top.path} has the {largest(top, found.indices)} mean absolute effect on "
        f"{measure.label}: {size} over its range{_tied(found, top.size.low)}"
    )


def _tied(found: GlobalSensitivity, least: float) -> str:
    """Other factors whose interval reaches up to ``least``."""
    near = [
        each.path for each in found.indices if each is not found.top and each.leading.high >= least
    ]
    return f" (statistically tied: {_list(near)})" if near else ""


def format_index(estimate: Estimate) -> str:
    """An index with its interval."""
    return format_ci(estimate, INDEX)


def describe_variance(measure: Measure, split: VarianceShares) -> str:
    """The stochastic share of the variance of single runs."""
    if math.isnan(split.share.value):
        return f"{measure.label} was the same in every run"
    return f"{format_share_ci(split.share)} of the variance of single runs is stochastic"
