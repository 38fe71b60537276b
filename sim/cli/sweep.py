"""``thinline sweep``: a scenario at many points, stored part by part, so that it can resume."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from sim.choices import DESIGNS, SAMPLED_DESIGNS
from sim.cli.console import json_option, print_changes, print_json, print_note, print_rows
from sim.cli.deferred import deferred_imports
from sim.cli.invocation import RUNS, Invocation, current_invocation, point_command
from sim.cli.options import (
    figure_option,
    jobs_option,
    note_replaced,
    out_option,
    outcome_option,
    save_figures,
    seed_option,
    set_option,
)
from sim.cli.resumable import ResumableCommand, backend_options, execution
from sim.cli.run import share_cells
from sim.errors import RunFailed, UsageError, json_head
from sim.formatting import format_duration, format_size, format_value, join_or, plural

with deferred_imports(globals()):
    from sim.cli.origin import page_origin, scenario_source
    from sim.cli.sweep_entries import sweep_entries
    from sim.experiments.factors import with_event_name
    from sim.experiments.sweep.dry_run import dry_run
    from sim.experiments.sweep.paired import min_max
    from sim.experiments.sweep.parse import read_sweep
    from sim.experiments.sweep.plan import Plan
    from sim.experiments.sweep.results import SweepResults
    from sim.experiments.sweep.run import sweep as run_sweep
    from sim.experiments.sweep.slices import select_slices
    from sim.experiments.sweep.summary import (
        describe_shortfall,
        failures,
        outcome_label,
        precision_shortfall,
        sentence,
        shortfall_remedy,
        shortfall_to_dict,
        summary,
    )
    from sim.report.sweep import views, write_sweep

# Rows of the table.
SHOWN = 12


@click.command(cls=ResumableCommand)
@click.argument("scenario", metavar="SCENARIO_OR_SWEEP_FILE")
@click.option(
    "--over",
    multiple=True,
    metavar="PATH=VALUES",
    help="A factor and its levels: setting.clarity=0:1:11, setting.force_size=0,1,2; may be "
    "repeated.",
)
@click.option("--design", help=f"{join_or(DESIGNS)}.  [default: {DESIGNS[0]}]")
@click.option("--points", help=f"Number of points of {join_or(SAMPLED_DESIGNS)}.")
@click.option(
    "--point",
    multiple=True,
    metavar="PATH=VALUE,…",
    help="A point of --design list; may be repeated.",
)
@click.option(
    "--exclude",
    multiple=True,
    metavar="CONDITION,…",
    help="Leave out points, such as 'setting.clarity>0.8,setting.force_size=0'; may be repeated.",
)
@click.option("--runs", "--replications", "replications", help="Model runs at each point.")
@seed_option
@click.option(
    "--until-ci",
    metavar="WIDTH",
    help="Stop at a point once its 95 % interval is narrower; --replications is then the maximum.",
)
@outcome_option(
    None,
    "The outcome of --until-ci, table and headline: failure, escalation, war or an ending.  "
    "[default: war]",
)
@set_option("Change a parameter at every point; may be repeated.")
@jobs_option
@backend_options
@out_option("Folder of the results; the same command resumes with what it holds.")
@click.option("--force", is_flag=True, help="Replace another sweep in the folder of --out.")
@click.option("--dry-run", is_flag=True, help="Print only the size of the sweep.")
@figure_option()
@click.option(
    "--axes",
    metavar="PATH[,PATH]",
    help="One or two factors to draw; a grid is averaged over the others.",
)
@json_option
def sweep(scenario: str, as_json: bool, **options: Any) -> int:
    """Run a scenario at many points; resume where it stopped.

    The points are given by options or by a sweep file, and all have the same random numbers.
    After an interruption the same command resumes.
    """
    plan = read_sweep(scenario, sweep_entries(options), options["overrides"])
    note_replaced(plan.design.set_everywhere)
    if options["dry_run"]:
        _print_size(plan, options["jobs"], as_json)
        return 0
    axes = _axes(plan, options["axes"], options["figure"])
    folder = options["out"] or Path("results", plan.scenario.name, plan.folder_name)
    resume = current_invocation().without("--force").with_options({"--out": folder}).command
    click.get_current_context().meta["resume"] = f"resume with: {resume}"
    chosen = {name: options[name] for name in ("jobs", "backend", "scheduler", "force")}
    with execution("sweeping", {**chosen, "out": folder}) as arguments:
        results = run_sweep(plan, **arguments)
    code = save_figures(
        lambda file: _write(results, axes, file),
        lambda: views(results, axes)[0],
        options["figure"],
    )
    _print(results, as_json, is_drawn=options["figure"] is not None)
    return RunFailed.exit_code if results.failed else code


def _axes(plan: Plan, along: str | None, figure: Path | None) -> list[str] | None:
    """The factors to draw; refused before anything is run if they cannot be drawn."""
    if along is None:
        return None
    if figure is None:
        raise UsageError("--axes needs a figure", "add --figure FILE.html")
    paths = [with_event_name(plan.scenario, path.strip()) for path in along.split(",")]
    select_slices(plan.design, paths)
    return paths


def _write(results: SweepResults, axes: list[str] | None, file: Path) -> None:
    plan = results.plan
    given = current_invocation()
    origin = page_origin(
        given,
        plan.scenario,
        _next_command(results, given, is_drawn=True),
        scenario_source(plan.scenario),
        runs=plan.replications,
        seed=plan.seed,
    )
    write_sweep(results, file, axes, origin)


def _print(results: SweepResults, as_json: bool, is_drawn: bool) -> None:
    given = current_invocation()
    if failed := failures(results):
        print_note(failed)
    if shortfall := precision_shortfall(results):
        resumed = given.without("--force").with_options({"--out": results.folder})
        remedy = shortfall_remedy(
            shortfall, lambda runs: resumed.with_options({RUNS: runs}).command
        )
        print_note(f"{describe_shortfall(results, shortfall)} ({remedy})")
    if as_json:
        print_json({**summary(results), **shortfall_to_dict(results)})
        return
    click.echo(f"{sentence(results)}.")
    click.echo()
    _print_points(results)
    click.echo()
    click.echo(
        f"{plural(results.runs, 'run')} with the same random numbers, seed {results.plan.seed}; "
        "95 % intervals, separate for each point"
    )
    print_changes()
    print_note(f"Try next: {_next_command(results, given, is_drawn)}")
    click.echo(str(results.folder))


def _print_points(results: SweepResults) -> None:
    """Print a row for each point; of many points only those with the smallest and the largest
    shares."""
    tally, factors = results.tally, results.plan.design.factors
    shares = tally.estimates(results.plan.watch)
    points = list(range(len(shares)))
    if len(points) > SHOWN:
        points = sorted((p for p in points if tally.runs[p]), key=lambda p: shares[p].value)
    is_cut = len(points) > SHOWN
    if is_cut:
        points = [*points[: SHOWN // 2], *points[-(SHOWN // 2) :]]
    rows: list[list[str]] = []
    for p in points:
        if is_cut and len(rows) == SHOWN // 2:
            rows.append(["…"] * (len(factors) + 3))
        values = results.plan.design.format_point(p)
        share = share_cells(shares[p]) if tally.runs[p] else ("failed", "")
        rows.append([*values, f"{tally.runs[p]:,}", *share])
    headings = [
        *(factor.path for factor in factors),
        "runs",
        outcome_label(results),
        "95 % interval",
    ]
    print_rows(headings, rows)
    if is_cut:
        total = plural(len(shares), "point")
        click.echo(f"The smallest and largest of {total}; points.parquet has all")


def _next_command(results: SweepResults, invocation: Invocation, is_drawn: bool) -> str:
    """The suggested next command: draw the figure or, if it was drawn, run the point with the
    largest share."""
    if not is_drawn:
        page = {"--out": results.folder, "--figure": f"{results.plan.name}.html"}
        return invocation.without("--force").with_options(page).command
    plan, ends = results.plan, min_max(results)
    values = {} if ends is None else plan.design.values_at(ends.most)
    texts = {path: format_value(value) for path, value in values.items() if value is not None}
    runs = plan.replications if ends is None else int(results.tally.runs[ends.most])
    return point_command(invocation, scenario_source(plan.scenario), texts, runs, plan.seed)


def _print_size(plan: Plan, jobs: int | None, as_json: bool) -> None:
    """Print the estimated size of a sweep."""
    found = dry_run(plan, jobs)
    if as_json:
        head = json_head("sweep_estimate", plan.scenario.name, seed=plan.seed)
        print_json({**head, **found.to_dict()})
        return
    axes = ", ".join(f"{axis.path} ({len(axis.levels) or 'any'})" for axis in plan.design.factors)
    most = " at most" if plan.until_ci else ""
    click.echo(f"{plan.name}: {plan.design.method} over {axes}")
    click.echo(
        f"{plural(found.points, 'point')}, {plural(plan.replications, 'run')} each{most}: "
        f"{plural(found.runs, 'run')}"
    )
    click.echo(f"about {format_duration(found.seconds)} on {plural(found.jobs, 'thread')}")
    click.echo(f"about {format_size(found.bytes)} on disk, in {plural(found.parts, 'part')}")
    print_note(f"Try next: {current_invocation().without('--dry-run').command}")
