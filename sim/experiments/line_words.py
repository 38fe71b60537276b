"""A thin line in one sentence: for each verdict, what the runs can tell and nothing more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.experiments.verdict import Verdict
from sim.figures.wording import number, plural, several
from sim.figures.wording import points as in_points
from sim.statistics import Estimate

if TYPE_CHECKING:
    from sim.experiments.line import ThinLine

# Sizes that are listed one by one.
MOST_LISTED = 3

SENTENCES = {
    Verdict.INTERIOR: "there is a line: war is least at {least} times the pledged force{luck}, in "
    "{war} of model runs; {window}",
    Verdict.MORE_IS_BETTER: "no line between the ends: war is least {shelf}, the upper end of the "
    "sizes tried, in {shares}{level}",
    Verdict.MORE_IS_WORSE: "no line between the ends: war is least {shelf}, the lower end of the "
    "sizes tried, in {shares}{level}",
    Verdict.NO_DIFFERENCE: "no line to be seen: at no two of the sizes tried does war differ by a "
    "percentage point",
    Verdict.UNDECIDED: "too few runs to tell: {runs} cannot say whether war is least at {among} "
    "times the pledged force; {difference}",
}


def sentence(line: ThinLine) -> str:
    """What the curve says, in words."""
    return SENTENCES[line.verdict].format(
        least=several([number(size) for size in line.least]),
        luck=_luck(line),
        war=percent(line.minimum.war),
        window=_within(line),
        shelf=_shelf(line),
        shares=_shares(line),
        level="" if len(line.among) == 1 else ": no difference of a percentage point",
        runs=plural(line.runs, "run"),
        among=_among(line),
        difference=_apart(line),
    )


def percent(share: Estimate) -> str:
    """A share in per cent, as the table has it."""
    return f"{100 * share.value:.1f} %"


def span(low: float, high: float) -> str:
    """``0.5 to 1``, or one number where both are the same."""
    return number(low) if low == high else f"{number(low)} to {number(high)}"


def _luck(line: ThinLine) -> str:
    low, high = line.minimum.low, line.minimum.high
    if low == high:
        return ""
    return f" ({span(low, high)} for all that {plural(line.runs, 'run')} can tell)"


def _within(line: ThinLine) -> str:
    """Which sizes next to the minimum come close to it in these runs."""
    first, last = line.window
    if first == last:
        return "no size beside it comes within a percentage point"
    return f"sizes from {span(first, last)} come within a percentage point"


def _edges(line: ThinLine) -> tuple[float, float]:
    """The innermost size that may be least, and the end of the sizes."""
    low, high = line.minimum.low, line.minimum.high
    return (high, low) if line.verdict is Verdict.MORE_IS_WORSE else (low, high)


def _shelf(line: ThinLine) -> str:
    inner, end = _edges(line)
    return f"at {number(end)}" if inner == end else f"from {span(inner, end)}"


def _shares(line: ThinLine) -> str:
    wars = {point.size: percent(point.war) for point in line.points}
    first, *rest = dict.fromkeys(_edges(line))
    told = [f"{wars[first]} of model runs at {number(first)}"]
    return several([*told, *(f"{wars[size]} at {number(size)}" for size in rest)])


def _among(line: ThinLine) -> str:
    """The sizes that may be least: one by one, or the first and the last of them."""
    sizes = [number(size) for size in line.among]
    if len(sizes) > MOST_LISTED:
        return f"{sizes[0]}, {sizes[-1]} or a size between them"
    return " or ".join([", ".join(sizes[:-1]), sizes[-1]])


def _apart(line: ThinLine) -> str:
    """The difference that is clear, or the largest, with what it was picked from."""
    apart, count = line.difference, len(line.points)
    if not apart.war.value:
        return "in these war is as common at every size"
    less, more = (number(line.points[k].size) for k in (apart.less, apart.more))
    lead = "they do show" if apart.war.is_clear else "no difference is clear, the largest being"
    return (
        f"{lead} war in {in_points(apart.war, ' of model runs')} at {less} than at {more}, "
        f"allowing for two sizes picked out of {count}"
    )
