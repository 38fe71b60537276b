"""``thinline sensitivity``: the effect of each lever, and the stochastic share of the variance."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import click

from sim.choices import SENSITIVITY_METHODS, TORNADO
from sim.cli.console import print_note, print_table
from sim.cli.deferred import deferred_imports
from sim.cli.invocation import Invocation, current_invocation
from sim.cli.options import (
    WHOLE_NUMBER,
    common_options,
    levers_option,
    outcome_option,
    present,
    runs_option,
)
from sim.cli.resumable import ResumableCommand, execution, resumable_options
from sim.errors import UsageError
from sim.formatting import plural

with deferred_imports(globals()):
    from sim.analysis.sensitivity import study
    from sim.analysis.sensitivity.global_indices import GlobalSensitivity
    from sim.analysis.sensitivity.one_at_a_time import Tornado
    from sim.analysis.sensitivity.study import Sensitivity
    from sim.cli.origin import page_origin
    from sim.experiments.parse_factors import parse_assignments, parse_factors
    from sim.report.sensitivity import write_sensitivity
    from sim.scenario.load import load
    from sim.scenario.scenario import Scenario

# Levers with the largest total effect that are passed on to ``discover``.
LARGEST = 3

# The size option of each method that changes all levers together.
SIZES = {"sobol": "--base-sample", "morris": "--trajectories"}


@click.command(cls=ResumableCommand)
@click.argument("scenario")
@click.option(
    "--method",
    type=click.Choice(SENSITIVITY_METHODS),
    default=TORNADO,
    show_default=True,
    help="Change one lever at a time (tornado), or all together.",
)
@levers_option
@outcome_option()
@runs_option(
    "Model runs at each point.  [default: the scenario's at each end of the tornado, else 64]"
)
@click.option(
    "--base-sample", type=WHOLE_NUMBER, help="Base sample of sobol, a power of two.  [default: 256]"
)
@click.option(
    "--trajectories",
    type=WHOLE_NUMBER,
    help="Number of trajectories of morris, a power of two.  [default: 64]",
)
@resumable_options
@common_options
def sensitivity(
    scenario: str,
    over: tuple[str, ...],
    overrides: tuple[str, ...],
    figure: Path | None,
    as_json: bool,
    method: str,
    runs: int | None,
    **options: Any,
) -> int:
    """Measure the effect of each lever on an outcome.

    The tornado changes one lever of SCENARIO at a time, with the same random numbers. Morris and
    Sobol change all levers together. They also show interactions and the stochastic share of the
    variance, and need the extra 'sensitivity'.
    """
    for name, option in SIZES.items():
        if options[option[2:].replace("-", "_")] is not None and method not in (name, "all"):
            raise UsageError(
                f"{option} does not apply to --method {method}",
                f"use --method {name} or --method all, or leave {option} out",
            )
    if runs is not None:
        options["replications"] = runs
    loaded = load(scenario, overrides)
    levers = parse_factors(loaded, over)
    with execution("running", options) as arguments:
        found = study.sensitivity(loaded, levers, method=method, runs=runs, **arguments)
    return present(found, partial(_write, loaded), _print, figure, as_json, found.missing)


def _write(loaded: Scenario, found: Sensitivity, file: Path) -> Path:
    given = current_invocation()
    origin = page_origin(given, loaded, _next_command(found, given), seed=found.seed)
    return write_sensitivity(found, file, origin)


def _print(found: Sensitivity) -> None:
    click.echo(f"{found.scenario}: {found.sentence}.")
    if found.tornado:
        click.echo()
        _print_tornado(found, found.tornado)
    for each in found.together:
        click.echo()
        _print_indices(found, each)
    click.echo()
    click.echo(
        "The result depends on the chosen ranges as much as on the model: see docs/sensitivity.md"
    )
    print_note(f"Try next: {_next_command(found, current_invocation())}")


def _next_command(found: Sensitivity, invocation: Invocation) -> str:
    """The suggested next command: vary all levers together or, if that was done, find combinations
    of the levers with the largest effects."""
    kept = invocation.only("--set", "--seed", "--outcome", "--over")
    if not found.together:
        return kept.with_option("--method", "all").command
    texts = [part for text in invocation.values("--over") for part in parse_assignments(text)]
    over = {text.partition("=")[0].strip(): text for text in texts}
    largest = [index.path for index in found.together[-1].indices[:LARGEST]]
    levers = [over.get(path, path) for path in largest]
    following = kept.for_command("discover").without("--over").with_option("--over", *levers)
    return following.with_options({"--outcome": found.measure.name}).command


def _print_tornado(found: Sensitivity, tornado: Tornado) -> None:
    print_table(found.tables[TORNADO].to_text())
    click.echo()
    click.echo(
        f"Differences in {found.measure.unit} from the unchanged scenario "
        f"({found.measure.label}: {found.measure.level(tornado.baseline)}). "
        f"{plural(tornado.runs, 'run')} at each end with the same random numbers, seed "
        f"{found.seed}; "
        f"{_intervals('95 % intervals', tornado.n_comparisons)}"
    )


def _intervals(kind: str, levers: int) -> str:
    return f"{kind}, simultaneous for all {levers} levers" if levers > 1 else kind


def _print_indices(found: Sensitivity, each: GlobalSensitivity) -> None:
    print_table(found.tables[each.method].to_text())
    click.echo()
    click.echo(
        f"{each.method}: {plural(each.replications, 'run')} at each of "
        f"{plural(each.points, 'point')} with the same random numbers, seed {found.seed}; "
        f"{_intervals('95 % bootstrap intervals', len(each.indices))}"
    )
    if each.split.levers + each.split.noise:
        click.echo(
            f"{100 * each.split.noise:.0f} % of the variance between points is Monte Carlo noise; "
            "it is not part of the levers' share"
        )
    else:
        click.echo("All points have the same outcome in these runs")
