"""``docs/behaviours.md``: every required behaviour, the setting, the difference it makes.

``python -m tools.docgen.behaviours_page`` prints the page; ``--figure FILE`` writes its picture.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from sim.statistics import Estimate
from sim.validation.behaviours import BEHAVIOURS, Behaviour
from sim.validation.contrast import Contrast

PAIRS = 20_000
COMMAND = "python -m tools.docgen.behaviours_page"

HEAD = """# What the model must show

Two arguments are at odds in the articles this model was coded from: foreign soldiers provoke, and
their absence invites. The model is worth using only if it holds both, for reasons one can read.
Each row below is a claim about it, tested on {pairs:,} pairs of runs: the two sides differ in one
thing and share all luck, run by run. A difference is in percentage points of model runs for shares
(failure, escalation, war, peace) and in the measure's own unit otherwise; brackets hold its 95 %
Monte-Carlo interval. Nothing here is about the world: it is what follows from the model's rules and
its coded baseline.

![Every difference with its interval](figures/behaviours.svg)

This page is generated: `{command}` (seed {seed}); the tests hold every row at fewer pairs.
"""


class Shown(NamedTuple):
    """A contrast and what it came to."""

    behaviour: Behaviour
    contrast: Contrast
    difference: Estimate


def measure(pairs: int) -> list[Shown]:
    """Every contrast over ``pairs`` pairs of runs."""
    return [
        Shown(behaviour, contrast, contrast.difference(pairs))
        for behaviour in BEHAVIOURS
        for contrast in behaviour.contrasts
    ]


def page(shown: list[Shown], pairs: int) -> str:
    """The whole page."""
    from sim.validation.contrast import SEED

    rows = "\n".join(_rows(shown))
    return HEAD.format(pairs=pairs, command=COMMAND, seed=SEED) + rows + "\n"


def _rows(shown: list[Shown]) -> Iterator[str]:
    last = None
    for one in shown:
        if one.behaviour is not last:
            last = one.behaviour
            yield f"\n## {last.name} {last.claim}\n"
            yield "| claim | measure | difference | asked for | holds |"
            yield "|---|---|---|---|---|"
        yield _row(one)
    yield "\n## The settings\n"
    for one in shown:
        yield f"- **{one.behaviour.name}** {one.contrast.says}: {_sides(one.contrast)}"


def _row(one: Shown) -> str:
    holds = "yes" if one.contrast.holds(one.difference) else "**no**"
    cells = (one.contrast.says, one.contrast.measure, said(one), asked(one.contrast), holds)
    return f"| {' | '.join(cells)} |"


def _sides(contrast: Contrast) -> str:
    there = f" against `{contrast.there.written}`" if contrast.there else ""
    beyond = f", beyond {_sides(contrast.beyond)}" if contrast.beyond else ""
    return f"`{contrast.here.written}`{there}{beyond}"


def said(one: Shown) -> str:
    """The difference with its interval, in points or in the measure's unit."""
    scale, unit = (100, " points") if one.contrast.is_share else (1, "")
    value, low, high = (scale * number for number in one.difference)
    return f"{value:+.2f} [{low:+.2f}, {high:+.2f}]{unit}"


def asked(contrast: Contrast) -> str:
    """What the interval must do."""
    scale, unit = (100, " points") if contrast.is_share else (1, "")
    if contrast.within is not None:
        return f"within {scale * contrast.within:g}{unit} of nothing"
    return f"above {scale * contrast.at_least:g}{unit}"


ROW, LEFT, WIDTH, TOP = 22, 420, 300, 30


def figure(shown: list[Shown]) -> str:
    """Every share's difference as a dot with its interval, as SVG, on one scale of points."""
    shares = [one for one in shown if one.contrast.is_share]
    height = TOP + ROW * len(shares) + 30
    marks = "".join(_mark(one, TOP + ROW * k + 10) for k, one in enumerate(shares))
    ticks = "".join(_tick(points, height) for points in (-25, 0, 25, 50, 75, 100))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {LEFT + WIDTH + 40} {height}" '
        'font-family="system-ui, sans-serif" font-size="11" role="img" '
        'aria-label="Differences in percentage points of model runs, with 95 % intervals">'
        '<rect width="100%" height="100%" fill="#fbfaf7"/>'
        f"{ticks}{marks}</svg>\n"
    )


def _at(points: float) -> float:
    return LEFT + WIDTH * (points + 25) / 125


def _tick(points: float, height: int) -> str:
    x = _at(points)
    return (
        f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{TOP - 8}" y2="{height - 22}" stroke="#dcd8ce"/>'
        f'<text x="{x:.1f}" y="{height - 8}" text-anchor="middle" fill="#5a5f69">{points}</text>'
    )


def _mark(one: Shown, y: float) -> str:
    value, low, high = (_at(100 * number) for number in one.difference)
    name = f"{one.behaviour.name} {one.contrast.says}"
    text = name if len(name) <= 68 else name[:67] + "…"
    return (
        f'<text x="{LEFT - 12}" y="{y + 4}" text-anchor="end" fill="#1b1d22">{text}</text>'
        f'<line x1="{low:.1f}" x2="{high:.1f}" y1="{y}" y2="{y}" stroke="#0072B2" '
        f'stroke-width="3"/><circle cx="{value:.1f}" cy="{y}" r="4" fill="#0072B2"/>'
    )


def main() -> None:
    """Print the page; with ``--figure``, write the picture too."""
    parser = argparse.ArgumentParser(prog=COMMAND, description=__doc__)
    parser.add_argument("--pairs", type=int, default=PAIRS, help="pairs of runs a contrast")
    parser.add_argument("--figure", type=Path, help="where to write the picture, as SVG")
    asked_for = parser.parse_args()
    shown = measure(asked_for.pairs)
    if asked_for.figure:
        asked_for.figure.write_text(figure(shown), encoding="utf-8")
    print(page(shown, asked_for.pairs), end="")


if __name__ == "__main__":
    main()
