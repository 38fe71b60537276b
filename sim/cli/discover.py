"""``thinline discover``: which combinations of levers lead to an outcome."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sim.cli.console import note, say, table
from sim.cli.invocation import asked
from sim.cli.options import answer, common_options, levers_option, outcome_option, runs_option

if TYPE_CHECKING:
    from sim.analysis.discovery.discover import Discovery, Region
    from sim.scenario.scenario import Scenario


@click.command(short_help="Which combinations of levers lead to an outcome?")
@click.argument("scenario")
@levers_option
@outcome_option("escalation")
@click.option(
    "--threshold", type=float, help="Look for points above this, instead of for high means."
)
@click.option(
    "--n", "points", type=int, default=1024, show_default=True, help="Points; as many to check on."
)
@runs_option("Model runs at each point.", default=32)
@click.option("--boxes", type=int, default=2, show_default=True, help="How many to look for.")
@common_options
def discover(
    scenario: str,
    over: tuple[str, ...],
    overrides: tuple[str, ...],
    figure: Path | None,
    as_json: bool,
    runs: int,
    **how: Any,
) -> int:
    """Find boxes in the space of SCENARIO's levers in which an outcome is common.

    PRIM peels the space of the levers down to where the outcome is dense. What it finds on one set
    of points is checked on as many fresh ones, and both are shown.
    """
    from sim.analysis.discovery import discover as discover_module
    from sim.cli.console import progress_bar
    from sim.experiments.parse_factors import parse_factors
    from sim.scenario.load import load

    loaded = load(scenario, overrides)
    with progress_bar("running") as progress:
        found = discover_module.discover(
            loaded, parse_factors(loaded, over), replications=runs, progress=progress, **how
        )
    return answer(found, partial(_write, loaded), _tell, figure, as_json, found.missing)


def _write(loaded: Scenario, found: Discovery, file: Path) -> Path:
    from sim.cli.invocation import origin
    from sim.report.discovery import write_discovery

    n, runs = found.points, found.replications
    return write_discovery(found, file, origin(asked(), loaded, n=n, runs=runs, seed=found.seed))


def _tell(found: Discovery) -> None:
    from sim.text import plural

    say(f"{found.scenario}: {found.sentence}.")
    for number, region in enumerate(found.regions, start=1):
        say()
        say(f"({number})")
        _tell_region(found, region)
    say()
    say(
        f"{plural(found.replications, 'run')} at each of {plural(found.points, 'point')}, and as "
        f"many to check on, every point with luck of its own, seed {found.seed}; 95 % intervals"
    )
    say(
        "Density is the mean outcome in the box, coverage the part of all of the outcome that lies "
        "there, mass the part of the points"
    )
    say("A box is where to look, no cause: which ranges were tried decides as much as the model")
    note(f"Try next: {_next(found)}")


def _next(found: Discovery) -> str:
    """How much hangs on each of the same levers, on average over the same space."""
    kept = asked().only("--set", "--seed", "--over", "--outcome").instead("sensitivity")
    return kept.saying({"--outcome": found.measure.name, "--method": "all"}).command


def _tell_region(found: Discovery, region: Region) -> None:
    from sim.analysis.discovery.text import format_bound

    rows = []
    for limit in region.limits:
        lever = found.levers[limit.lever]
        end = ("at least", "at most")[limit.end]
        tried = f"{lever.format(lever.low)} to {lever.format(lever.high)}"
        rows.append(
            [lever.path, f"{end} {format_bound(lever, limit)}", tried, f"{limit.quasi_p:.2g}"]
        )
    table(["lever", "limit", "tried from", "quasi-p"], rows)
    say()
    fits = {"points it was found on": region.found, "fresh points": region.fresh}
    table(
        ["on", "coverage", "density", "mass"],
        [
            [name, *(f"{number:.3f}" for number in (fit.coverage, fit.density, fit.mass))]
            for name, fit in fits.items()
        ],
    )
