"""The finding in a sentence, no surer than its intervals."""

from __future__ import annotations

import math
from collections.abc import Sequence

from sim.experiments.measure import Measure
from sim.experiments.sensitivity.luck import Split
from sim.experiments.sensitivity.morris import Effect
from sim.experiments.sensitivity.sobol import Index
from sim.experiments.sensitivity.together import Together
from sim.experiments.sensitivity.tornado import Bar, Tornado
from sim.figures.wording import hedged, plural
from sim.statistics import Estimate

INDISTINCT = "not distinguishable from 0"


def headline(
    measure: Measure, bars: Tornado | None, morris: Together | None, sobol: Together | None
) -> str:
    """What the methods found, the strongest first, and how much of it all is luck."""
    parts = [
        *([_shared(measure, sobol)] if sobol else []),
        *([_screened(measure, morris)] if morris and not sobol else []),
        *([_moved(measure, bars)] if bars else []),
        *([luck_said(measure, (sobol or morris).split)] if sobol or morris else []),  # type: ignore[union-attr]
    ]
    return "; ".join(parts)


def _moved(measure: Measure, bars: Tornado) -> str:
    top = bars.bars[0]
    if not top.is_clear:
        return (
            f"one at a time, none of {plural(len(bars.bars), 'lever')} moves {measure.label} by "
            f"more than luck of the draw could in {plural(bars.runs, 'run')}"
        )
    lever, swing = top.lever, measure.change(top.swing)
    return (
        f"one at a time, {measure.label} moves most with {lever.path}: {swing} from "
        f"{lever.say(lever.low)} to {lever.say(lever.high)}{_rivals(bars.bars)}"
    )


def _rivals(bars: Sequence[Bar]) -> str:
    near = [bar.lever.path for bar in bars[1:] if _reach(bar.swing)[1] >= _reach(bars[0].swing)[0]]
    return f" ({_or(near)} may move it as much)" if near else ""


def _reach(swing: Estimate) -> tuple[float, float]:
    """The ends of an interval by their size."""
    ends = sorted((abs(swing.low), abs(swing.high)))
    return (ends[0] if swing.low * swing.high > 0 else 0.0), ends[1]


def _or(paths: Sequence[str]) -> str:
    more = f" or {len(paths) - 2} more" if len(paths) > 2 else ""
    return " or ".join(paths[:2]) + more


def _shared(measure: Measure, found: Together) -> str:
    top = found.indices[0]
    assert isinstance(top, Index)
    if not top.is_clear:
        return f"no lever's part in {measure.label} is distinguishable from 0"
    return (
        f"of what the levers do to {measure.label} between points, {top.path} has the largest "
        f"part: {plain(top.total)} with all that it does together with others, "
        f"{plain(top.first)} alone{_near(found.indices, [i.total for i in found.indices])}"  # type: ignore[union-attr]
    )


def _screened(measure: Measure, found: Together) -> str:
    top = found.indices[0]
    assert isinstance(top, Effect)
    if not top.is_clear:
        return f"no lever's effect on {measure.label} is distinguishable from 0"
    size = measure.change(top.size, signed=False)
    near = _near(found.indices, [i.size for i in found.indices])  # type: ignore[union-attr]
    return f"{measure.label} answers most to {top.path}: on average {size} over its whole way{near}"


def _near(indices: Sequence[Index | Effect], sizes: Sequence[Estimate]) -> str:
    near = [
        each.path
        for each, size in zip(indices[1:], sizes[1:], strict=True)
        if size.high >= sizes[0].low
    ]
    return f" ({_or(near)} may have as much)" if near else ""


def plain(estimate: Estimate) -> str:
    """A number with its interval, unscaled."""
    return "{:.2f} ({:.2f} to {:.2f})".format(*estimate)


def luck_said(measure: Measure, split: Split) -> str:
    """How much of what differs between single runs is luck."""
    if math.isnan(split.share.value):
        return f"{measure.label} does not differ between runs at all"
    return f"of the variance of single runs, {hedged(split.share)} is luck"
