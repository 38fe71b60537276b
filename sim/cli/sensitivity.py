"""``thinline sensitivity``: how much hangs on which lever, and how much is luck."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sim.cli.console import note, say, table
from sim.cli.invocation import Asked, asked
from sim.cli.options import answer, common_options, levers_option, outcome_option, runs_option
from sim.errors import UsageError
from sim.text import plural

if TYPE_CHECKING:
    from sim.analysis.sensitivity.global_indices import GlobalSensitivity
    from sim.analysis.sensitivity.one_at_a_time import Tornado
    from sim.analysis.sensitivity.study import Sensitivity
    from sim.scenario.scenario import Scenario

HEAVIEST = 3
METHODS = ("tornado", "morris", "sobol", "all")


@click.command(short_help="How much hangs on which lever, and how much is luck?")
@click.argument("scenario")
@click.option(
    "--method",
    type=click.Choice(METHODS),
    default="tornado",
    show_default=True,
    help="One lever at a time, or all at once.",
)
@levers_option
@outcome_option()
@runs_option(
    "Model runs at each point.  [default: at each end of the tornado the scenario's, else 64]"
)
@click.option(
    "--n",
    type=int,
    help="Base sample of morris and sobol, a power of two.  [default: sobol 256, morris 64]",
)
@common_options
def sensitivity(
    scenario: str,
    over: tuple[str, ...],
    overrides: tuple[str, ...],
    figure: Path | None,
    as_json: bool,
    method: str,
    runs: int | None,
    n: int | None,
    **how: Any,
) -> int:
    """Move the levers of SCENARIO and say how much the outcome hangs on each.

    A tornado moves one at a time, on the same luck. Morris and Sobol move all at once, which shows
    what they do together, and how much of what differs between runs is luck; they need the extra
    'sensitivity'.
    """
    from sim.analysis.sensitivity import study
    from sim.cli.console import progress_bar
    from sim.experiments.parse_factors import parse_factors
    from sim.scenario.load import load

    if n is not None and method == study.TORNADO:
        raise UsageError(
            "--n is for all levers at once, and a tornado moves one",
            "add --method all, or leave it out",
        )
    how |= {"method": method, "n": n, "runs": runs}
    how |= {} if runs is None else {"replications": runs}
    loaded = load(scenario, overrides)
    with progress_bar("running") as progress:
        found = study.sensitivity(loaded, parse_factors(loaded, over), progress=progress, **how)
    return answer(found, partial(_write, loaded), _tell, figure, as_json, found.missing)


def _write(loaded: Scenario, found: Sensitivity, file: Path) -> Path:
    from sim.cli.invocation import origin
    from sim.report.sensitivity import write_sensitivity

    return write_sensitivity(found, file, origin(asked(), loaded, seed=found.seed))


def _tell(found: Sensitivity) -> None:
    say(f"{found.scenario}: {found.sentence}.")
    if found.tornado:
        say()
        _tell_tornado(found, found.tornado)
    for each in found.together:
        say()
        _tell_together(found, each)
    say()
    say("Which invented ranges were tried decides as much as the model: see docs/sensitivity.md")
    note(f"Try next: {_next(found, asked())}")


def _next(found: Sensitivity, said: Asked) -> str:
    """All levers at once after one at a time, and then the combinations of the heaviest."""
    from sim.experiments.parse_factors import parse_assignments

    kept = said.only("--set", "--seed", "--outcome", "--over")
    if not found.together:
        return kept.adding("--method", "all").command
    named = [part for text in said.all_of("--over") for part in parse_assignments(text)]
    over = {text.partition("=")[0].strip(): text for text in named}
    heaviest = [index.path for index in found.together[-1].indices[:HEAVIEST]]
    levers = [over.get(path, path) for path in heaviest]
    found_by = kept.instead("discover").without("--over").adding("--over", *levers)
    return found_by.saying({"--outcome": found.measure.name}).command


def _tell_tornado(found: Sensitivity, moved: Tornado) -> None:
    from sim.analysis.sensitivity.text import INDISTINGUISHABLE

    cell = found.measure.cell
    rows = [
        [
            bar.lever.path,
            f"{bar.lever.format(bar.lever.low)} to {bar.lever.format(bar.lever.high)}",
            cell(bar.low),
            cell(bar.high),
            cell(bar.swing) if bar.excludes_zero else INDISTINGUISHABLE,
        ]
        for bar in moved.bars
    ]
    table(["lever", "moved from", "at the low end", "at the high end", "low to high"], rows)
    say()
    say(
        f"In {found.measure.unit}, against the scenario as it is: "
        f"{found.measure.level(moved.baseline)}. {plural(moved.runs, 'run')} an end on the same "
        f"luck, seed {found.seed}; {_intervals('95 % intervals', moved.n_comparisons)}"
    )


def _intervals(which: str, levers: int) -> str:
    return f"{which}, for all {levers} levers at once" if levers > 1 else which


def _tell_together(found: Sensitivity, each: GlobalSensitivity) -> None:
    from sim.analysis.sensitivity.text import HEADINGS, index_rows

    table(HEADINGS[each.method], [index_rows(found.measure, index) for index in each.indices])
    say()
    say(
        f"{each.method}: {plural(each.replications, 'run')} at each of "
        f"{plural(each.points, 'point')} on the same luck, seed {found.seed}; "
        f"{_intervals('95 % bootstrap intervals', len(each.indices))}"
    )
    if not each.split.levers + each.split.noise:
        say("Every point came to the same in these runs")
        return
    say(
        f"{100 * each.split.noise:.0f} % of the spread between points is Monte-Carlo noise, and "
        "is not counted as the levers' part of the variance"
    )
