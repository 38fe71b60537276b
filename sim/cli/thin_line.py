"""``thinline thin-line``: where war is least as the force grows, and how wide that place is."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sim.cli.console import note, say, table
from sim.cli.invocation import MANNER, RUNS, Asked, asked
from sim.cli.options import answer, common_options, runs_option
from sim.errors import UsageError
from sim.text import format_number, join_and, plural

if TYPE_CHECKING:
    from sim.analysis.thin_line.result import ThinLine, Valley
    from sim.scenario.scenario import Scenario

MOST_VALUES = 200

# What is worth setting the line against.
LEVERS = ("setting.clarity", "setting.consent", "setting.backstop")

# Where too few runs could tell nothing, so many times as many are tried next, up to a limit.
MORE_RUNS, MOST_RUNS = 10, 100_000


@click.command(name="thin-line", short_help="War against force size: where is it least?")
@click.argument("scenario")
@click.option("--sizes", metavar="VALUES", help="Force sizes, such as 0,0.5,1,2 or 0:3:13.")
@click.option(
    "--against",
    multiple=True,
    metavar="PATH=VALUES",
    help="A second lever and its values, such as setting.clarity=0:1:5.",
)
@runs_option("Model runs at each size; the scenario says, otherwise.")
@common_options
def thin_line(
    scenario: str,
    sizes: str | None,
    against: tuple[str, ...],
    overrides: tuple[str, ...],
    figure: Path | None,
    as_json: bool,
    **how: Any,
) -> int:
    """Run SCENARIO at one force size after another, on the same luck, and find the line.

    Failure is a war begun by a chosen offensive, escalation one grown from a strike, a probe or an
    accident; the line lies where the two together are least.
    """
    from sim.analysis.thin_line import compute as lines
    from sim.cli.console import progress_bar
    from sim.scenario.load import load

    loaded = load(scenario, overrides)
    chosen = lines.SIZES if sizes is None else _sizes(loaded, sizes)
    lever = _lever(loaded, against)
    found: ThinLine | Valley
    with progress_bar("running") as progress:
        if lever is not None:
            found = lines.valley(loaded, *lever, chosen, progress=progress, **how)
        else:
            found = lines.thin_line(loaded, chosen, progress=progress, **how)
    return answer(found, partial(_write, loaded), _tell, figure, as_json)


def _sizes(loaded: Scenario, text: str) -> tuple[float, ...]:
    from sim.analysis.thin_line.compute import SIZE
    from sim.experiments.parse_factors import parse_levels

    return parse_levels(loaded, SIZE, text, "sizes", MOST_VALUES)


def _lever(loaded: Scenario, against: tuple[str, ...]) -> tuple[str, tuple[float, ...]] | None:
    from sim.experiments.parse_factors import parse_levels, split_assignment

    if not against:
        return None
    if len(against) > 1:
        given = join_and([f"--against {text[:60]}" for text in against])
        raise UsageError(
            f"{given}: a line is set against one lever", "thinline sweep takes several"
        )
    path, text = split_assignment(against[0], "against")
    return path, parse_levels(loaded, path, text, "against", MOST_VALUES)


def _tell(found: ThinLine | Valley) -> None:
    from sim.analysis.thin_line.result import ThinLine

    if isinstance(found, ThinLine):
        _tell_line(found)
        first, is_known = found, found.verdict != "undecided"
    else:
        _tell_valley(found)
        first, is_known = found.lines[0], all(e.verdict != "undecided" for e in found.lines)
    each = "" if isinstance(found, ThinLine) else ", each value's own"
    told = f"{plural(first.runs, 'run')} a size on the same luck, seed {first.seed}"
    say()
    say(f"{told}; 95 % intervals{each}")
    note(f"Try next: {_next(first.runs, is_known).command}")


def _next(runs: int, is_known: bool) -> Asked:
    """More runs where these were too few, or else a lever that has not been moved."""
    said = asked().without("--figure", *MANNER)
    if not is_known and runs * MORE_RUNS <= MOST_RUNS:
        return said.saying({RUNS: runs * MORE_RUNS})
    moved = {text.partition("=")[0].strip() for text in said.all_of("--against")}
    moved |= {text.partition("=")[0].strip() for text in said.all_of("--set")}
    fresh = next((lever for lever in LEVERS if lever not in moved), None)
    if fresh is None:
        return said.without("--sizes", "--against").instead("sensitivity")
    return said.saying({"--against": f"{fresh}=0:1:5"})


def _tell_line(line: ThinLine) -> None:
    from sim.cli.run import as_shares

    say(f"{line.scenario}: {line.sentence}.")
    say()
    rows = []
    for point in line.points:
        shares = (point.failure, point.escalation, point.war)
        rows.append([f"{point.size:g}", *("  ".join(as_shares(share)) for share in shares)])
    table(["times the pledge", "failure", "escalation", "war"], rows)


def _tell_valley(valley: Valley) -> None:
    from sim.analysis.thin_line.result import span
    from sim.cli.run import as_shares

    say(f"{valley.lines[0].scenario}: {valley.sentence}.")
    say()
    rows = []
    for value, line in zip(valley.values, valley.lines, strict=True):
        least, low = join_and([format_number(size) for size in line.least]), line.minimum
        share = "  ".join(as_shares(low.war))
        where = span(low.low, low.high)
        rows.append([valley.say(value), least, where, share, line.verdict.short])
    table([valley.lever, "war least at", "may be least", "war there", "verdict"], rows)


def _write(loaded: Scenario, found: ThinLine | Valley, file: Path) -> None:
    from sim.analysis.thin_line.result import ThinLine
    from sim.cli.invocation import origin
    from sim.report.thin_line import write_line, write_valley

    line = found if isinstance(found, ThinLine) else found.lines[0]
    source = origin(asked(), loaded, runs=line.runs, seed=line.seed)
    if isinstance(found, ThinLine):
        write_line(found, file, source)
    else:
        write_valley(found, file, source)
