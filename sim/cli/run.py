"""``thinline run``: play a scenario many times over, and keep what came of it."""

from __future__ import annotations

import math
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sim.cli.console import Interrupted, emit, json_option, note, say, table
from sim.cli.invocation import Asked, asked
from sim.cli.options import jobs_option, out_option, runs_option, seed_option, set_option
from sim.errors import json_head
from sim.report.panels import MEANS
from sim.text import format_interval, format_share, format_signed, plural

if TYPE_CHECKING:
    from sim.experiments.storage.run_folder import RunFolder, RunRequest
    from sim.results import Results
    from sim.scenario.scenario import Scenario
    from sim.statistics import Estimate


@click.command(short_help="Run a scenario, and show how the runs end.")
@click.argument("scenario", required=False)
@runs_option("How many model runs; the scenario says, if you do not.")
@seed_option
@set_option("Change a parameter, such as setting.clarity=0.9; may be repeated.")
@click.option(
    "--until-ci",
    type=float,
    metavar="WIDTH",
    help="Stop as soon as every 95 % interval is narrower than this, such as 0.01.",
)
@click.option(
    "--engine",
    type=click.Choice(["ensemble", "mesa"]),
    default="ensemble",
    show_default=True,
    help="Compiled blocks of runs, or named Mesa agents: the same rules, the same numbers.",
)
@jobs_option
@out_option("Where everything goes; a new folder under results/, if you do not say.")
@click.option("--force", is_flag=True, help="Replace the results in the folder of --out.")
@click.option("--no-records", is_flag=True, help="Keep no file with a row a run.")
@click.option("--no-report", is_flag=True, help="Write no report.html.")
@click.option(
    "--depth",
    type=click.Choice(["full", "brief"]),
    default="full",
    show_default=True,
    help="How far the report goes: brief tells no runs and tries no weights.",
)
@click.option("--all", "library", is_flag=True, help="Every shipped scenario, in one table.")
@json_option
def run(
    scenario: str | None,
    overrides: tuple[str, ...],
    out: Path | None,
    force: bool,
    library: bool,
    as_json: bool,
    **how: Any,
) -> None:
    """Run SCENARIO, a shipped name or a file, and show how the runs end.

    The records, the summary, a report to open in a browser and a note of how they were made go to
    a folder of their own. With --all, only a table is shown.
    """
    if library == bool(scenario):
        raise click.UsageError("name one scenario, or say --all")
    if library or not scenario:
        del how["no_records"], how["no_report"], how["depth"]
        run_library(overrides, as_json, **how)
        return
    from sim.experiments.storage.run_folder import RunFolder, new_folder
    from sim.scenario.load import load

    asked = _asked(load(scenario, overrides), how.pop("runs"), how.pop("seed"), how["engine"])
    store = RunFolder(out or new_folder(asked.scenario), asked, force)
    try:
        results = _kept(store, **how)
    except KeyboardInterrupt:
        raise _stopped(store) from None
    if as_json:
        emit(results.summary())
    else:
        _tell(results, store)


def _asked(scenario: Scenario, runs: int | None, seed: int | None, engine: str) -> RunRequest:
    from sim.experiments.storage.run_folder import RunRequest

    return RunRequest(
        scenario,
        scenario.runs if runs is None else runs,
        scenario.seed if seed is None else seed,
        engine,
    )


def _kept(store: RunFolder, no_records: bool, no_report: bool, depth: str, **how: Any) -> Results:
    """Run what was asked of ``store``, and fill it."""
    with store:
        results = _simulated(store.request, None if no_records else store.add, **how)
        if not no_report:
            _write_report(store, results, depth)
        store.finish(results)
    return results


def _simulated(asked: RunRequest, sink: Callable[[Any], None] | None, **how: Any) -> Results:
    from sim.cli.console import progress_bar
    from sim.experiments.simulate import simulate

    with progress_bar("running") as progress:
        return simulate(
            asked.scenario,
            runs=asked.runs,
            seed=asked.seed,
            keep_records=False,
            progress=progress,
            sink=sink,
            **how,
        )


def _write_report(store: RunFolder, results: Results, depth: str) -> None:
    from sim.experiments.storage.manifest import REPORT
    from sim.report.follow_up import follow_up
    from sim.report.run_report import write_report

    closer = follow_up(results) if depth == "full" else None
    store.write(REPORT, lambda path: write_report(results, path, closer))


def _stopped(store: RunFolder) -> Interrupted:
    if not store.done:
        return Interrupted("stopped: no runs were kept")
    kept = f"{store.done:,} of {plural(store.request.runs, 'run')}"
    return Interrupted(f"stopped: {kept} are kept in {store.folder}")


def _tell(results: Results, store: RunFolder) -> None:
    from sim.experiments.storage.manifest import REPORT

    tell(results)
    report = store.folder / REPORT
    point_on(results, [store.folder, *([report] if report.exists() else [])])


def run_library(overrides: tuple[str, ...], as_json: bool, **how: Any) -> None:
    """Run every shipped scenario with ``overrides``, and show the endings side by side.

    Nothing is kept on disk; raises :class:`sim.errors.ScenarioError` where an override does not
    fit one of them.
    """
    from sim.cli.console import progress_bar
    from sim.experiments.simulate import simulate
    from sim.resources import scenario_names
    from sim.scenario.load import load

    loaded = [load(name, overrides) for name in scenario_names()]
    total = sum(how["runs"] or scenario.runs for scenario in loaded)
    ran: list[Results] = []
    with progress_bar("running") as progress:
        for scenario in loaded:

            def told(done: int, _: int, before: int = sum(each.runs for each in ran)) -> None:
                progress(before + done, total)

            ran.append(simulate(scenario, keep_records=False, progress=told, **how))
    if as_json:
        emit({**json_head("runs"), "scenarios": [results.summary() for results in ran]})
    else:
        _print_all(ran)


def _print_all(ran: list[Results]) -> None:
    from sim.enums import Outcome

    table(
        ["scenario", *(outcome.label for outcome in Outcome), "war"],
        [_line(results) for results in ran],
    )
    say()
    runs = sorted({results.runs for results in ran})
    counted = ("" if len(runs) == 1 else f"{runs[0]:,} to ") + plural(runs[-1], "run")
    say(f"shares of model runs in per cent, {counted} each; 95 % intervals are in --json")
    note("Try next: thinline run reassurance_force")


def _line(results: Results) -> list[str]:
    shares = [*results.outcomes.values(), results.measures["war"]]
    return [results.scenario.name, *(f"{100 * share.value:.1f}" for share in shares)]


# The measures shown, in the words of the table; summary.json has them all.
ROADS = {
    "failure": "deterrence fails: war by a chosen offensive",
    "escalation": "escalation: war from a strike, a probe or an accident",
    "war": "war, by either road",
}

# What is worth moving first: a parameter, and the two values to try.
LEVERS = (
    ("setting.clarity", 0.9, 0.1),
    ("setting.backstop", 0.9, 0.0),
    ("setting.force_size", 2, 0.25),
)


def tell(results: Results) -> None:
    """Say what the runs came to, on standard output."""
    from sim.report.panels import headline

    say(headline(results))
    say()
    table(
        ["ending", "share of model runs", "95 % interval", "what it is"],
        [
            [outcome.label, *as_shares(share), outcome.style.meaning]
            for outcome, share in results.outcomes.items()
        ],
    )
    say()
    measures = results.measures
    table(
        ["measure", "share or mean a run", "95 % interval"],
        [
            *([label, *as_shares(measures[name])] for name, label in ROADS.items()),
            *([label, *as_means(measures[name])] for name, label in MEANS.items()),
        ],
    )
    say()
    say(f"{plural(results.runs, 'run')}, seed {results.seed}, {results.engine} engine")


def as_shares(estimate: Estimate) -> tuple[str, str]:
    """An estimate of a share, and its interval, in per cent."""
    return format_share(estimate), f"{format_interval(estimate, ' to ')} %"


def as_means(estimate: Estimate) -> tuple[str, str]:
    """An estimate of a mean, and its interval, if it has one: a single run has none."""
    value, low, high = estimate
    known = math.isfinite(estimate.width)
    return format_signed(
        value
    ), f"{format_signed(low)} to {format_signed(high)}" if known else "none"


def point_on(results: Results, files: list[Path]) -> None:
    """Say what to try next, and where the results are, the last of ``files`` last."""
    note(f"Try next: {next_command(results, asked())}")
    for file in files:
        say(os.fspath(file))


def next_command(results: Results, said: Asked) -> str:
    """The same run with a lever moved that has not been moved yet."""
    kept = said.only("--set", "--runs", "--seed", "--until-ci", "--engine")
    moved = [text.partition("=")[0].strip() for text in said.all_of("--set")]
    for path, high, low in LEVERS:
        now = results.scenario[path].mean
        if now not in (high, low) and path not in moved:
            value = high if now < (high + low) / 2 else low
            return kept.adding("--set", f"{path}={value:g}").command
    return said.only().instead("validate").command
