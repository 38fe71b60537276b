"""The finding in a sentence, no surer than its intervals."""

from __future__ import annotations

import math
from collections.abc import Sequence

from sim.analysis.sensitivity.global_indices import GlobalSensitivity
from sim.analysis.sensitivity.morris import Effect
from sim.analysis.sensitivity.one_at_a_time import Swing, Tornado
from sim.analysis.sensitivity.sobol import Index
from sim.analysis.sensitivity.variance import VarianceShares
from sim.experiments.measures import Measure
from sim.statistics import Estimate, best_subset
from sim.text import INDEX, format_ci, format_share_ci, format_signed, join_and, plural

INDISTINGUISHABLE = "not distinguishable from 0"
METHODS = {"sobol": "Sobol's indices", "morris": "Morris's effects"}


def headline(
    measure: Measure,
    bars: Tornado | None,
    morris: GlobalSensitivity | None,
    sobol: GlobalSensitivity | None,
) -> str:
    """What each method that was played found, and how much of it all is luck."""
    whole = sobol or morris
    parts = [
        *([_together(measure, morris, sobol)] if whole else []),
        *([_moved(measure, bars)] if bars else []),
        *([luck_said(measure, whole.split)] if whole else []),
    ]
    return "; ".join(parts)


def _together(
    measure: Measure, morris: GlobalSensitivity | None, sobol: GlobalSensitivity | None
) -> str:
    """The finding of the methods that move all levers at once: Sobol's, if it has one, with what
    Morris's adds."""
    found = {"sobol": sobol, "morris": morris}
    played = {name: each for name, each in found.items() if each}
    clear = {name: each for name, each in played.items() if each.top}
    unclear = [each for name, each in played.items() if name not in clear]
    if not clear:
        points = [f"{METHODS[name]} ({each.points:,} points)" for name, each in played.items()]
        return f"{join_and(points)} cannot tell what any lever does to {measure.label} from nothing"
    told = _shared if "sobol" in clear else _screened
    first, *others = clear.values()
    said = told(measure, first) + "".join(_seconded(first, other) for other in others)
    return said + "".join(f" ({METHODS[each.method]} cannot tell)" for each in unclear)


def _seconded(first: GlobalSensitivity, other: GlobalSensitivity) -> str:
    """Whether another method puts the same lever first."""
    assert first.top is not None
    assert other.top is not None
    method = METHODS[other.method]
    if other.top.path == first.top.path:
        return f" ({method} put it first, too)"
    return f" ({method} put {other.top.path} first)"


def _moved(measure: Measure, bars: Tornado) -> str:
    first = [bars.bars[k] for k in best_subset([bar.swing for bar in bars.bars])]
    if not first:
        return (
            f"one at a time, {plural(bars.runs, 'run')} cannot tell what {_any_of(len(bars.bars))} "
            f"does to {measure.label} from its low end to its high end from nothing"
        )
    top, most = first[0], "most" if first[0] is bars.bars[0] else "clearly"
    lever, swing = top.lever, measure.change(top.swing)
    return (
        f"one at a time, {measure.label} moves {most} with {lever.path}: {swing} from "
        f"{lever.format(lever.low)} to {lever.format(lever.high)}{_rivals(first[1:])}"
    )


def _any_of(levers: int) -> str:
    return "the one lever" if levers == 1 else f"any of {levers} levers"


def _rivals(near: Sequence[Swing]) -> str:
    return f" ({_or([bar.lever.path for bar in near])} may move it as much)" if near else ""


def _or(paths: Sequence[str]) -> str:
    more = f" or {len(paths) - 2} more" if len(paths) > 2 else ""
    return " or ".join(paths[:2]) + more


def _shared(measure: Measure, found: GlobalSensitivity) -> str:
    top = found.top
    assert isinstance(top, Index)
    return (
        f"of what the levers do to {measure.label} between points, {top.path} has the largest "
        f"part: {plain(top.total)} with all that it does together with others, "
        f"{plain(top.first)} alone{_near(found, top.total.low)}"
    )


def _screened(measure: Measure, found: GlobalSensitivity) -> str:
    top = found.top
    assert isinstance(top, Effect)
    size = measure.change(top.size, signed=False)
    return (
        f"{measure.label} answers most to {top.path}: on average {size} over its whole way"
        f"{_near(found, top.size.low)}"
    )


def _near(found: GlobalSensitivity, least: float) -> str:
    """The other levers whose figure may be at least that large."""
    near = [
        each.path for each in found.indices if each is not found.top and each.leading.high >= least
    ]
    return f" ({_or(near)} may have as much)" if near else ""


def plain(estimate: Estimate) -> str:
    """A number with its interval, unscaled."""
    return format_ci(estimate, INDEX)


def luck_said(measure: Measure, split: VarianceShares) -> str:
    """How much of what differs between single runs is luck."""
    if math.isnan(split.share.value):
        return f"{measure.label} was the same in every run"
    return f"of the variance of single runs, {format_share_ci(split.share)} is luck"


HEADINGS = {
    "sobol": ("lever", "alone (first order)", "with others (total order)", "of it noise"),
    "morris": ("lever", "size of effect (mu*)", "its spread (sigma)", "mu* of mere noise"),
}


def index_rows(measure: Measure, index: Index | Effect) -> list[str]:
    """A lever's name and its three figures; what may be nothing says so, and what a lever does
    alone is not known where it may be nothing with all others."""
    if isinstance(index, Index):
        total = plain(index.total) if index.excludes_zero else INDISTINGUISHABLE
        alone = index.excludes_zero and index.first.low > 0
        first = plain(index.first) if alone else INDISTINGUISHABLE
        return [index.path, first, total, format_signed(index.noise, INDEX)]
    size = measure.cell(index.size, signed=False) if index.excludes_zero else INDISTINGUISHABLE
    apart = measure.cell(index.spread, signed=False)
    return [index.path, size, apart, measure.short(index.floor)]
