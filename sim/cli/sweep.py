"""``thinline sweep``: a scenario at many points, kept part by part, so that it can be stopped."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sim.cli.asked import RUNS, asked
from sim.cli.options import figure_option, jobs_option, out_option, seed_option, set_option
from sim.cli.output import Interrupted, emit, json_option, note, say
from sim.cli.studies import save_page
from sim.errors import RunFailed, UsageError
from sim.figures.wording import plural

if TYPE_CHECKING:
    from sim.experiments.sweep.plan import Plan
    from sim.experiments.sweep.results import SweepResults


class Remembered(click.Command):
    """A command that knows what is kept of it and how it goes on, to say so when it is stopped."""

    def parse_args(self, context: click.Context, arguments: list[str]) -> list[str]:
        """Keep the words, and read them."""
        context.meta["again"] = shlex.join(["thinline", "sweep", *arguments])
        context.meta["kept"] = "nothing was played yet"
        return super().parse_args(context, arguments)

    def invoke(self, context: click.Context) -> Any:
        """Do it; whenever it is stopped, say what is kept."""
        try:
            return super().invoke(context)
        except KeyboardInterrupt:
            kept, again = (context.meta[word] for word in ("kept", "again"))
            raise Interrupted(f"stopped: {kept}", f"go on with: {again}") from None


@click.command(cls=Remembered, short_help="Play a scenario at many points, and go on if stopped.")
@click.argument("scenario", metavar="SCENARIO_OR_SWEEP_FILE")
@click.option(
    "--over",
    multiple=True,
    metavar="PATH=VALUES",
    help="What to vary: setting.clarity=0:1:11, setting.force_size=0,1,2; may be repeated.",
)
@click.option("--design", help="grid, zip, list, one_at_a_time, lhs or sobol.  [default: grid]")
@click.option("--n", help="How many points lhs or sobol draw.")
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
    help="Stop at a point once its 95 % interval is narrower; --replications is then the cap.",
)
@click.option("--watch", help="The ending that --until-ci and the headline watch.  [default: war]")
@set_option("Change a parameter at every point; may be repeated.")
@jobs_option
@click.option(
    "--backend",
    type=click.Choice(["threads", "dask"]),
    default="threads",
    show_default=True,
    help="Who plays the parts: the same bytes either way.",
)
@click.option("--scheduler", metavar="ADDRESS", help="A running Dask scheduler, tcp://host:8786.")
@out_option("Where everything goes; the same command goes on with what is there.")
@click.option("--force", is_flag=True, help="Replace another sweep in the folder of --out.")
@click.option("--dry-run", is_flag=True, help="Only say how large it would be.")
@figure_option("Draw it as a page that opens from disk.")
@click.option(
    "--axes",
    metavar="PATH[,PATH]",
    help="Which one or two of the axes to draw; a grid is averaged over the rest.",
)
@json_option
def sweep(scenario: str, as_json: bool, **said: Any) -> int:
    """Play SCENARIO at many points, all on the same luck, or what a sweep file says.

    Whatever stops it, the same command goes on where it was.
    """
    from sim.cli.sweep_options import entries, tell_estimate
    from sim.experiments.sweep.read import read_sweep

    plan = read_sweep(scenario, entries(said), said["overrides"])
    if said["dry_run"]:
        tell_estimate(plan, said["jobs"], as_json)
        return 0
    axes = _axes(plan, said["axes"], said["figure"])
    folder = said["out"] or Path("results", plan.scenario.name, plan.folder_name)
    again = asked().without("--force").saying({"--out": folder}).command
    click.get_current_context().meta["again"] = again
    results = _played(plan, folder, said, again)
    code = save_page(lambda file: _draw(results, axes, file), said["figure"])
    _tell(results, as_json, is_drawn=said["figure"] is not None)
    return RunFailed.exit_code if results.failed else code


def _axes(plan: Plan, along: str | None, figure: Path | None) -> list[str] | None:
    """The axes to draw, refused before anything is played if they cannot be drawn."""
    from sim.experiments.sweep.slices import chosen

    if along is None:
        return None
    if figure is None:
        raise UsageError("--axes says what to draw", "add --figure FILE.html")
    paths = [path.strip() for path in along.split(",")]
    chosen(plan.design, paths)
    return paths


def _played(plan: Plan, folder: Path, said: dict[str, Any], again: str) -> SweepResults:
    from sim.cli.progress import progress_bar
    from sim.experiments.files import CannotStore
    from sim.experiments.sweep.backends import backend
    from sim.experiments.sweep.run import sweep as play

    done, meta = 0, click.get_current_context().meta
    meta["kept"] = f"what was finished is kept in {folder}"
    try:
        with (
            backend(said["backend"], said["jobs"], said["scheduler"], note) as chosen,
            progress_bar("sweeping") as bar,
        ):

            def progress(now: int, most: int) -> None:
                nonlocal done
                done = now
                meta["kept"] = f"{done:,} of {plural(plan.runs, 'run')} are kept in {folder}"
                bar(now, most)

            return play(plan, folder, chosen, progress, said["force"])
    except CannotStore as error:
        if done:
            raise CannotStore(error.message, f"{error.remedy}; go on with: {again}") from error
        raise


def _draw(results: SweepResults, axes: list[str] | None, file: Path) -> None:
    from sim.cli.origin import origin, source_of
    from sim.report.sweep import write_sweep

    plan = results.plan
    runs, named = plan.replications, source_of(plan.scenario)
    source = origin(asked(), plan.scenario, named, runs=runs, seed=plan.seed)
    write_sweep(results, file, axes, source)


def _tell(results: SweepResults, as_json: bool, is_drawn: bool) -> None:
    from sim.cli.sweep_options import next_command, table_of
    from sim.experiments.sweep.reached import document
    from sim.experiments.sweep.summary import failures, sentence, summary

    if failed := failures(results):
        note(failed)
    _note_unreached(results)
    if as_json:
        emit({**summary(results), **document(results)})
        return
    say(f"{sentence(results)}.")
    say()
    table_of(results)
    say()
    say(
        f"{plural(results.runs, 'run')} on the same luck, seed {results.plan.seed}; 95 % "
        "intervals, each point's own"
    )
    note(f"Try next: {next_command(results, asked(), is_drawn)}")
    say(str(results.folder))


def _note_unreached(results: SweepResults) -> None:
    from sim.experiments.sweep.reached import in_words, missed, remedy

    if found := missed(results):
        said = asked().without("--force")

        def again(runs: int) -> str:
            return said.saying({"--out": results.folder, RUNS: runs}).command

        note(f"{in_words(results, found)} ({remedy(found, again)})")
