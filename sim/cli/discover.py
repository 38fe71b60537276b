"""``thinline discover``: combinations of levers that lead to an outcome."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import click

from sim.cli.console import print_note, print_rows, print_table
from sim.cli.deferred import deferred_imports
from sim.cli.invocation import current_invocation
from sim.cli.options import (
    WHOLE_NUMBER,
    common_options,
    levers_option,
    outcome_option,
    present,
    runs_option,
)
from sim.cli.resumable import ResumableCommand, execution, resumable_options
from sim.formatting import format_percent, plural

with deferred_imports(globals()):
    from sim.analysis.discovery.discover import Discovery, Region
    from sim.analysis.discovery.discover import discover as find_boxes
    from sim.analysis.discovery.sentences import DiscoveryText
    from sim.cli.origin import page_origin
    from sim.experiments.parse_factors import parse_factors
    from sim.report.discovery import write_discovery
    from sim.scenario.load import load
    from sim.scenario.scenario import Scenario


@click.command(cls=ResumableCommand)
@click.argument("scenario")
@levers_option
@outcome_option("escalation")
@click.option(
    "--threshold", type=float, help="Find points above this value, instead of a high mean."
)
@click.option(
    "--points",
    type=WHOLE_NUMBER,
    default=1024,
    show_default=True,
    help="Number of points; as many again for the check.",
)
@runs_option("Model runs at each point.", default=32)
@click.option(
    "--boxes", type=WHOLE_NUMBER, default=2, show_default=True, help="Number of boxes to find."
)
@resumable_options
@common_options
def discover(
    scenario: str,
    over: tuple[str, ...],
    overrides: tuple[str, ...],
    figure: Path | None,
    as_json: bool,
    runs: int,
    **options: Any,
) -> int:
    """Find combinations of levers in which an outcome is common.

    PRIM narrows the space of SCENARIO's levers to boxes with a high density of the outcome. A box
    is found with one set of points and checked with a fresh set of the same size. Both results are
    shown.
    """
    loaded = load(scenario, overrides)
    levers = parse_factors(loaded, over)
    with execution("running", options) as arguments:
        found = find_boxes(loaded, levers, replications=runs, **arguments)
    return present(found, partial(_write, loaded), _print, figure, as_json, found.missing)


def _write(loaded: Scenario, found: Discovery, file: Path) -> Path:
    origin = page_origin(
        current_invocation(),
        loaded,
        _next_command(found),
        points=found.points,
        runs=found.replications,
        seed=found.seed,
    )
    return write_discovery(found, file, origin)


def _print(found: Discovery) -> None:
    click.echo(f"{found.scenario}: {found.sentence}.")
    for number, region in enumerate(found.regions, start=1):
        click.echo()
        click.echo(f"Box {number}")
        _print_region(found, region)
    click.echo()
    click.echo(
        f"The boxes were found with {found.points:,} points and checked with {found.points:,} "
        f"fresh points, {plural(found.replications, 'run')} at each point. Each point has its own "
        f"random numbers; seed {found.seed}; 95 % intervals"
    )
    click.echo(
        "Density: mean of the outcome over the points in the box. Coverage: share of all "
        "occurrences that lie in the box. Mass: share of all points in the box. Quasi-p: "
        "how often chance alone makes the box as dense if that limit has no effect"
    )
    click.echo(
        "A box shows where the outcome is common, not why; it depends on the chosen ranges as "
        "much as on the model"
    )
    print_note(f"Try next: {_next_command(found)}")


def _next_command(found: Discovery) -> str:
    """The suggested next command: the sensitivity of the outcome to the same levers."""
    kept = current_invocation().only("--set", "--seed", "--over", "--outcome")
    following = kept.for_command("sensitivity").with_options(
        {"--outcome": found.measure.name, "--method": "all"}
    )
    return following.command


def _print_region(found: Discovery, region: Region) -> None:
    print_table(found.limits(region).to_text())
    click.echo()
    density = DiscoveryText(found.measure, found.threshold).short
    fits = {"points used to find the box": region.found, "fresh points": region.fresh}
    print_rows(
        ["evaluated on", "coverage", "density", "mass"],
        [
            [on, format_percent(fit.coverage), density(fit.density), format_percent(fit.mass)]
            for on, fit in fits.items()
        ],
    )
