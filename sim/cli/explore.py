"""``thinline explore``: one HTML file that plays the model itself in a browser."""

from __future__ import annotations

import os
from pathlib import Path

import click

from sim.cli.console import json_option, print_changes, print_json, print_note, progress_bar
from sim.cli.deferred import VerbCommand, deferred_imports
from sim.cli.invocation import SET, current_invocation
from sim.cli.options import FILE_PATH, page_option, runs_option, seed_option, set_option
from sim.errors import json_head
from sim.formatting import format_size, plural

with deferred_imports(globals()):
    from sim.explorer.page import make_explorer, write_explorer
    from sim.scenario.load import load


@click.command(cls=VerbCommand)
@click.argument("scenarios", nargs=-1, required=True, metavar="SCENARIO...")
@click.option(
    "--lever",
    "levers",
    multiple=True,
    metavar="PATH[=LOW:HIGH]",
    help="A lever to show, and its range; may be repeated. The others are in a fold.",
)
@click.option(
    "--lesson",
    type=FILE_PATH,
    metavar="FILE",
    help="Questions that are predicted first (YAML); by default one for each of three levers.",
)
@runs_option("Model runs of the stored results shown first; the scenario's by default.")
@seed_option
@set_option()
@page_option("explorer.html")
@json_option
def explore(
    scenarios: tuple[str, ...],
    levers: tuple[str, ...],
    lesson: Path | None,
    overrides: tuple[str, ...],
    runs: int | None,
    seed: int | None,
    out: Path,
    as_json: bool,
) -> None:
    """Write one HTML file that plays the model in a browser.

    The file opens from disk with the network off: levers, runs with intervals, the thin line, a
    baseline, single runs, a seat to play, and questions to predict first. Other scenarios with the
    same states are presets: those named after the first or, without any, the library's.
    """
    loaded = [load(name, overrides) for name in scenarios]
    with progress_bar("running") as progress:
        found = make_explorer(loaded, levers, lesson, runs, seed, progress)
    size = write_explorer(found, out).stat().st_size
    if as_json:
        print_json(
            {
                **json_head("explorer", found.scenario.name, found.poster.count.runs),
                "file": os.fspath(out),
                "bytes": size,
                "digest": found.digest,
                "levers": [lever.path for lever in found.levers if lever.is_shown],
                "presets": [preset.scenario.name for preset in found.presets],
            }
        )
        return
    shown = sum(lever.is_shown for lever in found.levers)
    click.echo(
        f"{found.scenario.name}: {plural(shown, 'lever')}, {plural(len(found.presets), 'preset')}, "
        f"{plural(len(found.lesson.steps), 'question')}, {format_size(size)}"
    )
    print_changes()
    click.echo(os.fspath(out))
    alone = current_invocation().only(SET, "--runs", "--seed").for_command("run", scenarios[0])
    print_note("Open the file in a browser; it needs no network.")
    print_note(f"Try next: {alone.command}")
