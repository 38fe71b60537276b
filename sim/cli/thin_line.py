"""``thinline thin-line``: the force size with the least war, and the width of that minimum."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import click

from sim.cli.console import print_note, print_rows, print_table, progress_bar
from sim.cli.deferred import VerbCommand, deferred_imports
from sim.cli.invocation import EXECUTION, MORE_RUNS, RUNS, current_invocation
from sim.cli.options import common_options, note_replaced, present, runs_option
from sim.errors import UsageError
from sim.formatting import format_number, format_share_ci, join_and, plural

with deferred_imports(globals()):
    from sim.analysis.thin_line import compute
    from sim.analysis.thin_line.compute import SIZE, SIZES
    from sim.analysis.thin_line.result import LARGEST, ThinLine, Valley
    from sim.analysis.thin_line.sentences import span
    from sim.cli.origin import page_origin
    from sim.experiments.parse_factors import parse_levels, split_assignment
    from sim.report.thin_line import write_line, write_valley
    from sim.scenario.load import load
    from sim.scenario.scenario import Scenario

MOST_VALUES = 200

# Suggested second factors.
SUGGESTED = ("setting.clarity", "setting.consent", "setting.backstop")

# An undecided result suggests this many times the runs, up to a limit.
MOST_RUNS = 100_000


@click.command(name="thin-line", cls=VerbCommand)
@click.argument("scenario")
@click.option("--sizes", metavar="VALUES", help="Force sizes, such as 0,0.5,1,2 or 0:3:13.")
@click.option(
    "--second-factor",
    "second_factors",
    multiple=True,
    metavar="PATH=VALUES",
    help="A second parameter and its values, such as setting.clarity=0:1:5.",
)
@runs_option("Model runs at each size; the scenario's number by default.")
@common_options
def thin_line(
    scenario: str,
    sizes: str | None,
    second_factors: tuple[str, ...],
    overrides: tuple[str, ...],
    figure: Path | None,
    as_json: bool,
    **options: Any,
) -> int:
    """Find the force size with the least war.

    SCENARIO is run at each size with the same random numbers. Failure is a war by a planned attack.
    Escalation is a war that grew from a strike, a probe or an accident. The line is the size at
    which their sum is smallest.
    """
    loaded = load(scenario, overrides)
    levels = SIZES if sizes is None else parse_levels(loaded, SIZE, sizes, "sizes", MOST_VALUES)
    factor = _second_factor(loaded, second_factors)
    note_replaced((SIZE, *([factor[0]] if factor else [])))
    found: ThinLine | Valley
    with progress_bar("running") as progress:
        if factor is None:
            found = compute.thin_line(loaded, levels, progress=progress, **options)
        else:
            found = compute.valley(loaded, *factor, levels, progress=progress, **options)
    return present(found, partial(_write, loaded), _print, figure, as_json)


def _second_factor(
    loaded: Scenario, factors: tuple[str, ...]
) -> tuple[str, tuple[float, ...]] | None:
    if not factors:
        return None
    if len(factors) > 1:
        given = join_and([f"--second-factor {text[:60]}" for text in factors])
        raise UsageError(
            f"{given}: only one second factor is allowed", "thinline sweep takes several"
        )
    path, text = split_assignment(factors[0], "second-factor")
    return path, parse_levels(loaded, path, text, "second-factor", MOST_VALUES)


def _write(loaded: Scenario, found: ThinLine | Valley, file: Path) -> None:
    line = _lines(found)[0]
    following = _next_command(found)
    origin = page_origin(current_invocation(), loaded, following, runs=line.runs, seed=line.seed)
    if isinstance(found, ThinLine):
        write_line(found, file, origin)
    else:
        write_valley(found, file, origin)


def _print(found: ThinLine | Valley) -> None:
    if isinstance(found, ThinLine):
        _print_line(found)
    else:
        _print_valley(found)
    each = "" if isinstance(found, ThinLine) else ", separate for each value"
    first = _lines(found)[0]
    click.echo()
    click.echo(
        f"{plural(first.runs, 'run')} at each size with the same random numbers, seed "
        f"{first.seed}; 95 % intervals{each}"
    )
    print_note(f"Try next: {_next_command(found)}")


def _lines(found: ThinLine | Valley) -> tuple[ThinLine, ...]:
    return (found,) if isinstance(found, ThinLine) else found.lines


def _next_command(found: ThinLine | Valley) -> str:
    """The suggested next command.

    A run, if the size changes nothing; more runs if the verdict is undecided, at larger sizes too
    if those that were asked for end too early; otherwise a second factor that has not been varied.
    """
    given = current_invocation().without("--figure", *EXECUTION)
    lines = _lines(found)
    more = lines[0].runs * MORE_RUNS
    if all(line.is_level for line in lines):
        alone = given.without("--sizes", "--second-factor", RUNS).for_command("trace")
        return alone.with_option("--run", 0).command
    if any(line.verdict == "undecided" for line in lines) and more <= MOST_RUNS:
        wider = _wider(lines) if given.values("--sizes") else {}
        return given.with_options({**wider, RUNS: more}).command
    texts = (*given.values("--second-factor"), *given.values("--set"))
    varied = {text.partition("=")[0].strip() for text in texts}
    fresh = next((path for path in SUGGESTED if path not in varied), None)
    if fresh is None:
        return given.without("--sizes", "--second-factor").for_command("sensitivity").command
    return given.with_options({"--second-factor": f"{fresh}=0:1:5"}).command


def _wider(lines: Sequence[ThinLine]) -> dict[str, str]:
    """The same sizes and two larger ones, if a line may go on there."""
    sizes = [point.size for point in lines[0].points]
    last = min(2 * sizes[-1], LARGEST)
    more = dict.fromkeys([*sizes, (sizes[-1] + last) / 2, last])
    if not any(line.may_go_on for line in lines) or len(more) > MOST_VALUES:
        return {}
    return {"--sizes": ",".join(map(format_number, more))}


def _print_line(line: ThinLine) -> None:
    click.echo(f"{line.scenario}: {line.sentence}.")
    click.echo()
    print_table(line.result_table.to_text())


def _print_valley(valley: Valley) -> None:
    click.echo(f"{valley.lines[0].scenario}: {valley.sentence}.")
    click.echo()
    rows = []
    for value, line in zip(valley.values, valley.lines, strict=True):
        low = line.minimum
        rows.append(
            [
                valley.say(value),
                join_and([format_number(size) for size in line.least]),
                span(low.low, low.high),
                format_share_ci(low.war),
                line.verdict.short,
            ]
        )
    headings = [valley.lever, "least war at", "minimum may lie at", "war there", "verdict"]
    print_rows(headings, rows)
