"""``thinline sweep``: a scenario at many points, kept part by part, so that it can be stopped."""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sim.cli.console import Interrupted, emit, json_option, note, say, table
from sim.cli.invocation import RUNS, Asked, asked, at_point
from sim.cli.options import (
    figure_option,
    jobs_option,
    out_option,
    save_page,
    seed_option,
    set_option,
)
from sim.errors import RunFailed, UsageError, json_head
from sim.text import format_duration, format_size, plural

if TYPE_CHECKING:
    from sim.experiments.sweep.plan import Plan
    from sim.experiments.sweep.results import SweepResults
    from sim.scenario.yaml_nodes import Entry, Mapping


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
    from sim.experiments.sweep.parse import read_sweep

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
    from sim.experiments.sweep.slices import select_slices

    if along is None:
        return None
    if figure is None:
        raise UsageError("--axes says what to draw", "add --figure FILE.html")
    paths = [path.strip() for path in along.split(",")]
    select_slices(plan.design, paths)
    return paths


def _played(plan: Plan, folder: Path, said: dict[str, Any], again: str) -> SweepResults:
    from sim.cli.console import progress_bar
    from sim.experiments.storage.files import CannotStore
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
    from sim.cli.invocation import origin, source_of
    from sim.report.sweep import write_sweep

    plan = results.plan
    runs, named = plan.replications, source_of(plan.scenario)
    source = origin(asked(), plan.scenario, named, runs=runs, seed=plan.seed)
    write_sweep(results, file, axes, source)


def _tell(results: SweepResults, as_json: bool, is_drawn: bool) -> None:
    from sim.experiments.sweep.summary import failures, sentence, shortfall_to_dict, summary

    if failed := failures(results):
        note(failed)
    _note_unreached(results)
    if as_json:
        emit({**summary(results), **shortfall_to_dict(results)})
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
    from sim.experiments.sweep.summary import (
        describe_shortfall,
        precision_shortfall,
        shortfall_remedy,
    )

    if found := precision_shortfall(results):
        said = asked().without("--force")

        def again(runs: int) -> str:
            return said.saying({"--out": results.folder, RUNS: runs}).command

        note(f"{describe_shortfall(results, found)} ({shortfall_remedy(found, again)})")


CONDITION = re.compile(r"\s*([\w.]+)\s*((?:<=|>=|!=|[≤≥<>=]).*)")
PLAIN = ("design", "n", "replications", "seed", "until_ci", "watch")
WRITTEN = {
    "over": "write PATH=VALUES, such as setting.clarity=0:1:11",
    "point": "write PATH=VALUE, such as setting.clarity=0.2,setting.force_size=1",
    "exclude": "write PATH=VALUE or PATH>VALUE, such as setting.clarity>0.8",
}
SHOWN = 12


def entries(said: dict[str, Any]) -> list[Entry]:
    """The options as the entries of a sweep file."""
    from sim.experiments.parse_factors import parse_assignments
    from sim.experiments.sweep.parse import entry_of, parse_option
    from sim.scenario.yaml_nodes import Sequence as Items

    found = [
        entry_of(name, parse_option(name.replace("_", "-"), 1, str(said[name])))
        for name in PLAIN
        if said[name] is not None
    ]
    if said["over"]:
        texts = [part for text in said["over"] for part in parse_assignments(text)]
        found.append(entry_of("over", _mapping("over", 1, texts)))
    for key, name in (("points", "point"), ("exclude", "exclude")):
        if said[name]:
            items = [
                _mapping(name, k, parse_assignments(t)) for k, t in enumerate(said[name], start=1)
            ]
            found.append(entry_of(key, Items(items[0].place, tuple(items))))
    return found


def _mapping(name: str, number: int, texts: Sequence[str]) -> Mapping:
    """A mapping of what is left of a mark to what is right of it; each use of ``--over`` counts."""
    from sim.experiments.sweep.parse import parse_option
    from sim.scenario.yaml_nodes import Entry
    from sim.scenario.yaml_nodes import Mapping as Node

    found: dict[str, Entry] = {}
    if not texts:
        raise UsageError(f"--{name} says nothing", WRITTEN[name])
    for k, text in enumerate(texts, start=number):
        match = CONDITION.match(text)
        if match is None:
            raise UsageError(f"--{name} {text[:60]} names no values", WRITTEN[name])
        path, values = match[1], match[2] if name == "exclude" else match[2].removeprefix("=")
        if path in found:
            raise UsageError(f"--{name} names {path} twice", "say all its values in one")
        line = k if name == "over" else number
        found[path] = Entry(
            parse_option(name, line, path), parse_option(name, line, values.strip())
        )
    return Node(parse_option(name, number, "").place, found)


def table_of(results: SweepResults) -> None:
    """Print a line a point; of many points those with the least and the most of what is watched."""
    from sim.cli.run import as_shares
    from sim.experiments.sweep.summary import outcome_label

    tally, axes = results.tally, results.plan.design.factors
    shares = tally.estimates(results.plan.watch)
    points = list(range(len(shares)))
    if len(points) > SHOWN:
        ranked = sorted((p for p in points if tally.runs[p]), key=lambda p: shares[p].value)
        points = [*ranked[: SHOWN // 2], *ranked[-(SHOWN // 2) :]]
    rows: list[list[str]] = []
    for p in points:
        if len(shares) > len(points) and len(rows) == SHOWN // 2:
            rows.append(["…"] * (len(axes) + 3))
        share = as_shares(shares[p]) if tally.runs[p] else ("failed", "")
        rows.append([*results.plan.design.format_point(p), f"{tally.runs[p]:,}", *share])
    table([*(axis.path for axis in axes), "runs", outcome_label(results), "95 % interval"], rows)
    if len(shares) > len(points):
        say(f"The least and the most of {plural(len(shares), 'point')}; points.parquet has all")


def next_command(results: SweepResults, said: Asked, is_drawn: bool) -> str:
    """The picture, if it was not drawn yet, or else a run at the point with most of what is
    watched."""
    if not is_drawn:
        page = {"--out": results.folder, "--figure": f"{results.plan.name}.html"}
        return said.without("--force").saying(page).command
    from sim.experiments.sweep.paired import min_max

    found = min_max(results)
    return _run_at(results, said, None if found is None else found.most)


def _run_at(results: SweepResults, said: Asked, point: int | None) -> str:
    """The runs of a point by themselves; of the scenario as it is, where there is no point."""
    from sim.cli.invocation import source_of
    from sim.text import format_value

    plan = results.plan
    values = {} if point is None else plan.design.values_at(point)
    held = {path: format_value(value) for path, value in values.items() if value is not None}
    runs = plan.replications if point is None else int(results.tally.runs[point])
    return at_point(said, source_of(plan.scenario), held, runs, plan.seed)


def tell_estimate(plan: Plan, jobs: int | None, as_json: bool) -> None:
    """Print how large a sweep would be."""
    from sim.experiments.sweep.dry_run import dry_run

    found = dry_run(plan, jobs)
    if as_json:
        begin = json_head("sweep_estimate", plan.scenario.name, seed=plan.seed)
        emit({**begin, **found.to_dict()})
        return
    axes = ", ".join(f"{axis.path} ({len(axis.levels) or 'any'})" for axis in plan.design.factors)
    most = " at most" if plan.until_ci else ""
    say(f"{plan.name}: {plan.design.method} over {axes}")
    say(
        f"{plural(found.points, 'point')}, {plural(plan.replications, 'run')} each{most}: "
        f"{plural(found.runs, 'run')}"
    )
    say(f"about {format_duration(found.seconds)} on {plural(found.jobs, 'thread')}")
    say(f"about {format_size(found.bytes)} on disk, in {plural(found.parts, 'part')}")
    note(f"Try next: {asked().without('--dry-run').command}")
