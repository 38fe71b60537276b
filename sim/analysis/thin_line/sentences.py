"""Thin line and valley in a few short sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.formatting import (
    capitalise,
    describe_change,
    format_number,
    format_percent,
    join_and,
    join_or,
    plural,
)
from sim.statistics import Estimate

if TYPE_CHECKING:
    from sim.analysis.thin_line.result import ThinLine, Valley

# Up to these numbers of sizes and values are listed one by one.
MOST_SIZES = 3
MOST_VALUES = 6

# Sentences by verdict.
LINE = {
    "interior": "there is a line: war is least at {least} times the pledged force, in {war} "
    "of model runs{range}. {window}",
    "more_is_better": "no line between the ends. War is least {shelf}, the upper end of the "
    "sizes tried: {shares}{level}",
    "more_is_worse": "no line between the ends. War is least {shelf}, the lower end of the "
    "sizes tried: {shares}{level}",
    "no_difference": "no line: war differs by less than a percentage point between all sizes tried",
    "undecided": "undecided. With {runs} the minimum could lie at {among} times the pledged "
    "force{beyond}. {difference}",
}
LEVEL = "War is equally common at every size in these runs"
NEVER = ". The trace of a run tells whether a force ever stands"

VALLEY = {
    "interior": "there is a line: war is least at {sizes} times the pledged force. With {runs} at "
    "each size, the minimum could lie anywhere from {range}",
    "more_is_better": "war is least at the upper end of the sizes tried",
    "more_is_worse": "war is least at the lower end of the sizes tried",
    "no_difference": "war differs by less than a percentage point between sizes",
    "undecided": "it is undecided: with {runs} at each size, the minimum could lie anywhere from "
    "{range} times the pledged force",
}


def line_sentence(line: ThinLine) -> str:
    """Where war is least, as far as the intervals allow."""
    low, high = line.minimum.low, line.minimum.high
    runs = plural(line.runs, "run")
    uncertain = f". With {runs} the minimum could lie anywhere from {span(low, high)}"
    return LINE[line.verdict].format(
        least=join_and([format_number(size) for size in line.least]),
        range="" if low == high else uncertain,
        war=_percent(line.minimum.war),
        window=_window(line),
        shelf=_shelf(line),
        shares=_shares(line),
        level="" if len(line.among) == 1 else ". They differ by less than a percentage point",
        runs=runs,
        among=_candidates(line),
        difference=_largest_difference(line),
        beyond=" or more" if line.may_go_on else "",
    )


def valley_sentence(valley: Valley) -> str:
    """The verdicts, each with the values of the factor that have it."""
    by_verdict = {
        verdict: [k for k, line in enumerate(valley.lines) if line.verdict == verdict]
        for verdict in VALLEY
    }
    found = [_having(valley, *each) for each in by_verdict.items() if each[1]]
    first, *others = found
    return ". ".join([f"with {valley.lever} {first}", *map(capitalise, others)])


def _having(valley: Valley, verdict: str, positions: list[int]) -> str:
    lines = [valley.lines[k] for k in positions]
    sizes = [size for line in lines for size in line.least]
    ends = [end for line in lines for end in (line.minimum.low, line.minimum.high)]
    verdict_text = VALLEY[verdict].format(
        sizes=span(min(sizes), max(sizes)),
        range=span(min(ends), max(ends)),
        runs=plural(lines[0].runs, "run"),
    )
    if len(positions) > MOST_VALUES:
        values = f"{len(positions):,} of {plural(len(valley.values), 'value')}"
    else:
        values = join_and([valley.say(valley.values[k]) for k in positions])
    return f"at {values}, {verdict_text}"


def span(low: float, high: float) -> str:
    """``0.5 to 1``, or one number where both are the same."""
    return format_number(low) if low == high else f"{format_number(low)} to {format_number(high)}"


def _percent(share: Estimate) -> str:
    """A share in per cent with one decimal, as in the table."""
    return format_percent(share.value)


def _window(line: ThinLine) -> str:
    first, last = line.window
    if first == last:
        return "No neighbouring size is within a percentage point"
    return f"Sizes from {span(first, last)} are within a percentage point of it"


def _edges(line: ThinLine) -> tuple[float, float]:
    """The innermost size that may be the minimum, and the end of the sizes."""
    low, high = line.minimum.low, line.minimum.high
    return (high, low) if line.verdict == "more_is_worse" else (low, high)


def _shelf(line: ThinLine) -> str:
    inner, end = _edges(line)
    return f"at {format_number(end)}" if inner == end else f"from {span(inner, end)}"


def _shares(line: ThinLine) -> str:
    wars = {point.size: _percent(point.war) for point in line.points}
    first, *rest = dict.fromkeys(_edges(line))
    lead = f"{wars[first]} of model runs at {format_number(first)}"
    return join_and([lead, *(f"{wars[size]} at {format_number(size)}" for size in rest)])


def _candidates(line: ThinLine) -> str:
    sizes = [format_number(size) for size in line.among]
    if len(sizes) > MOST_SIZES:
        return f"a size from {sizes[0]} to {sizes[-1]}"
    return join_or(sizes)


def _largest_difference(line: ThinLine) -> str:
    difference = line.difference
    if not difference.war.value:
        return f"{LEVEL}{NEVER if line.is_level else ''}"
    less, more = (format_number(line.points[k].size) for k in (difference.less, difference.more))
    wars = [round(point.war.value * line.runs) for point in line.points]
    apart = wars[difference.less] - wars[difference.more]
    all_apart = [one - other for one in wars for other in wars]
    equal = all_apart.count(apart) - 1
    also = f", and by as much between {plural(equal, 'other pair')} of sizes" if equal else ""
    if not difference.war.excludes_zero:
        found = "No difference is significant, not even the largest"
    elif abs(apart) == max(all_apart):
        found = "The largest difference is significant"
    else:
        found = "The largest significant difference"
    return (
        f"{found}: war occurs {describe_change(difference.war)} at {less} than at "
        f"{more}{also}, with an interval for all pairs"
    )
