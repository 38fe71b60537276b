"""The pictures of the poster as inline SVG: the hundred dots, and the line over a lever."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from markupsafe import Markup

from sim.enums import Outcome
from sim.explorer.poster import Count
from sim.explorer.words import DASHES, MARKS
from sim.figures.parts import apportion
from sim.formatting import format_number, format_share_ci, join_and
from sim.statistics import Estimate, proportion

DOTS, COLUMNS, CELL = 100, 10, 20

# The size of the line, and the space around it.
WIDTH, HEIGHT = 640, 300
LEFT, RIGHT, TOP, BOTTOM = 50, 16, 14, 44


def draw_waffle(count: Count) -> Markup:
    """A hundred dots, in the order of the outcomes, row by row."""
    dots = apportion([count.outcomes[outcome] / count.runs for outcome in Outcome], DOTS)
    order = [o for o, many in zip(Outcome, dots, strict=True) for _ in range(many)]
    marks = Markup("").join(
        Markup('<path class="mark o{}" transform="translate({} {})" d="{}"/>').format(
            int(outcome), place % COLUMNS * CELL, place // COLUMNS * CELL, MARKS[outcome]
        )
        for place, outcome in enumerate(order)
    )
    return Markup('<svg viewBox="0 0 {0} {0}" role="img" aria-label="{1}">{2}</svg>').format(
        COLUMNS * CELL, describe_waffle(count), marks
    )


def describe_waffle(count: Count) -> str:
    """The shares of the outcomes that occur, the largest first, in words."""
    ranked = sorted(Outcome, key=lambda outcome: -count.outcomes[outcome])
    parts = [
        f"{outcome.label} {format_share_ci(proportion(count.outcomes[outcome], count.runs))}"
        for outcome in ranked
        if count.outcomes[outcome]
    ]
    return f"A hundred dots, each 1 % of {count.runs:,} model runs: {join_and(parts)}."


def draw_line(name: str, points: Sequence[tuple[float, Count]]) -> Markup:
    """Failure, escalation and war over the values of a lever, with 95 % intervals."""
    shares = {
        cause: [proportion(count.causes[cause], count.runs) for _, count in points]
        for cause in DASHES
    }
    values = [value for value, _ in points]
    top = max(0.05, max(share.high for each in shares.values() for share in each))
    across = _scale(values[0], values[-1], LEFT, WIDTH - RIGHT)
    up = _scale(0.0, top, HEIGHT - BOTTOM, TOP)
    place = [across(value) for value in values]
    drawn = Markup("").join(
        _series(cause, place, each, up) for cause, each in reversed(shares.items())
    )
    return Markup('<svg viewBox="0 0 {} {}" role="img" aria-label="{}">{}{}</svg>').format(
        WIDTH, HEIGHT, describe_line(name, points), _axes(name, values, place, top), drawn
    )


def describe_line(name: str, points: Sequence[tuple[float, Count]]) -> str:
    """War at each value of the lever, in words."""
    parts = [
        f"{format_number(value)}: {format_share_ci(proportion(count.causes['war'], count.runs))}"
        for value, count in points
    ]
    return f"War over {name.lower()}, in model runs: {join_and(parts)}."


Scale = Callable[[float], float]


def _scale(low: float, high: float, start: float, end: float) -> Scale:
    return lambda value: start + (value - low) / ((high - low) or 1) * (end - start)


def _series(cause: str, place: Sequence[float], shares: Sequence[Estimate], up: Scale) -> Markup:
    """The curve of a cause, and the band of its intervals."""

    def path(number: int) -> list[str]:
        return [f"{x:.1f} {up(s[number]):.1f}" for x, s in zip(place, shares, strict=True)]

    line, low, high = (path(number) for number in range(3))
    return Markup(
        '<path class="band c-{0}" d="M{1}Z"/>'
        '<path class="curve c-{0}" stroke-dasharray="{2}" d="M{3}"/>'
    ).format(cause, "L".join([*high, *reversed(low)]), DASHES[cause], "L".join(line))


def _axes(name: str, values: Sequence[float], place: Sequence[float], top: float) -> Markup:
    base = HEIGHT - BOTTOM
    ticks = Markup("").join(
        Markup('<text class="tick" x="{:.1f}" y="{}" text-anchor="middle">{}</text>').format(
            x, base + 18, format_number(value)
        )
        for value, x in zip(values, place, strict=True)
    )
    return Markup(
        '<path class="axis" d="M{0} {1}H{2}"/>{3}'
        '<text class="tick" x="{4}" y="{1}" text-anchor="end">0 %</text>'
        '<text class="tick" x="{4}" y="{5}" text-anchor="end">{6:.0f} %</text>'
        '<text class="tick" x="{7}" y="{8}" text-anchor="middle">{9}</text>'
    ).format(
        LEFT, base, WIDTH - RIGHT, ticks, LEFT - 6, TOP + 5, 100 * top, WIDTH // 2, HEIGHT - 6, name
    )
