"""``thinline run``: play a scenario many times over, and keep what came of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sim.cli.options import jobs_option, out_option, runs_option, seed_option, set_option
from sim.cli.output import Interrupted, emit, json_option
from sim.figures.wording import plural

if TYPE_CHECKING:
    from sim.experiments.store import Asked, Store
    from sim.results import Results
    from sim.scenario.model import Scenario


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
        from sim.cli.run_all import run_library

        del how["no_records"], how["no_report"], how["depth"]
        run_library(overrides, as_json, **how)
        return
    from sim.experiments.store import Store, new_folder
    from sim.scenario.load import load

    asked = _asked(load(scenario, overrides), how.pop("runs"), how.pop("seed"), how["engine"])
    store = Store(out or new_folder(asked.scenario), asked, force)
    try:
        results = _kept(store, **how)
    except KeyboardInterrupt:
        raise _stopped(store) from None
    if as_json:
        emit(results.summary())
    else:
        _tell(results, store)


def _asked(scenario: Scenario, runs: int | None, seed: int | None, engine: str) -> Asked:
    from sim.experiments.store import Asked

    return Asked(
        scenario,
        scenario.runs if runs is None else runs,
        scenario.seed if seed is None else seed,
        engine,
    )


def _kept(store: Store, no_records: bool, no_report: bool, depth: str, **how: Any) -> Results:
    """Run what was asked of ``store``, and fill it."""
    with store:
        results = _simulated(store.asked, None if no_records else store.add, **how)
        if not no_report:
            _write_report(store, results, depth)
        store.finish(results)
    return results


def _simulated(asked: Asked, sink: Callable[[Any], None] | None, **how: Any) -> Results:
    from sim.cli.progress import progress_bar
    from sim.experiments.run import simulate

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


def _write_report(store: Store, results: Results, depth: str) -> None:
    from sim.experiments.store import REPORT
    from sim.report.closer import look_closer
    from sim.report.report import write_report

    closer = look_closer(results) if depth == "full" else None
    store.write(REPORT, lambda path: write_report(results, path, closer))


def _stopped(store: Store) -> Interrupted:
    if not store.done:
        return Interrupted("stopped: no runs were kept")
    kept = f"{store.done:,} of {plural(store.asked.runs, 'run')}"
    return Interrupted(f"stopped: {kept} are kept in {store.folder}")


def _tell(results: Results, store: Store) -> None:
    from sim.cli.telling import point_on, tell
    from sim.experiments.store import REPORT

    tell(results)
    report = store.folder / REPORT
    point_on(results, [store.folder, *([report] if report.exists() else [])])
