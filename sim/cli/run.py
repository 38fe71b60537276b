"""``thinline run``: simulate a scenario many times and keep the results."""

from __future__ import annotations

import math
import os
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import click

from sim.choices import ENGINES
from sim.cli.console import (
    Interrupted,
    describe_precision,
    json_option,
    print_changes,
    print_json,
    print_note,
    print_rows,
    progress_bar,
)
from sim.cli.deferred import VerbCommand, deferred_imports
from sim.cli.invocation import SET, Invocation, current_invocation
from sim.cli.options import (
    figure_option,
    jobs_option,
    out_option,
    panels_of,
    runs_option,
    save_figures,
    seed_option,
    set_option,
)
from sim.enums import Outcome, Participation, Role
from sim.errors import json_head
from sim.formatting import (
    add_up_note,
    format_fixed,
    format_interval,
    format_share,
    format_signed,
    plural,
)
from sim.resources import scenario_names

with deferred_imports(globals()):
    from sim.experiments.simulate import simulate
    from sim.experiments.storage.files import write_durably
    from sim.experiments.storage.folder_state import REPORT
    from sim.experiments.storage.run_folder import RunFolder, RunRequest, new_folder
    from sim.results import Results
    from sim.scenario.load import load
    from sim.statistics import Estimate, commoner

# The shares in the table, with their labels; summary.json has all measures.
SHARE_LABELS = {
    "failure": "deterrence fails: war by a planned attack",
    "escalation": "escalation: war from a strike, a probe or an accident",
    "war": "war, from either cause",
}

# Suggested changes: a parameter, and its high and its low value. Without a pledged force the first
# three have no effect.
FORCE = "setting.force_size"
SUGGESTED = (("setting.clarity", 0.9, 0.1), ("setting.backstop", 0.9, 0.0), (FORCE, 2, 0.25))
NEAR_MISS = ("--select", "near-miss")
WITHOUT_FORCE = (("setting.sanctions", 0.9, 0.1), ("setting.regeneration", 0.2, 0.0))


@click.command(cls=VerbCommand)
@click.argument("scenario", required=False)
@runs_option("Number of model runs; the scenario's by default.")
@seed_option
@set_option()
@click.option(
    "--until-ci",
    type=float,
    metavar="WIDTH",
    help="Stop if every 95 % interval is narrower than this, such as 0.01; looked at every "
    "2,048 runs.",
)
@click.option(
    "--engine",
    type=click.Choice(ENGINES),
    default=ENGINES[0],
    show_default=True,
    help="Compiled ensemble or Mesa agents: the same rules, the same numbers.",
)
@jobs_option
@out_option("Folder of the results; a new one in results/ by default.")
@click.option("--force", is_flag=True, help="Replace the results in the folder of --out.")
@click.option("--no-records", is_flag=True, help="Do not write the records of the runs.")
@click.option("--no-report", is_flag=True, help="Do not write report.html.")
@click.option(
    "--depth",
    type=click.Choice(["full", "brief"]),
    default="full",
    show_default=True,
    help="Extent of the report: brief has no single runs and no test of weights.",
)
@click.option("--all", "library", is_flag=True, help="Run every shipped scenario; print one table.")
@figure_option("Also write the report, or its charts as pictures, here.")
@json_option
def run(
    scenario: str | None,
    overrides: tuple[str, ...],
    out: Path | None,
    force: bool,
    library: bool,
    figure: Path | None,
    as_json: bool,
    **options: Any,
) -> int:
    """Run a scenario and show how its runs end.

    SCENARIO is a shipped name or a file. Records, summary, report and manifest are written to a new
    folder; with --all, only a table is printed.
    """
    if library == bool(scenario):
        raise click.UsageError("name one scenario, or use --all")
    if library and (figure or out or force):
        raise click.UsageError("--figure, --out and --force need one scenario, not --all")
    if library or not scenario:
        del options["no_records"], options["no_report"], options["depth"]
        run_library(overrides, as_json, **options)
        return 0
    loaded = load(scenario, overrides)
    runs, seed = options.pop("runs"), options.pop("seed")
    request = RunRequest(
        loaded,
        loaded.runs if runs is None else runs,
        loaded.seed if seed is None else seed,
        options["engine"],
    )
    store = RunFolder(out or new_folder(loaded), request, force)
    try:
        results, page = _run_into(store, **options)
    except KeyboardInterrupt:
        raise _interrupted(store) from None
    code = save_figures(
        lambda file: write_durably(file, page()), lambda: panels_of(results), figure
    )
    if as_json:
        print_json(results.to_dict())
        return code
    print_results(results)
    print_changes()
    if wanted := options["until_ci"]:
        print_note(describe_precision(results.share_width, results.runs, wanted))
    print_note(f"Try next: {next_command(results, current_invocation())}")
    report = store.folder / REPORT
    for file in [store.folder, *([report] if report.exists() else [])]:
        click.echo(os.fspath(file))
    return code


def _run_into(
    store: RunFolder, no_records: bool, no_report: bool, depth: str, **options: Any
) -> tuple[Results, Callable[[], bytes]]:
    """Simulate the request of ``store`` and write its files; returns the results and a function
    that makes the report."""

    @cache
    def page() -> bytes:
        # Reports load plotly, which `run --no-report` does not need.
        from sim.report.follow_up import follow_up
        from sim.report.run_report import report

        runs_to_read = follow_up(results) if depth == "full" else None
        following = next_command(results, current_invocation())
        return report(results, runs_to_read, following).encode()

    with store:
        results = _simulate(store.request, None if no_records else store.add, **options)
        if not no_report:
            write_durably(store.folder / REPORT, page())
        store.finish(results)
    return results, page


def _simulate(request: RunRequest, sink: Callable[[Any], None] | None, **options: Any) -> Results:
    with progress_bar("running") as progress:
        return simulate(
            request.scenario,
            runs=request.runs,
            seed=request.seed,
            keep_records=False,
            progress=progress,
            sink=sink,
            **options,
        )


def _interrupted(store: RunFolder) -> Interrupted:
    if not store.done:
        return Interrupted("stopped: no runs were kept")
    kept = f"{store.done:,} of {plural(store.request.runs, 'run')}"
    return Interrupted(f"stopped: {kept} are kept in {store.folder}")


def run_library(overrides: tuple[str, ...], as_json: bool, **options: Any) -> None:
    """Run every shipped scenario with ``overrides``, and print their outcomes in one table.

    Nothing is stored; raises :class:`sim.errors.ScenarioError` where an override does not fit one
    of the scenarios.
    """
    loaded = [load(name, overrides) for name in scenario_names()]
    total = sum(options["runs"] or scenario.runs for scenario in loaded)
    finished: list[Results] = []
    with progress_bar("running") as progress:
        for scenario in loaded:

            def update(
                done: int, _: int, before: int = sum(each.runs for each in finished)
            ) -> None:
                progress(before + done, total)

            finished.append(simulate(scenario, keep_records=False, progress=update, **options))
    if as_json:
        documents = [results.to_dict() for results in finished]
        print_json({**json_head("runs"), "scenarios": documents})
    else:
        _print_library(finished)


def _print_library(finished: list[Results]) -> None:
    rows = []
    for results in finished:
        shares = [*results.outcomes.values(), results.measures["war"]]
        rows.append([results.scenario.name, *(format_fixed(100 * share.value) for share in shares)])
    print_rows(["scenario", *(outcome.label for outcome in Outcome), "war"], rows)
    click.echo()
    runs = sorted({results.runs for results in finished})
    counted = ("" if len(runs) == 1 else f"{runs[0]:,} to ") + plural(runs[-1], "run")
    click.echo(
        f"shares of model runs in per cent, rounded, {counted} each; 95 % intervals are in --json"
    )
    print_changes()
    print_note("Try next: thinline run reassurance_force")


def print_results(results: Results) -> None:
    """Print headline, outcomes and measures."""
    from sim.report.panels import MEANS, decisions, headline

    click.echo(headline(results))
    click.echo()
    print_rows(
        ["outcome", "share of model runs", "95 % interval", "meaning"],
        [
            [outcome.label, *share_cells(share), outcome.style.meaning]
            for outcome, share in results.outcomes.items()
        ],
    )
    click.echo()
    measures = results.measures
    print_rows(
        ["measure", "share or mean per run", "95 % interval"],
        [
            *([label, *share_cells(measures[name])] for name, label in SHARE_LABELS.items()),
            *([label, *_mean_cells(measures[name])] for name, label in MEANS.items()),
            *([label, *share_cells(share)] for label, share in decisions(results)),
        ],
    )
    click.echo()
    note = add_up_note(share.value for share in results.outcomes.values())
    made = f"{plural(results.runs, 'run')}, seed {results.seed}, {results.engine} engine"
    click.echo(made + note)


def share_cells(estimate: Estimate) -> tuple[str, str]:
    """A share and its interval, in per cent."""
    return format_share(estimate), format_interval(estimate)


def _mean_cells(estimate: Estimate) -> tuple[str, str]:
    """A mean and its interval; a single run has none, and neither has what never happened."""
    value, low, high = map(format_signed, estimate)
    return value, f"{low} to {high}" if 0.0 < estimate.width < math.inf else "none"


def next_command(results: Results, invocation: Invocation) -> str:
    """The command suggested next.

    If the force size is 0 although a force is pledged, the command sets it to 1. If no run ends in
    war, it traces a near miss. If escalation is significantly more frequent than failure, a force
    is pledged and no ``--set`` gives its size, it computes the thin line. Otherwise it changes
    another parameter; without a pledged force, one that does not describe the force. If none is
    left, it validates the scenario.
    """
    kept = invocation.only(SET, "--runs", "--seed", "--until-ci", "--engine")
    changed = {text.partition("=")[0].strip(): text for text in invocation.values(SET)}
    scenario = results.scenario
    is_pledged = any(
        max(scenario[f"states.{state}.pledge"].numbers) > Participation.POLITICAL
        for state in scenario.by_role[Role.GUARANTOR]
    )
    if is_pledged and scenario[FORCE].mean == 0:
        others = [text for path, text in changed.items() if path != FORCE]
        return kept.without(SET).with_option(SET, *others, f"{FORCE}=1").command
    war, failure, escalation = (results.measures[name] for name in ("war", "failure", "escalation"))
    if war.value == 0:
        return kept.only(SET, "--seed").for_command("trace").with_option(*NEAR_MISS).command
    if is_pledged and FORCE not in changed and commoner(escalation, failure, results.runs):
        return kept.only(SET, "--runs", "--seed").for_command("thin-line").command
    for path, high, low in SUGGESTED if is_pledged else WITHOUT_FORCE:
        now = scenario[path].mean
        if now not in (high, low) and path not in changed:
            value = high if now < (high + low) / 2 else low
            return kept.with_option(SET, f"{path}={value:g}").command
    return invocation.only().for_command("validate").command
